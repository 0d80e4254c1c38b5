"""The card recipe: any number of texts in order; an icon without any."""

import pytest
from tests.sketch.pages import EACH_SIZE, SQUARE, TALL, VARIATIONS, page

from easel_sketch import Size

NORA = "Birthday card “Happy Birthday, Nora!” “May your cake be large and your candles few.”"
MANY = "Card “House rules” " + " ".join(f"“Rule {n}: leave the kettle full for the next”" for n in range(24))


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
@pytest.mark.parametrize("index", VARIATIONS)
def test_every_text_is_there_and_nothing_overlaps(size: Size, index: int) -> None:
    assert page(NORA, size, index).faults == []


@pytest.mark.parametrize("size", [SQUARE, TALL])
def test_chinese(size: Size) -> None:
    assert page("贺卡「新年快乐」「万事如意」红色和金色", size).faults == []


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
def test_many_rules_fit(size: Size) -> None:
    assert page(MANY, size).faults == []


def test_the_texts_keep_their_order() -> None:
    words = page(MANY, TALL).words
    places = [words.index(f"Rule {n}:") for n in (0, 1, 12, 23)]
    assert places == sorted(places)


def test_a_card_without_words_is_a_large_picture() -> None:
    seen = page("Diwali greeting card, no text, purple and gold", SQUARE)
    assert seen.runs == ()
    assert "translate(" in seen.html
