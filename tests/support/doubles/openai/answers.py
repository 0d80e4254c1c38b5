"""What a 200 says: the JSON of an answer, or the events of a stream."""

import base64
import json
import time
from collections.abc import Sequence
from typing import Any

from tests.support.doubles.openai.validate import ParsedRequest

JSON = "application/json"
EVENTS = "text/event-stream; charset=utf-8"
TOKENS_A_MEGAPIXEL = {"low": 196, "medium": 1_756, "high": 7_024, "xhigh": 14_048, "max": 28_096}
TOKENS_AN_INPUT = 323
MEGAPIXEL = 1024 * 1024


def answer(parsed: ParsedRequest, items: Sequence[bytes], *, bare: bool) -> list[bytes]:
    """The JSON, in parts, around images that are JSON already; compatible servers leave it `bare`."""
    created = {"created": int(time.time())}
    about = {} if bare else _about(parsed) | {"usage": usage(parsed)}
    head = json.dumps(created | about).encode()[:-1] + b',"data":['
    listed = [part for item in items for part in (b",", item)][1:]
    return [head, *listed, b"]}"]


def usage(parsed: ParsedRequest) -> dict[str, Any]:
    text = max(1, len(parsed.prompt) // 4)
    images = TOKENS_AN_INPUT * parsed.inputs
    pixels = parsed.size.width * parsed.size.height
    generated = parsed.n * round(TOKENS_A_MEGAPIXEL.get(parsed.quality, 1_756) * pixels / MEGAPIXEL)
    return {
        "input_tokens": text + images,
        "input_tokens_details": {"image_tokens": images, "text_tokens": text},
        "output_tokens": generated,
        "output_tokens_details": {"image_tokens": generated, "text_tokens": 0},
        "total_tokens": text + images + generated,
    }


def _about(parsed: ParsedRequest) -> dict[str, Any]:
    about = {
        "background": "transparent" if parsed.transparent else "opaque",
        "output_format": parsed.output_format,
        "quality": parsed.quality,
        "size": f"{parsed.size.width}x{parsed.size.height}",
    }
    return about | {"safety_identifier": parsed.identifier} if parsed.identifier else about


def partial_event(parsed: ParsedRequest, image: bytes, index: int) -> bytes:
    return _event(f"{parsed.endpoint}.partial_image", _described(parsed, image) | {"partial_image_index": index})


def completed_event(parsed: ParsedRequest, image: bytes) -> bytes:
    return _event(f"{parsed.endpoint}.completed", _described(parsed, image) | {"usage": usage(parsed)})


def error_event(body: dict[str, Any]) -> bytes:
    return _sse("error", body)


def _described(parsed: ParsedRequest, image: bytes) -> dict[str, Any]:
    return {
        "b64_json": base64.b64encode(image).decode(),
        "created_at": int(time.time()),
        **_about(parsed),
    }


def _event(name: str, content: dict[str, Any]) -> bytes:
    return _sse(name, {"type": name, **content})


def _sse(name: str, data: dict[str, Any]) -> bytes:
    return f"event: {name}\ndata: {json.dumps(data)}\n\n".encode()
