"""Strong background colours with the text colour for them."""

from collections.abc import Sequence

from easel_sketch.colour.mixing import contrast
from easel_sketch.colour.palette import Palette
from easel_sketch.colour.tone import lightness, tone, toned

_DISPLAY_CONTRAST = 3.3
_YELLOWS, _BRIGHT = (60, 118), 0.66  # hues that look brown when darkened, if they are lighter than this
_MOST_DARKENED = 0.12  # most decrease of lightness


def strong_ground(palette: Palette, pale: Sequence[str]) -> tuple[str, str]:
    """A saturated background from the palette, and the colour of display type on it.

    A colour too bright for pale type, such as yellow, is kept and gets dark type.
    """
    if palette.dark:
        field = _dark(palette)
        return field, max(pale, key=lambda ink: contrast(ink, field))
    field = display_shade(palette.accent(0))
    if contrast("#ffffff", field) >= _DISPLAY_CONTRAST:
        return field, max(pale, key=lambda ink: contrast(ink, field))
    return field, toned(palette.ramp[0], 0.24, 1.4)


def display_shade(colour: str) -> str:
    """A colour darkened until it carries pale display type, or unchanged if that would alter it too much."""
    light, shade = lightness(colour), colour
    if _YELLOWS[0] < tone(colour).hue < _YELLOWS[1] and light > _BRIGHT:
        return colour
    while contrast("#ffffff", shade) < _DISPLAY_CONTRAST and light > lightness(colour) - _MOST_DARKENED:
        light -= 0.01
        shade = toned(colour, light, 1.05)
    return shade if contrast("#ffffff", shade) >= _DISPLAY_CONTRAST else colour


def _dark(palette: Palette) -> str:
    """The ground itself if it is black; else its hue, as saturated as pale type allows."""
    if tone(palette.ground).chroma < 0.02 or palette.name in ("neon", "midnight", "luxury"):
        return palette.ground
    rich = palette.ramp[1]
    return toned(rich, 0.47, 1.6) if lightness(rich) > 0.345 else rich
