"""Abstract compositions: chosen by the prompt, in its colours."""

import pytest
from tests.sketch.pages import EACH_SIZE, page

from easel_sketch import Size
from easel_sketch.colour.tone import hue_gap
from easel_sketch.parts.inks import inks_of
from easel_sketch.reading import brief

PROMPTS = (
    "Abstract Bauhaus composition in red, yellow and blue",
    "Abstract flowing gradient waves, violet and orange",
    "Abstract mesh gradient, pink and lavender",
    "Abstract paper cut layers, emerald",
    "Abstract concentric rings in teal",
    "Abstract Mondrian blocks",
    "Abstract terrazzo in sage",
)


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
@pytest.mark.parametrize("prompt", PROMPTS)
def test_each_composition_has_no_words_and_no_icon(prompt: str, size: Size) -> None:
    drawn = page(prompt, size)
    assert drawn.words == ""
    assert "scale(" not in drawn.html


def test_the_prompt_chooses_the_composition() -> None:
    kinds = [brief.read(prompt).variant("composition") for prompt in PROMPTS]
    assert kinds == ["forms", "waves", "mesh", "papercut", "rings", "blocks", "terrazzo"]


def test_the_named_colours_dominate() -> None:
    inks = inks_of(page(PROMPTS[0]).job)
    assert len(inks.all) == 3
    for wanted in ("#d5373d", "#f5c324", "#2b6be0"):
        assert min(hue_gap(wanted, own) for own in inks.all) < 25
    assert all(own in page(PROMPTS[0]).html for own in inks.all)


def test_four_pictures_are_four_different_ones() -> None:
    assert len({page("Abstract art", index=index).html for index in range(4)}) == 4


def test_a_quick_picture_is_simpler() -> None:
    assert len(page(PROMPTS[0], quality="low").html) < len(page(PROMPTS[0], quality="high").html)


def test_quoted_texts_are_set_whole() -> None:
    drawn = page("Abstract bauhaus poster “Form follows” “function”")
    assert drawn.faults == []
