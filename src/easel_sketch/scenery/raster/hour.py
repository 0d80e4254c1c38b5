"""The light at an hour of the day, leaning towards the colours that were asked for."""

from dataclasses import dataclass, replace
from typing import Any

from easel_sketch import library
from easel_sketch.colour.mixing import mix
from easel_sketch.colour.palette import Palette


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

    @property
    def dark(self) -> bool:
        return self.name in ("night", "dusk")


def hour(name: str) -> Hour:
    """One of the four hours: dawn, day, dusk or night."""
    entry: dict[str, Any] = library.table("hours")[name]
    return Hour(name, **entry | {"sky": tuple(entry["sky"])})


def in_palette(light: Hour, palette: Palette, share: float) -> Hour:
    """The same hour in a palette's scenery colours; `share` 1 leaves nothing of its own."""
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
