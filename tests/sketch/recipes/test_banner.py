"""The banner recipe: offer, starburst and button."""

import pytest
from tests.sketch.pages import EACH_SIZE, SQUARE, TALL, VARIATIONS, WIDE, page

from easel_sketch import Size

SALE = "Sale banner “Winter Sale” “Up to 50% off” “Shop now” button, bright coral and teal"
OTHERS = (
    "横幅广告“双十一狂欢”“全场五折起”“立即抢购”按钮，红色和金色",
    "Werbebanner „Großer Winterschlussverkauf“ „Nur bis Samstag“ „ab 29 €“ Schaltfläche „Jetzt entdecken“, dunkelblau",
    "Banner ad “Fresh bread every morning” “Order online” button, warm",
)


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
@pytest.mark.parametrize("index", VARIATIONS)
def test_every_text_is_there_and_nothing_overlaps(size: Size, index: int) -> None:
    assert page(SALE, size, index).faults == []


@pytest.mark.parametrize("prompt", OTHERS)
@pytest.mark.parametrize("size", [WIDE, TALL])
def test_other_prompts(prompt: str, size: Size) -> None:
    assert page(prompt, size).faults == []


def test_the_texts_keep_their_order() -> None:
    assert page(SALE, WIDE).words.split() == ["Winter", "Sale", "Up", "to", "50%", "off", "Shop", "now"]


def test_the_figure_is_the_largest_part_of_its_text() -> None:
    heights = {run.text.strip(): run.bottom - run.top for run in page(SALE, WIDE).runs}
    assert heights["50%"] > 2 * heights["Up to"]


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
def test_the_button_stands_below_everything_else(size: Size) -> None:
    runs = page(OTHERS[2], size).runs
    assert runs[-1].text.strip() == "Order online"
    assert all(run.bottom <= runs[-1].top + 12 for run in runs[:-1])


def test_a_chinese_headline_is_not_cut_inside_its_first_word() -> None:
    lines = [run.text.strip() for run in page(OTHERS[0], WIDE).runs][:2]
    assert lines == ["双十一", "狂欢"]


def test_no_text_at_all_and_very_many() -> None:
    assert page("Wordless banner, no text, purple", SQUARE).runs == ()
    many = "Banner " + " ".join(f"“Line {n} of the small print of this offer”" for n in range(20))
    assert page(many, WIDE).faults == []
