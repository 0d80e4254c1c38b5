"""The server under test: a process with a log that is kept, something in its database, and a watch on its size."""

import contextlib
import json
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pyvips
from tests.support.child import end_child, free_ports, is_listening, start_child, wait_until
from tools.fuzz.inputs import Ground
from tools.fuzz.odd import ODD_TEXT

from easel.testing import KEY
from easel.testing.server import surroundings

# Not in /openapi.json. `name:path` is a name with slashes in it.
MORE_ROUTES = (
    ("GET", "/studio", ()), ("GET", "/studio/create", ("prompt", "model", "from", "job", "edit")),
    ("GET", "/studio/compare", ("id", "a", "b")),
    ("GET", "/studio/account", ("days", "cursor")),
    ("GET", "/studio/gallery", ("search", "scope", "user", "status", "model", "cursor")),
    ("GET", "/studio/gallery/tiles", ("search", "scope", "user", "status", "model", "cursor")),
    ("GET", "/studio/team", ()),
    ("GET", "/studio/signin", ("next",)), ("GET", "/studio/enter", ("code",)),
    ("GET", "/studio/webhooks", ("status", "job", "cursor")),
    ("GET", "/studio/jobs/{id}", ()), ("GET", "/studio/jobs/{id}/card", ()), ("GET", "/docs", ()),
    ("GET", "/docs/{slug}", ()),
    ("GET", "/docs/images/{name}", ()), ("GET", "/docs/search.json", ()), ("GET", "/llms.txt", ()),
    ("GET", "/metrics", ()), ("GET", "/openapi.json", ()),
    ("POST", "/hooks/{provider}/{id}", ()), ("HEAD", "/files/{token}/{name}", ("format", "download")),
    ("GET", "/{slug}", ()),
)  # fmt: skip
MINUTE = 60.0


@dataclass
class Size:
    """Resident megabytes and open descriptors, once a second."""

    pid: int
    seen: list[tuple[float, float, int]] = field(default_factory=list)

    def look(self) -> None:
        with contextlib.suppress(OSError):  # it ended
            status = Path(f"/proc/{self.pid}/status").read_text()
            resident = int(status.partition("VmRSS:")[2].split()[0]) / 1024
            self.seen.append((time.monotonic(), resident, len(list(Path(f"/proc/{self.pid}/fd").iterdir()))))

    def growth(self) -> tuple[float, float]:
        """Median megabytes and descriptors of the last minute less those of the first; or of quarters."""
        begun, ended = self.seen[0][0], self.seen[-1][0]
        part = min(MINUTE, (ended - begun) / 4)
        first = [one for one in self.seen if one[0] <= begun + part]
        last = [one for one in self.seen if one[0] >= ended - part]
        return tuple(
            statistics.median(one[which] for one in last) - statistics.median(one[which] for one in first)
            for which in (1, 2)
        )  # type: ignore[return-value] # two


@dataclass
class Target:
    port: int
    process: "subprocess.Popen[bytes]"
    log: Path

    def faults(self, since: int) -> Counter[str]:
        """Tracebacks and lines of level error after byte `since` of the log, counted by what they say."""
        found: Counter[str] = Counter()
        with self.log.open("rb") as log:
            log.seek(since)
            for line in log:
                if b"Traceback" in line or b'"level": "error"' in line:
                    found[_told(line.decode(errors="replace"))] += 1
        return found


def _told(line: str) -> str:
    """The event of a line, and the error or the end of the traceback."""
    try:
        entry: Mapping[str, Any] = json.loads(line)
        ends = [part for part in str(entry.get("exception", "")).splitlines() if part and not part.startswith(" ")]
        return f"{entry['event']}: {ends[-1] if ends else entry.get('error', '')}"[:200]
    except (ValueError, KeyError):
        return line[:200]


@contextlib.contextmanager
def target(folder: Path, env: Mapping[str, str]) -> Iterator[Target]:
    port = free_ports()[0]
    settings = {
        "EASEL_DATA": str(folder / "data"),
        "EASEL_PORT": str(port),
        "EASEL_BOOTSTRAP_KEY": KEY,
        "EASEL_BOOTSTRAP_CREDITS": "4000",
        "EASEL_RATE_LIMIT_PER_MINUTE": "0",
        "EASEL_REFUSAL_SECONDS": "0",
        "EASEL_MAX_CONCURRENT_JOBS": "2",
    }
    child = start_child(
        [sys.executable, "-m", "easel", "serve"], folder=folder, env={**surroundings(), **settings, **env}
    )
    try:
        wait_until(lambda: is_listening(port), child, folder)
        yield Target(port, child, folder / "log")
    finally:
        try:
            end_child(child, signal.SIGTERM, timeout=60)
        except subprocess.TimeoutExpired:
            end_child(child, signal.SIGKILL)


@contextlib.contextmanager
def watched(pid: int) -> Iterator[Size]:
    size, over = Size(pid), threading.Event()

    def look() -> None:
        while not over.wait(1):
            size.look()

    size.look()
    watch = threading.Thread(target=look)
    watch.start()
    try:
        yield size
    finally:
        over.set()
        watch.join()
        size.look()


def unpainted(port: int) -> Sequence[str]:
    """Prompts of jobs that failed although nobody asked for it, at most 100."""
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers={"X-API-Key": KEY}, timeout=60) as owner:
        jobs = owner.get("/v2/jobs", params={"status": "FAILED", "scope": "team", "limit": 100}).json()["jobs"]
    return [
        job["prompt"][:200] for job in jobs if job["errorCode"] == "provider_failed" and "[easel:" not in job["prompt"]
    ]


