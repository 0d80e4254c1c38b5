"""What the sketch painter reads out of a prompt."""

import pytest

from easel.providers.sketch import brief, lookup, words
from easel.providers.sketch.colour import contrast, readable
from easel.providers.sketch.quotes import quoted, unquoted


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
    assert unquoted('a red sign "STOP" at night').split() == ["a", "red", "sign", "at", "night"]


@pytest.mark.parametrize("prompt", ["「" * 32_000, " 'a" * 10_000, '"' * 32_000, "w" * 32_000, "w-" * 16_000])
def test_no_prompt_takes_long_to_read(prompt: str) -> None:
    assert brief.read(prompt).layout in ("infographic", "poster", "card")


@pytest.mark.parametrize(
    ("prompt", "layout", "title", "subtitle"),
    [
        (
            "Infographic explaining how photosynthesis works, bold sans-serif labels, light academic color palette",
            "infographic",
            "How Photosynthesis Works",
            "",
        ),
        ("a jazz night poster for riverside park in a retro style", "poster", "Jazz Night for Riverside Park", ""),
        ("Dark dashboard infographic: quarterly revenue growth", "infographic", "Quarterly Revenue Growth", ""),
        (
            "timeline of the history of bread from 1940 to today",
            "infographic",
            "The History of Bread",
            "From 1940 to today",
        ),
        ("How tides work, infographic for kids, pastel", "infographic", "How Tides Work", "For kids"),
        ("logo for a coffee shop called Bean There", "card", "Bean There", ""),
        ("关于光合作用的信息图，明亮的学术配色，无衬线字体", "infographic", "光合作用", ""),
        ("[easel:partial 2] a poster about tea", "poster", "Tea", ""),
        ("", "poster", "", ""),
    ],
)
def test_a_title_is_made_of_the_prompts_own_words(prompt: str, layout: str, title: str, subtitle: str) -> None:
    read = brief.read(prompt)
    assert (read.layout, read.title, read.subtitle) == (layout, title, subtitle)


def test_labels_are_the_phrases_a_prompt_lists() -> None:
    read = brief.read("Infographic about brewing tea, steps: boil the water, add leaves, wait and pour. Flat design")
    assert read.title == "Brewing Tea"
    assert read.items == ("Boil the Water", "Add Leaves", "Wait", "Pour")


def test_quoted_texts_are_all_that_is_printed() -> None:
    read = brief.read('A noisy street with a poster "BIG SHOW" and below "Tonight"')
    assert (read.title, read.items, read.subtitle) == ("BIG SHOW", ("Tonight",), "")


def test_quoted_labels_keep_the_title_of_the_prompt() -> None:
    read = brief.read('An infographic about bees with sections "Worker", "Queen" and "Drone"')
    assert (read.title, read.items) == ("Bees", ("Worker", "Queen", "Drone"))


def test_icons_come_from_general_keywords() -> None:
    found = lookup.find(("saxophone", "moon"), "", 4)
    assert "saxophone" in found
    plants = lookup.theme(("photosynthesis",), "")
    assert plants.scene == "garden"
    assert lookup.theme((), "海洋与鱼").scene == "sea"


@pytest.mark.parametrize(
    ("text", "language"),
    [("Hello", "en"), ("你好世界", "zh"), ("こんにちは世界", "ja"), ("안녕", "ko"), ("مرحبا", "ar"), ("नमस्ते", "hi")],
)
def test_the_language_of_a_text_is_told_by_its_script(text: str, language: str) -> None:
    assert words.language(text) == language


@pytest.mark.parametrize("ground", ["#ffffff", "#0d1322", "#808080", "#f2bd22", "#d5373d"])
@pytest.mark.parametrize("colour", ["#ffffff", "#808080", "#2f6bed", "#ffe14d"])
def test_small_text_is_always_readable(colour: str, ground: str) -> None:
    assert contrast(readable(colour, ground), ground) >= 4.5
