"""Files whose pixels are all there, in a wrapping that is not right."""

import struct
from collections.abc import Iterator

import pytest
from tests.support.images import LIMITS, SIZE, difference, encoded, gradient, opened, png_chunk, promise

from easel.domain import Image
from easel.errors import NotAnImage
from easel.imaging import postprocess
from easel.imaging.copies import preview_of
from easel.imaging.inputs import normalise_input
from easel.imaging.mend import mended
from easel.imaging.open import read_through

JPEG = encoded(gradient(), "image/jpeg").data
SCANS = encoded(gradient(), "image/jpeg", interlace=True).data
PNG, WEBP = encoded(gradient()).data, encoded(gradient(), "image/webp", keep="none").data
LOSSY = encoded(gradient(), "image/webp", lossless=False, Q=95).data
GIF, AVIF = encoded(gradient(), "image/gif").data, encoded(gradient(), "image/avif").data
STRAY = bytes(range(6))
BAD_CHUNK = struct.pack(">I", 4) + b"tEXtabcd" + bytes(4)


def inserted(data: bytes, marker: bytes, stray: bytes = STRAY) -> bytes:
    at = data.index(marker)
    return data[:at] + stray + data[at:]


def jpegs(data: bytes) -> Iterator[tuple[str, bytes]]:
    for name, marker in (("the tables", b"\xff\xdb"), ("the frame", b"\xff\xc4"), ("the scan", b"\xff\xda")):
        yield f"stray bytes before {name}", inserted(data, marker)
    yield "stray bytes twice", inserted(inserted(data, b"\xff\xdb"), b"\xff\xda")
    yield "bytes after the end", data + b"<!-- served by a proxy -->"
    yield "another JPEG after the end", data + JPEG
    yield "no end", data[:-2]
    yield "half an end", data[:-1]
    yield "no end, and stray bytes", inserted(data[:-2], b"\xff\xda")
    yield "a comment longer than it says", data[:2] + b"\xff\xfe\x00\x06abcdefgh" + data[2:]
    yield "an empty APP1", data[:2] + b"\xff\xe1\x00\x02" + data[2:]
    yield "a broken EXIF", data[:2] + b"\xff\xe1\x00\x10Exif\x00\x00garbage!" + data[2:]
    yield "fill bytes", inserted(data, b"\xff\xda", b"\xff" * 5)


WHOLE: dict[str, bytes] = {
    **{f"JPEG: {name}": data for name, data in jpegs(JPEG)},
    "JPEG: stray bytes before the end": JPEG[:-2] + STRAY + JPEG[-2:],
    **{f"progressive JPEG: {name}": data for name, data in jpegs(SCANS)},
    "PNG: a text whose checksum is wrong": PNG[:33] + BAD_CHUNK + PNG[33:],
    "PNG: the same after the pixels": PNG[:-12] + BAD_CHUNK + PNG[-12:],
    "PNG: a broken profile": PNG[:33] + png_chunk(b"iCCP", b"x\x00\x00garbage") + PNG[33:],
    "PNG: a broken EXIF": PNG[:33] + png_chunk(b"eXIf", b"garbage") + PNG[33:],
    "PNG: bytes after the end": PNG + b"x" * 100,
    "PNG: no end": PNG[:-12],
    "WebP: bytes after the end": WEBP + b"x" * 99,
    "WebP: too small a size": WEBP[:4] + struct.pack("<I", len(WEBP) - 10) + WEBP[8:],
    "WebP: too large a size": WEBP[:4] + struct.pack("<I", len(WEBP) + 100) + WEBP[8:],
    "WebP: no size": WEBP[:4] + bytes(4) + WEBP[8:],
    "lossy WebP: the size of the file": LOSSY[:4] + struct.pack("<I", len(LOSSY)) + LOSSY[8:],
    "GIF: bytes after the end": GIF + b"x" * 40,
    "GIF: no end": GIF[:-1],
    "AVIF: bytes after the end": AVIF + b"x" * 40,
}


@pytest.mark.parametrize("name", WHOLE)
def test_an_image_whose_pixels_are_all_there_is_taken(name: str) -> None:
    data = WHOLE[name]
    sound = read_through(data, LIMITS)
    assert sound.size == SIZE
    for shown in (
        normalise_input(data, LIMITS),
        preview_of(sound.data, LIMITS),
        postprocess(Image(data, "image/png", SIZE), promise("jpeg"), LIMITS)[0],
        postprocess(Image(data, "image/png", SIZE), promise(sound.media_type.removeprefix("image/")), LIMITS)[0]
        if sound.media_type in ("image/png", "image/webp", "image/jpeg")
        else normalise_input(sound.data, LIMITS),
    ):
        assert difference(opened(shown)[:3], gradient()) < 8


LACKING = {
    "half a JPEG": JPEG[: len(JPEG) // 2],
    "half a JPEG with an end": JPEG[: len(JPEG) // 2] + b"\xff\xd9",
    "half a JPEG with stray bytes": inserted(JPEG[: len(JPEG) // 2], b"\xff\xdb"),
    "half a JPEG with stray bytes and an end": inserted(JPEG[: len(JPEG) // 2], b"\xff\xdb") + b"\xff\xd9",
    "half a progressive JPEG": SCANS[: len(SCANS) // 2],
    "half a progressive JPEG with stray bytes": inserted(SCANS[: len(SCANS) // 2], b"\xff\xdb"),
    "most of a JPEG": JPEG[:-20],
    "most of a progressive JPEG": SCANS[:-20],
    "a JPEG filled up with zeros": JPEG[: len(JPEG) // 2] + bytes(len(JPEG) - len(JPEG) // 2),
    "a WebP that lacks its last bytes": WEBP[:-8],
    "the same with its size put right": WEBP[:4] + struct.pack("<I", len(WEBP) - 16) + WEBP[8:-8],
    "a GIF that lacks its last bytes": GIF[:-8],
    "an AVIF that lacks its last bytes": AVIF[:-8],
    "a PNG that lacks its last pixels": PNG[:-30],
}


@pytest.mark.parametrize("name", LACKING)
def test_an_image_that_lacks_pixels_is_refused(name: str) -> None:
    for door in (read_through, normalise_input):
        with pytest.raises(NotAnImage, match=r"damaged or truncated|cannot be opened"):
            door(LACKING[name], LIMITS)
    with pytest.raises(NotAnImage, match=r"damaged or truncated|cannot be opened"):
        postprocess(Image(LACKING[name], "image/png", SIZE), promise(), LIMITS)


@pytest.mark.parametrize("data", [JPEG, SCANS, PNG, WEBP, LOSSY, GIF, AVIF])
def test_a_sound_image_is_left_as_it_is(data: bytes) -> None:
    sound = read_through(data, LIMITS)
    assert sound.data is data
    assert mended(data, sound.media_type) is None
