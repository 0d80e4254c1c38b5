"""Delivering images: as base64 or as links to this server, whole or damaged as the script says."""

import base64
import json
import uuid
from dataclasses import dataclass

from tests.support.doubles.base.images import Sketch, in_image_thread
from tests.support.doubles.openai.answers import answer
from tests.support.doubles.openai.images import MEDIA_TYPES, make, make_item
from tests.support.doubles.openai.models import parse_size
from tests.support.doubles.openai.outcomes import Delivers
from tests.support.doubles.openai.validate import ParsedRequest

PAGE = b"<!DOCTYPE html>\n<html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>\n"
FIRST_DRAFT = 100


@dataclass(frozen=True, slots=True)
class File:
    data: bytes
    media_type: str


class Outputs:
    """The images of one account, and the files that its links lead to."""

    def __init__(self, *, weight: int | None, bare: bool) -> None:
        self.files: dict[str, File] = {}
        self._weight = weight
        self._bare = bare

    async def answer(self, parsed: ParsedRequest, what: Delivers, *, base_url: str) -> list[bytes]:
        """The body of the answer, in parts."""
        if parsed.urls or what.urls:
            items = [self._linked(image, parsed, what, base_url) for image in await self.images(parsed, what)]
        elif what.broken or what.html:
            items = [_item(image) for image in await self.images(parsed, what)]
        else:
            items = [await in_image_thread(make_item, sketch) for sketch in self._sketches(parsed, what)]
        return answer(parsed, items, bare=self._bare or what.bare)

    async def images(self, parsed: ParsedRequest, what: Delivers) -> list[bytes]:
        """The bytes of each image."""
        return [_damaged(await in_image_thread(make, sketch), what) for sketch in self._sketches(parsed, what)]

    async def draft(self, parsed: ParsedRequest, index: int) -> bytes:
        """A partial image, which looks like none of the final ones."""
        return await in_image_thread(make, self._sketch(parsed, Delivers(), FIRST_DRAFT + index))

    def _sketches(self, parsed: ParsedRequest, what: Delivers) -> list[Sketch]:
        count = parsed.n if what.count is None else what.count
        return [self._sketch(parsed, what, index) for index in range(count)]

    def _sketch(self, parsed: ParsedRequest, what: Delivers, index: int) -> Sketch:
        size = parse_size(what.size) if what.size else None
        return Sketch(
            *(size or parsed.size, parsed.output_format, parsed.transparent, index, self._weight),
            compression=parsed.output_compression,
        )

    def _linked(self, image: bytes, parsed: ParsedRequest, what: Delivers, base_url: str) -> bytes:
        name = f"{uuid.uuid4().hex}.{parsed.output_format}"
        self.files[name] = File(image, "text/html" if what.html else MEDIA_TYPES[parsed.output_format])
        return json.dumps({"url": f"{base_url}files/{name}"}).encode()


def _damaged(image: bytes, what: Delivers) -> bytes:
    if what.html:
        return PAGE
    return image[: len(image) // 2] if what.broken else image


def _item(image: bytes) -> bytes:
    return json.dumps({"b64_json": base64.b64encode(image).decode()}).encode()
