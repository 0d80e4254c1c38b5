"""Strong grounds for loud pictures, the ink that reads on them, and the icons the prompt itself called for."""

import functools
from collections.abc import Sequence

from easel_sketch import library
from easel_sketch.colour.mixing import contrast
from easel_sketch.colour.palette import Palette
from easel_sketch.colour.tone import lightness, tone, toned
from easel_sketch.drawing.commission import Commission
from easel_sketch.reading import lookup, words

_DISPLAY = 3.3  # contrast of display type
_MOST_ICONS = 12
_GOLDS, _DULL = (60, 118), 0.66  # hues that lose their shine when they are darkened
_BRIGHT = 0.12  # how much a colour may be darkened and still be itself


def loud(palette: Palette, pale: Sequence[str], place: int = 0) -> tuple[str, str]:
    """A field in one of the palette's colours at full strength, and the ink for display type on it.

    A colour too bright for pale type, such as yellow, keeps its brightness and takes dark type.
    """
    if palette.dark:
        field = _dark(palette)
        return field, max(pale, key=lambda ink: contrast(ink, field))
    field = displayed(palette.accent(place))
    if contrast("#ffffff", field) >= _DISPLAY:
        return field, max(pale, key=lambda ink: contrast(ink, field))
    return field, toned(palette.ramp[0], 0.24, 1.4)


def displayed(colour: str) -> str:
    """A colour made deep enough for pale display type, or left as it is where that would spoil it."""
    light, shade = lightness(colour), colour
    if _GOLDS[0] < tone(colour).hue < _GOLDS[1] and light > _DULL:
        return colour
    while contrast("#ffffff", shade) < _DISPLAY and light > lightness(colour) - _BRIGHT:
        light -= 0.01
        shade = toned(colour, light, 1.05)
    return shade if contrast("#ffffff", shade) >= _DISPLAY else colour


def _dark(palette: Palette) -> str:
    """The ground itself where it is black; else its hue as strong as pale type allows."""
    if tone(palette.ground).chroma < 0.02 or palette.name in ("neon", "midnight", "luxury"):
        return palette.ground
    rich = palette.ramp[1]
    return toned(rich, 0.47, 1.6) if lightness(rich) > 0.345 else rich


def told(job: Commission) -> tuple[str, ...]:
    """The icons that the prompt's own words call for: not those of its theme, nor those of the thing that is made.

    A book cover about bees shows bees and no book.
    """
    brief, made = job.brief, _made(job.brief.kind)
    subject = [word for word in brief.subject if word not in made]
    called = lookup.find(subject, brief.text, _MOST_ICONS, (), brief.mentions)
    return tuple(name for name in job.icons if name in called)


@functools.cache
def _made(kind: str) -> frozenset[str]:
    """The words that name a kind of picture."""
    return frozenset(words.tokens(" ".join(library.table("kinds")["kinds"].get(kind, ()))))
