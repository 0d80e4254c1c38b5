"""The business card recipe: the name on one line, contact details apart."""

import pytest
from tests.sketch.pages import EACH_SIZE, SIZES, SQUARE, TALL, VARIATIONS, WIDE, page

from easel_sketch import Size

VET = "Business card “Dr. Amina Okafor” “Veterinary Surgeon” “amina@greenpaws.example” “+44 20 7946 0018”, calm green"


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
@pytest.mark.parametrize("index", VARIATIONS)
def test_every_text_is_there_and_nothing_overlaps(size: Size, index: int) -> None:
    assert page(VET, size, index).faults == []


@pytest.mark.parametrize("prompt", ["名片「陈晓梅」「室内设计师」「mei@studio.example」酒红色"])
@pytest.mark.parametrize("size", [SQUARE, TALL])
def test_other_prompts(prompt: str, size: Size) -> None:
    assert page(prompt, size).faults == []


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
@pytest.mark.parametrize("index", VARIATIONS)
def test_the_name_stands_on_one_line_above_the_rest(size: Size, index: int) -> None:
    runs = page(VET, size, index).runs
    assert [run.text.strip() for run in runs[:2]] == ["Dr. Amina Okafor", "Veterinary Surgeon"]
    assert page(VET, size, index).words.replace("  ", " ").endswith("amina@greenpaws.example +44 20 7946 0018")
    assert runs[0].bottom - runs[0].top > 1.6 * (runs[1].bottom - runs[1].top)


def test_an_address_is_never_tiny() -> None:
    for size in SIZES:
        assert all(run.bottom - run.top > 20 for run in page(VET, size).runs)


def test_a_card_without_words_shows_where_they_go_and_a_crowded_one_holds_them_all() -> None:
    assert page("Business card for a florist, pink", WIDE).runs == ()
    many = "Business card “Ada Quill” " + " ".join(f"“office{n}@quill.example”" for n in range(14))
    assert page(many, WIDE).faults == []
