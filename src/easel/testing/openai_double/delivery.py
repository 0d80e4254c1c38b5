"""Handing over pictures: as base64 or as links to this server, whole or spoiled as the script has it."""

import base64
import json
import uuid
from dataclasses import dataclass

from easel.testing.openai_double.answers import answer
from easel.testing.openai_double.models import parse_size
from easel.testing.openai_double.orders import Order
from easel.testing.openai_double.outcomes import Delivers
from easel.testing.openai_double.pictures import MEDIA_TYPES, Sketch, as_item, painted

PAGE = b"<!DOCTYPE html>\n<html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>\n"
FIRST_DRAFT = 100


@dataclass(frozen=True, slots=True)
class File:
    data: bytes
    media_type: str


class Delivery:
    """The pictures of one server, and the files its links lead to."""

    def __init__(self, *, weight: int | None, bare: bool) -> None:
        self.files: dict[str, File] = {}
        self._weight = weight
        self._bare = bare

    async def answer(self, order: Order, what: Delivers, *, base_url: str) -> list[bytes]:
        """The body of the answer, in parts."""
        if order.urls or what.urls:
            items = [self._linked(picture, order, what, base_url) for picture in await self.pictures(order, what)]
        elif what.broken or what.html:
            items = [_item(picture) for picture in await self.pictures(order, what)]
        else:
            items = [await as_item(sketch) for sketch in self._sketches(order, what)]
        return answer(order, items, bare=self._bare or what.bare)

    async def pictures(self, order: Order, what: Delivers) -> list[bytes]:
        """The bytes of each picture."""
        return [_spoiled(await painted(sketch), what) for sketch in self._sketches(order, what)]

    async def draft(self, order: Order, index: int) -> bytes:
        """A partial image, which looks like none of the final ones."""
        return await painted(self._sketch(order, Delivers(), FIRST_DRAFT + index))

    def _sketches(self, order: Order, what: Delivers) -> list[Sketch]:
        count = order.n if what.count is None else what.count
        return [self._sketch(order, what, index) for index in range(count)]

    def _sketch(self, order: Order, what: Delivers, index: int) -> Sketch:
        size = parse_size(what.size) if what.size else None
        return Sketch(size or order.size, order.output_format, order.transparent, index, self._weight)

    def _linked(self, picture: bytes, order: Order, what: Delivers, base_url: str) -> bytes:
        name = f"{uuid.uuid4().hex}.{order.output_format}"
        self.files[name] = File(picture, "text/html" if what.html else MEDIA_TYPES[order.output_format])
        return json.dumps({"url": f"{base_url}files/{name}"}).encode()


def _spoiled(picture: bytes, what: Delivers) -> bytes:
    if what.html:
        return PAGE
    return picture[: len(picture) // 2] if what.broken else picture


def _item(picture: bytes) -> bytes:
    return json.dumps({"b64_json": base64.b64encode(picture).decode()}).encode()
