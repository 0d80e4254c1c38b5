"""The app recipe: texts by their place on the screen, and nothing else printed."""

import pytest
from tests.sketch.order import in_order
from tests.sketch.pages import EACH_SIZE, TALL, VARIATIONS, WIDE, page

from easel_sketch import Size
from easel_sketch.drawing.shown import names_in

TEXTS = ["My accounts", "Total balance", "$12,480.50", "Send", "Request", "Cards"]
PROMPT = "Mobile banking app screen, dark theme, " + " ".join(f"“{text}”" for text in TEXTS)


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
@pytest.mark.parametrize("index", VARIATIONS)
def test_every_text_is_there_in_order_and_nothing_overlaps(size: Size, index: int) -> None:
    shown = page(PROMPT, size, index)
    assert shown.faults == []
    assert in_order(shown, TEXTS)


def test_it_prints_only_requested_texts() -> None:
    assert page(PROMPT, TALL).words == " ".join(TEXTS)


def test_the_amount_is_the_largest_text() -> None:
    runs = {run.text.strip(): run.bottom - run.top for run in page(PROMPT, TALL).runs}
    assert max(runs, key=lambda text: runs[text]) == "$12,480.50"


def test_short_words_stand_in_a_row_under_the_large_card() -> None:
    runs = {run.text.strip(): run for run in page(PROMPT, TALL).runs}
    send, request, cards = (runs[text] for text in TEXTS[3:])
    assert send.top == request.top == cards.top > runs["$12,480.50"].bottom
    assert send.right < request.left < request.right < cards.left


def test_an_amount_stands_on_the_line_of_what_it_is_for() -> None:
    runs = {run.text.strip(): run for run in page("App screen “Fit” “8,432” “steps” “Running” “5.2 km”", TALL).runs}
    middle = (runs["5.2 km"].top + runs["5.2 km"].bottom) / 2
    assert runs["Running"].top < middle < runs["Running"].bottom
    assert runs["Running"].right < runs["5.2 km"].left


def test_a_button_stands_last() -> None:
    runs = page("App screen “Fit” “8,432” “steps” button “Start” “Running today”", TALL).runs
    assert max(runs, key=lambda run: run.top).text.strip() == "Start"


def test_without_texts_it_says_what_it_is_about() -> None:
    shown = page("A meditation app screen", TALL)
    assert shown.words == "Meditation"
    assert page("App screen “Recipes” " + " ".join(f"“Recipe number {i}”" for i in range(20))).faults == []


RECIPES = "UI mockup of a recipe app home screen, search bar “Find a recipe”, cards “Breakfast” “Dinner” “Vegan”"


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
@pytest.mark.parametrize("index", VARIATIONS)
def test_cards_have_pictures_that_fit_below_a_search_field(size: Size, index: int) -> None:
    shown = page(RECIPES, size, index)
    assert shown.faults == []
    assert shown.words == "Find a recipe Breakfast Dinner Vegan"
    assert {"pancakes", "fork-and-knife-with-plate", "leafy-green"} <= names_in(shown.html)
    assert shown.job.brief.of("search") == ("Find a recipe",)


def test_on_wide_pages_the_images_place_the_phones_in_different_ways() -> None:
    counts = [page("A meditation app screen", WIDE, index).html.count("#434857") for index in range(4)]
    assert counts == [3, 1, 2, 3]
