"""Every copy of an image shows what the image shows, whatever colours it is written in."""

import struct
from collections.abc import Callable

import pytest
import pyvips
from tests.support.images import LIMITS, difference, encoded, gradient, opened, promise, see_through

from easel.domain import Image, Size
from easel.imaging import postprocess
from easel.imaging.copies import copy_as, preview_of
from easel.imaging.inputs import normalise_input

SIZE = Size(96, 64)
WHITE_POINT = struct.pack(">iii", 63190, 65536, 54061)


def profile(name: str) -> bytes:
    return bytes(pyvips.Operation.call("profile_load", name))


def swapped() -> bytes:
    """A profile whose red is blue."""
    data = bytearray(profile("p3"))
    places = {bytes(data[at : at + 4]): at for at in range(132, 132 + 12 * int.from_bytes(data[128:132], "big"), 12)}
    red, blue = places[b"rXYZ"], places[b"bXYZ"]
    data[red : red + 4], data[blue : blue + 4] = data[blue : blue + 4], data[red : red + 4]
    return bytes(data)


def linear_grey() -> bytes:
    """A grey profile without gamma: middle grey is much lighter than it looks."""
    tags = {
        b"desc": b"desc" + bytes(4) + struct.pack(">I", 5) + b"grey\0" + bytes(78),
        b"cprt": b"text" + bytes(4) + b"none\0\0\0\0",
        b"wtpt": b"XYZ " + bytes(4) + WHITE_POINT,
        b"kTRC": b"curv" + bytes(4) + struct.pack(">IHH", 1, 256, 0),
    }
    table, body, start = struct.pack(">I", len(tags)), b"", 132 + 12 * len(tags)
    for name, tag in tags.items():
        table += name + struct.pack(">II", start + len(body), len(tag))
        body += tag + bytes(-len(tag) % 4)
    head = struct.pack(">I", start + len(body)) + b"lcms" + struct.pack(">I", 0x02100000) + b"mntrGRAYXYZ "
    return head + bytes(12) + b"acsp" + bytes(28) + WHITE_POINT + bytes(48) + table + body


def wearing(image: pyvips.Image, data: bytes) -> pyvips.Image:
    image = image.copy()
    image.set_type(pyvips.GValue.blob_type, "icc-profile-data", data)
    return image


def converted(image: pyvips.Image, data: bytes) -> pyvips.Image:
    """What an image shows that wears a profile, as libvips says when it is asked alone."""
    return wearing(image, data).icc_transform("srgb", embedded=True)


def deep(image: pyvips.Image) -> pyvips.Image:
    return (image.cast("ushort") * 257).cast("ushort").copy(interpretation="rgb16")


def grey() -> pyvips.Image:
    return gradient(SIZE)[0].copy(interpretation="b-w")


PLAIN = gradient(SIZE)
CMYK = PLAIN.colourspace("cmyk")
LOOKS = {"jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
CASES: dict[str, tuple[Image, pyvips.Image]] = {
    "red and blue swapped": (encoded(wearing(PLAIN, swapped()), "image/jpeg", keep="all"), converted(PLAIN, swapped())),
    "the same as PNG": (encoded(wearing(PLAIN, swapped()), keep="all"), converted(PLAIN, swapped())),
    "the same as WebP": (encoded(wearing(PLAIN, swapped()), "image/webp", keep="all"), converted(PLAIN, swapped())),
    "the same with alpha": (
        encoded(wearing(see_through(SIZE), swapped()), keep="all"),
        converted(PLAIN, swapped()),
    ),
    "Display P3": (encoded(wearing(PLAIN, profile("p3")), "image/avif", keep="all"), converted(PLAIN, profile("p3"))),
    "Display P3, 16 bits": (encoded(wearing(deep(PLAIN), profile("p3")), keep="all"), converted(PLAIN, profile("p3"))),
    "grey with a profile": (encoded(wearing(grey(), linear_grey()), keep="all"), converted(grey(), linear_grey())),
    "CMYK with a profile": (
        encoded(wearing(CMYK, profile("cmyk")), "image/jpeg", keep="all"),
        converted(CMYK, profile("cmyk")),
    ),
    "CMYK without one": (encoded(CMYK, "image/jpeg", keep="none"), CMYK.colourspace("srgb")),
    "a profile that is none": (encoded(wearing(PLAIN, b"no profile" * 40), "image/jpeg", keep="all"), PLAIN),
    "a profile of other colours": (encoded(wearing(PLAIN, profile("cmyk")), "image/jpeg", keep="all"), PLAIN),
}
COPIES: dict[str, Callable[[Image], Image]] = {
    "an input for providers": lambda image: normalise_input(image.data, LIMITS),
    "a preview": lambda image: preview_of(image.data, LIMITS),
    "a JPEG of it": lambda image: copy_as(image, "jpeg", LIMITS),
    "a PNG of it": lambda image: copy_as(image, "png", LIMITS),
    "a finished image": lambda image: postprocess(image, promise("webp"), LIMITS)[0],
    "a smaller finished image": lambda image: postprocess(image, promise(size=Size(48, 32)), LIMITS)[0],
}


@pytest.mark.parametrize("copy", COPIES)
@pytest.mark.parametrize("name", CASES)
def test_a_copy_shows_what_the_original_shows(name: str, copy: str) -> None:
    original, shows = CASES[name]
    made = opened(COPIES[copy](original))
    if made.get_typeof("icc-profile-data"):  # bytes that were right already keep their profile
        made = made.icc_transform("srgb", embedded=True)
    if "alpha" in name:  # what cannot be seen shows nothing
        made, shows = made.crop(made.width // 2 + 2, 0, made.width // 2 - 4, made.height), shows.crop(50, 0, 44, 64)
    made = made.colourspace("srgb")[:3]
    if made.width != shows.width:
        shows = shows.resize(made.width / shows.width, vscale=made.height / shows.height)
    assert difference(made, shows.colourspace("srgb")[:3]) < 6, name


@pytest.mark.parametrize("copy", ["an input for providers", "a preview"])
def test_a_turned_image_is_copied_upright(copy: str) -> None:
    turned = PLAIN.rot270()
    turned.set_type(pyvips.GValue.gint_type, "orientation", 6)
    made = opened(COPIES[copy](encoded(turned, "image/jpeg")))
    assert (made.width, made.height) == (SIZE.width, SIZE.height)
    assert difference(made, PLAIN) < 6
