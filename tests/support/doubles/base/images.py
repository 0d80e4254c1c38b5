"""Real images, each made once: of the right format, size and transparency, each index in another colour."""

import asyncio
import functools
import hashlib
import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import ParamSpec

from easel.domain import RAW_RGBA, Image, Size
from easel.imaging import OutputSpec, postprocess
from easel.imaging.bounds import Limits

LIMITS = Limits(pixels=64_000_000, bytes=64_000_000)
BANDS = 16
MADE = 256
TRIES = 8

P = ParamSpec("P")
_thread = ThreadPoolExecutor(1, thread_name_prefix="images-of-doubles")


@dataclass(frozen=True, slots=True)
class Sketch:
    """Which image: equal sketches are the same bytes. `weight` is about how many bytes it has."""

    size: Size
    output_format: str
    transparent: bool
    index: int
    weight: int | None = None
    compression: int = 100


async def in_image_thread(make: Callable[P, bytes], *args: P.args, **kwargs: P.kwargs) -> bytes:
    """Call it in the one thread that makes all images, so that none is made twice."""
    return await asyncio.get_running_loop().run_in_executor(_thread, functools.partial(make, *args, **kwargs))


@functools.lru_cache(MADE)
def make_image(sketch: Sketch) -> bytes:
    """The bytes of the image."""
    return _encoded(sketch, noisy_rows=0) if sketch.weight is None else _weighing(sketch, sketch.weight)


def _weighing(sketch: Sketch, weight: int) -> bytes:
    """The image with as many rows of noise as bring it to its weight, or near it."""
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
    background = "transparent" if sketch.transparent and sketch.output_format != "jpeg" else "opaque"
    raw = Image(_pixels(sketch, noisy_rows), RAW_RGBA, sketch.size)
    spec = OutputSpec(sketch.size, sketch.output_format, background, sketch.compression)
    image, _ = postprocess(raw, spec, LIMITS)
    return image.data


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
