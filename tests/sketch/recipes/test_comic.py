"""The comic recipe: all lines in order, spoken by the right characters."""

import pytest
from tests.sketch.pages import EACH_SIZE, VARIATIONS, page

from easel_sketch import Size
from easel_sketch.recipes import comic

TWO = (
    "Comic panel with a cat and a robot: the cat says “You forgot my dinner.” "
    "and the robot replies “I was saving energy.”"
)
FIVE = (
    "Comic titled “Monday” where a bear says “Coffee first.” then the owl says “It is nine in the evening.” "
    "and the bear replies “Then a very small one.” The owl says “No.” and the bear says “Please.”"
)


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
@pytest.mark.parametrize("index", VARIATIONS)
@pytest.mark.parametrize("prompt", [TWO, FIVE])
def test_every_line_is_there_and_nothing_overlaps(prompt: str, size: Size, index: int) -> None:
    assert page(prompt, size, index).faults == []


def test_the_lines_are_in_order() -> None:
    words = page(FIVE).words
    places = [words.find(part) for part in ("Monday", "Coffee", "nine", "small", "No.", "Please.")]
    assert places == sorted(places)
    assert min(places) >= 0


def test_the_named_characters_speak_their_own_lines() -> None:
    script = comic._script(page(FIVE).job)  # noqa: SLF001  who speaks cannot be seen on the page
    assert [one.name for one in script.cast] == ["bear", "owl"]
    assert [line.speaker for line in script.lines] == [0, 1, 0, 1, 0]
    assert script.title == "Monday"


def test_a_fox_and_a_rabbit_speak_chinese() -> None:
    drawn = page("漫画，狐狸说“今天的月亮真圆！”，兔子回答“那我们去看看吧。”")
    assert drawn.faults == []
    assert "今天的月亮真圆" in drawn.words.replace(" ", "")


def test_bubbles_leave_the_lower_half_to_the_figures() -> None:
    drawn = page(TWO)
    assert max(run.bottom for run in drawn.runs) < 0.55 * drawn.job.size.height


def test_without_words_there_are_still_characters() -> None:
    drawn = page("Comic of a cat and a dog in the city")
    assert drawn.words == ""
    assert "#ffc022" in drawn.html or "scale(" in drawn.html


def test_too_many_lines_are_handed_on() -> None:
    said = " ".join(f"she says “Line number {number} of a long talk.”" for number in range(16))
    assert page(f"Comic: {said}").faults == []
