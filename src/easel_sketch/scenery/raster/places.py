"""Landscapes and skylines as pixels: a whole page, without figures, or the ground under a poster's words.

`vector.outdoors` draws the same places as SVG, for flat figures to stand in.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from easel_sketch.drawing.commission import LOW, Commission
from easel_sketch.scenery import plan as plans
from easel_sketch.scenery.hours import Hour, hour, in_palette
from easel_sketch.scenery.plan import Plan
from easel_sketch.scenery.raster import (
    beyond,
    city,
    farm,
    finish,
    gardens,
    green,
    inland,
    land,
    ocean,
    roads,
    rock,
    sea,
    sky,
    streets,
    things,
    town,
    underwater,
    waterside,
    weather,
)
from easel_sketch.scenery.raster.view import View, empty_sky

# How to draw each place, and where its horizon is as a share of the height.
PLACES: Mapping[str, tuple[Callable[[View], None], float]] = {
    "mountains": (land.mountains, 0.62),
    "sea": (sea.sea, 0.58),
    "desert": (land.desert, 0.5),
    "forest": (land.forest, 0.62),
    "hills": (land.hills, 0.56),
    "city": (city.city, 0.72),
    "lake": (waterside.lake, 0.54),
    "fjord": (waterside.fjord, 0.56),
    "beach": (waterside.beach, 0.5),
    "coast": (waterside.coast, 0.5),
    "island": (ocean.island, 0.58),
    "harbour": (ocean.harbour, 0.52),
    "tidal-wave": (ocean.tidal_wave, 0.6),
    "iceberg": (ocean.iceberg, 0.5),
    "waterfall": (inland.waterfall, 0.4),
    "river": (inland.river, 0.48),
    "valley": (inland.river, 0.46),
    "canyon": (rock.canyon, 0.46),
    "volcano": (rock.volcano, 0.66),
    "glacier": (rock.glacier, 0.5),
    "cave": (rock.cave, 0.56),
    "geyser": (rock.geyser, 0.6),
    "oasis": (green.oasis, 0.48),
    "meadow": (green.meadow, 0.5),
    "savanna": (green.savanna, 0.6),
    "jungle": (green.jungle, 0.5),
    "swamp": (green.swamp, 0.5),
    "farm": (farm.farm, 0.46),
    "orchard": (gardens.orchard, 0.5),
    "park": (gardens.park, 0.5),
    "garden": (gardens.garden, 0.44),
    "path": (gardens.path_walk, 0.5),
    "street": (streets.street, 0.56),
    "canal": (streets.canal, 0.5),
    "road": (roads.road, 0.5),
    "railway": (roads.railway, 0.5),
    "tennis-court": (roads.tennis_court, 0.34),
    "town": (town.town, 0.56),
    "market": (town.market, 0.62),
    "space": (beyond.space, 1.0),
    "moon": (beyond.moon, 0.66),
    "mars": (beyond.mars, 0.54),
    "underwater": (underwater.underwater, 1.0),
    "sky": (beyond.clouds, 1.0),
}
_FRAMINGS = (0.0, 0.07, -0.06, 0.03)  # how much lower the horizon of each image of a job is
_STEADY = frozenset({"space", "underwater", "sky", "street", "canal", "cave", "city"})
_HIDDEN = frozenset({"rain", "storm", "cloudy", "mist", "snowfall"})


def plan_of(job: Commission, place: str = "") -> Plan:
    """The plan of a landscape."""
    return plans.plan(job.brief, PLACES, job.index, place)


def place_of(job: Commission) -> str:
    """The place of a landscape."""
    return plan_of(job).place


def shown(job: Commission, place: str = "") -> tuple[str, ...]:
    """The names of what a landscape shows."""
    return plan_of(job, place).shows


def landscape(job: Commission, place: str = "") -> bytes:
    """RGB rows of a landscape, or of a place that is given, at the size of the job."""
    plan = plan_of(job, place)
    light = plans.light_of(job.brief, job.palette, plan)
    rng = np.random.default_rng(job.rng.getrandbits(64))
    side = float(rng.uniform(0.22, 0.42) if job.index % 2 else rng.uniform(0.58, 0.78))
    w, h = job.size.width, job.size.height
    shift = 0.0 if plan.place in _STEADY else _FRAMINGS[plan.layout]
    horizon = round(h * (PLACES[plan.place][1] * (1.04 if w < h else 1) + shift))
    return _pixels(job, plan, light, rng, min(horizon, h), _sun(light, plan, w * side, min(horizon, h), min(w, h)))


def behind(job: Commission, place: str, focus: tuple[float, float], size: float) -> bytes:
    """RGB rows of a place in the colours of the palette, with a large sun behind the figure at `focus`."""
    plan = replace(plan_of(job, place), things=())
    time = job.brief.setting.time or "dusk"
    light = in_palette(hour(time if time != "day" else "dawn"), job.palette, 0.88)
    rng = np.random.default_rng(job.rng.getrandbits(64))
    h = job.size.height
    horizon = round(min(0.8 * h, max(0.5 * h, focus[1] + size * 0.22)))
    sun = sky.Sun(focus[0], min(focus[1], horizon - size * 0.1), size * 0.42)
    return _pixels(job, plan, replace(light, stars=max(0.3, light.stars)), rng, horizon, sun)


def _sun(light: Hour, plan: Plan, x: float, horizon: int, scale: int) -> sky.Sun:
    if plan.place == "city" and light.name in ("dawn", "dusk"):
        return sky.Sun(x, horizon - scale * 0.138, scale * 0.145)
    r = scale * (0.06 if light.low else 0.048)
    return sky.Sun(x, horizon * (1 - light.height) - r * 0.2, r)


def _pixels(job: Commission, plan: Plan, light: Hour, rng: np.random.Generator, horizon: int, sun: sky.Sun) -> bytes:
    image = empty_sky(light, job.size, horizon, sun)
    view = View(image, light, sun, horizon, rng, job.canvas, plan, job.detail)
    sky.stars(image, light, rng, horizon)
    if light.name == "night" and job.detail > LOW and not plan.has("aurora"):
        sky.milky_way(image, rng, horizon)
    if plan.has("aurora"):
        weather.aurora(view)
    sky.clouds(image, light, rng, horizon, cover=_cover(view), cell=view.cell)
    if light.name != "blue" and not plan.has(*_HIDDEN):
        sky.disc(image, light, sun)
    weather.behind(view)
    PLACES[plan.place][0](view)
    things.stand(view)
    weather.before(view)
    if job.detail > LOW:
        view.add_glow(finish.bright_parts(image, 200, 4) * np.float32(0.4))
        finish.bloomed(image, view.glow, 4, view.w / 4 / 44, 0.7 if light.dark else 0.3)
    pixels = finish.finished(image, rng, corners=0.42, grain=0.8 * job.detail)
    return pixels.tobytes()


def _cover(view: View) -> float:
    """How much of the sky clouds take: 0 is none, 1 is much."""
    if view.has("clear", "aurora"):
        return 0.15
    if view.has("cloudy", "rain", "storm"):
        return 1.2
    return 0.25 if view.light.name == "night" else (0.65, 0.4, 0.85, 0.55)[view.plan.layout]
