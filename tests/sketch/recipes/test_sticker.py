"""The sticker recipe: white edge, transparency on request, and the texts."""

import pytest
from tests.sketch.pages import EACH_SIZE, VARIATIONS, image_of, page

from easel_sketch import Size
from easel_sketch.drawing.shown import names_in

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


def test_a_face_is_drawn_on_a_fruit_that_smiles() -> None:
    assert "smiling" in names_in(page("Sticker of a smiling lemon, thick white outline").html)


def test_the_white_edge_shows_nothing_by_itself() -> None:
    assert page(PANDA).html.count('data-drawn="panda"') == 1


def test_it_renders() -> None:
    picture = image_of(PANDA, Size(256, 256), quality="low")
    assert len(picture.data) == 256 * 256 * 4


def test_too_many_texts_are_handed_on() -> None:
    assert page("Sticker “One” “Two” “Three” “Four”").faults == []
