"""The vignette recipe: figures and things in a scene, without text."""

import pytest
from tests.sketch.pages import EACH_SIZE, VARIATIONS, page

from easel_sketch import Size
from easel_sketch.parts.named_things import thing
from easel_sketch.parts.scene_objects import scene_objects

READING = "Illustration of a fox reading a book under a tree"
RIDING = "An astronaut riding a horse, watercolor"
FUR = "#ff7a18"


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
@pytest.mark.parametrize("index", VARIATIONS)
def test_there_is_no_text_and_the_fox_has_a_body_in_its_colours(size: Size, index: int) -> None:
    drawn = page(READING, size, index)
    assert drawn.faults == []
    assert drawn.words == ""
    assert FUR in drawn.html


def test_a_reading_figure_sits_with_the_book_by_the_tree() -> None:
    part = scene_objects(page(READING).job)
    assert [one.name for one in part.figures] == ["fox"]
    assert part.held == thing("open-book")
    assert part.seated
    assert [one.name for one in part.trees] == ["deciduous-tree"]


def test_a_rider_is_on_the_animal() -> None:
    part = scene_objects(page(RIDING).job)
    assert [one.name for one in part.figures] == ["astronaut"]
    assert part.mount == thing("horse")


def test_the_number_of_figures_is_the_requested_one() -> None:
    assert [one.name for one in scene_objects(page("Two penguins in the snow, illustration").job).figures] == [
        "penguin"
    ] * 2


def test_figures_are_found_in_other_languages() -> None:
    for prompt, name in (
        ("Ilustración de un gato en el bosque", "cat"),
        ("一只猫坐在月光下的屋顶上，插画", "cat"),
        ("Иллюстрация: девочка в осеннем лесу", "girl"),
    ):
        assert scene_objects(page(prompt).job).figures[0].name == name


def test_the_hour_and_the_place_change_the_scene() -> None:
    assert page("Illustration of a bear at night").html != page("Illustration of a bear at noon").html
    assert page("Illustration of a bear in a forest").html != page("Illustration of a bear at the sea").html


def test_without_a_drawable_thing_there_is_no_unrelated_icon() -> None:
    assert page("Illustration of serendipity").words == ""
    assert scene_objects(page("Illustration of serendipity").job).empty


def test_quoted_texts_are_set_whole() -> None:
    drawn = page("Illustration of a fox, “Good night” “Sleep well”")
    assert drawn.faults == []
    assert "Good night" in drawn.words
