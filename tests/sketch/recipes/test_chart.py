"""The chart recipe: bars proportional to their numbers, and no invented numbers."""

import pytest
from tests.sketch.order import in_order
from tests.sketch.pages import EACH_SIZE, VARIATIONS, WIDE, page

from easel_sketch import Size

TEXTS = ["Visitors per season", "Spring 24", "Summer 61", "Autumn 38", "Winter 17"]
PROMPT = "Bar chart " + " ".join(f"“{text}”" for text in TEXTS)


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
@pytest.mark.parametrize("index", VARIATIONS)
def test_every_text_is_there_in_order_and_nothing_overlaps(size: Size, index: int) -> None:
    shown = page(PROMPT, size, index)
    assert shown.faults == []
    assert in_order(shown, TEXTS)


def test_a_larger_value_stands_higher() -> None:
    tops = {run.text.strip(): run.top for run in page(PROMPT, WIDE).runs}
    assert tops["61"] < tops["38"] < tops["24"] < tops["17"]


@pytest.mark.parametrize("kind", ("Donut", "Line"))
@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
def test_rings_and_lines_hold_the_same_texts(kind: str, size: Size) -> None:
    shown = page(PROMPT.replace("Bar", kind), size)
    assert shown.faults == []
    assert in_order(shown, TEXTS)


def test_without_numbers_it_shows_none() -> None:
    shown = page("Bar chart of coffee sales")
    assert shown.faults == []
    assert not any(map(str.isdigit, shown.words))


@pytest.mark.parametrize("count", (1, 2, 12, 20))
def test_any_number_of_long_names(count: int) -> None:
    points = " ".join(f"“A rather long name number {number} {number + 3}”" for number in range(count))
    assert page(f"Bar chart “Long” {points}", WIDE).faults == []


def test_nothing_at_all_is_no_division_by_zero() -> None:
    assert page("Bar chart “None” “Here 0” “There 0”").faults == []
    assert page("Donut chart “None” “Here 0” “There 0”").faults == []


def test_the_kind_of_plot_is_read_in_other_languages() -> None:
    ring = page("Kreisdiagramm „Ausgaben“: „Miete 40“, „Essen 35“, „Rest 25“")
    assert ring.job.brief.variant("plot") == "pie"
    assert ring.faults == []
