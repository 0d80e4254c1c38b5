"""The map recipe: a title, pins with their labels, and no invented names."""

import pytest
from tests.sketch.order import in_order
from tests.sketch.pages import EACH_SIZE, VARIATIONS, WIDE, page

from easel_sketch import Size

TEXTS = ["Skull Island", "Smugglers’ Cove", "Lookout Hill", "The Wreck"]
PROMPT = "Treasure map " + " ".join(f"“{text}”" for text in TEXTS)


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
@pytest.mark.parametrize("index", VARIATIONS)
def test_every_text_is_there_in_order_and_nothing_overlaps(size: Size, index: int) -> None:
    shown = page(PROMPT, size, index)
    assert shown.faults == []
    assert in_order(shown, TEXTS)


@pytest.mark.parametrize("index", range(2))
def test_the_title_stands_above_every_name_and_is_larger(index: int) -> None:
    title, *names = page(PROMPT, WIDE, index).runs
    assert all(title.bottom < name.top for name in names)
    assert all(title.bottom - title.top > name.bottom - name.top for name in names)


def test_without_names_it_prints_nothing() -> None:
    assert page("Map of a small town").words == ""


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
def test_ten_names(size: Size) -> None:
    names = " ".join(f"“Stop number {number}”" for number in range(9))
    assert page(f"Map “The Long Walk” {names}", size).faults == []


def test_more_names_than_it_has_room_for() -> None:
    names = " ".join(f"“Stop number {number}”" for number in range(24))
    assert page(f"Map “The Long Walk” {names}").faults == []
