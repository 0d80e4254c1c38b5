"""Landscapes as SVG: the sky and ground behind figures, and what is nearer than they are.

`raster.places` computes the same places as pixels, for images and posters where no flat figure stands on the ground.
"""

from collections.abc import Callable

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.ink import circle, fall, rect, stroke, trace
from easel_sketch.scenery.vector import beyond, far, grounds, places, settled
from easel_sketch.scenery.vector.grounds import Weather, has_blooms
from easel_sketch.scenery.vector.plants import fringe
from easel_sketch.scenery.vector.sky import background, clouds, stars, sun
from easel_sketch.scenery.vector.stage import Stage

FOOT = 0.87  # where figures stand, as a share of the height

PLACES: dict[str, Callable[[Stage, Weather], str]] = {
    "hills": grounds.hills,
    "forest": grounds.forest,
    "mountains": grounds.mountains,
    "sea": grounds.beach,
    "water": grounds.open_water,
    "bay": grounds.bay,
    "lake": grounds.lake,
    "desert": grounds.desert,
    "city": grounds.city,
    "moon": grounds.moon,
    "beach": grounds.beach,
    "river": places.river,
    "waterfall": places.waterfall,
    "canyon": places.canyon,
    "volcano": places.volcano,
    "meadow": places.meadow,
    "savanna": places.savanna,
    "park": settled.park,
    "farm": settled.farm,
    "street": settled.street,
    "harbour": settled.harbour,
    "underwater": beyond.underwater,
    "space": beyond.space,
    "mars": beyond.mars,
    "iceberg": far.iceberg,
    "jungle": far.jungle,
    "road": far.road,
    "sky": far.sky,
}
# Places without a drawing here, and the one that is nearest to them.
NEAREST = {
    "coast": "sea",
    "island": "beach",
    "fjord": "lake",
    "canal": "harbour",
    "tidal-wave": "water",
    "valley": "mountains",
    "glacier": "mountains",
    "cave": "mountains",
    "geyser": "hills",
    "oasis": "desert",
    "swamp": "lake",
    "orchard": "park",
    "garden": "park",
    "path": "park",
    "railway": "road",
    "tennis-court": "park",
    "town": "street",
    "market": "street",
}
_GREEN = frozenset(
    {"hills", "forest", "mountains", "lake", "meadow", "park", "river", "farm", "waterfall", "volcano", "jungle"}
)
_NO_SKY = frozenset({"underwater", "space"})


def place_of(biome: str, otherwise: str = "hills") -> str:
    """The place of this kind of scenery for a place or a biome that was read in the prompt."""
    return biome if biome in PLACES else NEAREST.get(biome, otherwise)


def behind(stage: Stage, place: str, weather: Weather) -> str:
    """Everything behind the figures."""
    return ("" if place in _NO_SKY else _sky(stage, weather, place)) + PLACES[place](stage, weather)


def before(stage: Stage, place: str, weather: Weather) -> str:
    """What is nearer than the figures: grass at the lower edge, snowflakes and rain."""
    parts = []
    if place in _GREEN and stage.season != "winter":
        parts.append(fringe(stage, blooms=has_blooms(stage)))
    if place in _NO_SKY:
        return ""
    if weather.snows or (stage.season == "winter" and stage.detail):
        parts += [_flake(stage) for _ in range((20, 60, 110)[stage.detail])]
    if weather.rains:
        parts += [_drop(stage) for _ in range((30, 70, 120)[stage.detail])]
    return "".join(parts)


def _flake(stage: Stage) -> str:
    x, y = stage.rng.uniform(0, stage.w), stage.rng.uniform(0, stage.h)
    return circle(
        x, y, stage.rng.uniform(1.6, 5.5) * stage.u, "#ffffff", f'opacity="{stage.rng.uniform(0.45, 0.95):.2f}"'
    )


def _drop(stage: Stage) -> str:
    x, y, long = stage.rng.uniform(0, stage.w), stage.rng.uniform(0, stage.h), stage.rng.uniform(18, 44) * stage.u
    return stroke(trace("M", x, y, "L", x - long * 0.25, y + long), "#ffffff", 2.2 * stage.u, 'opacity=".45"')


def _sky(stage: Stage, weather: Weather, place: str) -> str:
    w, h = stage.w, stage.h
    if place == "moon":
        return (
            fall("sky", "#070b24", "#14204e", "#2c3a78")
            + rect(0, 0, w, h, "url(#sky)")
            + stars(stage, (60, 140, 260)[stage.detail], 0.75)
        )
    parts = [background(stage)]
    x, y, r = w * weather.sun_x, h * weather.sun_y, min(w, h) * weather.sun_r
    if stage.dark:
        parts += [stars(stage, (40, 90, 160)[stage.detail], 0.55), _moon(stage, x, y, r)]
    elif weather.rains:
        parts.append(rect(0, 0, w, h, "#5f6b7a", 0, 'opacity=".62"'))
    else:
        parts.append(sun(stage, x, y, r))
    return "".join([*parts, clouds(stage, 0.24)])


def _moon(stage: Stage, x: float, y: float, r: float) -> str:
    pits = ((-0.42, 0.12, 0.2), (0.2, -0.3, 0.15), (0.3, 0.34, 0.12), (-0.1, 0.5, 0.1))
    marks = "".join(
        circle(x + dx * r, y + dy * r, s * r, mix(stage.light.sun, stage.light.far, 0.22)) for dx, dy, s in pits
    )
    return sun(stage, x, y, r) + (marks if stage.detail else "")
