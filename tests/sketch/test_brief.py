"""Parsing of prompts into briefs."""

import json
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from tests.support.samples import one_in

from easel_sketch.colour.mixing import contrast, readable
from easel_sketch.reading import brief, words

ASKED = tomllib.loads(Path(__file__).with_name("prompts.toml").read_text("utf-8"))
PROMPTS = [
    pytest.param(entry, id=f"{language}: {entry['prompt'][:40]}")
    for language, found in ASKED.items()
    for entry in found
]


def plan(read: brief.Brief) -> dict[str, Any]:
    return {
        "kind": read.kind,
        "title": read.title,
        "roles": [text.role for text in read.texts],
        "count": read.count,
        "time": read.setting.time,
        "season": read.setting.season,
        "biome": read.setting.biome,
        "style": list(read.style),
        "lighting": list(read.lighting),
        "composition": list(read.composition),
        "unwanted": list(read.unwanted),
        "points": read.points,
        "steps": read.steps,
        "sides": list(read.sides),
        "wants": list(read.wants),
    }


@pytest.mark.parametrize("entry", PROMPTS)
def test_prompts_of_the_table(entry: dict[str, Any]) -> None:
    read = brief.read(entry["prompt"])
    told = {key: value for key, value in plan(read).items() if key in entry}
    assert told == {key: value for key, value in entry.items() if key not in ("prompt", "asked", "never")}
    assert {text.words for text in read.texts}.isdisjoint(entry.get("never", ()))
    assert {*entry.get("asked", ())} <= {*read.asked} | set(" ".join(read.asked))


def test_the_table_covers_the_languages_and_most_kinds() -> None:
    assert {*ASKED} == {"en", "zh", "ja", "ko", "es", "fr", "de", "pt", "ru", "ar", "hi"}
    assert len(PROMPTS) > 120
    assert len({entry["kind"] for found in ASKED.values() for entry in found}) > 24


@pytest.mark.parametrize("entry", PROMPTS[::9])
def test_a_brief_can_be_printed(entry: dict[str, Any]) -> None:
    data = brief.as_data(brief.read(entry["prompt"]))
    assert json.loads(json.dumps(data)) == data
    assert next(iter(data)) == "kind"
    assert all(data.values())


def test_a_printed_brief_says_what_was_understood() -> None:
    prompt = "A flat poster “SEA” “8 pm” in deep blue and gold, soft light, at dusk, no people"
    assert brief.as_data(brief.read(prompt)) == {
        "kind": "poster",
        "medium": "poster",
        "texts": [{"headline": "SEA"}, {"date": "8 pm"}],
        "setting": {"time": "dusk"},
        "language": "en",
        "style": ["flat"],
        "lighting": ["soft"],
        "unwanted": ["people"],
        "colours": ["blue", "gold"],
    }


HOSTILE = {
    "corner quotes": "「" * 32_000,
    "apostrophes": " 'a" * 10_000,
    "quotes": '"' * 32_000,
    "one word": "w" * 32_000,
    "hyphens": "w-" * 16_000,
    "brackets": "[a " * 10_000,
    "short words": "a b " * 8_000,
    "labels": "with labels " * 2_600,
    "negations": "no people " * 3_200,
    "speech": "says “a” " * 3_500,
    "buttons": "“a” button, " * 2_600,
    "chinese": "海报标签" * 8_000,
    "texts": " ".join(f"“Text {number}”" for number in range(2_900)),
}


@pytest.mark.parametrize("name", one_in(3, HOSTILE))
def test_no_prompt_takes_long_to_read(name: str) -> None:
    started = time.process_time()
    read = brief.read(HOSTILE[name])
    assert time.process_time() - started < 2
    assert len(read.texts) <= 600
    assert len(read.asked) < 3_000


@pytest.mark.parametrize(
    ("prompt", "told"),
    [
        ("A forest without people, no cars", ("people", "cars")),
        ("Poster, sin bordes", ("bordes",)),
        ("海报，不要人物", ("人物",)),
        ("Ein Wald ohne Menschen", ("menschen",)),
    ],
)
def test_what_is_not_wanted(prompt: str, told: tuple[str, ...]) -> None:
    read = brief.read(prompt)
    assert read.unwanted == told
    assert not {*told} & {*read.asked, *read.topic}


@pytest.mark.parametrize(
    ("prompt", "kind", "title", "subtitle"),
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
            "timeline",
            "History of Bread",
            "From 1940 to today",
        ),
        ("How tides work, infographic for kids, pastel", "infographic", "How Tides Work", "For kids"),
        ("logo for a coffee shop called Bean There", "logo", "Bean There", ""),
        ("关于光合作用的信息图，明亮的学术配色，无衬线字体", "infographic", "光合作用", ""),
        ("[easel:partial 2] a poster about tea", "poster", "Tea", ""),
        ("", "vignette", "", ""),
    ],
)
def test_a_title_is_made_of_the_prompts_own_words(prompt: str, kind: str, title: str, subtitle: str) -> None:
    read = brief.read(prompt)
    assert (read.kind, read.title, read.subtitle) == (kind, title, subtitle)


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


def test_a_printed_brief_says_how_many_points_and_which_sides() -> None:
    data = brief.as_data(brief.read("Compare tea and coffee, three pros each, no text"))
    assert (data["kind"], data["points"], data["sides"], data["wants"]) == (
        "comparison", 3, ["Tea", "Coffee"], ["no text"],
    )  # fmt: skip


@pytest.mark.parametrize(
    "prompt",
    [
        "A knight vs a dragon, epic fight at sunset",
        "A star with five points over a village",
        "Two trees and a house side by side",
        "A staircase with five steps",
    ],
)
def test_a_picture_is_no_chart_because_it_has_sides_or_points(prompt: str) -> None:
    assert brief.read(prompt).kind not in ("comparison", "steps", "infographic")


def test_the_number_of_points_is_no_part_of_a_title_but_of_a_name() -> None:
    assert brief.read("Infographic about tea in four points").title == "Tea"
    assert brief.read("Infographic about the five stages of grief").title == "The Five Stages of Grief"


def test_each_line_of_a_comic_has_the_drawings_named_before_it() -> None:
    read = brief.read("Comic: the cat on the table says “Hi” and the dog says “No”")
    assert read.speakers == (("table", "cat"), ("dog",))  # the nearest first: a table does not speak
