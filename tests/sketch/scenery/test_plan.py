"""What a landscape shows follows from the brief: place, hour, season, weather, and what stands in it."""

import pytest

from easel_sketch.reading import brief as briefs
from easel_sketch.scenery import plan as plans
from easel_sketch.scenery.plan import Plan
from easel_sketch.scenery.raster.places import PLACES


def plan(prompt: str, index: int = 0) -> Plan:
    return plans.plan(briefs.read(prompt), PLACES, index)


@pytest.mark.parametrize(
    ("prompt", "place"),
    [
        ("a waterfall in the jungle", "waterfall"),
        ("a marina", "harbour"),
        ("A misty loch in the Highlands", "lake"),
        ("the Grand Canyon", "canyon"),
        ("a road through the desert", "road"),
        ("the moon's surface", "moon"),
        ("a full moon over the sea", "sea"),
        ("cascada al amanecer", "waterfall"),
        ("夜晚的瀑布", "waterfall"),
        ("пустыня, оазис, закат", "oasis"),
        ("ein Wasserfall im Wald", "waterfall"),
    ],
)
def test_the_main_place_is_drawn(prompt: str, place: str) -> None:
    assert plan(prompt).place == place


@pytest.mark.parametrize(
    ("prompt", "time"),
    [
        ("a lake at first light", "dawn"),
        ("a lake at sunrise", "dawn"),
        ("морозное утро в горах", "morning"),
        ("a lake at sunset", "dusk"),
        ("a meadow at golden hour", "golden"),
        ("a harbour in the blue hour", "blue"),
        ("a moonlit lake", "night"),
        ("a full moon over the sea", "night"),
    ],
)
def test_the_hour_is_that_of_the_prompt(prompt: str, time: str) -> None:
    assert {plan(prompt, index).hour for index in range(4)} == {time}


@pytest.mark.parametrize(
    "prompt", ["a fall landscape", "a fall forest", "a park in the fall", "Herbstwald", "秋天的湖"]
)
def test_fall_is_autumn(prompt: str) -> None:
    assert plan(prompt).season == "autumn"


@pytest.mark.parametrize("prompt", ["a waterfall", "a falling star over the sea"])
def test_what_falls_is_no_autumn(prompt: str) -> None:
    assert plan(prompt).season == ""


@pytest.mark.parametrize(
    ("prompt", "feature"),
    [
        ("a lake in fog", "mist"),
        ("a storm over the sea", "storm"),
        ("lluvia en el bosque", "rain"),
        ("снегопад в лесу", "snowfall"),
        ("northern lights over a lake", "aurora"),
        ("hills in warm colours", "warm"),
        ("bahía, بألوان دافئة", "warm"),
        ("山，冷色调", "cold"),
    ],
)
def test_weather_and_palette_are_read_in_every_language(prompt: str, feature: str) -> None:
    assert plan(prompt).has(feature)


def test_what_stands_in_a_place_is_shown() -> None:
    seen = plan("A misty loch in the Highlands at first light, a small white cottage on the shore")
    assert [(thing.name, thing.subject.colour, thing.role) for thing in seen.things] == [("cottage", "white", "shore")]
    assert {"lake", "hills", "beach", "cottage"} <= {*seen.shows}


def test_things_in_the_plural_are_several() -> None:
    (boats,) = plan("fishing boats on a calm sea").things
    (cactus,) = plan("a desert with a cactus").things
    (cows,) = plan("a meadow with cows").things
    assert (boats.name, boats.count, cactus.count, cows.count) == ("fishing-boat", 3, 1, 3)


def test_what_is_no_part_of_a_landscape_is_not_placed_in_it() -> None:
    seen = plan("a lake with an alarm clock and a teapot")
    assert seen.things == ()
    assert not {"alarm-clock", "teapot"} & {*seen.shows}


def test_trees_stand_alone_only_where_there_are_few() -> None:
    assert plan("a waterfall with pine trees").things == ()
    assert [thing.name for thing in plan("a lone tree on a hill").things] == ["deciduous-tree"]


def test_a_named_bridge_is_not_any_bridge() -> None:
    (bridge,) = plan("a bay with the golden gate bridge").things
    assert bridge.name == "golden-gate-bridge"


def test_what_has_no_place_but_the_sky_is_in_the_sky() -> None:
    assert plan("fluffy clouds").place == "sky"


def test_images_of_a_job_differ_in_hour_and_layout() -> None:
    seen = [plan("a lake", index) for index in range(4)]
    assert len({one.hour for one in seen}) == len({one.layout for one in seen}) == 4
