"""Letters and numbers as pictures: printed large, another way each time."""

import pytest
from tests.sketch.pages import EACH_SIZE, TALL, page

from easel_sketch import Size
from easel_sketch.reading import brief
from easel_sketch.reading.kind import character_of


@pytest.mark.parametrize(
    ("prompt", "character"),
    [
        ("42", "42"),
        ("300", "300"),
        ("the letter A", "A"),
        ("a number 7", "7"),
        ("The number 42 in bronze", "42"),
        ("letter k made of wood", "K"),
        ("der Buchstabe B", "B"),
        ("буква Ж", "Ж"),
        ("数字8", "8"),
    ],
)
def test_a_letter_or_a_number_is_the_picture(prompt: str, character: str) -> None:
    found = brief.read(prompt)
    assert found.kind == "character"
    assert found.title == character


@pytest.mark.parametrize("prompt", ["a letter to Santa", "a number of birds", "a cat", "2 cats", "number plates"])
def test_other_prompts_are_no_characters(prompt: str) -> None:
    assert not character_of(prompt)


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
@pytest.mark.parametrize("index", range(4))
def test_it_is_large(size: Size, index: int) -> None:
    shown = page("42", size, index)
    assert shown.faults == []
    assert shown.words == "42"
    assert shown.runs[0].bottom - shown.runs[0].top > min(size.width, size.height) * 0.2


def test_the_four_images_differ() -> None:
    assert len({page("the letter Q", TALL, index).html for index in range(4)}) == 4
