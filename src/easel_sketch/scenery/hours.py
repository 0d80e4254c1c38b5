"""The light at an hour of the day and in a season, from `tables/hours.toml`, which both kinds of scenery share.

`Light` is for SVG: one flat colour for each kind of shape. `Hour` is for pixels: gradients, and what light does to a
material.
"""

from dataclasses import dataclass, replace
from typing import Any

from easel_sketch import library
from easel_sketch.colour.mixing import channels, mix
from easel_sketch.colour.palette import Palette

_USUAL = ("golden", "dusk", "day", "night")
_LEANING = 0.22
_AIR = ("glow", "haze", "lit", "cloud", "shade")
_AUTUMN = {"far": ("#d9b48a", 0.55), "mid": ("#d39a4a", 0.6), "near": ("#c18a3d", 0.6), "deep": ("#7a3f22", 0.5)}
_SPRING = {"near": ("#9fd06a", 0.35), "mid": ("#bfe08c", 0.3)}
_WINTER = {"far": ("#d5e3f0", 0.7), "mid": ("#e3edf6", 0.8), "near": ("#f6fafd", 0.9), "deep": ("#5f7f95", 0.45)}
_SEASONS = {"autumn": _AUTUMN, "winter": _WINTER, "spring": _SPRING}


@dataclass(frozen=True, slots=True)
class Light:
    """The flat colours of a place, from the top of the sky to the bottom of the ground."""

    high: str
    middle: str
    low: str
    sun: str
    halo: str
    far: str
    mid: str
    near: str
    deep: str
    soil: str
    water: str
    bright: str


@dataclass(frozen=True, slots=True)
class Hour:
    """Colours as hex. `sky` from the top to the horizon; `height` is the sun's, as a share of the sky."""

    name: str
    sky: tuple[str, ...]
    sun: str
    glow: str
    haze: str
    land: str
    lit: str
    cloud: str
    shade: str
    height: float
    stars: float
    dim: float
    shine: float

    @property
    def dark(self) -> bool:
        return self.name in ("night", "dusk", "blue")

    @property
    def low(self) -> bool:
        """Whether the sun is near the horizon."""
        return self.name in ("dawn", "dusk", "golden")

    def on(self, material: str, haze: float = 0.0) -> str:
        """The colour of a material that faces the light, seen through haze."""
        return mix(mix(mix(material, self.land, self.dim), self.lit, self.shine * 0.6), self.haze, haze)

    def off(self, material: str, haze: float = 0.0) -> str:
        """The colour of a material that is turned away from the light, seen through haze."""
        turned = mix(mix(material, self.land, self.dim), mix(self.land, self.shade, 0.45), 0.42)
        return mix(turned, self.haze, haze)


def hour_of(time: str, index: int) -> str:
    """The hour the prompt names, otherwise a different one for each image of a job."""
    return time or _USUAL[index % len(_USUAL)]


def sun_height(hour: str) -> float:
    """How far below the upper edge the sun of SVG scenery is, as a share of the height."""
    return {"dusk": 0.44, "dawn": 0.4, "golden": 0.28}.get(hour, 0.2)


def light_of(hour: str, season: str, palette: Palette, *, asked: bool) -> Light:
    """The flat colours at this hour and season; a palette that was `asked` for tints them."""
    tones: dict[str, str] = dict(library.table("hours")[hour]["flat"])
    dim = {"night": 0.62, "blue": 0.4, "dusk": 0.22}.get(hour, 0.0)
    for name, (tone, share) in _SEASONS.get(season, {}).items():
        tones[name] = mix(mix(tones[name], tone, share), tones["middle"], dim)
    if asked:
        _, _, middle, pale, high = palette.ramp
        towards = {"high": middle, "middle": pale, "low": high, "far": pale, "mid": middle, "water": middle}
        tones |= {name: mix(tones[name], colour, _LEANING) for name, colour in towards.items()}
    return Light(**tones)


def hour(name: str) -> Hour:
    """The light for pixels at an hour of the table."""
    entry: dict[str, Any] = library.table("hours")[name]
    return Hour(name, **{key: value for key, value in entry.items() if key != "flat"} | {"sky": tuple(entry["sky"])})


def leaning(light: Hour, tone: str, share: float) -> Hour:
    """The same hour with all its colours mixed with one tone, the darkest the least."""
    tones: dict[str, Any] = {name: mix(getattr(light, name), tone, share) for name in _AIR}
    sky = tuple(mix(own, tone, share) for own in light.sky)
    return replace(light, sky=sky, land=mix(light.land, tone, share * 0.4), **tones)


def toned_down(light: Hour, share: float) -> Hour:
    """The same hour with less colour: under clouds, in fog, in muted colours."""

    def grey(tone: str) -> str:
        red, green, blue = channels(tone)
        level = min(255, round(red * 0.3 + green * 0.55 + blue * 0.15))
        return mix(tone, f"#{level:02x}{level:02x}{min(255, level + 6):02x}", share)

    tones: dict[str, Any] = {name: grey(getattr(light, name)) for name in (*_AIR, "land")}
    return replace(light, sky=tuple(map(grey, light.sky)), **tones)


def in_palette(light: Hour, palette: Palette, share: float) -> Hour:
    """The same hour with its colours mixed with the palette's; at `share` 1 only the palette is left."""
    low, shade, middle, pale, high = palette.ramp
    wanted = (mix(low, shade, 0.3), shade, middle, mix(middle, pale, 0.6), mix(pale, high, 0.25))
    return replace(
        light,
        sky=tuple(mix(own, tone, share) for own, tone in zip(light.sky, wanted, strict=True)),
        sun=mix(light.sun, high, share),
        glow=mix(light.glow, pale, share),
        haze=mix(light.haze, mix(middle, pale, 0.4), share),
        land=mix(light.land, mix(low, "#000000", 0.2), share),
        lit=mix(light.lit, pale, share),
        cloud=mix(light.cloud, pale, share),
        shade=mix(light.shade, shade, share),
    )
