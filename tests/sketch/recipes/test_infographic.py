"""The infographic recipe with and without labels."""

import re

import pytest
from tests.sketch.order import in_order
from tests.sketch.pages import EACH_SIZE, VARIATIONS, WIDE, page

from easel_sketch import Size
from easel_sketch.parts.tag import name_of
from easel_sketch.reading.requests import LABELS

TEXTS = ["Why Bees Matter", "Pollinate a third of our food", "Keep wild meadows alive", "Make honey and wax"]
PROMPT = "Infographic " + " ".join(f"“{text}”" for text in TEXTS)


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
@pytest.mark.parametrize("index", VARIATIONS)
def test_every_text_is_there_in_order_and_nothing_overlaps(size: Size, index: int) -> None:
    shown = page(PROMPT, size, index)
    assert shown.faults == []
    assert in_order(shown, TEXTS)


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
@pytest.mark.parametrize("index", (0, 3))
def test_without_labels_it_prints_the_words_of_the_prompt_and_numbers_alone(size: Size, index: int) -> None:
    shown = page("Infographic explaining how photosynthesis works", size, index)
    assert shown.faults == []
    said = {word for word in shown.words.split() if not word.isdigit()}
    assert said <= {"How", "Photosynthesis", "Works"}


def test_the_keyword_has_another_colour() -> None:
    shown = page("Infographic explaining how photosynthesis works")
    assert ">Photosynthesis</span>" in shown.html


def test_a_quick_sketch_has_fewer_tiles() -> None:
    prompt = "Infographic explaining how photosynthesis works"
    assert page(prompt, quality="low").words.count("4") < page(prompt, quality="high").words.count("4")


def test_many_texts_all_find_room() -> None:
    many = [f"Point number {number} of the long list" for number in range(30)]
    shown = page("Infographic " + " ".join(f"“{text}”" for text in many), WIDE)
    assert shown.faults == []
    assert in_order(shown, many)


LABELLED = "Infographic explaining how photosynthesis works, bold sans-serif labels, light academic color palette"


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
@pytest.mark.parametrize("index", range(4))
def test_with_labels_every_icon_has_its_name(size: Size, index: int) -> None:
    shown = page(LABELLED, size, index)
    assert shown.faults == []
    drawn = re.findall(r'data-drawn="([^"]+)"', shown.html)
    names = {name_of(shown.job, name) for name in drawn if name != LABELS}
    assert {"Sun", "Water"} <= names
    assert all(name in shown.words for name in names)


def test_labels_are_in_the_language_of_the_prompt() -> None:
    shown = page("Infographie sur la photosynthèse avec étiquettes, tons verts")
    assert shown.faults == []
    assert "Soleil" in shown.words
    assert "Sun" not in shown.words


@pytest.mark.parametrize("index", range(4))
def test_points_without_words_are_numbered(index: int) -> None:
    shown = page("Infographic with five tips for better sleep, lavender", WIDE, index)
    assert shown.faults == []
    assert [word for word in shown.words.split() if word.isdigit()] == ["1", "2", "3", "4", "5"]
