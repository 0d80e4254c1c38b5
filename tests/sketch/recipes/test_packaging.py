"""The packaging recipe: the named package with the texts on its label."""

import pytest
from tests.sketch.pages import EACH_SIZE, VARIATIONS, page

from easel_sketch import Size

JAR = "Jar label packaging for “Wild Plum Jam” “Small batch” “250 g”"
BAG = "Coffee bag packaging “NORDLYS” “Single origin Ethiopia” “Light roast” minimal"


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
@pytest.mark.parametrize("prompt", [JAR, BAG])
@pytest.mark.parametrize("index", VARIATIONS)
def test_every_text_is_whole_and_nothing_overlaps(prompt: str, size: Size, index: int) -> None:
    assert page(prompt, size, index).faults == []


def test_the_prompt_chooses_the_package() -> None:
    assert 'id="pouch"' in page(BAG).html
    assert 'id="pouch"' not in page(JAR).html
    assert 'id="pouch"' in page("كيس تغليف “قهوة الصباح” ").html


def test_the_texts_are_in_order() -> None:
    words = page(JAR).words
    assert words.find("Wild") < words.find("Small batch") < words.find("250 g")


def test_a_label_without_an_icon_has_an_emblem() -> None:
    assert 'id="emblem"' in page("Box packaging “Quorvex” “Zelt”").html


def test_too_many_texts_are_handed_on() -> None:
    assert page("Jar label " + " ".join(f"“Ingredient number {number}”" for number in range(14))).faults == []
