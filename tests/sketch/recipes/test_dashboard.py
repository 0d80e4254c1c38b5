"""The dashboard recipe: tiles with the given numbers, charts without any."""

import pytest
from tests.sketch.order import in_order
from tests.sketch.pages import EACH_SIZE, VARIATIONS, WIDE, page

from easel_sketch import Size
from easel_sketch.drawing.shown import names_in
from easel_sketch.recipes.dashboard import plots

TEXTS = ["Energy Monitor", "Solar 62%", "Wind 24%", "Grid 14%"]
PROMPT = "Analytics dashboard " + " ".join(f"“{text}”" for text in TEXTS)


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
@pytest.mark.parametrize("index", VARIATIONS)
def test_every_text_is_there_in_order_and_nothing_overlaps(size: Size, index: int) -> None:
    shown = page(PROMPT, size, index)
    assert shown.faults == []
    assert in_order(shown, TEXTS)


def test_a_value_is_larger_than_its_name() -> None:
    runs = {run.text.strip(): run for run in page(PROMPT, WIDE).runs}
    assert runs["62%"].bottom - runs["62%"].top > 1.4 * (runs["Solar"].bottom - runs["Solar"].top)


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
def test_without_numbers_it_shows_none(size: Size) -> None:
    shown = page("Dashboard for a bakery", size)
    assert shown.faults == []
    assert not any(map(str.isdigit, shown.words))


@pytest.mark.parametrize("count", (1, 8, 12))
def test_any_number_of_tiles(count: int) -> None:
    tiles = " ".join(f"“Metric {number}” “{number}.5k”" for number in range(count))
    assert page(f"Dashboard “Ops” {tiles}", WIDE).faults == []


BAKERY = "Dashboard UI for a bakery: “Orders 214”, “Waste 3 %”, “Revenue € 1,840”, light theme"
SIGN_UPS = "Analytics dashboard, dark theme, {} chart of weekly sign-ups, “Sign-ups” “Churn” “MRR”"


@pytest.mark.parametrize(
    "prompt",
    [BAKERY, SIGN_UPS.format("line"), "UI of a fitness dashboard", "UI mockup of an analytics dashboard", "дашборд UI"],
)
def test_a_dashboards_interface_is_a_dashboard(prompt: str) -> None:
    assert page(prompt).job.brief.kind == "dashboard"


def test_it_is_titled_by_what_it_is_for() -> None:
    assert page(BAKERY, WIDE).words == "Bakery Orders 214 Waste 3 % Revenue € 1,840"


def test_plain_names_are_tiles_and_none_is_the_title() -> None:
    runs = {run.text.strip(): run for run in page(SIGN_UPS.format("line"), WIDE).runs}
    assert max(run.top for run in runs.values()) - min(run.top for run in runs.values()) < 3


def test_the_chart_that_was_asked_for_is_the_largest() -> None:
    for index in range(4):
        assert "chart-increasing" in names_in(page(SIGN_UPS.format("line"), WIDE, index).html)
    assert plots(page(SIGN_UPS.format("pie"), WIDE).job)[0] == "pie"
    assert plots(page(SIGN_UPS.format("bar"), WIDE, 2).job)[0] == "bar"


def test_light_and_dark_themes_are_heard() -> None:
    assert not page(BAKERY).job.palette.dark
    assert page(SIGN_UPS.format("line")).job.palette.dark


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
@pytest.mark.parametrize("index", VARIATIONS)
def test_its_texts_fit(size: Size, index: int) -> None:
    assert page(BAKERY, size, index).faults == []


def test_a_price_with_a_space_is_one_value() -> None:
    shown = page("Business dashboard: “Visitors” “12,400” “Sales” “€ 9,300”", WIDE)
    assert shown.words == "Business Visitors 12,400 Sales € 9,300"


def test_the_four_images_have_four_layouts() -> None:
    pages = [page(BAKERY, WIDE, index).runs for index in range(4)]
    heads = {tuple((round(run.left), round(run.top)) for run in runs) for runs in pages}
    assert len(heads) == 4
