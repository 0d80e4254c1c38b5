"""Images as OpenAI delivers them: PNGs carry provenance, and base64 is made once."""

import base64
import functools
import struct
import zlib

from tests.support.doubles.base.images import MADE, Sketch, make_image

MEDIA_TYPES = {"png": "image/png", "jpeg": "image/jpeg", "webp": "image/webp"}
AFTER_HEADER = 33


@functools.lru_cache(MADE)
def make_item(sketch: Sketch) -> bytes:
    """The image as a member of `data`, ready to be sent."""
    return b'{"b64_json":"' + base64.b64encode(make(sketch)) + b'"}'


@functools.lru_cache(MADE)
def make(sketch: Sketch) -> bytes:
    """The bytes of the image."""
    image = make_image(sketch)
    return _with_provenance(image) if sketch.output_format == "png" else image


def _with_provenance(png: bytes) -> bytes:
    """The PNG with a C2PA chunk, as OpenAI's carry one (its content here says nothing)."""
    content = b"caBX" + b"\x00\x00\x00\x10jumb" + bytes(8)
    chunk = struct.pack(">I", len(content) - 4) + content + struct.pack(">I", zlib.crc32(content))
    return png[:AFTER_HEADER] + chunk + png[AFTER_HEADER:]
