"""The slide recipe: title, points of one size, illustration."""

import pytest
from tests.sketch.order import in_order
from tests.sketch.pages import EACH_SIZE, VARIATIONS, WIDE, page

from easel_sketch import Size

TEXTS = ["Q3 in Review", "Revenue up 12%", "Two new markets", "Churn below 2%", "Next: mobile launch"]
PROMPT = "Presentation slide “Q3 in Review” with bullets " + ", ".join(f"“{text}”" for text in TEXTS[1:])


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
@pytest.mark.parametrize("index", VARIATIONS)
def test_every_text_is_there_in_order_and_nothing_overlaps(size: Size, index: int) -> None:
    shown = page(PROMPT, size, index)
    assert shown.faults == []
    assert in_order(shown, TEXTS)


def test_the_points_are_of_one_size_and_smaller_than_the_title() -> None:
    runs = {run.text.strip(): run for run in page(PROMPT, WIDE).runs}
    heights = {round(runs[text].bottom - runs[text].top) for text in TEXTS[1:]}
    assert len(heights) == 1
    assert runs[TEXTS[0]].bottom - runs[TEXTS[0]].top > 1.3 * heights.pop()


def test_the_illustration_is_beside_below_above_or_before_the_words() -> None:
    first = [page(PROMPT, WIDE, index).runs[0] for index in range(4)]
    assert [run.left > WIDE.width * 0.2 for run in first] == [False, False, False, True]
    assert [run.top > WIDE.height * 0.3 for run in first] == [False, False, True, False]


def test_one_text_is_enough() -> None:
    assert page("Slide “Thank you”", WIDE).words == "Thank you"


def test_more_text_than_a_slide_should_hold_is_printed() -> None:
    many = [f"Point {number} which explains at some length what has been done" for number in range(14)]
    assert page("Slide “Too much” " + " ".join(f"“{text}”" for text in many), WIDE).faults == []


@pytest.mark.parametrize("index", range(4))
def test_points_without_words_are_blanks(index: int) -> None:
    shown = page("Slide about ocean plastic, four bullet points, teal", index=index)
    assert shown.faults == []
    assert shown.words == "Ocean Plastic"
