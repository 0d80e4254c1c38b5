"""Real pictures, made once each: the right size and format, and every index a different one."""

import asyncio
import colorsys
import functools
from concurrent.futures import ThreadPoolExecutor

from easel.domain import RAW_RGBA, Image, Size
from easel.imaging import OutputSpec, postprocess
from easel.imaging.bounds import Limits

LIMITS = Limits(pixels=64_000_000, bytes=64_000_000)

_provider = ThreadPoolExecutor(1, thread_name_prefix="replicate-double")


async def painted(size: Size, output_format: str, index: int, *, transparent: bool) -> bytes:
    """The bytes of one picture; `transparent` leaves a frame of nothing around it. One thread makes them all."""
    return await asyncio.get_running_loop().run_in_executor(_provider, _paint, size, output_format, index, transparent)


@functools.lru_cache(maxsize=128)
def _paint(size: Size, output_format: str, index: int, transparent: bool) -> bytes:
    background = "transparent" if transparent and output_format != "jpeg" else "opaque"
    raw = Image(_pixels(size, index, frame=transparent), RAW_RGBA, size)
    image, _ = postprocess(raw, OutputSpec(size, output_format, background), LIMITS)
    return image.data


def _pixels(size: Size, index: int, *, frame: bool) -> bytes:
    """A sky of the index's hue over ground of another, and for each index a step more of sky."""
    margin = 64 if frame else 0
    sky, ground = (_row(size.width, margin, (index * 0.381966 + turn) % 1) for turn in (0.0, 0.5))
    horizon = size.height * (index % 10 + 3) // 16
    nothing = bytes(4 * size.width * margin)
    return nothing + sky * (horizon - margin) + ground * (size.height - horizon - margin) + nothing


def _row(width: int, margin: int, hue: float) -> bytes:
    nothing = bytes(4 * margin)
    inside = width - 2 * margin
    shades = (colorsys.hsv_to_rgb(hue, 0.7, 0.35 + 0.6 * x / inside) for x in range(inside))
    return nothing + b"".join(bytes((*(round(255 * part) for part in shade), 255)) for shade in shades) + nothing
