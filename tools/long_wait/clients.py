"""The clients: each asks for one image of its own, and says how that ended for it."""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx
import openai
from openai import OpenAI
from tools.long_wait.proxy import WHO, Proxy

MODEL = "gpt-image-2"
POLL_SECONDS = 30  # below nginx's 60
Ask = Callable[["Client", str, str], str]


@dataclass(frozen=True, slots=True)
class Client:
    """`name` is also its prompt, by which its jobs and what they cost are found. `ours`: behind our settings."""

    name: str
    ask: Ask
    ours: bool = False
    settings: tuple[tuple[str, Any], ...] = ()

    def run(self, proxy: Proxy, key: str) -> str:
        """How it ended, in a few words."""
        return self.ask(self, proxy.ours if self.ours else proxy.plain, key)

    def sdk(self, url: str, key: str) -> OpenAI:
        """OpenAI's client with its own time-outs and repeats, except for `settings`."""
        return OpenAI(base_url=f"{url}/v1", api_key=key, default_headers={WHO: self.name}, **dict(self.settings))


def waits(client: Client, url: str, key: str) -> str:
    with client.sdk(url, key) as sdk:
        try:
            answer = sdk.images.generate(model=MODEL, prompt=client.name, quality="low")
        except openai.APIError as error:
            return _error(error)
    return _image(answer.data[0].b64_json if answer.data else None)


def streams(client: Client, url: str, key: str) -> str:
    found = "no image"
    with client.sdk(url, key) as sdk:
        try:
            for event in sdk.images.generate(model=MODEL, prompt=client.name, quality="low", stream=True):
                found = _image(event.b64_json)
        except Exception as error:  # noqa: BLE001 - a stream that is cut raises what its connection raised
            return _error(error)
    return found


def polls(client: Client, url: str, key: str) -> str:
    headers = {"Authorization": f"Bearer {key}", WHO: client.name}
    body = {"model": MODEL, "prompt": client.name, "quality": "low"}
    with httpx.Client(base_url=url, headers=headers, timeout=90) as http:
        answer = http.post("/v1/images/generations", json=body, headers={"Prefer": "respond-async"})
        answer.raise_for_status()
        job: dict[str, Any] = {"status": ""}
        while job["status"] not in ("COMPLETED", "FAILED", "CANCELLED"):
            job = http.get(answer.headers["location"], params={"wait": POLL_SECONDS}).raise_for_status().json()
        if job["status"] != "COMPLETED":
            return f"{job['status']}: {job['error']}"
        image = http.get(httpx.URL(job["result"]["images"][0]).path).raise_for_status().content
    return f"the image ({len(image):,} bytes)"


def _image(text: str | None) -> str:
    return f"the image ({len(base64.b64decode(text or '')):,} bytes)"


def _error(error: Exception) -> str:
    status = f" {error.status_code}" if isinstance(error, openai.APIStatusError) else ""
    return f"{type(error).__name__}{status}"


CLIENTS = (
    Client("SDK, waits", waits),
    Client("SDK, waits, max_retries=60", waits, settings=(("max_retries", 60),)),
    Client("SDK, stream=True", streams),
    Client("Prefer: respond-async, then polls", polls),
    Client("SDK, waits, easel.conf", waits, ours=True),
    Client("SDK, stream=True, easel.conf", streams, ours=True),
)
