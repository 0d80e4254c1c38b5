"""The timeline recipe: dates in order along a line."""

import pytest
from tests.sketch.order import in_order
from tests.sketch.pages import EACH_SIZE, TALL, VARIATIONS, WIDE, page

from easel_sketch import Size

TEXTS = [
    "A Short History of Flight",
    "1783 Hot-air balloon",
    "1903 Powered flight",
    "1927 Across the Atlantic",
    "1969 To the Moon",
]
PROMPT = "Timeline infographic " + " ".join(f"“{text}”" for text in TEXTS)


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
@pytest.mark.parametrize("index", VARIATIONS)
def test_every_text_is_there_in_order_and_nothing_overlaps(size: Size, index: int) -> None:
    shown = page(PROMPT, size, index)
    assert shown.faults == []
    assert in_order(shown, TEXTS)


YEARS = ("1783", "1903", "1927", "1969")


def test_on_a_wide_page_later_dates_are_further_right() -> None:
    left = [run.left for run in page(PROMPT, WIDE).runs if run.text.strip() in YEARS]
    assert len(left) == 4
    assert left == sorted(left)


def test_on_a_tall_page_later_dates_are_further_down() -> None:
    tops = [run.top for run in page(PROMPT, TALL).runs if run.text.strip() in YEARS]
    assert len(tops) == 4
    assert tops == sorted(tops)


def test_a_separate_date_belongs_to_the_next_text() -> None:
    shown = page("Timeline “A Day” “8:00” “Breakfast” “12:00” “Lunch”", TALL)
    runs = {run.text.strip(): run for run in shown.runs}
    assert shown.faults == []
    assert runs["8:00"].bottom <= runs["Breakfast"].top + 4
    assert runs["Breakfast"].bottom < runs["12:00"].top


@pytest.mark.parametrize("count", (1, 10, 16))
def test_any_number_of_moments(count: int) -> None:
    moments = " ".join(f"“{1900 + number} Something happened”" for number in range(count))
    assert page(f"Timeline “Long” {moments}").faults == []


SHUTTLE = "Timeline of the space shuttle programme from “1972” to “2011”, retro style, navy and cream"


@pytest.mark.parametrize("index", range(4))
@pytest.mark.parametrize("size", (WIDE, TALL), ids=str)
def test_two_dates_are_the_ends_of_the_line(index: int, size: Size) -> None:
    shown = page(SHUTTLE, size, index)
    assert shown.faults == []
    runs = {run.text.strip(): run for run in shown.runs}
    assert runs["1972"].right < runs["2011"].left or runs["1972"].bottom < runs["2011"].top
    assert 'data-drawn="space-shuttle"' in shown.html


@pytest.mark.parametrize("index", range(4))
def test_milestones_without_words_are_blanks(index: int) -> None:
    shown = page("Timeline: the history of the bicycle, six milestones, sepia", WIDE, index)
    assert shown.faults == []
    assert shown.words == "History of the Bicycle"
