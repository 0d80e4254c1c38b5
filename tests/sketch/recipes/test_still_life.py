"""Interiors and still lifes: the named pieces, and no text."""

import pytest
from tests.sketch.pages import EACH_SIZE, page

from easel_sketch import Size
from easel_sketch.drawing import icons
from easel_sketch.drawing.shown import names_in
from easel_sketch.reading import variants

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
    drawn = page("Still life with a teapot and lemons").html
    assert drawn.count('data-drawn="teapot"') == 1
    assert icons.drawing("teapot") not in drawn
    assert icons.drawing("lemon") in drawn


@pytest.mark.parametrize("count", [2, 5, 8])
def test_there_are_as_many_as_asked_for(count: int) -> None:
    assert (
        page(f"Still life with {count} pears").html.count('data-drawn="pear"') == count + 1
    )  # the heap and each of it


@pytest.mark.parametrize(
    "place",
    ["kitchen", "bathroom", "bedroom", "library", "classroom", "office", "bar", "cafe", "museum", "laboratory",
     "workshop", "gym", "stage", "train-car", "living-room"],
)  # fmt: skip
@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
def test_every_room_shows_its_name_and_who_is_in_it(place: str, size: Size) -> None:
    word = {"stage": "theater", "train-car": "train car", "living-room": "living room"}.get(place, place)
    drawn = page(f"a fox in a {word}", size)
    assert {place, "fox"} <= names_in(drawn.html)


def test_a_named_fruit_is_on_the_table() -> None:
    assert page("Still life with lemons").html != page("Still life with cherries").html


def test_quoted_texts_are_set_whole() -> None:
    drawn = page("Still life with pears “Harvest table” “October”")
    assert drawn.faults == []
    assert "Harvest table" in drawn.words


def test_furniture_of_a_room_is_what_is_asked_for_in_its_colour() -> None:
    drawn = page("a bathroom with a blue bathtub")
    assert "bathtub" in names_in(drawn.html)
    assert icons.drawing("bathtub") not in drawn.html
    assert drawn.html != page("a bathroom with a green bathtub").html


def test_kitchens_of_one_job_have_a_stove_and_differ() -> None:
    drawn = [page("a kitchen", index=index).html for index in range(4)]
    assert all("oven" in names_in(html) for html in drawn)
    assert len({html.count("data-drawn") for html in drawn}) > 1


def test_a_room_has_no_second_one_of_what_somebody_is_on() -> None:
    drawn = page("a cat sleeping on the bed in a bedroom").html
    assert drawn.count('data-drawn="bed"') == 1
