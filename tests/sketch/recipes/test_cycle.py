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


def test_the_four_images_of_a_job_have_four_layouts() -> None:
    def place(index: int) -> tuple[int, int]:
        run = next(run for run in page(PROMPT, WIDE, index).runs if run.text == "Condensation")
        return round(run.left / WIDE.width * 10), round(run.top / WIDE.height * 10)

    assert len({place(index) for index in range(4)}) == 4


def test_without_labels_it_says_its_title_alone() -> None:
    shown = page("Infographic of the rock cycle")
    assert shown.faults == []
    assert shown.words == "The Rock Cycle"


@pytest.mark.parametrize("count", (2, 3, 7, 9))
def test_any_number_of_stops(count: int) -> None:
    names = " ".join(f"“Station {number}”" for number in range(count))
    assert page(f"Cycle infographic “Round” {names}").faults == []
