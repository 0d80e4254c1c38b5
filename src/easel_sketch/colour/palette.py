"""Choose the colours of a picture from the moods and colour names of its prompt."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from easel_sketch import library
from easel_sketch.colour import scheme
from easel_sketch.colour.colour_words import Wish, wish
from easel_sketch.colour.mixing import contrast, luminance, mix, readable
from easel_sketch.colour.tone import lightness, tone, toned

_MILD = 0.35
_TURNS = (0, -22, 14, -40)  # degrees the scenery is turned by when nobody asked for its colours
_ASKED_TURN = 0.4  # and the share of that when a mood was asked for
_FIELD = 4.6
_LIGHT = "clean"  # instead of a dark palette where a light theme was asked for


@dataclass(frozen=True, slots=True)
class Palette:
    """Paper, panels and ink; accents in order of use; and a ramp, dark to light, for scenery."""

    name: str
    ground: str
    surface: str
    ink: str
    accents: tuple[str, ...]
    ramp: tuple[str, ...]

    @property
    def dark(self) -> bool:
        return luminance(self.ground) < 0.2

    @property
    def muted(self) -> str:
        """Ink for secondary text: softer, and still readable on paper and on panels."""
        return readable(mix(self.ink, self.ground, _MILD), self.ground, self.surface)

    @property
    def line(self) -> str:
        return mix(self.ground, self.ink, 0.13)

    def accent(self, place: int) -> str:
        return self.accents[place % len(self.accents)]

    def text_accent(self, place: int = 0) -> str:
        """An accent dark (or light) enough to set small text in."""
        return readable(self.accent(place), self.ground, self.surface)

    def field(self, place: int = 0, least: float = _FIELD) -> str:
        """An accent deep enough for white words to be read on: the ground of loud pictures."""
        colour, light = self.accent(place), lightness(self.accent(place))
        while contrast("#ffffff", colour) < least and light > 0.25:
            light -= 0.015
            colour = toned(self.accent(place), light, 1.05)
        return colour

    def deep(self, light: float = 0.27) -> str:
        """The darkest shade of the leading colour that still has some of it."""
        own = tone(self.ramp[1])
        return toned(self.ramp[1], min(own.light, light))

    def tint(self, place: int, share: float = 0.14) -> str:
        return mix(self.surface, self.accent(place), share)


def choose(asked: Sequence[str], theme_palette: str, rng: Random, index: int) -> Palette:
    """The palette the prompt asks for, else the one of its theme; seen another way for each further picture."""
    entries = {entry["name"]: entry for entry in library.table("palettes")["palette"]}
    wanted = wish(asked)
    entry = entries[wanted.mood or theme_palette]
    if wanted.light and entry.get("dark"):
        entry = entries[_LIGHT]
    if wanted.colours:
        return _coloured(entry, wanted, index)
    palette = _palette(entry)
    if wanted.dark and not palette.dark:
        palette = _at_night(palette)
    return turned(palette, index, rng, asked=bool(wanted.mood)) if index else palette


def _palette(entry: dict[str, Any]) -> Palette:
    return Palette(
        entry["name"], entry["ground"], entry["surface"], entry["ink"], tuple(entry["accents"]), tuple(entry["ramp"])
    )


def _coloured(entry: dict[str, Any], wanted: Wish, index: int) -> Palette:
    """A palette of the named colours. A mood that was asked for keeps its darkness and, if it may, its accents."""
    mood = wanted.mood == entry["name"]
    named = scheme.Named(wanted, index, entry["accents"][0])
    dark_mood = mood and bool(entry.get("dark")) and not named.pale
    ground, dark = scheme.ground_of(wanted, named, dark_mood=dark_mood, index=index)
    surface = scheme.surface_of(ground, dark=dark)
    joined = entry["accents"] if mood and entry.get("joins") else ()
    return Palette(
        name="+".join(wanted.colours),
        ground=ground,
        surface=surface,
        ink=scheme.ink_of(ground, surface, named, dark=dark),
        accents=scheme.accents_of(ground, named, joined, dark=dark),
        ramp=scheme.ramp_of(named),
    )


def _at_night(palette: Palette) -> Palette:
    """The same accents on a dark ground of the palette's own hue."""
    ground = toned(palette.ramp[0], 0.19)
    return replace(
        palette,
        ground=ground,
        surface=toned(palette.ramp[0], 0.25),
        ink=toned(palette.ramp[4], 0.96),
        accents=tuple(colour if contrast(colour, ground) >= 3 else toned(colour, 0.68) for colour in palette.accents),
    )


def turned(palette: Palette, index: int, rng: Random, *, asked: bool = False) -> Palette:
    """The same mood seen again: accents in another order, paper and scenery a step along the colour wheel."""
    shift = index % len(palette.accents)
    accents = (*palette.accents[shift:], *palette.accents[:shift])
    ground = mix(palette.ground, accents[0], 0.04 + 0.03 * rng.random())
    degrees = (_TURNS[index % len(_TURNS)] + 6 * (index // len(_TURNS))) * (_ASKED_TURN if asked else 1)
    ramp = (*(toned(colour, lightness(colour), turn=degrees) for colour in palette.ramp[:-1]), palette.ramp[-1])
    ink = palette.ink if contrast(palette.ink, ground) >= 7 else readable(palette.ink, ground, least=7)
    return replace(palette, ground=ground, accents=accents, ramp=ramp, ink=ink)
