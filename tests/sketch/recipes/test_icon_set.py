"""The icon set recipe: the named things, in the requested number, on equal plates."""

import pytest
from tests.sketch.pages import EACH_SIZE, VARIATIONS, WIDE, page

from easel_sketch import Size
from easel_sketch.recipes import icon_set

CAMPING = "Icon set of nine camping things: tent, campfire, backpack, compass, map, flashlight, boots, tree, canoe"
LABELS = "Icon set “Home” “Search” “Profile” “Settings” “Mail”"


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
@pytest.mark.parametrize("index", VARIATIONS)
def test_labels_are_whole_and_nothing_overlaps(size: Size, index: int) -> None:
    assert page(LABELS, size, index).faults == []
    assert page(CAMPING, size, index).words == ""


def test_only_the_named_things_in_order() -> None:
    names = [icon.name for icon in icon_set.icons_of(page(CAMPING).job, [])]
    assert len(names) == 9
    assert names[0] == "tent"
    assert names[-1] == "canoe"
    assert len(set(names)) == 9


def test_a_list_without_a_number_is_counted() -> None:
    prompt = "Ensemble d’icônes, icon set pour la cuisine : casserole, couteau, fourchette, pain, fromage, tomate"
    assert len(icon_set.icons_of(page(prompt).job, [])) == 6


def test_a_grid_sets_columns_and_rows() -> None:
    job = page("Icon set, 2x3 grid: sun, moon, star, cloud, rainbow, snowflake", WIDE).job
    assert job.brief.grid == (2, 3)
    assert len(icon_set.icons_of(job, [])) == 6


def test_an_icon_keeps_the_colour_asked_for() -> None:
    red, *_ = icon_set.icons_of(page("Icon set: red apple, blue car, green leaf").job, [])
    assert red.name == "red-apple"


def test_a_label_without_an_icon_gets_its_letter() -> None:
    drawn = page("Icon set “Home” “Serendipity” “Mail”")
    assert [run.text for run in drawn.runs].count("S") == 1


def test_a_transparent_set_has_nothing_behind_the_plates() -> None:
    assert "radial-gradient" not in page(CAMPING, background="transparent").html


def test_too_many_labels_are_handed_on() -> None:
    assert page("Icon set " + " ".join(f"“Thing {number}”" for number in range(40))).faults == []
