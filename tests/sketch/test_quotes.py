"""Texts between quotation marks, and the prompt without them."""

import pytest

from easel_sketch.reading.quotes import quoted, spans, without


@pytest.mark.parametrize(
    ("prompt", "texts"),
    [
        ('A sign that says "OPEN" and "Come in"', ("OPEN", "Come in")),
        ("a card with “Happy Birthday” and „Alles Gute“", ("Happy Birthday", "Alles Gute")),
        ("海报上写着「夏日祭」和『八月』，还有《星空》", ("夏日祭", "八月", "星空")),
        ("une affiche «Liberté» et « Égalité »", ("Liberté", "Égalité")),
        ("it's the dogs' bowl, labelled 'Good Boy', and don't forget", ("Good Boy",)),
        ("a mug with ‘It’s Monday’ on it", ("It’s Monday",)),
        ("rock 'n' roll on a 12\" record", ()),
        ('say "the same" twice: "the same"', ("the same", "the same")),
        ("“outer ‘inner’ text”", ("outer ‘inner’ text",)),
        ('two\n"lines\nof  text"', ("lines of text",)),
        ('unclosed "text', ()),
        ('""', ()),
    ],
)
def test_quoted_texts_are_found_in_order(prompt: str, texts: tuple[str, ...]) -> None:
    assert quoted(prompt) == texts


def test_what_is_not_quoted_is_the_scene() -> None:
    prompt = 'a red sign "STOP" at night'
    assert without(prompt, spans(prompt)).split() == ["a", "red", "sign", "at", "night"]


def test_positions_are_those_of_the_prompt() -> None:
    prompt = "a sign “OPEN” and “LATE”"
    assert [prompt[span.start : span.end] for span in spans(prompt)] == ["“OPEN”", "“LATE”"]
    assert without(prompt, spans(prompt)[:1]).split() == ["a", "sign", "and", "“LATE”"]


def test_unclosed_apostrophes_do_not_open_quotes() -> None:
    assert quoted("'a " * 500 + "“here”") == ("here",)
