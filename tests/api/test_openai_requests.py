"""The requests of Open WebUI and of LibreChat, byte for byte, as their own code and libraries send them.

Open WebUI 0.12.4: `open_webui/routers/images.py`, with aiohttp 3.14.5. LibreChat, commit 8731432f of
github.com/danny-avila/LibreChat: `api/app/clients/tools/structured/OpenAIImageTools.js`, with openai 6.30.1,
axios 1.21.1 and form-data 4.0.6. Each was recorded on a socket; the images are put in here.
"""

import base64
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
import pyvips
from tests.rig import MakeRig, Rig
from tests.support.images import encoded, gradient

pytestmark = pytest.mark.anyio
PNG, WEBP = encoded(gradient()).data, encoded(gradient(), "image/webp").data
JSON = "application/json"
BY_AIOHTTP = "--0d9774a18b5d4d0093112713015fb1c7"
BY_FORM_DATA = "----------------------------9a1a8223c2663e1eefcaa011"
# What each sends beside the key, the content and its length.
OPEN_WEBUI = {"Accept": "*/*", "Accept-Encoding": "gzip, deflate", "User-Agent": "Python/3.11 aiohttp/3.14.5"}
LIBRECHAT = {
    "Accept": "application/json",
    "User-Agent": "OpenAI/JS 6.30.1",
    "X-Stainless-Retry-Count": "0",
    "X-Stainless-Lang": "js",
    "X-Stainless-Package-Version": "6.30.1",
    "X-Stainless-OS": "Linux",
    "X-Stainless-Arch": "x64",
    "X-Stainless-Runtime": "node",
    "X-Stainless-Runtime-Version": "v20.20.2",
    "accept-language": "*",
    "sec-fetch-mode": "cors",
    "accept-encoding": "gzip, deflate",
}
LIBRECHAT_EDITS = {
    "Accept": "application/json, text/plain, */*",
    "User-Agent": "axios/1.21.1",
    "Accept-Encoding": "gzip, compress, deflate, br",
    "Transfer-Encoding": "chunked",
}


def form_by_aiohttp(fields: Mapping[str, str], *files: tuple[str, str, str, bytes]) -> bytes:
    """The text fields, then files as (field, name, type, content)."""
    head = "Content-Type: {}\r\nContent-Disposition: form-data; name={}\r\n\r\n"
    parts = [head.format("text/plain; charset=utf-8", f'"{name}"').encode() + fields[name].encode() for name in fields]
    parts += [head.format(kind, f'"{field}"; filename="{name}"').encode() + data for field, name, kind, data in files]
    return whole(BY_AIOHTTP, parts)


def form_by_form_data(fields: Mapping[str, str], *files: tuple[str, str, str, bytes]) -> bytes:
    """The same as that library writes it."""
    head = "Content-Disposition: form-data; name={}\r\n\r\n"
    parts = [head.format(f'"{name}"').encode() + fields[name].encode() for name in fields]
    parts += [
        head.format(f'"{field}"; filename="{name}"\r\nContent-Type: {kind}').encode() + data
        for field, name, kind, data in files
    ]
    return whole(BY_FORM_DATA, parts)


def whole(boundary: str, parts: list[bytes]) -> bytes:
    return b"".join(f"{boundary}\r\n".encode() + part + b"\r\n" for part in parts) + f"{boundary}--\r\n".encode()


@dataclass(frozen=True)
class Sent:
    """One request, and what is to become of it: the parameters of its job that are not the default."""

    path: str
    headers: Mapping[str, str]
    kind: str
    body: bytes
    params: Mapping[str, Any]
    azure: bool = False

    async def to(self, rig: Rig) -> httpx.Response:
        key = rig.client.headers["X-API-Key"]
        own = {"Authorization": f"Bearer {key}", "Content-Type": self.kind} | ({"api-key": key} if self.azure else {})
        content = in_pieces(self.body) if "Transfer-Encoding" in self.headers else self.body
        async with httpx.AsyncClient(transport=rig.transport, base_url=rig.client.base_url) as client:
            client.headers.clear()
            return await client.post(f"/v1/images/{self.path}", headers={**self.headers, **own}, content=content)


async def in_pieces(body: bytes) -> AsyncIterator[bytes]:
    for at in range(0, len(body), 1000):
        yield body[at : at + 1000]


