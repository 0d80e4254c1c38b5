"""The cycle recipe: labelled stops on an oval."""

import pytest
from tests.sketch.order import in_order
from tests.sketch.pages import EACH_SIZE, VARIATIONS, WIDE, page

from easel_sketch import Size

TEXTS = ["The Water Cycle", "Evaporation", "Condensation", "Precipitation", "Collection"]
PROMPT = "Infographic of the water cycle with labels " + ", ".join(f"“{text}”" for text in TEXTS[1:])


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
@pytest.mark.parametrize("index", VARIATIONS)
def test_every_text_is_there_in_order_and_nothing_overlaps(size: Size, index: int) -> None:
    shown = page(PROMPT, size, index)
    assert shown.faults == []
    assert in_order(shown, TEXTS)


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
def test_the_stops_are_on_both_sides_of_the_centre(size: Size) -> None:
    shown = page(PROMPT, size)
    spots = [((run.left + run.right) / 2, (run.top + run.bottom) / 2) for run in shown.runs if run.text in TEXTS[1:]]
    assert min(x for x, _ in spots) < 0.4 * size.width < 0.6 * size.width < max(x for x, _ in spots)
    assert max(y for _, y in spots) - min(y for _, y in spots) > 0.35 * size.height


def test_every_second_variation_runs_the_other_way() -> None:
    def second(index: int) -> float:
        return next(run.left for run in page(PROMPT, WIDE, index).runs if run.text == "Condensation")

    assert second(0) > WIDE.width / 2 > second(1)


def test_without_labels_it_says_its_title_alone() -> None:
    shown = page("Infographic of the rock cycle")
    assert shown.faults == []
    assert shown.words == "The Rock Cycle"


@pytest.mark.parametrize("count", (2, 3, 7, 9))
def test_any_number_of_stops(count: int) -> None:
    names = " ".join(f"“Station {number}”" for number in range(count))
    assert page(f"Cycle infographic “Round” {names}").faults == []
