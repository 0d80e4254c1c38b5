"""The steps recipe: numbered steps in order, in one type size."""

import pytest
from tests.sketch.order import in_order
from tests.sketch.pages import EACH_SIZE, VARIATIONS, WIDE, page

from easel_sketch import Size

TEXTS = ["Tie a Bow", "Cross the ends", "Pull tight", "Make a loop", "Wrap around", "Pull through"]
PROMPT = "Step-by-step infographic titled “Tie a Bow” with steps " + " ".join(f"“{text}”" for text in TEXTS[1:])


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
@pytest.mark.parametrize("index", VARIATIONS)
def test_every_text_is_there_in_order_and_nothing_overlaps(size: Size, index: int) -> None:
    shown = page(PROMPT, size, index)
    assert shown.faults == []
    assert in_order(shown, TEXTS)


@pytest.mark.parametrize("index", VARIATIONS)
def test_every_step_has_its_number(index: int) -> None:
    runs = [run.text.strip() for run in page(PROMPT, WIDE, index).runs]
    assert [text for text in runs if text.isdigit()] == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize("index", (0, 1))
def test_the_words_of_all_steps_are_of_one_size(index: int) -> None:
    runs = [run for run in page(PROMPT, WIDE, index).runs if run.text.strip() in TEXTS[1:]]
    heights = {round(run.bottom - run.top) for run in runs}
    assert len(heights) == 1


def test_more_steps_than_it_holds_are_printed() -> None:
    many = [f"Step called {number}" for number in range(14)]
    shown = page("Steps infographic “Long” " + " ".join(f"“{text}”" for text in many))
    assert shown.faults == []


def test_without_steps_there_is_a_picture_of_the_subject() -> None:
    shown = page("Step-by-step infographic about brewing coffee")
    assert shown.faults == []
    assert "Coffee" in shown.words


@pytest.mark.parametrize("index", range(4))
def test_steps_without_words_are_as_many_as_asked_for(index: int) -> None:
    shown = page("Step by step infographic: how to repot a plant, five steps, hand-drawn style", index=index)
    assert shown.faults == []
    assert shown.words.split() == ["How", "to", "Repot", "a", "Plant", "1", "2", "3", "4", "5"]


def test_twelve_steps_are_twelve() -> None:
    shown = page("Infographic: how to build a shed, twelve steps", WIDE)
    assert shown.faults == []
    assert [word for word in shown.words.split() if word.isdigit()][-1] == "12"
