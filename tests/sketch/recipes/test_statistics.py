"""The statistics recipe: large numbers with their labels."""

import pytest
from tests.sketch.order import in_order
from tests.sketch.pages import EACH_SIZE, VARIATIONS, WIDE, page

from easel_sketch import Size

TEXTS = [
    "Our Year in Numbers",
    "4,200",
    "trees planted",
    "87%",
    "of volunteers came back",
    "31",
    "schools joined",
    "12 km",
    "of hedges",
]
PROMPT = "Statistics infographic " + " ".join(f"“{text}”" for text in TEXTS)


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
@pytest.mark.parametrize("index", VARIATIONS)
def test_every_text_is_there_in_order_and_nothing_overlaps(size: Size, index: int) -> None:
    shown = page(PROMPT, size, index)
    assert shown.faults == []
    assert in_order(shown, TEXTS)


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
def test_a_number_is_larger_than_its_words_and_above_them(size: Size) -> None:
    runs = {run.text.strip(): run for run in page(PROMPT, size).runs}
    number, words = runs["4,200"], runs["trees planted"]
    assert number.bottom - number.top > 1.5 * (words.bottom - words.top)
    assert number.top < words.top


def test_a_number_with_a_unit_is_a_number() -> None:
    runs = {run.text.strip(): run for run in page(PROMPT).runs}
    assert runs["12 km"].bottom - runs["12 km"].top > 1.5 * (runs["of hedges"].bottom - runs["of hedges"].top)


@pytest.mark.parametrize("count", (0, 1, 5, 9, 14))
def test_any_number_of_figures(count: int) -> None:
    figures = " ".join(f"“{number}%” “of group {number}”" for number in range(11, 11 + count))
    assert page(f"Statistics infographic “Count” {figures}", WIDE).faults == []
