"""The cover recipe: title and author around an emblem, and the neon variant."""

import pytest
from tests.sketch.pages import EACH_SIZE, SQUARE, TALL, VARIATIONS, page

from easel_sketch import Size

BOOK = "Book cover “The Lighthouse Keeper’s Daughter” by “Mara Lindqvist”, deep blue, elegant"
ALBUM = "Album cover “Night Drive” “The Velvet Signals”, synthwave, neon pink"


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
@pytest.mark.parametrize("index", VARIATIONS)
def test_every_text_is_there_and_nothing_overlaps(size: Size, index: int) -> None:
    assert page(BOOK, size, index).faults == []


@pytest.mark.parametrize("prompt", [ALBUM, "书籍封面“雨夜书店”“林小满 著”“一部长篇小说”墨绿"])
@pytest.mark.parametrize("size", [SQUARE, TALL])
def test_other_prompts(prompt: str, size: Size) -> None:
    assert page(prompt, size).faults == []


@pytest.mark.parametrize("index", VARIATIONS)
def test_the_author_stands_at_the_foot_and_smaller(index: int) -> None:
    *title, author = page(BOOK, TALL, index).runs
    assert author.text.strip() == "Mara Lindqvist"
    assert author.top > 0.85 * TALL.height
    assert min(run.bottom - run.top for run in title) > 1.5 * (author.bottom - author.top)


def test_neon_letters_glow_and_others_do_not() -> None:
    assert page(ALBUM, SQUARE).html.count("0 0 ") >= 3
    assert "0 0 " not in page(BOOK, SQUARE).html.split("text-shadow")[1][:12]


def test_four_pictures_have_four_emblems() -> None:
    assert len({page(BOOK, TALL, index).html for index in range(4)}) == 4


def test_no_text_at_all_and_very_many() -> None:
    assert page("Wordless book cover, no text, red", TALL).runs == ()
    many = "Magazine cover “Tide” " + " ".join(f"“Story {n}: a house by the water”" for n in range(20))
    assert page(many, TALL).faults == []
