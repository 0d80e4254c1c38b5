"""Choose the colours of a picture from the moods and colour names of its prompt."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from easel.providers.sketch import library
from easel.providers.sketch.colour import contrast, hue_shifted, luminance, mix, readable

_DARK_WORDS = frozenset({"dark", "night", "midnight", "nighttime", "black", "noir", "暗", "深色", "夜"})
_MILD = 0.35
_TURNS = (0, -26, 12, -56)


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

    def tint(self, place: int, share: float = 0.14) -> str:
        return mix(self.surface, self.accent(place), share)


def choose(asked: Sequence[str], theme_palette: str, rng: Random, index: int) -> Palette:
    """The palette the prompt asks for, else the one of its theme; turned a little for each further picture."""
    table = library.table("palettes")
    by_name = {entry["name"]: _palette(entry) for entry in table["palette"]}
    colours = list(dict.fromkeys(table["colours"][word] for word in asked if word in table["colours"]))[:3]
    mood = _mood(table["palette"], asked)
    palette = by_name[mood or theme_palette]
    if colours:
        palette = _coloured(palette, colours, dark=not _DARK_WORDS.isdisjoint(asked))
    return turned(palette, index, rng) if index else palette


def _palette(entry: dict[str, Any]) -> Palette:
    return Palette(
        entry["name"], entry["ground"], entry["surface"], entry["ink"], tuple(entry["accents"]), tuple(entry["ramp"])
    )


def _mood(entries: Sequence[dict[str, Any]], asked: Collection[str]) -> str | None:
    scores = {entry["name"]: sum(word in asked for word in entry["words"]) for entry in entries}
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] else None


def _coloured(base: Palette, colours: Sequence[str], *, dark: bool) -> Palette:
    """A palette around named colours: the vivid ones lead, pale ones make the paper, dark ones the ink."""
    vivid = [c for c in colours if 0.02 < luminance(c) < 0.8] or [base.accents[0]]
    pale = [c for c in colours if luminance(c) >= 0.8]
    deep = [c for c in colours if luminance(c) <= 0.02] or ([mix(vivid[0], "#0b0d14", 0.88)] if dark else [])
    ground = mix(deep[0], "#0d0f16", 0.4) if dark else mix(pale[0] if pale else "#fdfbf6", vivid[0], 0.06)
    ink = mix("#ffffff", vivid[0], 0.06) if dark else mix("#14151c", vivid[0], 0.22)
    lead = vivid[0]
    ramp = (mix(lead, "#0b0710", 0.82), mix(lead, "#0b0710", 0.5), lead, mix(vivid[-1], "#fff3dc", 0.45), "#fff6e6")
    return replace(
        base,
        name="+".join(colours),
        ground=ground,
        surface=mix(ground, "#ffffff", 0.07 if dark else 0.75),
        ink=readable(ink, ground, least=9),
        accents=tuple(dict.fromkeys([*vivid, *(mix(v, ink, 0.35) for v in vivid), *base.accents]))[:5],
        ramp=ramp,
    )


def turned(palette: Palette, index: int, rng: Random) -> Palette:
    """The same mood seen again: accents in another order, paper and scenery a step along the colour wheel."""
    shift = index % len(palette.accents)
    accents = (*palette.accents[shift:], *palette.accents[:shift])
    ground = mix(palette.ground, accents[0], 0.04 + 0.03 * rng.random())
    degrees = _TURNS[index % len(_TURNS)] + 6 * (index // len(_TURNS))
    ramp = (*(hue_shifted(colour, degrees) for colour in palette.ramp[:-1]), palette.ramp[-1])
    ink = palette.ink if contrast(palette.ink, ground) >= 7 else readable(palette.ink, ground, least=7)
    return replace(palette, ground=ground, accents=accents, ramp=ramp, ink=ink)
