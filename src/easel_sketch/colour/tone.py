"""Colours as perceptual lightness, chroma and hue (OKLCH), so that shades keep their hue."""

from dataclasses import dataclass
from math import atan2, cos, degrees, hypot, radians, sin

from easel_sketch.colour.mixing import channels

_STEPS = 12
_YELLOWS = (78, 116)
_TO_BROWN = 95


@dataclass(frozen=True, slots=True)
class Tone:
    """Lightness from 0 to 1, chroma from 0 to about 0.32, hue in degrees."""

    light: float
    chroma: float
    hue: float


def tone(colour: str) -> Tone:
    """Convert a hex colour to OKLCH."""
    red, green, blue = (_linear(channel / 255) for channel in channels(colour))
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    light = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return Tone(light, hypot(a, b), degrees(atan2(b, a)) % 360)


def hex_of(target: Tone) -> str:
    """The nearest sRGB colour: same lightness and hue, chroma reduced until it is in gamut."""
    low, high = 0.0, target.chroma
    linear = _channels(target.light, high, target.hue)
    if not _in_gamut(linear):
        for _ in range(_STEPS):
            middle = (low + high) / 2
            low, high = (middle, high) if _in_gamut(_channels(target.light, middle, target.hue)) else (low, middle)
        linear = _channels(target.light, low, target.hue)
    return "#" + "".join(f"{round(255 * _encoded(min(1.0, max(0.0, value)))):02x}" for value in linear)


def toned(colour: str, light: float, strength: float = 1.0, turn: float = 0.0) -> str:
    """The colour at another lightness; `strength` scales its chroma, `turn` shifts its hue by degrees."""
    own = tone(colour)
    return hex_of(Tone(light, own.chroma * strength, (_shadow_hue(own, light) + turn) % 360))


def _shadow_hue(own: Tone, light: float) -> float:
    """Shift yellows towards brown when they are darkened: at their own hue they would look olive."""
    low, high = _YELLOWS
    if not low < own.hue < high or light >= own.light:
        return own.hue
    return max(low - 12, own.hue - (own.light - light) * _TO_BROWN)


def lightness(colour: str) -> float:
    return tone(colour).light


def neutral(colour: str) -> bool:
    """Whether a colour is black, white, grey or cream."""
    own = tone(colour)
    return own.chroma < 0.04


def hue_gap(first: str, second: str) -> float:
    """The distance of two hues, 0 to 180 degrees."""
    gap = abs(tone(first).hue - tone(second).hue) % 360
    return min(gap, 360 - gap)


def _channels(light: float, chroma: float, hue: float) -> tuple[float, float, float]:
    """OKLCH to linear sRGB, which may be out of gamut."""
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _in_gamut(linear: tuple[float, float, float]) -> bool:
    return all(-0.0005 <= value <= 1.0005 for value in linear)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _encoded(value: float) -> float:
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055
