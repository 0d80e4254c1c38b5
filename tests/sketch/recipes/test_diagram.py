"""The diagram recipe: labels around an icon, or a numbered legend."""

import pytest
from tests.sketch.order import in_order
from tests.sketch.pages import EACH_SIZE, TALL, VARIATIONS, WIDE, page

from easel_sketch import Size

TEXTS = ["Sailboat", "Mast", "Mainsail", "Jib", "Hull", "Rudder", "Keel"]
PROMPT = "Labelled diagram of a sailboat with labels " + ", ".join(f"“{text}”" for text in TEXTS[1:])


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
@pytest.mark.parametrize("index", VARIATIONS)
def test_every_text_is_there_in_order_and_nothing_overlaps(size: Size, index: int) -> None:
    shown = page(PROMPT, size, index)
    assert shown.faults == []
    assert in_order(shown, TEXTS)


def test_labels_stand_on_both_sides_of_the_figure() -> None:
    runs = [run for run in page(PROMPT, WIDE).runs if run.text.strip() in TEXTS[1:]]
    assert sum(run.right < WIDE.width * 0.4 for run in runs) == 3
    assert sum(run.left > WIDE.width * 0.6 for run in runs) == 3


def test_many_labels_on_a_tall_page_become_a_key() -> None:
    many = [f"Part {letter}" for letter in "ABCDEFGHI"]
    shown = page("Diagram “Engine” with labels " + " ".join(f"“{text}”" for text in many), TALL)
    assert shown.faults == []
    numbers = [run.text.strip() for run in shown.runs if run.text.strip().isdigit()]
    assert sorted(numbers) == sorted([*map(str, range(1, 10))] * 2)


def test_the_figure_is_the_subject_in_every_picture() -> None:
    figures = {page(PROMPT, WIDE, index).job.icons[index % 2] for index in range(4)}
    assert len(figures) == 1


@pytest.mark.parametrize("count", (0, 1, 12, 20))
def test_any_number_of_labels(count: int) -> None:
    labels = " ".join(f"“Label {number}”" for number in range(count))
    assert page(f"Diagram of a heart {labels}").faults == []
