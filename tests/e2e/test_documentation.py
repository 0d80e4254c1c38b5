"""Every code block of the documentation is run as a reader would, on a real server; every link leads somewhere."""

import contextlib
import functools
import hashlib
import hmac
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from markdown_it import MarkdownIt
from tests.support.images import encoded, gradient

from easel.catalog import Catalog
from easel.docs.render import render
from easel.docs.site import Doc, Site
from easel.testing import RunningServer
from easel.testing.server import NO_KEYS

ROOT = Path(__file__).parent.parent.parent
SLUGS = Site(Catalog.load()).slugs()
BIN = Path(sys.executable).parent
# An HTTP error is an error of the example.
CURL = 'curl() { command curl --fail-with-body -sS "$@"; echo; }\n'
# A message signed as the server signs, for the code that tells whether one is.
BODY = b'{"event": "completed"}'
SIGNED = "sha256=" + hmac.new(hashlib.sha256(b"afk_x").digest(), BODY, hashlib.sha256).hexdigest()
PRELUDES = {"test-mode": "import httpx\nfrom pathlib import Path\ntmp_path = Path('server')\n"}
# Of other programs, and of ours, with addresses of others. SQL is run by `test_migrations.py`.
SETTINGS = ("ini", "nginx", "caddy", "yaml", "toml", "sql")
EPILOGUES = {
    ("webhooks", "python"): f"""
assert is_genuine("afk_x", {BODY!r}, {SIGNED!r})
assert not is_genuine("afk_y", {BODY!r}, {SIGNED!r})
""",
    ("webhooks", "js"): f"""
if (!isGenuine("afk_x", '{BODY.decode()}', "{SIGNED}") || isGenuine("afk_y", "{{}}", "{SIGNED}")) process.exit(1);
""",
    ("recipes", "python"): """
from fastapi.testclient import TestClient

body = b'{"event": "completed", "jobId": "1"}'
signed = "sha256=" + hmac.new(SECRET, body, hashlib.sha256).hexdigest()
headers = {"X-Webhook-Signature": signed, "webhook-id": "msg_1"}
got = [TestClient(app).post("/hook", content=body, headers=headers).status_code for _ in "12"]
assert [*got, TestClient(app).post("/hook", content=b"{}", headers=headers).status_code] == [204, 204, 401]
assert seen == {"msg_1"}
""",
    ("recipes", "js"): """
if (!receiver.listening) await new Promise((resolve) => receiver.once("listening", resolve));
const body = '{"event": "completed", "jobId": "1"}';
const signature = "sha256=" + createHmac("sha256", secret).update(body).digest("hex");
for (const [text, status] of [[body, 204], [body, 204], ["{}", 401]]) {
  const headers = { "X-Webhook-Signature": signature, "webhook-id": "msg_1" };
  const got = await fetch(`http://127.0.0.1:${receiver.address().port}`, { method: "POST", headers, body: text });
  if (got.status !== status || seen.size !== 1) process.exit(1);
}
receiver.close();
receiver.closeAllConnections();
""",
}
# Programs that blocks use, and that a machine may lack.
NEEDED = ("jq",)


@pytest.fixture(scope="module")
def server(server: RunningServer) -> RunningServer:
    body = {"model": "gpt-image-2", "prompt": "A red fox", "gptImage2Params": {"quality": "low"}}
    job = httpx.post(f"{server.url}/v2/images/generate", json=body, headers={"X-API-Key": server.key}).json()
    httpx.get(f"{server.url}/v2/jobs/{job['jobId']}?wait=30", headers={"X-API-Key": server.key}, timeout=40)
    return server


@pytest.fixture(scope="module")
def portrait(server: RunningServer) -> str:
    """An input image at an address that can be fetched."""
    file = {"file": ("portrait.png", encoded(gradient()).data, "image/png")}
    uploaded = httpx.post(f"{server.url}/v2/uploads", files=file, headers={"X-API-Key": server.key})
    return str(uploaded.json()["url"])


def doc(slug: str, host: str = "http://127.0.0.1:8787") -> Doc:
    found = Site(Catalog.load(), host).doc(slug)
    assert found
    return found


def blocks(page: Doc) -> list[tuple[str, str]]:
    """Each block's info and text."""
    return [(token.info, token.content) for token in MarkdownIt().parse(page.markdown) if token.type == "fence"]


