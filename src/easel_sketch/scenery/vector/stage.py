"""What every SVG drawing of a place gets: size, colours, random numbers and level of detail."""

from dataclasses import dataclass
from math import sqrt
from random import Random

from easel_sketch.colour.mixing import mix
from easel_sketch.colour.palette import Palette
from easel_sketch.drawing.commission import Commission
from easel_sketch.scenery.hours import Light, light_of


@dataclass(frozen=True, slots=True)
class Stage:
    """A box to draw a place in. `accents` are the palette's, for things that are not landscape."""

    w: float
    h: float
    light: Light
    accents: tuple[str, ...]
    rng: Random
    detail: int
    dark: bool = False
    season: str = ""

    @property
    def u(self) -> float:
        return sqrt(self.w * self.h) / 1000


def page_stage(job: Commission, hour: str, season: str) -> Stage:
    """The whole page at an hour and in a season; only colours that the prompt names tint it."""
    asked = "+" in job.palette.name or job.palette.name.startswith("#")
    light = light_of(hour, season, job.palette, asked=asked)
    return Stage(job.page.w, job.page.h, light, job.palette.accents, job.rng, job.detail, hour == "night", season)


def daylight(palette: Palette) -> Light:
    """Natural colours with a share of the palette: for the panels of infographics."""
    if palette.dark:
        return _night(palette)

    def leaning(colour: str, share: float = 0.16) -> str:
        return mix(colour, palette.ground, share)

    green = mix("#4c9a5c", palette.accents[0], 0.2)
    return Light(
        high=leaning("#bcdaef"),
        middle=leaning("#d9e9ee"),
        low=leaning("#eef4ea"),
        sun="#f8b73e",
        halo="#ffe7a6",
        far=leaning(mix(green, "#e9f3d9", 0.62)),
        mid=leaning(mix(green, "#e2efc6", 0.4)),
        near=mix(green, "#d9eab8", 0.14),
        deep=mix(green, "#0d3b2a", 0.45),
        soil="#8b5e3f",
        water=leaning("#4fa3cf", 0.1),
        bright="#ffffff",
    )


def _night(palette: Palette) -> Light:
    low, shade, middle, light, high = palette.ramp
    base = palette.surface
    return Light(
        high=mix(base, low, 0.75),
        middle=mix(mix(base, low, 0.5), middle, 0.15),
        low=mix(base, middle, 0.5),
        sun=mix(high, palette.accents[2], 0.3),
        halo=mix(light, high, 0.4),
        far=mix(shade, middle, 0.35),
        mid=mix(shade, palette.accents[1], 0.28),
        near=mix(low, palette.accents[1], 0.38),
        deep=mix(low, palette.accents[1], 0.14),
        soil=mix(low, "#6b4a3a", 0.4),
        water=mix(shade, palette.accents[0], 0.45),
        bright=high,
    )


def limelight(palette: Palette) -> Light:
    """Only mixtures of the palette's ramp: for posters."""
    low, shade, middle, light, high = palette.ramp
    return Light(
        high=mix(shade, low, 0.35),
        middle=mix(middle, shade, 0.25),
        low=mix(light, high, 0.12),
        sun=mix(high, light, 0.35),
        halo=mix(light, high, 0.5),
        far=mix(middle, light, 0.2),
        mid=mix(shade, middle, 0.55),
        near=mix(shade, low, 0.25),
        deep=low,
        soil=mix(low, shade, 0.4),
        water=mix(middle, shade, 0.35),
        bright=high,
    )
