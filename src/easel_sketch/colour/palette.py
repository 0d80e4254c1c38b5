"""Choose an image's palette from the moods and colour names of its prompt."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from easel_sketch import library
from easel_sketch.colour import scheme
from easel_sketch.colour.colour_words import ColourRequest, requested_colours
from easel_sketch.colour.mixing import contrast, luminance, mix, readable
from easel_sketch.colour.tone import lightness, tone, toned

_MUTED_SHARE = 0.35
_HUE_SHIFTS = (0, -22, 14, -40)  # degrees by which variations shift the scenery's hues
_MOOD_SHIFT = 0.4  # factor on these shifts when the prompt asks for a mood
_FIELD_CONTRAST = 4.6
_LIGHT = "clean"  # replaces a dark palette when the prompt asks for a light theme


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of the ground, of panels and of text; accents in order of use; and a ramp, dark to light, for scenery.

    `called` names it for people: the mood or the colours of the prompt, else the mood of its theme.
    """

    name: str
    ground: str
    surface: str
    ink: str
    accents: tuple[str, ...]
    ramp: tuple[str, ...]
    called: str = ""

    @property
    def dark(self) -> bool:
        return luminance(self.ground) < 0.2

    @property
    def muted(self) -> str:
        """The colour of secondary text: lower contrast, still readable on ground and panels."""
        return readable(mix(self.ink, self.ground, _MUTED_SHARE), self.ground, self.surface)

    @property
    def line(self) -> str:
        return mix(self.ground, self.ink, 0.13)

    def accent(self, place: int) -> str:
        return self.accents[place % len(self.accents)]

    def text_accent(self, place: int = 0) -> str:
        """An accent with enough contrast for small text."""
        return readable(self.accent(place), self.ground, self.surface)

    def field(self, place: int = 0, least: float = _FIELD_CONTRAST) -> str:
        """An accent darkened until white text has a contrast of `least` on it."""
        colour, light = self.accent(place), lightness(self.accent(place))
        while contrast("#ffffff", colour) < least and light > 0.25:
            light -= 0.015
            colour = toned(self.accent(place), light, 1.05)
        return colour

    def deep(self, light: float = 0.27) -> str:
        """The leading colour at a lightness of at most `light`."""
        own = tone(self.ramp[1])
        return toned(self.ramp[1], min(own.light, light))

    def tint(self, place: int, share: float = 0.14) -> str:
        return mix(self.surface, self.accent(place), share)


def choose(asked: Sequence[str], theme_palette: str, rng: Random, index: int) -> Palette:
    """The palette the prompt asks for, else that of its theme; varied for each further image."""
    entries = {entry["name"]: entry for entry in library.table("palettes")["palette"]}
    request = requested_colours(asked)
    entry = entries[request.mood or theme_palette]
    if request.light and entry.get("dark"):
        entry = entries[_LIGHT]
    if request.colours:
        return _coloured(entry, request, index)
    palette = _palette(entry)
    if request.dark and not palette.dark:
        palette = _darkened(palette)
    return varied(palette, index, rng, asked=bool(request.mood)) if index else palette


def _palette(entry: dict[str, Any]) -> Palette:
    return Palette(
        entry["name"],
        entry["ground"],
        entry["surface"],
        entry["ink"],
        tuple(entry["accents"]),
        tuple(entry["ramp"]),
        called=entry["name"],
    )


def _coloured(entry: dict[str, Any], request: ColourRequest, index: int) -> Palette:
    """A palette of the named colours. A requested mood keeps its darkness and, if it `joins`, its accents."""
    mood = request.mood == entry["name"]
    named = scheme.NamedColours(request, index, entry["accents"][0])
    dark_mood = mood and bool(entry.get("dark")) and not named.pale
    ground, dark = scheme.ground_of(request, named, dark_mood=dark_mood, index=index)
    surface = scheme.surface_of(ground, dark=dark)
    joined = entry["accents"] if mood and entry.get("joins") else ()
    return Palette(
        name="+".join(request.colours),
        ground=ground,
        surface=surface,
        ink=scheme.ink_of(ground, surface, named, dark=dark),
        accents=scheme.accents_of(ground, named, joined, dark=dark),
        ramp=scheme.ramp_of(named),
        called=" and ".join(request.names),
    )


def _darkened(palette: Palette) -> Palette:
    """The same accents on a dark ground of the palette's own hue."""
    ground = toned(palette.ramp[0], 0.19)
    return replace(
        palette,
        ground=ground,
        surface=toned(palette.ramp[0], 0.25),
        ink=toned(palette.ramp[4], 0.96),
        accents=tuple(colour if contrast(colour, ground) >= 3 else toned(colour, 0.68) for colour in palette.accents),
    )


def varied(palette: Palette, index: int, rng: Random, *, asked: bool = False) -> Palette:
    """A variation: accents in another order, the ground tinted, the scenery's hues shifted."""
    shift = index % len(palette.accents)
    accents = (*palette.accents[shift:], *palette.accents[:shift])
    ground = mix(palette.ground, accents[0], 0.04 + 0.03 * rng.random())
    degrees = (_HUE_SHIFTS[index % len(_HUE_SHIFTS)] + 6 * (index // len(_HUE_SHIFTS))) * (_MOOD_SHIFT if asked else 1)
    ramp = (*(toned(colour, lightness(colour), turn=degrees) for colour in palette.ramp[:-1]), palette.ramp[-1])
    ink = palette.ink if contrast(palette.ink, ground) >= 7 else readable(palette.ink, ground, least=7)
    return replace(palette, ground=ground, accents=accents, ramp=ramp, ink=ink)
