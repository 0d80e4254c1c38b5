"""What a 200 says: the JSON of an answer, or the events of a stream."""

import base64
import json
import time
from collections.abc import Sequence
from typing import Any

from easel.testing.openai_double.orders import Order

JSON = "application/json"
EVENTS = "text/event-stream; charset=utf-8"
TOKENS_A_MEGAPIXEL = {"low": 196, "medium": 1_756, "high": 7_024, "xhigh": 14_048, "max": 28_096}
TOKENS_AN_INPUT = 323
MEGAPIXEL = 1024 * 1024


def answer(order: Order, items: Sequence[bytes], *, bare: bool) -> list[bytes]:
    """The JSON, in parts, around pictures that are JSON already; compatible servers leave it `bare`."""
    created = {"created": int(time.time())}
    about = {} if bare else _about(order) | {"usage": usage(order)}
    head = json.dumps(created | about).encode()[:-1] + b',"data":['
    listed = [part for item in items for part in (b",", item)][1:]
    return [head, *listed, b"]}"]


def usage(order: Order) -> dict[str, Any]:
    text = max(1, len(order.prompt) // 4)
    images = TOKENS_AN_INPUT * order.inputs
    pixels = order.size.width * order.size.height
    painted = order.n * round(TOKENS_A_MEGAPIXEL.get(order.quality, 1_756) * pixels / MEGAPIXEL)
    return {
        "input_tokens": text + images,
        "input_tokens_details": {"image_tokens": images, "text_tokens": text},
        "output_tokens": painted,
        "output_tokens_details": {"image_tokens": painted, "text_tokens": 0},
        "total_tokens": text + images + painted,
    }


def _about(order: Order) -> dict[str, Any]:
    about = {
        "background": "transparent" if order.transparent else "opaque",
        "output_format": order.output_format,
        "quality": order.quality,
        "size": f"{order.size.width}x{order.size.height}",
    }
    return about | {"safety_identifier": order.identifier} if order.identifier else about


def partial_event(order: Order, picture: bytes, index: int) -> bytes:
    return _event(f"{order.endpoint}.partial_image", _described(order, picture) | {"partial_image_index": index})


def completed_event(order: Order, picture: bytes) -> bytes:
    return _event(f"{order.endpoint}.completed", _described(order, picture) | {"usage": usage(order)})


def error_event(body: dict[str, Any]) -> bytes:
    return _sse("error", body)


def _described(order: Order, picture: bytes) -> dict[str, Any]:
    return {
        "b64_json": base64.b64encode(picture).decode(),
        "created_at": int(time.time()),
        **_about(order),
    }


def _event(name: str, content: dict[str, Any]) -> bytes:
    return _sse(name, {"type": name, **content})


def _sse(name: str, data: dict[str, Any]) -> bytes:
    return f"event: {name}\ndata: {json.dumps(data)}\n\n".encode()
