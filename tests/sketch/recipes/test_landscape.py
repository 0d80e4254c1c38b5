"""Landscapes: no text, and the named place."""

import pytest
from tests.sketch.pages import EACH_SIZE, image_of, page

from easel_sketch import Size
from easel_sketch.drawing.shown import names_in

PLACES = {
    "mountains": "Snowy mountains at dawn with a still lake",
    "sea": "Paysage de mer au coucher du soleil, un phare au loin",
    "desert": "Пустыня ночью, звёздное небо",
    "forest": "秋天的森林，薄雾，清晨",
    "hills": "Green rolling hills in summer",
}


@pytest.mark.parametrize("biome", PLACES)
def test_the_place_is_read_in_the_prompt(biome: str) -> None:
    job = page(PLACES[biome]).job
    assert (job.brief.kind, job.brief.setting.biome) == ("landscape", biome)


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
def test_there_is_nothing_to_read_in_it(size: Size) -> None:
    seen = page(PLACES["mountains"], size)
    assert (seen.runs, seen.faults) == ((), [])


def test_its_pixels_are_opaque_and_of_the_size_asked_for() -> None:
    picture = image_of(PLACES["hills"], Size(600, 400), quality="low")
    assert len(picture.data) == 600 * 400 * 4
    assert set(picture.data[3::4]) == {255}
    assert picture.warnings == ()


def test_an_animal_named_first_is_large_before_its_place() -> None:
    drawn = page("a cow in a meadow").html
    assert names_in(drawn) >= {"cow", "meadow"}
