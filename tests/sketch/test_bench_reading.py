"""The scores of `make bench-reading`: what counts as drawn, said or silent, and which rows are wrong."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from tools.sketch.bench_reading import DRAWN, NEAR, SAID, SILENT, entries_of, fate, has_hue, seen_of, wrong_of

from easel_sketch import library

PROMPTS = Path(__file__).parents[2] / "bench" / "reading"
BRIEF: dict[str, Any] = {
    "kind": "menu",
    "palette": ["#ffffff", "#102030", "#c04060"],
    "texts": [{"headline": "Old Mill"}],
    "drawn": ["angry fox"],
    "near": [{"asked": "capybara", "drawn_as": "rodent"}],
    "missing": ["soul"],
}


def seen(*lines: str, **said: Any) -> Any:
    return seen_of(BRIEF | said, ["Not drawn: soul."], ["red-apple"], [(line, 20.0) for line in lines])


@pytest.mark.parametrize(
    ("need", "expected"),
    [
        (["apple"], DRAWN),
        (["foxes", "fox"], DRAWN),
        (["fox"], DRAWN),
        (["mill"], DRAWN),
        (["capybara"], NEAR),
        (["rodents"], NEAR),
        (["souls"], SAID),
        (["app"], SILENT),
        (["angry apple"], SILENT),
        (["bear", "moon"], SILENT),
    ],
)
def test_a_need_is_met_by_whole_words(need: list[str], expected: str) -> None:
    assert fate(need, seen("Old Mill")) == expected


def test_of_an_engine_without_the_lists_icons_count() -> None:
    old = seen_of({"kind": "vignette", "scene": "hills", "icons": ["dog"]}, ["Not drawn: cat."], [], [])
    assert [fate([word], old) for word in ("dog", "hill", "cat", "cow")] == [DRAWN, DRAWN, SAID, SILENT]


def test_what_is_wrong_of_a_row_is_named() -> None:
    entry = {"kind": "menu", "title": "Old Mill", "never": ["Mint"], "rows": ["Soup", "Old Mill"], "palette": "pink"}
    assert list(wrong_of(entry, seen("Old Mill", "Soup 4"))) == ["row “Old Mill” is the title"]
    assert list(wrong_of({"kind": "cover", "never": ["Soup"]}, seen("Soup"))) == [
        "kind is menu, not cover",
        "“Soup” is on it",
    ]
    assert list(wrong_of({"must_draw": ["bear", ["bear", "fox"]]}, seen())) == ["bear is not drawn"]
    assert list(wrong_of({"steps": 2}, seen("1", count=2))) == ["its steps are numbered [1]"]
    assert list(wrong_of({"time": "dusk"}, seen(setting={"time": "dawn"}))) == ["time is dawn, not dusk"]


def test_a_palette_has_a_hue_or_most_of_its_colours_are_warm() -> None:
    assert has_hue(["#fff0e0", "#d06030", "#204080"], "blue")
    assert has_hue(["#fff0e0", "#d06030", "#204080"], "warm")
    assert not has_hue(["#d06030", "#204080"], "warm")
    assert not has_hue(["#808080"], "red")


def test_our_prompts_have_labels_that_there_are() -> None:
    kinds = {*library.table("kinds")["kinds"], *library.table("kinds")["scenes"], "icon"}
    rows = tomllib.loads((PROMPTS / "kinds.toml").read_text("utf-8"))["prompt"]
    assert len(rows) >= 40
    assert {row["kind"] for row in rows if "kind" in row} <= kinds
    assert all(entry["needs"] for path in PROMPTS.glob("*.jsonl") for entry in entries_of(path))
