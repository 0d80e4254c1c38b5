"""Real pictures, made once: of the right format, size and transparency, each index another colour."""

import asyncio
import base64
import functools
import hashlib
import random
import struct
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from easel.domain import RAW_RGBA, Image, Size
from easel.imaging import ImagingSettings, OutputSpec, postprocess
from easel.imaging.bounds import Limits

LIMITS = Limits(
    pixels=ImagingSettings().max_picture_megapixels * 1_000_000,
    bytes=ImagingSettings().max_input_megabytes * 1_000_000,
)
MEDIA_TYPES = {"png": "image/png", "jpeg": "image/jpeg", "webp": "image/webp"}
BANDS = 16
AFTER_HEADER = 33
MADE = 256
TRIES = 8


@dataclass(frozen=True, slots=True)
class Sketch:
    """Which picture: equal sketches are the same bytes. `weight` is about how many bytes it shall have."""

    size: Size
    output_format: str
    transparent: bool
    index: int
    weight: int | None = None


_provider = ThreadPoolExecutor(1, thread_name_prefix="openai-double")


async def painted(sketch: Sketch) -> bytes:
    """The picture's bytes. One thread makes them all, so that none is made twice."""
    return await asyncio.get_running_loop().run_in_executor(_provider, paint, sketch)


async def as_item(sketch: Sketch) -> bytes:
    """The picture as a member of `data`, ready to be sent."""
    return await asyncio.get_running_loop().run_in_executor(_provider, _item, sketch)


@functools.lru_cache(MADE)
def _item(sketch: Sketch) -> bytes:
    return b'{"b64_json":"' + base64.b64encode(paint(sketch)) + b'"}'


@functools.lru_cache(MADE)
def paint(sketch: Sketch) -> bytes:
    return _encoded(sketch, noisy_rows=0) if sketch.weight is None else _weighing(sketch, sketch.weight)


def _weighing(sketch: Sketch, weight: int) -> bytes:
    """The picture with as many rows of noise as bring it to its weight, or near it."""
    low, high = 0, sketch.size.height
    rows = min(weight // (3 * sketch.size.width), high)
    for _ in range(TRIES):
        data = _encoded(sketch, noisy_rows=rows)
        if abs(len(data) - weight) < weight / 50 or high - low < 2:
            break
        low, high = (rows, high) if len(data) < weight else (low, rows)
        guess = rows * weight // len(data)
        rows = guess if low < guess < high else (low + high + 1) // 2
    return data


def _encoded(sketch: Sketch, *, noisy_rows: int) -> bytes:
    background = "transparent" if sketch.transparent else "opaque"
    raw = Image(_pixels(sketch, noisy_rows), RAW_RGBA, sketch.size)
    image, _ = postprocess(raw, OutputSpec(sketch.size, sketch.output_format, background), LIMITS)
    return _with_provenance(image.data) if sketch.output_format == "png" else image.data


def _pixels(sketch: Sketch, noisy_rows: int) -> bytes:
    """Bands that fade to the right, the left quarter invisible if transparent; below them, noise."""
    width, height = sketch.size.width, sketch.size.height
    bands = [_row(sketch, band) for band in range(BANDS)]
    calm = height - noisy_rows
    noise = bytearray(random.Random(sketch.index).randbytes(noisy_rows * width * 4))
    noise[3::4] = b"\xff" * (noisy_rows * width)
    return b"".join(bands[y * BANDS // height] for y in range(calm)) + noise


def _row(sketch: Sketch, band: int) -> bytes:
    width = sketch.size.width
    red, green, blue = hashlib.sha256(str(sketch.index).encode()).digest()[:3]
    light = 128 + band * 8
    row = bytearray()
    for x in range(width):
        alpha = 0 if sketch.transparent and x < width // 4 else 255
        row += bytes((red * light // 256, green * x // width, blue * light // 256, alpha))
    return bytes(row)


def _with_provenance(png: bytes) -> bytes:
    """The PNG with a C2PA chunk, as OpenAI's carry one (its content here says nothing)."""
    content = b"caBX" + b"\x00\x00\x00\x10jumb" + bytes(8)
    chunk = struct.pack(">I", len(content) - 4) + content + struct.pack(">I", zlib.crc32(content))
    return png[:AFTER_HEADER] + chunk + png[AFTER_HEADER:]
