"""The quote recipe: a large quotation with its author below."""

import pytest
from tests.sketch.pages import EACH_SIZE, SQUARE, TALL, VARIATIONS, WIDE, page

from easel_sketch import Size

KAY = "Quote card “The best way to predict the future is to invent it.” “Alan Kay”"
OTHERS = (
    "名言「千里の道も一歩から」「老子」紺色",
    "Цитата «Всё, что не убивает нас, делает нас сильнее» «Фридрих»",
    "اقتباس «من جدّ وجد ومن زرع حصد» «مثل عربي»",
)


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
@pytest.mark.parametrize("index", VARIATIONS)
def test_every_text_is_there_and_nothing_overlaps(size: Size, index: int) -> None:
    assert page(KAY, size, index).faults == []


@pytest.mark.parametrize("prompt", OTHERS)
@pytest.mark.parametrize("size", [SQUARE, TALL])
def test_other_prompts(prompt: str, size: Size) -> None:
    assert page(prompt, size).faults == []


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
def test_the_quotation_is_large_and_the_author_small_and_apart(size: Size) -> None:
    *said, author = page(KAY, size).runs
    assert author.text.strip() == "Alan Kay"
    assert min(run.bottom - run.top for run in said) > 1.7 * (author.bottom - author.top)
    assert author.top > max(run.bottom for run in said)


def test_the_quotation_mark_is_above_the_text() -> None:
    seen = page(KAY)
    assert seen.html.index("<path") < seen.html.index("best way")


def test_every_second_picture_is_on_deep_colour() -> None:
    assert page(KAY, SQUARE, 0).html != page(KAY, SQUARE, 1).html


def test_no_text_at_all_and_very_much() -> None:
    assert page("A quote card, no text, green", SQUARE).runs == ()
    speech = "Quote “" + "We hold that every harbour needs a light and a keeper. " * 20 + "” “The Keeper”"
    assert page(speech, WIDE).faults == []
