"""Unusual prompts of maximal length: none may fail or take long."""

import re

import pytest
from tests.sketch.pages import engine, work
from tests.support.samples import one_in

from easel_sketch import Size
from easel_sketch.drawing.canvas import Run
from easel_sketch.reading import icon_names, words
from easel_sketch.reading.vocabulary import LETTER
from easel_sketch.type import proof

LONGEST = 32_000


def filled(piece: str, *, before: str = "", after: str = "") -> str:
    room = LONGEST - len(before) - len(after)
    return before + (piece * (room // len(piece) + 1))[:room] + after


ODD = {
    "Korean particles": filled("가을를이"),
    "one Korean word and particles": filled("를", before="가"),
    "Japanese particles": filled("はがをにへと"),
    "Hindi without vowel signs": filled("क" * 25 + " "),
    "one Hindi word": filled("क"),
    "Arabic articles": filled("وال"),
    "Thai signs": filled("กา"),
    "quotation marks": filled('"'),
    "quotations": filled('"a" '),
    "quotations that never end": filled("“a "),
    "corners": filled("「」"),
    "apostrophes": filled("a's "),
    "opening brackets": filled("("),
    "tags": filled("[a]"),
    "digits": filled("1"),
    "numbers": filled("1.5% "),
    "combining marks": filled("\u0301", before="a"),
    "joiners": filled("a\u200d"),
    "zero width": filled("\u200b", after="a"),
    "marks of direction": filled("\u202ea\u200f"),
    "hyphens": filled("a-"),
    "one long word": filled("a"),
    "a long compound": filled("Haus"),
    "spaces": filled(" ", before="a", after="b"),
    "lines": filled("a\n"),
    "colons": filled("a: "),
    "dates": filled("12 May 2024 "),
    "what announces a title": filled("titled ", after="\nx"),
    "what announces a style": filled(" in a flat", after="\nx"),
    "negations": filled("no a "),
    "emoji": filled("👨\u200d👩\u200d👧"),
    "letters that grow in lower case": filled("İ"),
    "colours": filled("#ff0000 "),
    "a title in two scripts without an end": filled("titleΕλλάδα σπίτι", before="bar chart: "),
}


@pytest.mark.parametrize("name", one_in(12, ODD))
def test_any_prompt_is_read(name: str) -> None:
    assert len(ODD[name]) == LONGEST
    assert engine().explain(work(ODD[name]))["kind"]


@pytest.mark.proof
@pytest.mark.parametrize(
    "prompt", [ODD["Korean particles"], ODD["a title in two scripts without an end"], f'poster "{"𒐫꧅" * 1_500}"']
)
def test_any_prompt_is_drawn(prompt: str) -> None:
    assert engine().draw(work(prompt, Size(512, 512)), 0).size == Size(512, 512)


def test_the_patterns_of_a_letter_are_disjoint() -> None:
    """Otherwise matching a word takes exponential time: 25 letters took minutes."""
    halves = [re.compile(half) for half in LETTER.split("|")]
    assert len(halves) == 2
    assert not [code for code in range(0x3000) if all(half.fullmatch(chr(code)) for half in halves)]


def test_a_korean_word_is_found_behind_its_particles_and_not_behind_any_number_of_them() -> None:
    assert icon_names.icon_of("고양이") == icon_names.icon_of("고양이는") == icon_names.icon_of("고양이에게는")
    assert icon_names.icon_of("고양이" + "를" * 90) == (False, "")


def test_long_texts_are_not_cached() -> None:
    asked: list[str] = []

    @words.cached
    def length(word: str) -> int:
        asked.append(word)
        return len(word)

    for word in ("a", "a" * 31_000):
        assert length(word) == length(word) == len(word)
    assert [len(word) for word in asked] == [1, 31_000, 31_000]


def test_comparisons_of_very_many_runs_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proof, "_MOST_COMPARED", 50)
    runs = [(Run(str(number), 0, 0, 100, 10, False), (0.0, 10.0)) for number in range(200)]
    assert len(list(proof.collisions(runs))) == 50
