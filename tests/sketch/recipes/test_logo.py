"""The logo recipe: four constructions, flat colours, texts in order."""

import pytest
from tests.sketch.pages import EACH_SIZE, VARIATIONS, page

from easel_sketch import Size
from easel_sketch.drawing.shown import names_in

ROASTER = "Logo badge for a coffee roaster called “Bean There” “Since 2012”"


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
@pytest.mark.parametrize("index", VARIATIONS)
def test_name_and_line_are_whole_and_nothing_overlaps(size: Size, index: int) -> None:
    drawn = page(ROASTER, size, index)
    assert drawn.faults == []
    assert drawn.words.find("Since 2012") > drawn.words.find("There") > 0


def test_the_four_pictures_are_four_constructions() -> None:
    pages = [page(ROASTER, index=index) for index in range(4)]
    assert "BT" in pages[1].words
    assert all("BT" not in pages[index].words for index in (0, 2, 3))
    assert 'id="core"' in pages[2].html


def test_a_name_without_an_icon_gets_none() -> None:
    assert "scale(" not in page("Logo “Obsidian”").html


def test_other_scripts_are_set_whole() -> None:
    for prompt in ("山茶花茶馆的标志 “山茶花” “始于一九九八”", "شعار لمقهى “قهوة الصباح”", "로고 “바다책방”"):
        for index in range(4):
            assert page(prompt, index=index).faults == []


def test_without_a_name_it_is_the_mark_alone() -> None:
    assert page("Logo of a fox").words == ""


def test_too_many_texts_are_handed_on() -> None:
    assert page("Logo " + " ".join(f"“Line number {number}”" for number in range(7))).faults == []


def test_a_round_logo_is_round_in_every_image() -> None:
    for prompt in ("a circular logo", "round logo “Bean There”", "круглый логотип «Север»", "圆形标志“山茶”"):
        for index in range(4):
            drawn = page(prompt, index=index)
            assert "circle" in names_in(drawn.html), prompt
            assert drawn.faults == []


def test_the_trade_gives_the_mark() -> None:
    for index in range(4):
        drawn = page("Four variations of a minimalist logo for “Nordlicht”, a lighting studio", index=index)
        assert "light-bulb" in names_in(drawn.html)
        assert drawn.faults == []
