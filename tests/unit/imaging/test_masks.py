"""Masks: which are taken, what is said of the others, and what providers get."""

import pytest
import pyvips
from tests.support.images import LIMITS, SIZE, encoded, gradient, masked, opened

from easel.domain import Image, Size
from easel.errors import NotAnImage
from easel.imaging.inputs import normalise_input
from easel.imaging.masks import MOST_BYTES, check_mask, normalise_mask, shown_size

HOLE = (10, 20, 30, 16)
MASK = encoded(masked(SIZE, HOLE)).data


def turned(image: pyvips.Image, orientation: int = 6) -> Image:
    """As a camera writes what it was held sideways for."""
    image = image.copy()
    image.set_type(pyvips.GValue.gint_type, "orientation", orientation)
    return encoded(image, "image/jpeg")


def palette() -> bytes:
    """A PNG whose colours are a palette with a transparent one."""
    return bytes(masked(SIZE, HOLE).write_to_buffer(".png", palette=True))


def deep() -> bytes:
    """A PNG of sixteen bits."""
    wide = (masked(SIZE, HOLE).cast("ushort") * 257).cast("ushort").copy(interpretation="rgb16")
    return bytes(wide.write_to_buffer(".png", bitdepth=16))


@pytest.mark.parametrize("data", [MASK, palette(), deep()], ids=["plain", "palette", "sixteen bits"])
def test_a_png_of_the_images_size_with_alpha_is_taken(data: bytes) -> None:
    assert check_mask(data, SIZE, LIMITS) == SIZE
    assert check_mask(data, None, LIMITS) == SIZE
    given = normalise_mask(data, SIZE, SIZE, LIMITS)
    alpha = opened(given)[3]
    left, top, width, height = HOLE
    assert (given.media_type, given.size) == ("image/png", SIZE)
    assert alpha.crop(left, top, width, height).max() == 0
    assert alpha.avg() == 255 * (1 - width * height / (SIZE.width * SIZE.height))


@pytest.mark.parametrize(
    ("data", "of", "words"),
    [
        (encoded(gradient(), "image/jpeg").data, SIZE, ["must be a PNG with an alpha channel; this is a JPEG", "Save"]),
        (encoded(gradient(), "image/webp").data, SIZE, ["this is a WebP"]),
        (b"nothing", SIZE, ["The file is plain text, not a PNG"]),
        (encoded(gradient()).data, SIZE, ["this PNG has none", "Make it transparent where the image may change"]),
        (MASK, Size(96, 65), ["the size of the first input image, 96×65 pixels; it has 96×64"]),
        (MASK[:-30], SIZE, ["damaged or truncated"]),
        (MASK + b"x" * MOST_BYTES, SIZE, ["The mask has 4.0 MB; the maximum is 4 MB", "one colour"]),
    ],
    ids=["a JPEG", "a WebP", "no image", "no alpha", "another size", "half of it", "too heavy"],
)
def test_another_is_refused_with_what_was_found_and_what_is_legal(data: bytes, of: Size, words: list[str]) -> None:
    with pytest.raises(NotAnImage) as refused:
        check_mask(data, of, LIMITS)
    for some in words:
        assert some in refused.value.message
    with pytest.raises(NotAnImage):
        normalise_mask(data, of, of, LIMITS)


def test_the_size_of_an_image_is_the_one_it_is_shown_in() -> None:
    photo = turned(gradient())
    assert photo.size == SIZE
    assert shown_size(photo.data, LIMITS) == Size(SIZE.height, SIZE.width) == normalise_input(photo.data, LIMITS).size


def test_a_mask_is_shrunk_as_its_image_is() -> None:
    large = Size(3000, 2000)
    image = normalise_input(encoded(gradient(large)).data, LIMITS)
    data = encoded(masked(large, (600, 500, 900, 1000))).data
    given = normalise_mask(data, large, image.size, LIMITS)
    assert given.size == image.size == Size(2048, 1365)
    hole = (opened(given)[3] == 0).find_trim(background=0, threshold=1)
    scale = 2048 / 3000
    assert hole == pytest.approx([600 * scale, 500 * scale, 900 * scale, 1000 * scale], abs=2)


def test_what_a_provider_gets_is_small_whatever_its_colours() -> None:
    noise = pyvips.Image.gaussnoise(900, 900).cast("uchar")
    colourful = noise.bandjoin([noise, noise, noise.new_from_image(0)]).copy(interpretation="srgb")
    data = encoded(colourful).data
    given = normalise_mask(data, Size(900, 900), Size(900, 900), LIMITS)
    assert len(given.data) < len(data) / 50
    assert opened(given)[:3].max() == 0
