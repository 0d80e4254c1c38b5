"""The infographic recipe with and without labels."""

import pytest
from tests.sketch.order import in_order
from tests.sketch.pages import EACH_SIZE, VARIATIONS, WIDE, page

from easel_sketch import Size

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
