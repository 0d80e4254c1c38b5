"""The menu recipe: dishes with their prices, sections, and type that fills the page."""

import pytest
from tests.sketch.pages import EACH_SIZE, SQUARE, TALL, VARIATIONS, WIDE, Page, page

from easel_sketch import Size
from easel_sketch.drawing.canvas import Run

DISHES = [("Bruschetta", "€6"), ("Tagliatelle al ragù", "€13"), ("Margherita", "€10"), ("Tiramisù", "€7")]
PROMPT = "Menu “Trattoria Lucia”: " + ", ".join(f"“{dish}” “{price}”" for dish, price in DISHES)
SECTIONS = (
    "Menu “The Blue Anchor” “Starters” “Oysters” “£12” “with shallot vinegar and rye bread” “Crab soup” “£9” "
    "“Mains” “Fish and chips” “£16” “Mussels” “£15” “Puddings” “Lemon tart” “£8” “Open daily from noon” navy"
)
LONG = "Menu “Big Kitchen” " + " ".join(f"“Dish number {n} of the house” “{n}.50 €”" for n in range(1, 41))


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
@pytest.mark.parametrize("index", VARIATIONS)
def test_every_dish_is_there_and_nothing_overlaps(size: Size, index: int) -> None:
    assert page(PROMPT, size, index).faults == []


@pytest.mark.parametrize("prompt", [SECTIONS])
@pytest.mark.parametrize("size", [SQUARE, TALL])
def test_other_prompts(prompt: str, size: Size) -> None:
    assert page(prompt, size).faults == []


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
def test_a_dish_and_its_price_stand_on_one_line(size: Size) -> None:
    seen = page(PROMPT, size)
    for dish, price in DISHES:
        one, other = _run(seen, dish), _run(seen, price)
        assert abs((one.top + one.bottom) - (other.top + other.bottom)) < 0.5 * (one.bottom - one.top)


def test_a_few_dishes_are_set_large_and_reach_down_the_page() -> None:
    seen = page(PROMPT, TALL)
    assert _height(_run(seen, "Margherita")) > 45
    assert _run(seen, "Tiramisù").bottom > 0.75 * TALL.height


def test_sections_stand_above_their_dishes_and_the_rest_at_the_foot() -> None:
    seen = page(SECTIONS, TALL)
    assert _run(seen, "Mains").bottom <= _run(seen, "Fish").top + 4
    assert _height(_run(seen, "Mains")) > _height(_run(seen, "Mussels"))
    assert _run(seen, "Open").top > _run(seen, "Lemon tart").bottom


def test_prices_of_a_right_to_left_menu_stand_at_the_left() -> None:
    seen = page("قائمة طعام «مطعم الزيتون» «حمص» «٢٠ ريال» «فتوش» «٢٥ ريال»")
    assert seen.faults == []
    assert _run(seen, "حمص").left > _run(seen, "ريال").right


def test_forty_dishes_fit_and_none_is_fine_too() -> None:
    assert page(LONG, TALL).faults == []
    assert page("Menu for a seaside café", SQUARE).faults == []


def _height(run: Run) -> float:
    return run.bottom - run.top


def _run(seen: Page, text: str) -> Run:
    return next(run for run in seen.runs if text in run.text)


BAKERY = "Menu of a lakeside bakery: “Rye Loaf 4.20”, “Cinnamon Knot 2.90”, “Apple Cake 3.50”, chalkboard look"


@pytest.mark.parametrize("index", range(4))
def test_rows_have_one_size_and_their_prices_at_the_end(index: int) -> None:
    shown = page(BAKERY, WIDE, index)
    assert shown.faults == []
    runs = {run.text.strip(): run for run in shown.runs}
    rows = [("Rye Loaf", "4.20"), ("Cinnamon Knot", "2.90"), ("Apple Cake", "3.50")]
    assert len({round(runs[text].bottom - runs[text].top) for row in rows for text in row}) == 1
    assert all(runs[dish].right < runs[price].left for dish, price in rows)
    assert "Lakeside" in shown.words
