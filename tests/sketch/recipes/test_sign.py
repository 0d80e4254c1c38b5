"""The sign recipe: surroundings, and all texts in order."""

import pytest
from tests.sketch.pages import EACH_SIZE, page

from easel_sketch import Size
from easel_sketch.drawing.shown import names_in

NEON = "Neon sign that reads “OPEN LATE” “until sunrise”"
TRAIL = "A wooden trail sign in the mountains: “Eagle Lake 2 km”, “Summit 7 km”"
SHOP = "A bakery storefront with a sign “Maison Blanche” and “Pain au levain” in the window"
SLATE = "Chalkboard sign “Today’s special” “Pumpkin soup” “Fresh bread”"


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
@pytest.mark.parametrize("prompt", [NEON, TRAIL, SHOP, SLATE])
@pytest.mark.parametrize("index", range(2))
def test_every_text_is_whole_and_nothing_overlaps(prompt: str, size: Size, index: int) -> None:
    assert page(prompt, size, index).faults == []


def test_the_texts_are_in_order() -> None:
    for prompt, first, second in ((NEON, "OPEN", "until"), (TRAIL, "Eagle", "Summit"), (SHOP, "Maison", "Pain")):
        words = page(prompt).words
        assert 0 <= words.find(first) < words.find(second)


def test_each_sign_has_its_surroundings() -> None:
    assert "text-shadow" in page(NEON).html
    assert 'id="ground"' in page(TRAIL).html
    assert 'id="pave"' in page(SHOP).html
    assert "#25302d" in page(SLATE).html


def test_neon_without_a_named_thing_has_no_icon() -> None:
    assert "scale(" not in page("Neon sign in a window that reads “OPEN LATE”").html


def test_neon_is_found_in_other_languages() -> None:
    drawn = page("霓虹灯招牌“深夜食堂”")
    assert drawn.faults == []
    assert "text-shadow" in drawn.html


def test_too_many_texts_and_none_are_handed_on() -> None:
    assert page("Wooden sign " + " ".join(f"“Place {number} in {number} km”" for number in range(12))).faults == []
    assert page("A wooden sign in the hills").faults == []


GLASS = "Sign on a glass door: “Please use other entrance” with an arrow to the left"


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
@pytest.mark.parametrize("index", range(4))
def test_letters_and_arrow_are_on_a_glass_door(size: Size, index: int) -> None:
    shown = page(GLASS, size, index)
    assert shown.faults == []
    assert {"door", "arrow-left"} <= names_in(shown.html)


@pytest.mark.parametrize(
    ("prompt", "arrow"),
    [
        ("Wooden sign “Beach” with an arrow pointing right", "arrow-right"),
        ("Schild „Zum Strand“ mit Pfeil nach links", "arrow-left"),
        ("Panneau « Sortie » avec une flèche vers la droite", "arrow-right"),
        ("Letrero «Salida» con una flecha a la izquierda", "arrow-left"),
        ("Табличка «Выход», стрелка вверх", "arrow-up"),
        ("玻璃门上的牌子“请走另一个入口”，向左箭头", "arrow-left"),
        ("看板「出口」右矢印", "arrow-right"),
        ("Chalkboard sign “Toilets”, arrow down", "arrow-down"),
        ("Neon sign “Bar” with an arrow to the right", "arrow-right"),
        ("Sign “Exit” with an arrow", "arrow-right"),
    ],
)
def test_an_arrow_points_where_it_is_asked_to(prompt: str, arrow: str) -> None:
    shown = page(prompt)
    assert {name for name in names_in(shown.html) if name.startswith("arrow")} == {arrow}
    assert [one.drawing for one in shown.job.brief.subjects].count(arrow) == 1


@pytest.mark.parametrize("index", range(4))
def test_without_texts_there_is_a_blank_sign_or_a_shop(index: int) -> None:
    assert page("a sign", index=index).runs == ()
    shop = page("a store front", index=index)
    assert shop.job.brief.kind == "sign"
    assert "shop-front" in names_in(shop.html)


def test_a_shop_window_behind_a_figure_is_no_sign() -> None:
    assert page("a cat sleeping in a shop window").job.brief.kind == "vignette"
