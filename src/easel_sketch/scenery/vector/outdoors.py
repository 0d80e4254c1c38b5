"""Wide places for figures to stand in, from the sky to the grass at one's feet: a back, and a front."""

from collections.abc import Callable

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.ink import circle, fall, rect, stroke, trace
from easel_sketch.scenery.vector import grounds
from easel_sketch.scenery.vector.grounds import Weather
from easel_sketch.scenery.vector.plants import fringe
from easel_sketch.scenery.vector.sky import backdrop, clouds, stars, sun
from easel_sketch.scenery.vector.stage import Stage

FOOT = 0.87


def behind(stage: Stage, place: str, weather: Weather) -> str:
    """Everything behind the figures."""
    return _sky(stage, weather, place) + _PLACES.get(place, grounds.hills)(stage, weather)


def before(stage: Stage, place: str, weather: Weather) -> str:
    """What is nearer than the figures: grass at the lower edge, and what falls from the sky."""
    parts = []
    if place in _GREEN and weather.season != "winter":
        parts.append(fringe(stage, blooms=weather.season != "autumn"))
    if weather.snows or (weather.season == "winter" and stage.detail):
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
    if place == "space":
        return (
            fall("sky", "#070b24", "#14204e", "#2c3a78")
            + rect(0, 0, w, h, "url(#sky)")
            + stars(stage, (60, 140, 260)[stage.detail], 0.75)
        )
    parts = [backdrop(stage)]
    if stage.dark:
        parts.append(stars(stage, (40, 90, 160)[stage.detail], 0.55))
        parts.append(_moon(stage, w * weather.sun_x, h * 0.17, min(w, h) * 0.075))
    elif not weather.rains:
        low = weather.sun_y
        parts.append(sun(stage, w * weather.sun_x, h * low, min(w, h) * 0.085))
    return "".join([*parts, clouds(stage, 0.24)])


def _moon(stage: Stage, x: float, y: float, r: float) -> str:
    pits = ((-0.3, -0.2, 0.2), (0.25, 0.3, 0.16), (0.32, -0.28, 0.11), (-0.15, 0.42, 0.1))
    marks = "".join(
        circle(x + dx * r, y + dy * r, s * r, mix(stage.light.sun, stage.light.far, 0.22)) for dx, dy, s in pits
    )
    return sun(stage, x, y, r) + (marks if stage.detail else "")


_PLACES: dict[str, Callable[[Stage, Weather], str]] = {
    "hills": grounds.hills,
    "forest": grounds.forest,
    "mountains": grounds.mountains,
    "sea": grounds.sea,
    "water": grounds.open_water,
    "lake": grounds.lake,
    "desert": grounds.desert,
    "city": grounds.city,
    "space": grounds.space,
}
_GREEN = frozenset({"hills", "forest", "mountains", "lake"})
