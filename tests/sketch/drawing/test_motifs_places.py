"""Drawings of forms, arrows, flags, buildings and landmarks: in their boxes, found by their words."""

import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest

from easel_sketch import Request, Size, explain, library
from easel_sketch.drawing import icons
from easel_sketch.drawing.canvas import TakumiCanvas
from easel_sketch.drawing.motifs import (
    MOTIFS,
    arrows,
    buildings,
    crossings,
    dwellings,
    flags,
    forms,
    landmarks_americas,
    landmarks_ancient,
    landmarks_bridges,
    landmarks_domes,
    landmarks_monuments,
    landmarks_sacred,
    landmarks_tall,
    structures,
    symbols,
    towers,
)
from easel_sketch.drawing.shown import unmarked
from easel_sketch.parts.figure import Pose, figure
from easel_sketch.parts.named_things import BUILDING, GROUND, thing
from easel_sketch.reading.icon_names import known_drawing, named_icons

OURS = [
    name
    for module in (
        arrows, buildings, crossings, dwellings, flags, forms, landmarks_americas, landmarks_ancient, landmarks_bridges,
        landmarks_domes, landmarks_monuments, landmarks_sacred, landmarks_tall, structures, symbols, towers,
    )
    for name in module.DRAWN
]  # fmt: skip
SIDE = 64
WIDER = (
    "tower barn theatre shop-front bridge dam gate arch fence brick-wall column obelisk statue stairs flag ball "
    "polyhedron sphere cube cone cylinder pyramid polygon triangle rectangle square circle oval line curve"
)
# Another drawing than for one of them: 'pyramids' are those of Giza.
PLURALS = {"pyramid": "great-pyramid", "line": "lines"}


@pytest.fixture(scope="module")
def canvas() -> TakumiCanvas:
    return TakumiCanvas()


def test_each_is_xml_stands_on_the_lower_edge_and_stays_in_its_box(canvas: TakumiCanvas) -> None:
    for name in OURS:
        ElementTree.fromstring(f"<svg>{MOTIFS[name]()}</svg>")
        pixels = canvas.render(unmarked(icons.svg(name, SIDE)), Size(SIDE, SIDE), {})
        inked = np.frombuffer(pixels, np.uint8).reshape(SIDE, SIDE, 4)[..., 3] > 40
        rows, columns = (np.flatnonzero(inked.any(axis=axis)) for axis in (1, 0))
        assert 58 <= rows[-1] <= 62, name
        assert columns[0] >= 1 and columns[-1] <= 62, name
        assert columns[-1] - columns[0] > 44 or rows[-1] - rows[0] > 44, name


def test_each_has_a_size_and_a_place_and_is_named_by_its_words() -> None:
    for name in OURS:
        if not name.startswith("flag-"):
            words = name.replace("-", " ")
            assert known_drawing(words) == name
            assert known_drawing(f"{words}s") in ("", name, PLURALS.get(name, name)), name
        if name != "ball":  # a toy, which people hold
            assert thing(name).size >= 0.6, name
            assert thing(name).place in (GROUND, BUILDING), name


def test_every_form_and_structure_that_stands_for_wider_words_is_drawn() -> None:
    near, icons_of_the_pack = library.table("nouns")["near"], {name for name, _ in library.icon_pack()["icons"]}
    assert set(WIDER.split()) <= near.keys()
    assert set(WIDER.split()) - icons_of_the_pack <= MOTIFS.keys()


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("cubes", "cube"),
        ("brick walls", "brick-wall"),
        ("skyscrapers", "skyscraper"),
        ("French flag", "flag-france"),
        ("flag of the Netherlands", "flag-netherlands"),
        ("union jack", "flag-united-kingdom"),
        ("drapeau français", "flag-france"),
        ("Great Wall of China", "great-wall"),
        ("Tower of Pisa", "leaning-tower"),
        ("lamppost", "street-lamp"),
    ],
)
def test_other_words_for_it(words: str, name: str) -> None:
    assert known_drawing(words) == name


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("ein roter Würfel neben dem Eiffelturm", ["cube", "eiffel-tower"]),
        ("フランスの国旗と灯台", ["flag-france", "lighthouse"]),
        ("мельница у моста", ["windmill", "bridge"]),
        ("un phare", ["lighthouse"]),
        ("a bishop and a monarch approve", []),
    ],
)
def test_words_in_texts(text: str, names: list[str]) -> None:
    assert named_icons(text) == names


@pytest.mark.parametrize(
    ("prompt", "name"),
    [
        ("a red cube", "cube"),
        ("the Eiffel Tower", "eiffel-tower"),
        ("the Golden Gate Bridge in fog", "golden-gate-bridge"),
        ("the flag of Japan", "flag-japan"),
        ("an orange cone", "cone"),
        ("a red arrow pointing up", "arrow-up"),
        ("a sign with an arrow to the left", "arrow-left"),
        ("the Great Wall of China in autumn", "great-wall"),
    ],
)
def test_a_prompt_that_asks_for_it_gets_it(prompt: str, name: str) -> None:
    assert name in {one["drawing"] for one in explain(Request(prompt, Size(768, 512)))["subjects"]}


def test_a_flag_is_never_mirrored() -> None:
    assert "scale(1 1)" in figure("flag-france", 100, 100, 80, Pose(flipped=True))
    assert "scale(-1 1)" in figure("horse", 100, 100, 80, Pose(flipped=True))


@pytest.mark.parametrize(
    ("name", "spots"),
    [
        ("france", {(26, 40): "blue", (69, 40): "white", (112, 40): "red"}),
        ("netherlands", {(69, 25): "red", (69, 49): "white", (69, 73): "blue"}),
        ("japan", {(69, 49): "red", (28, 49): "white"}),
        ("united-kingdom", {(69, 30): "red", (58, 30): "white", (52, 22): "blue"}),
    ],
)
def test_the_colours_of_a_flag_are_where_they_belong(
    name: str, spots: dict[tuple[int, int], str], canvas: TakumiCanvas
) -> None:
    pixels = canvas.render(unmarked(icons.svg(f"flag-{name}", 128)), Size(128, 128), {})
    for (x, y), colour in spots.items():
        red, green, blue = pixels[4 * (128 * y + x) : 4 * (128 * y + x) + 3]
        kind = (
            "white" if min(red, green, blue) > 180 else "red" if red > blue + 60 else "blue" if blue > red else "other"
        )
        assert kind == colour, (x, y)
