"""The comparison recipe: one column per side, with its lines below its head."""

import pytest
from tests.sketch.order import in_order
from tests.sketch.pages import EACH_SIZE, VARIATIONS, WIDE, page

from easel_sketch import Size

TEXTS = ["Bus or Bicycle?", "Bus", "Dry in the rain", "Time to read", "Bicycle", "Always on time", "Free exercise"]
PROMPT = "Comparison infographic " + " ".join(f"“{text}”" for text in TEXTS)


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
@pytest.mark.parametrize("index", VARIATIONS)
def test_every_text_is_there_in_order_and_nothing_overlaps(size: Size, index: int) -> None:
    shown = page(PROMPT, size, index)
    assert shown.faults == []
    assert in_order(shown, TEXTS)


def test_lines_are_below_the_head_of_their_side() -> None:
    runs = page(PROMPT, WIDE).runs
    bus, bicycle = (next(run for run in runs if run.text.strip() == head) for head in ("Bus", "Bicycle"))
    middle = WIDE.width / 2
    for run in runs[runs.index(bus) + 1 : runs.index(bicycle)]:
        assert run.right < middle
        assert run.top > bus.bottom
    assert all(run.left > middle for run in runs[runs.index(bicycle) :])


def test_without_lists_it_compares_what_the_title_names() -> None:
    shown = page("Comparison infographic of cats and dogs", WIDE)
    assert shown.faults == []
    runs = {run.text.strip(): run for run in shown.runs}
    assert runs["Cats"].right < WIDE.width / 2 < runs["Dogs"].left


def test_three_sides() -> None:
    shown = page("Comparison infographic “Plans” “Free” “Basic” “Pro”")
    assert shown.faults == []


def test_too_many_lines_are_still_all_printed() -> None:
    many = [f"Line {number} that says something" for number in range(24)]
    assert page("Comparison “A or B” " + " ".join(f"“{text}”" for text in many)).faults == []