def environment(server: RunningServer) -> dict[str, str]:
    own = {"EASEL_API_KEY": server.key, "EASEL_URL": server.url, "EASEL_DATA": str(server.data), "PORT": "0"}
    nobody = {"REPLICATE_BASE_URL": "http://127.0.0.1:9"}
    return {**os.environ, **NO_KEYS, **own, **nobody, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}


ALWAYS = ("errors", "idempotency")  # the others by `make proof`


@pytest.mark.parametrize(
    "slug", [slug if slug in ALWAYS else pytest.param(slug, marks=pytest.mark.proof) for slug in SLUGS]
)
def test_every_block_runs(slug: str, server: RunningServer, portrait: str, tmp_path: Path) -> None:
    page = doc(slug, server.url)
    (tmp_path / "portrait.jpg").write_bytes(encoded(gradient()).data)
    (tmp_path / "prompts.txt").write_text("A fox\nAn owl\n")
    found: dict[str, list[str]] = {}
    for info, text in blocks(page):
        mended = text.replace("afk_your_api_key_here", server.key).replace("https://example.com/portrait.jpg", portrait)
        found.setdefault({"sh easel": "sh", "python openai": "python"}.get(info, info), []).append(mended)
    for info in [info for info in found if info.endswith(" client") or info in SETTINGS]:
        del found[info]  # `make clients` runs the former; the latter are of other programs
    found.pop("sh docker", None)  # builds images; `test_deploy.py` compares it with the files of deploy/
    found.pop("text", None)  # a drawing
    assert set(found) <= {"sh", "sh background", "python", "js", "json"}, slug
    for text in found.pop("json", []):
        read_all(text)
    for text in found.pop("sh background", []):
        stays_alive(text, server, tmp_path)
    for language, texts in found.items():
        run(language, texts, slug, server, tmp_path)


def read_all(text: str) -> None:
    """One JSON document, or several after one another."""
    decoder, rest = json.JSONDecoder(), text.strip()
    while rest:
        _, end = decoder.raw_decode(rest)
        rest = rest[end:].strip()


def run(language: str, texts: list[str], slug: str, server: RunningServer, folder: Path) -> None:
    """The blocks of one language, in order, as one script."""
    runner = {"sh": "bash", "python": sys.executable, "js": "node"}[language]
    needed = [runner, *(name for name in NEEDED if any(f"| {name} " in text for text in texts))]
    if not all(map(shutil.which, needed)):
        return
    end = EPILOGUES.get((slug, language), "")
    if language == "sh":
        demo = f"easel demo --once --port 0 --data {folder / 'demo'}"  # what `make demo` runs once it has set up
        text = "set -euo pipefail\n" + CURL + "".join(texts).replace("make demo", demo)
    else:
        text = PRELUDES.get(slug, "") * (language == "python") + "\n".join(texts) + end
    script = folder / {"sh": "page.sh", "python": "page.py", "js": "page.mjs"}[language]
    if language == "js":  # each block has its own names, except one that imports
        text = "".join(one if "import " in one else f"{{\n{one}\n}}\n" for one in texts) + end
    script.write_text(text)
    done = subprocess.run(
        [runner, str(script)],
        cwd=folder,
        env=environment(server),
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert done.returncode == 0, f"{slug}: {done.stdout[-2000:]}{done.stderr[-2000:]}"


def stays_alive(text: str, server: RunningServer, folder: Path) -> None:
    """What runs until it is stopped: started, still there after a moment, and stopped."""
    given = environment(server) | {"EASEL_PORT": "0", "EASEL_DATA": str(folder / "another")}
    process = subprocess.Popen(
        ["bash", "-euo", "pipefail", "-c", text.replace("--port 8787", "--port 0").replace("/var/lib/easel", "easel")],
        cwd=folder,
        env=given,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    time.sleep(2.5)
    alive = process.poll() is None
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    _, errors = process.communicate(timeout=20)
    assert alive, f"{text}: {errors.decode()[-1500:]}"


@pytest.mark.parametrize("slug", SLUGS)
def test_every_link_leads_to_a_page_and_a_heading(slug: str) -> None:
    for target, part in re.findall(r"\]\(/docs/([\w/.-]+?)(?:\.md)?(?:#([\w-]+))?\)", doc(slug).markdown):
        if target.startswith("images/"):
            assert (ROOT / "src/easel/docs/pages" / target).exists()
            continue
        assert target in SLUGS, f"{slug}: {target}"
        assert not part or part in anchors(target), f"{slug}: {target}#{part}"


@functools.cache
def anchors(slug: str) -> set[str]:
    return {heading.anchor for heading in render(doc(slug).markdown).headings}
