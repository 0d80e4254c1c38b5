"""Every place, scene and hour that a table names can be drawn, by both kinds of scenery where both need it."""

import pytest
from tests.sketch.pages import page

from easel_sketch import library
from easel_sketch.reading.style_words import Setting
from easel_sketch.scenery import SCENES, hours
from easel_sketch.scenery.raster import places
from easel_sketch.scenery.raster.craft import CRAFT
from easel_sketch.scenery.vector import outdoors
from easel_sketch.scenery.vector.grounds import Weather
from easel_sketch.scenery.vector.stage import page_stage


def test_every_biome_is_a_place_in_vectors_and_in_pixels() -> None:
    biomes = set(library.table("lexicon")["biome"])
    assert all(outdoors.place_of(biome, "") in outdoors.PLACES for biome in biomes)
    assert biomes <= set(places.PLACES)
    assert outdoors.place_of(Setting().biome) == "hills"


def test_places_without_a_drawing_lead_to_one_that_has_it() -> None:
    assert {*outdoors.NEAREST.values()} <= {*outdoors.PLACES}
    assert not {*outdoors.NEAREST} & {*outdoors.PLACES}


def test_the_table_of_things_names_places_that_are_drawn() -> None:
    table = library.table("things")
    assert {*table["implied"]} | {*table["within"]} <= {*places.PLACES}
    assert {name for name in table["own"] if name in CRAFT} == {*table["own"]}


def test_every_theme_has_a_scene() -> None:
    themes = library.table("themes")
    assert {theme["scene"] for theme in (*themes["theme"], themes["fallback"])} <= set(SCENES)


@pytest.mark.parametrize("time", ["dawn", "day", "golden", "dusk", "blue", "night"])
def test_every_hour_has_colours_for_vectors_and_for_pixels(time: str) -> None:
    assert time in library.table("lexicon")["time"]
    assert hours.Light(**library.table("hours")[time]["flat"]).sun
    assert len(hours.hour(time).sky) == 5


@pytest.mark.parametrize("place", outdoors.PLACES)
def test_every_place_is_drawn_as_svg(place: str) -> None:
    job = page("a cat", quality="low").job
    stage = page_stage(job, "night", "winter")
    assert len(outdoors.behind(stage, place, Weather()) + outdoors.before(stage, place, Weather())) > 500
