"""Test images, made on the spot, and how alike two images are."""

import struct
import zlib
from typing import Any

import pyvips

from easel.domain import RAW_RGBA, Image, Size
from easel.imaging.bounds import Limits
from easel.imaging.state import OutputSpec

SIZE = Size(96, 64)
LIMITS = Limits(pixels=64_000_000, bytes=50_000_000)
SUFFIXES = {
    "image/webp": ".webp",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/avif": ".avif",
}
BEST: dict[str, dict[str, Any]] = {
    "image/webp": {"lossless": True, "effort": 0},
    "image/jpeg": {"Q": 95},
    "image/avif": {"Q": 95},
}
MEDIA_TYPES = {"webp": "image/webp", "png": "image/png", "jpeg": "image/jpeg"}


def gradient(size: Size = SIZE) -> pyvips.Image:
    """Red grows to the right, green downwards, blue stays: turned, mirrored or cropped it is another image."""
    place = pyvips.Image.xyz(size.width, size.height)
    red, green = place[0] * (255 / size.width), place[1] * (255 / size.height)
    return red.bandjoin([green, red * 0 + 120]).cast("uchar").copy(interpretation="srgb")


def see_through(size: Size = SIZE) -> pyvips.Image:
    """The gradient, its left half invisible."""
    left = pyvips.Image.xyz(size.width, size.height)[0] < size.width / 2
    return gradient(size).bandjoin(left.ifthenelse(0, 255).cast("uchar"))


def masked(size: Size = SIZE, *holes: tuple[int, int, int, int]) -> pyvips.Image:
    """A mask: black, and transparent in these boxes of left, top, width and height."""
    mask = pyvips.Image.black(size.width, size.height, bands=3).copy(interpretation="srgb").bandjoin(255)
    for left, top, width, height in holes:
        mask = mask.insert(pyvips.Image.black(width, height, bands=4).copy(interpretation="srgb"), left, top)
    return mask.cast("uchar")


def encoded(image: pyvips.Image, media_type: str = "image/png", **options: Any) -> Image:
    """The image as somebody else would write it: losslessly where the format can."""
    data = bytes(image.write_to_buffer(SUFFIXES[media_type], **BEST.get(media_type, {}) | options))
    return Image(data, media_type, Size(image.width, image.height))


def raw(image: pyvips.Image) -> Image:
    """The image as a provider in this process hands it over."""
    rgba = image if image.hasalpha() else image.bandjoin(255)
    return Image(bytes(rgba.write_to_memory()), RAW_RGBA, Size(image.width, image.height))


def promise(kind: str = "png", background: str = "auto", size: Size = SIZE) -> OutputSpec:
    return OutputSpec(size=size, format=kind, background=background)


def opened(image: Image) -> pyvips.Image:
    return pyvips.Image.new_from_buffer(image.data, "")


def difference(one: pyvips.Image, other: pyvips.Image) -> float:
    """The mean absolute difference, on a scale to 255. Alike is below 4: that is what lossy formats cost here."""
    return float((one.cast("short") - other.cast("short")).abs().avg())


def on_white(image: pyvips.Image) -> pyvips.Image:
    return image.flatten(background=[255, 255, 255])


def png_chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_header(width: int, height: int) -> bytes:
    """The first bytes of a PNG of a given size, whatever comes after them."""
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
