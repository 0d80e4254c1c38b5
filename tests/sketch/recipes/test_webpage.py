"""The web page recipe: site name, headline, button and cards."""

import pytest
from tests.sketch.order import in_order
from tests.sketch.pages import EACH_SIZE, VARIATIONS, WIDE, page

from easel_sketch import Size

TEXTS = [
    "Fernly",
    "Plants that arrive alive",
    "Find your plant",
    "Care guides",
    "Free repotting",
    "Delivered in two days",
]
PROMPT = (
    "Landing page for a plant shop called “Fernly”, headline “Plants that arrive alive”, button “Find your plant”, "
    + " ".join(f"“{text}”" for text in TEXTS[3:])
)


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
@pytest.mark.parametrize("index", VARIATIONS)
def test_every_text_is_there_in_order_and_nothing_overlaps(size: Size, index: int) -> None:
    shown = page(PROMPT, size, index)
    assert shown.faults == []
    assert in_order(shown, TEXTS)


def test_the_headline_is_large_and_the_button_is_under_it() -> None:
    runs = page(PROMPT, WIDE).runs
    large = max(runs, key=lambda run: run.bottom - run.top)
    button = next(run for run in runs if run.text.strip() == "Find your plant")
    name = next(run for run in runs if run.text.strip() == "Fernly")
    assert large.text.strip() in TEXTS[1]
    assert name.bottom < large.top < button.top


def test_it_prints_only_requested_texts() -> None:
    assert page("Website for a bakery", WIDE).words == "Bakery"


def test_long_and_many_texts() -> None:
    many = " ".join(f"“Feature number {number}”" for number in range(20))
    assert page(f"Website “Nimbus” headline “Every cloud in one place” {many}").faults == []
