"""Interiors and still lifes: the named pieces, and no text."""

import pytest
from tests.sketch.pages import EACH_SIZE, page

from easel_sketch import Size
from easel_sketch.reading import variants
from easel_sketch.recipes import still_life

ROOM = "Cozy living room interior with an armchair, a lamp, a plant and a window, flat illustration"
TABLE = "Still life with a vase of flowers, lemons and a teapot"


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
@pytest.mark.parametrize("prompt", [ROOM, TABLE])
@pytest.mark.parametrize("index", range(2))
def test_there_is_no_text_and_variations_differ(prompt: str, size: Size, index: int) -> None:
    drawn = page(prompt, size, index)
    assert drawn.faults == []
    assert drawn.words == ""
    assert drawn.html != page(prompt, size, index + 2).html


def test_furniture_is_found_in_many_languages() -> None:
    for text, piece in (
        ("Wohnzimmer mit Sessel", "armchair"),
        ("une chambre avec un canapé", "sofa"),
        ("ソファのある部屋", "sofa"),
        ("комната с диваном", "sofa"),
        ("带书架的客厅", "bookshelf"),
    ):
        assert piece in variants.in_order("rooms", text)


def test_a_room_has_a_floor_and_a_table_has_a_cloth() -> None:
    assert 'id="floor"' in page(ROOM).html
    assert 'id="floor"' not in page(TABLE).html


def test_what_is_drawn_is_not_shown_as_an_icon_as_well() -> None:
    job = page("Still life with a teapot and lemons").job
    assert [one.name for one in still_life._small_things(job)] == ["lemon"]  # noqa: SLF001  the icons it is given


def test_a_named_fruit_is_on_the_table() -> None:
    assert page("Still life with lemons").html != page("Still life with cherries").html


def test_quoted_texts_are_set_whole() -> None:
    drawn = page("Still life with pears “Harvest table” “October”")
    assert drawn.faults == []
    assert "Harvest table" in drawn.words
