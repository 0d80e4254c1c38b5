"""Landscapes and skylines as pixels: a whole page, without figures, or the ground under a poster's words.

`vector.outdoors` draws the same places as SVG, for flat figures to stand in.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from easel_sketch.drawing.commission import LOW, Commission
from easel_sketch.scenery.hours import Hour, hour, in_palette
from easel_sketch.scenery.raster import city, finish, land, sea, sky
from easel_sketch.scenery.raster.view import View, empty_sky, mentions

# How to draw each place, and where its horizon is as a share of the height.
PLACES: Mapping[str, tuple[Callable[[View], None], float]] = {
    "mountains": (land.mountains, 0.62),
    "sea": (sea.sea, 0.58),
    "desert": (land.desert, 0.5),
    "forest": (land.forest, 0.62),
    "hills": (land.hills, 0.56),
    "city": (city.city, 0.72),
}
_USUAL = ("day", "dusk", "dawn", "night")


def landscape(job: Commission) -> bytes:
    """RGB rows of the place in the prompt, at the size of the job."""
    return _scene(job, place_of(job))


def place_of(job: Commission) -> str:
    """The place of a landscape."""
    return job.brief.setting.biome or "hills"


def skyline(job: Commission) -> bytes:
    return _scene(job, "city")


def _scene(job: Commission, place: str) -> bytes:
    neon = place == "city" and mentions(job.brief.text, "neon")
    light = hour(job.brief.setting.time or ("dusk" if neon else _USUAL[job.index % 4]))
    # One colour alone may be that of a meadow; two, or a word like "tones", are for the whole image.
    if neon or job.palette.name.count("#") > 1 or mentions(job.brief.text, "toned"):
        light = in_palette(light, job.palette, 0.3 if neon else 0.6)
    rng = np.random.default_rng(job.rng.getrandbits(64))
    side = float(rng.uniform(0.22, 0.42) if job.index % 2 else rng.uniform(0.58, 0.78))
    w, h = job.size.width, job.size.height
    horizon = round(h * PLACES[place][1] * (1.04 if w < h else 1))
    return _pixels(job, place, light, rng, horizon, _sun(light, place, w * side, horizon, min(w, h)))


def behind(job: Commission, place: str, focus: tuple[float, float], size: float) -> bytes:
    """RGB rows of a place in the colours of the palette, with a large sun behind the figure at `focus`."""
    time = job.brief.setting.time or "dusk"
    light = in_palette(hour(time if time != "day" else "dawn"), job.palette, 0.88)
    rng = np.random.default_rng(job.rng.getrandbits(64))
    h = job.size.height
    horizon = round(min(0.8 * h, max(0.5 * h, focus[1] + size * 0.22)))
    sun = sky.Sun(focus[0], min(focus[1], horizon - size * 0.1), size * 0.42)
    return _pixels(job, place, replace(light, stars=max(0.3, light.stars)), rng, horizon, sun)


def _sun(light: Hour, place: str, x: float, horizon: int, scale: int) -> sky.Sun:
    low = light.name in ("dawn", "dusk")
    if place == "city" and low:
        return sky.Sun(x, horizon - scale * 0.138, scale * 0.145)
    r = scale * (0.075 if low else 0.048)
    return sky.Sun(x, horizon * (1 - light.height) - r * 0.2, r)


def _pixels(job: Commission, place: str, light: Hour, rng: np.random.Generator, horizon: int, sun: sky.Sun) -> bytes:
    image = empty_sky(light, job.size, horizon, sun)
    view = View(image, light, sun, horizon, rng, job.canvas, job.brief.text, job.brief.setting.season, job.detail)
    sky.stars(image, light, rng, horizon)
    if light.name == "night" and job.detail > LOW:
        sky.milky_way(image, rng, horizon)
    sky.clouds(image, light, rng, horizon, cover=_cover(view), cell=view.cell)
    sky.disc(image, light, sun)
    PLACES[place][0](view)
    if job.detail > LOW:
        view.add_glow(finish.bright_parts(image, 200, 4) * np.float32(0.4))
        finish.bloomed(image, view.glow, 4, view.w / 4 / 44, 0.7 if light.dark else 0.3)
    pixels = finish.finished(image, rng, corners=0.42, grain=0.8 * job.detail)
    return pixels.tobytes()


def _cover(view: View) -> float:
    """How much of the sky clouds take: 0 is none, 1 is much."""
    if view.mentions("clear"):
        return 0.15
    if view.mentions("cloudy"):
        return 1.2
    return 0.25 if view.light.name == "night" else 0.65
