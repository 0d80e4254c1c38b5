"""The product recipe: the product's shape and the plinth's material."""

import pytest
from tests.sketch.pages import EACH_SIZE, VARIATIONS, page

from easel_sketch import Size

PERFUME = "Product photo of a perfume bottle on a marble plinth, soft pink studio light"


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
@pytest.mark.parametrize("index", VARIATIONS)
def test_it_has_no_words(size: Size, index: int) -> None:
    drawn = page(PERFUME, size, index)
    assert drawn.job.brief.kind == "product"
    assert drawn.words == ""


def test_the_plinth_has_the_requested_material() -> None:
    marble, wood = page(PERFUME).html, page(PERFUME.replace("marble", "wooden")).html
    assert "#9b9aa3" in marble
    assert "#9b9aa3" not in wood
    assert "#7f5433" in wood


def test_known_goods_are_drawn_and_unknown_ones_are_a_plain_sphere() -> None:
    assert 'id="glass"' in page(PERFUME).html
    assert 'id="ball"' in page("Product shot of a gizmotron on a podium").html


def test_a_named_thing_is_the_product() -> None:
    assert 'id="ball"' not in page("Headphones on a podium, teal background, product shot").html


def test_a_quick_picture_is_simpler() -> None:
    assert len(page(PERFUME, quality="low").html) < len(page(PERFUME, quality="high").html)


def test_quoted_texts_are_set_whole() -> None:
    assert page("Product photo of a candle “Nordlicht” “Hand poured”").faults == []