def prepared(port: int) -> Ground:
    """Put jobs, files, keys, people and a delivery into it; they, and nothing we need, are what requests may change."""
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers={"X-API-Key": KEY}, timeout=60) as owner:

        def made(path: str, body: Any) -> dict[str, Any]:
            return dict(owner.post(path, json=body).raise_for_status().json())

        test = made("/v2/keys", {"name": "test", "test": True})["secret"]
        keys = [made("/v2/keys", {"name": f"key {number}"}) for number in range(3)]
        people = [made("/v2/people", {"email": f"p{number}@x.example"}) for number in range(3)]
        images = _images()
        upload = owner.post("/v2/uploads", files={"file": ("a.png", images[0])}).raise_for_status().json()["url"]
        generate = [_generate(model) for model in owner.get("/v2/models").json()["models"]]
        generate += [
            {
                **generate[0],
                "gptImage2Params": {"quality": "low", "input_images": [upload]},
                "webhookUrl": "https://x.example/h",
            }
        ]
        jobs = [made("/v2/images/generate", generate[0])["jobId"] for _ in range(3)]
        done = owner.get(f"/v2/jobs/{jobs[0]}?wait=60").json()
        addresses = [upload, *((done.get("result") or {}).get("images") or ())]
        delivery = made("/v2/webhooks/test", {"url": "https://xn--ls8h.example/x"})
        routes = [
            (method.upper(), path, [one["name"] for one in each.get("parameters", ()) if one["in"] == "query"])
            for path, methods in owner.get("/openapi.json").json()["paths"].items()
            for method, each in methods.items()
        ]
        session = httpx.post(f"{owner.base_url}/studio/signin", data={"key": KEY})
        cookie = session.headers.get("set-cookie", "").partition(";")[0]
    ids = [*jobs, delivery["id"], *(str(one["id"]) for one in (*keys, *people))]
    names = [address.rpartition("/")[2] for address in addresses]
    tokens = [address.split("/")[-2] for address in addresses]
    return Ground(
        routes=[*routes, *MORE_ROUTES],
        bodies=_bodies(generate),
        known={
            "id": ids, "job": jobs, "a": jobs, "b": jobs, "from": jobs, "edit": addresses, "name": names,
            "token": tokens, "change": ("revoke", "activate", "deactivate"),
            "provider": ("replicate", "sketch"), "slug": ("authentication", "errors", "webhooks.md", "llms.txt"),
            "cursor": [ids[0], "MA", "eyJ9"], "format": ("png", "jpeg", "webp"),
            "status": ("COMPLETED", "FAILED", "pending", "failed"), "model": ("gpt-image-2",),
            "scope": ("team", "mine"), "limit": ("1", "100", "101"), "wait": ("0", "0.5", "1"),
            "days": ("1", "30", "3650"), "after": (jobs[0],), "search": ("fox", '"', "%", "_", "a OR"),
            "prompt": ("a fox",), "next": ("/studio/team", "//x"), "user": (people[0]["email"],),
        },
        callers=(((("X-API-Key", KEY)),), (("X-API-Key", test),), (("Authorization", f"Bearer {KEY}"),),
        (("Cookie", cookie),), (), (("X-API-Key", "afk_nobody"),)),
        images=images,
    )  # fmt: skip


def _generate(model: Mapping[str, Any]) -> dict[str, Any]:
    """The smallest body for a model, with some of what its schema names."""
    given = {
        name: one["enum"][0] if "enum" in one else one.get("default", one.get("minimum", 1))
        for name, one in model["parameters"]["properties"].items()
        if "input" not in name
    }
    return {
        "model": model["id"],
        "prompt": "a small fox",
        model["paramsField"]: {name: value for name, value in given.items() if value is not None},
    }


def _bodies(generate: Sequence[Any]) -> Mapping[str, Sequence[Any]]:
    # Many more estimates than jobs: a job is generated. The credits bound those of live keys, this those of test keys.
    odd = [{**generate[0], "prompt": text} for text in ODD_TEXT if text.strip() and "\ud800" not in text]
    return {
        "/v2/images/estimate": [*generate, *odd],
        "/v2/images/generate": [*generate, *({**body, "prompt": "[easel:fail]" + body["prompt"]} for body in odd)],
        "/v2/keys": [{"name": "k"}, {"name": "k", "test": True}, {"name": "k", "user": "p0@x.example"}],
        "/v2/people": [{"email": "new@x.example"}, {"email": "q@x.example", "role": "ADMIN"}],
        "/v2/people/{id}/role": [{"role": "MEMBER"}],
        "/v2/webhooks/test": [{"url": "https://x.example/h"}, *({"url": text} for text in ODD_TEXT if "://" in text)],
        "/studio/snippets": generate,
        "/hooks/replicate/{id}": [{"id": "x", "status": "succeeded", "output": ["https://x.example/a.png"]}],
    }


def _images() -> Sequence[bytes]:
    image = pyvips.Image.xyz(48, 48).cast("uchar")
    image = image.bandjoin(image.extract_band(0)).copy(interpretation="srgb")
    return [
        bytes(image.write_to_buffer(ending)) for ending in (".png", ".jpg", ".webp", ".gif", ".avif", ".jpg[interlace]")
    ]