OF_AIOHTTP = f"multipart/form-data; boundary={BY_AIOHTTP[2:]}"
OF_FORM_DATA = f"multipart/form-data; boundary={BY_FORM_DATA[2:]}"
SQUARE = {"aspect_ratio": "1:1"}
REQUESTS = {
    "open webui, a model named dall-e": Sent(
        "generations",
        OPEN_WEBUI,
        JSON,
        b'{"model": "dall-e-2", "prompt": "A red fox", "n": 1, "size": "1024x1024", "response_format": "b64_json"}',
        SQUARE,
    ),
    "open webui, a gpt-image at an address of azure": Sent(
        "generations?api-version=2025-04-01-preview",
        OPEN_WEBUI,
        JSON,
        b'{"model": "gpt-image-2", "prompt": "A red \\u201cfox\\u201d", "n": 1, "size": "auto"}',
        {},
    ),
    "open webui, one image to edit": Sent(
        "edits?api-version=2025-04-01-preview",
        OPEN_WEBUI,
        OF_AIOHTTP,
        form_by_aiohttp(
            {"model": "gpt-image-2", "prompt": "Make it blue", "n": "1", "size": "1024x1024"},
            ("image", "0b0e8a52-1e7f-4d6a-9e5b-6f3f4f1f7a11.png", "image/png", PNG),
        ),
        SQUARE | {"input_images": 1},
    ),
    "open webui, several, without a model": Sent(
        "edits",
        OPEN_WEBUI,
        OF_AIOHTTP,
        form_by_aiohttp(
            {"model": "", "prompt": "Combine them", "response_format": "b64_json"},
            ("image[]", "b7c8f6d2-3c1e-4b55-8f0d-2f6f5f6f7a12.png", "image/png", PNG),
            ("image[]", "c8d9a7e3-4d2f-4c66-9a1e-3a7a6a7a8b13.webp", "image/webp", WEBP),
        ),
        {"input_images": 2},
    ),
    "librechat, png": Sent(
        "generations",
        LIBRECHAT,
        JSON,
        b'{"model":"gpt-image-1","prompt":"A red fox","n":1,"background":"auto","output_format":"png","quality":"low",'
        b'"size":"1536x1024"}',
        {"aspect_ratio": "3:2", "quality": "low"},
    ),
    "librechat, webp": Sent(
        "generations",
        LIBRECHAT,
        JSON,
        b'{"model":"gpt-image-1","prompt":"A red fox","n":1,"background":"auto","output_format":"webp",'
        b'"output_compression":100,"quality":"auto","size":"auto"}',
        {"output_format": "webp", "output_compression": 100},
    ),
    "librechat at an address of azure": Sent(
        "generations?api-version=2025-04-01",
        LIBRECHAT,
        JSON,
        b'{"model":"gpt-image-1","prompt":"A red fox","n":1,"background":"auto","output_format":"png","quality":"auto",'
        b'"size":"auto"}',
        {},
        azure=True,
    ),
    "librechat, images to edit": Sent(
        "edits",
        LIBRECHAT_EDITS,
        OF_FORM_DATA,
        form_by_form_data(
            {"model": "gpt-image-1", "prompt": "Make it blue", "quality": "auto", "size": "auto"},
            ("image[]", "fox.png", "image/png", PNG),
            ("image[]", "den.webp", "image/webp", WEBP),
        ),
        {"input_images": 2},
    ),
}


@pytest.mark.parametrize("sent", REQUESTS.values(), ids=REQUESTS)
async def test_a_chat_servers_request_is_one_job_and_its_image(rig: Rig, sent: Sent) -> None:
    answer = await sent.to(rig)
    assert answer.status_code == 200, answer.text
    [item] = answer.json()["data"]
    assert list(item) == ["b64_json"], "both take base64; Open WebUI would fetch an address, and refuse a private one"
    image = pyvips.Image.new_from_buffer(base64.b64decode(item["b64_json"]), "")
    assert (image.width, image.height) == ((1536, 1024) if sent.params.get("aspect_ratio") == "3:2" else (1024, 1024))
    job = (await rig.client.get(f"/v2/jobs/{answer.headers['x-job-id']}")).json()
    params = dict(sent.params)
    assert (job["status"], len(job["inputs"])) == ("COMPLETED", params.pop("input_images", 0))
    assert job["input"]["gptImage2Params"].items() >= params.items()
    assert await rig.credits() == 1000 - job["creditCost"] < 1000


SMALL = Sent(
    "generations",
    OPEN_WEBUI,
    JSON,
    b'{"model": "dall-e-2", "prompt": "A red fox", "n": 1, "size": "512x512", "response_format": "b64_json"}',
    SQUARE,
)
SMALL_EDIT = Sent(
    "edits",
    LIBRECHAT_EDITS,
    OF_FORM_DATA,
    form_by_form_data(
        {"model": "gpt-image-1", "prompt": "Make it blue", "quality": "auto", "size": "256x256"},
        ("image[]", "fox.png", "image/png", PNG),
    ),
    SQUARE,
)


@pytest.mark.parametrize("sent", [SMALL, SMALL_EDIT], ids=["open webui", "librechat"])
async def test_a_size_of_dall_e_is_refused_unless_the_operator_takes_the_nearest(make_rig: MakeRig, sent: Sent) -> None:
    async with make_rig() as rig:
        refused = await sent.to(rig)
        error = refused.json()["error"]
        assert (refused.status_code, error["param"], error["code"]) == (400, "size", "invalid_value")
        assert error["message"].endswith("The nearest is 1024x1024.")
        assert await rig.credits() == 1000
    async with make_rig(openai_sizes="nearest") as rig:
        answer = await sent.to(rig)
        assert (answer.status_code, answer.json()["size"]) == (200, "1024x1024")
        job = (await rig.client.get(f"/v2/jobs/{answer.headers['x-job-id']}")).json()
        assert any("1024x1024 was generated" in warning for warning in job["warnings"])
