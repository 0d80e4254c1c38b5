"""Drawings of our own of things: they stay in their box, have a size and a place, and are found by their word."""

from xml.etree import ElementTree

import numpy as np
import pytest

from easel_sketch import library
from easel_sketch.drawing import motifs
from easel_sketch.drawing.canvas import TakumiCanvas
from easel_sketch.reading.icon_names import known_drawing, named_icons
from easel_sketch.reading.subjects import subjects
from easel_sketch.request import Size

MODULES = (
    motifs.animals,
    motifs.clothes,
    motifs.creatures,
    motifs.dogs,
    motifs.food,
    motifs.furniture,
    motifs.games,
    motifs.household,
    motifs.indoors,
    motifs.instruments,
    motifs.outdoors,
    motifs.papers,
    motifs.persons,
    motifs.produce,
    motifs.streets,
    motifs.tools,
    motifs.vehicles,
    motifs.vessels,
    motifs.wildlife,
)
OURS = {name: draw for module in MODULES for name, draw in module.DRAWN.items()}
SIDE, MARGIN = 128, 16


@pytest.fixture(scope="module")
def canvas() -> TakumiCanvas:
    return TakumiCanvas()


def test_each_drawing_fills_its_box_and_stays_in_it(canvas: TakumiCanvas) -> None:
    page = SIDE + 2 * MARGIN
    for name, draw in OURS.items():
        ElementTree.fromstring(f"<svg>{draw()}</svg>")
        svg = (
            f'<div style="display:flex"><svg xmlns="http://www.w3.org/2000/svg" width="{page}" height="{page}" '
            f'viewBox="{-MARGIN} {-MARGIN} {page} {page}">{draw()}</svg></div>'
        )
        alpha = np.frombuffer(canvas.render(svg, Size(page, page), {}), np.uint8).reshape(page, page, 4)[..., 3] > 60
        rows, columns = (np.flatnonzero(alpha.any(axis=axis)) - MARGIN for axis in (1, 0))
        assert min(rows[0], columns[0]) >= -2, name
        assert max(rows[-1], columns[-1]) <= SIDE + 2, name
        assert rows[-1] >= 117, f"{name} does not stand on the lower edge"
        assert max(np.ptp(rows), np.ptp(columns)) > 96, name


def test_each_has_a_size_and_a_place() -> None:
    sizes = library.table("figures")["single"]
    places = {"ground", "hand", "sky", "water", "tree", "table", "room", "wall", "building", "far"}
    assert set(OURS) <= set(sizes)
    assert {sizes[name]["place"] for name in OURS} <= places


def test_each_is_found_by_its_name() -> None:
    assert {name for name in OURS if known_drawing(name.replace("-", " ")) != name} == set()


@pytest.mark.parametrize(
    ("prompt", "drawing"),
    [
        ("an espresso machine", "coffee-maker"),
        ("an iPhone case", "phone-case"),
        ("a grand piano", "piano"),
        ("a bowl of soup", "soup-bowl"),
        ("two capybaras", "capybara"),
        ("a red panda", "red-panda"),
        ("a hot air balloon", "hot-air-balloon"),
        ("an emu", "ostrich"),
    ],
)
def test_what_people_call_them(prompt: str, drawing: str) -> None:
    assert subjects(prompt)[0].drawing == drawing


@pytest.mark.parametrize(
    ("text", "drawing"),
    [("ein Eichhörnchen", "squirrel"), ("沙发", "sofa"), ("冷蔵庫", "refrigerator"), ("холодильник", "refrigerator")],
)
def test_in_other_languages(text: str, drawing: str) -> None:
    assert named_icons(text) == [drawing]


@pytest.mark.parametrize("text", ["invertebrate", "fantastisch", "password", "hurricane"])
def test_a_word_that_ends_like_one_is_no_compound_of_it(text: str) -> None:
    assert not set(named_icons(text)) & set(OURS)


@pytest.mark.parametrize(
    ("prompt", "drawings"),
    [
        ("happy, angry, surprised and sobbing faces", "grinning-face angry-face astonished-face loudly-crying-face"),
        (
            "four faces: happy, angry, surprised and sobbing",
            "grinning-face angry-face astonished-face loudly-crying-face",
        ),
        ("a sad emoji", "frowning-face"),
        ("a smiley", "grinning-face"),
        ("a winking face", "winking-face"),
    ],
)
def test_a_face_by_itself_is_drawn_with_its_expression(prompt: str, drawings: str) -> None:
    assert [subject.drawing for subject in subjects(prompt)] == drawings.split()


def test_the_face_of_somebody_is_no_face_by_itself() -> None:
    cat, *rest = subjects("a cat with a happy face")
    assert cat.drawing == "cat"
    assert all(subject.drawing != "grinning-face" for subject in rest)
