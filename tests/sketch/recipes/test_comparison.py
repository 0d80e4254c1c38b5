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


TEA = "Infographic comparing tea and coffee in four points, olive and cream"


@pytest.mark.parametrize("index", range(4))
def test_points_without_words_are_numbered_blanks(index: int) -> None:
    shown = page(TEA, WIDE, index)
    assert shown.faults == []
    assert shown.words.count("Tea") == shown.words.count("Coffee") == 2
    assert sorted(word for word in shown.words.split() if word.isdigit()) == ["1", "1", "2", "2", "3", "3", "4", "4"]


def test_each_variation_is_laid_out_otherwise() -> None:
    heads = [
        tuple(round(run.left) for run in page(TEA, WIDE, index).runs if run.text.strip() in ("Tea", "Coffee"))
        for index in range(4)
    ]
    assert len({*heads[:2], heads[3]}) == 3


def test_the_sides_of_the_prompt_share_the_quoted_lines() -> None:
    shown = page("Compare bikes and scooters: “Range 60 km”, “Lasts years”, “Range 25 km”, “Folds”", WIDE)
    assert shown.faults == []
    runs = {run.text.strip(): run for run in shown.runs}
    assert runs["Lasts years"].right < WIDE.width / 2 < runs["Folds"].left


def test_a_side_has_the_icon_of_the_thing_it_is() -> None:
    assert 'data-drawn="bicycle"' in page("Compare city bikes and scooters, three pros each", WIDE).html
