"""The dashboard recipe: tiles with the given numbers, charts without any."""

import pytest
from tests.sketch.order import in_order
from tests.sketch.pages import EACH_SIZE, VARIATIONS, WIDE, page

from easel_sketch import Size

TEXTS = ["Energy Monitor", "Solar 62%", "Wind 24%", "Grid 14%"]
PROMPT = "Analytics dashboard " + " ".join(f"“{text}”" for text in TEXTS)


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
@pytest.mark.parametrize("index", VARIATIONS)
def test_every_text_is_there_in_order_and_nothing_overlaps(size: Size, index: int) -> None:
    shown = page(PROMPT, size, index)
    assert shown.faults == []
    assert in_order(shown, TEXTS)


def test_a_value_is_larger_than_its_name() -> None:
    runs = {run.text.strip(): run for run in page(PROMPT, WIDE).runs}
    assert runs["62%"].bottom - runs["62%"].top > 1.4 * (runs["Solar"].bottom - runs["Solar"].top)


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
def test_without_numbers_it_shows_none(size: Size) -> None:
    shown = page("Dashboard for a bakery", size)
    assert shown.faults == []
    assert not any(map(str.isdigit, shown.words))


@pytest.mark.parametrize("count", (1, 8, 12))
def test_any_number_of_tiles(count: int) -> None:
    tiles = " ".join(f"“Metric {number}” “{number}.5k”" for number in range(count))
    assert page(f"Dashboard “Ops” {tiles}", WIDE).faults == []
