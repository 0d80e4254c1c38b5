"""Drawings in a colour that somebody names."""

import itertools
import re

import pytest

from easel_sketch.colour.tint import named_colour, tinted
from easel_sketch.colour.tone import tone
from easel_sketch.drawing import icons

_HEX = re.compile(r"#[0-9a-f]{6}\b")


def _changed(name: str, colour: str) -> list[tuple[str, str]]:
    before, after = icons.drawing(name).lower(), icons.drawing(name, tint=colour).lower()
    pairs = zip(_HEX.findall(before), _HEX.findall(after), strict=True)
    return [pair for pair in set(pairs) if pair[0] != pair[1]]


@pytest.mark.parametrize(
    ("name", "colour"),
    [
        ("elephant", "blue"),
        ("automobile", "green"),
        ("cat", "pink"),
        ("umbrella", "yellow"),
        ("bicycle", "purple"),
        ("balloon", "orange"),
        ("hot-air-balloon", "green"),
        ("sofa", "rojo"),
    ],
)
def test_the_largest_part_turns_and_keeps_its_light_and_shade(name: str, colour: str) -> None:
    changed = _changed(name, colour)
    wanted = tone(named_colour(colour)).hue
    assert changed
    for _, after in changed:
        gap = abs(tone(after).hue - wanted) % 360
        assert min(gap, 360 - gap) < 12
    if len(changed) > 1:
        lights = [tone(after).light for _, after in sorted(changed, key=lambda pair: tone(pair[0]).light)]
        assert all(low <= high + 0.02 for low, high in itertools.pairwise(lights))


@pytest.mark.parametrize(("name", "colour", "low", "high"), [("dog", "black", 0, 0.4), ("horse", "white", 0.6, 1)])
def test_black_and_white_are_colours_too(name: str, colour: str, low: float, high: float) -> None:
    assert all(low <= tone(after).light <= high for _, after in _changed(name, colour))


def test_eyes_and_white_stay() -> None:
    body = (
        '<circle cx="64" cy="64" r="60" fill="#e53935"/><circle cx="44" cy="50" r="8" fill="#ffffff"/>'
        '<circle cx="44" cy="50" r="4" fill="#222222"/><path d="M60 4h8v-4h-8z" fill="#43a047"/>'
    )
    after = tinted(body, "blue")
    assert all(kept in after for kept in ("#ffffff", "#222222", "#43a047"))
    assert "#e53935" not in after


def test_what_is_no_colour_changes_nothing() -> None:
    assert tinted('<rect width="9" height="9" fill="#e53935"/>', "wooden") == (
        '<rect width="9" height="9" fill="#e53935"/>'
    )
