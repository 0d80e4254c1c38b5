"""The sticker recipe: white edge, transparency on request, and the texts."""

import pytest
from tests.sketch.pages import EACH_SIZE, VARIATIONS, image_of, page

from easel_sketch import Size

SUN = "Sticker “Hello Sunshine” with a sun and flowers"
PANDA = "Sticker of a panda"


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
@pytest.mark.parametrize("index", VARIATIONS)
def test_the_words_are_whole(size: Size, index: int) -> None:
    assert page(SUN, size, index).faults == []
    assert page(PANDA, size, index).words == ""


def test_the_corners_are_clear_where_asked() -> None:
    drawn = page(PANDA, background="transparent")
    assert drawn.job.transparent
    assert "radial-gradient" not in drawn.html


def test_it_has_a_white_edge() -> None:
    assert 'stroke="#ffffff"' in page(PANDA).html


def test_it_renders() -> None:
    picture = image_of(PANDA, Size(256, 256), quality="low")
    assert len(picture.data) == 256 * 256 * 4


def test_too_many_texts_are_handed_on() -> None:
    assert page("Sticker “One” “Two” “Three” “Four”").faults == []
