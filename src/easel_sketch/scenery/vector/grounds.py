"""The land of wide places, from the horizon down: hills, woods, mountains, shores, sand, streets, the moon."""

from dataclasses import dataclass

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.ink import circle, fall, oval, path, polygon, rect, ring, smooth, stroke, trace
from easel_sketch.scenery.vector.land import pine, ridge
from easel_sketch.scenery.vector.plants import broad_tree, crown_of, great_pine, meadow
from easel_sketch.scenery.vector.sky import sparkle
from easel_sketch.scenery.vector.stage import Stage

HORIZON = 0.6


@dataclass(frozen=True, slots=True)
class Weather:
    """What is in the air: the season, whether the sun or moon is to be seen and where, and snow or rain."""

    season: str = ""
    sun_x: float = 0.78
    sun_y: float = 0.2
    snows: bool = False
    rains: bool = False


def _ground(stage: Stage, top: float, near: str, far: str) -> str:
    """The plane the figures stand on, darker towards the eye."""
    points = [
        (-stage.w * 0.1, top + stage.h * 0.03),
        (stage.w * 0.3, top - stage.h * 0.012),
        (stage.w * 0.72, top + stage.h * 0.018),
        (stage.w * 1.1, top - stage.h * 0.01),
    ]
    d = trace("M", *points[0]) + smooth(points) + trace("V", stage.h, "H", -stage.w * 0.1, "Z")
    return fall("ground", far, near) + path(d, "url(#ground)" if stage.detail else near)


def _grassy(stage: Stage, weather: Weather, top: float = HORIZON) -> str:
    light = stage.light
    green = _ground(stage, stage.h * top, mix(light.near, light.deep, 0.2), mix(light.near, light.mid, 0.35))
    if weather.season == "winter":
        return green + _drifts(stage, top)
    return green + meadow(stage, stage.h * (top + 0.05), stage.h * 0.98, blooms=weather.season != "autumn")


def _drifts(stage: Stage, top: float) -> str:
    tone = mix(stage.light.near, stage.light.middle, 0.35)
    parts = []
    for i in range((3, 6, 9)[stage.detail]):
        x, y = stage.rng.uniform(-0.1, 0.8) * stage.w, stage.h * (top + 0.06 + 0.036 * i)
        wide = stage.w * stage.rng.uniform(0.2, 0.4)
        parts.append(
            path(
                trace("M", x, y, "q", wide / 2, -14 * stage.u, wide, 0, "q", -wide / 2, 10 * stage.u, -wide, 0, "Z"),
                tone,
                'opacity=".6"',
            )
        )
    return "".join(parts)


def hills(stage: Stage, weather: Weather) -> str:
    light, w, h = stage.light, stage.w, stage.h
    parts = [
        ridge(stage, h * 0.5, h * 0.035, 3, mix(light.far, light.low, 0.35)),
        ridge(stage, h * 0.55, h * 0.03, 4, light.far),
        ridge(stage, h * 0.6, h * 0.022, 3, light.mid),
    ]
    tone = mix(light.mid, light.deep, 0.45)
    for _ in range((5, 10, 16)[stage.detail]):
        x, size = stage.rng.uniform(0, w), h * stage.rng.uniform(0.03, 0.06)
        y = h * stage.rng.uniform(0.585, 0.62)
        parts.append(_copse(stage, x, y, size, mix(tone, light.far, stage.rng.random() * 0.4)))
    return "".join([*parts, _grassy(stage, weather)])


def _copse(stage: Stage, x: float, foot: float, size: float, tone: str) -> str:
    """A round bush or a small tree, far away."""
    if stage.rng.random() < 0.35:
        return pine(x, foot, size * 1.7, tone)
    puffs = ((-0.5, 0.3, 0.36), (0.45, 0.3, 0.34), (0, 0.52, 0.48))
    return "".join(circle(x + dx * size, foot - dy * size, r * size, tone) for dx, dy, r in puffs)


def forest(stage: Stage, weather: Weather) -> str:
    light, w, h = stage.light, stage.w, stage.h
    snowy, leaf = weather.season == "winter", crown_of(stage, weather.season)
    parts = [ridge(stage, h * 0.5, h * 0.03, 3, mix(light.far, light.low, 0.3))]
    for depth, (foot, tall, count) in enumerate(((0.58, 0.22, 17), (0.62, 0.32, 12))):
        tone = mix(mix(light.far, light.deep, 0.3 + 0.25 * depth), leaf, 0.25)
        for i in range(count):
            x, size = w * (i + stage.rng.random()) / count, h * tall * stage.rng.uniform(0.75, 1.15)
            parts.append(pine(x, h * foot, size, mix(tone, light.low, stage.rng.random() * 0.12)))
    parts.append(_grassy(stage, weather))
    for x, size in ((0.02, 0.62), (0.98, 0.66), (0.15, 0.44), (0.86, 0.46)):
        tree = (
            great_pine(stage, w * x, h * 0.7, h * size, mix(light.near, light.deep, 0.4), snowy=True)
            if snowy
            else broad_tree(stage, w * x, h * 0.7, h * size, mix(leaf, light.deep, 0.1 + 0.2 * stage.rng.random()))
        )
        parts.append(tree)
    return "".join(parts)


def mountains(stage: Stage, weather: Weather) -> str:
    light, w, h = stage.light, stage.w, stage.h
    parts = [ridge(stage, h * 0.5, h * 0.03, 3, light.far)]
    for x, top, wide, shade in ((0.14, 0.24, 0.34, 0.1), (0.86, 0.2, 0.36, 0.18), (0.5, 0.3, 0.4, 0.0)):
        parts.append(
            _peak(
                stage,
                w * x,
                h * top,
                h * 0.62,
                max(w * wide, h * 0.3),
                mix(mix(light.far, "#6f7fa0", 0.5), light.middle, shade),
            )
        )
    count, tone = (8, 16, 26)[stage.detail], mix(light.deep, light.far, 0.25)
    parts += [
        pine(w * (i + stage.rng.random()) / count, h * 0.63, h * stage.rng.uniform(0.05, 0.1), tone)
        for i in range(count)
    ]
    return "".join([*parts, _grassy(stage, weather)])


def _peak(stage: Stage, x: float, top: float, foot: float, half: float, tone: str) -> str:
    light, tall = stage.light, foot - top
    shade = mix(tone, light.deep, 0.3)
    cap = [
        (x, top),
        (x + half * 0.3, top + tall * 0.3),
        (x + half * 0.1, top + tall * 0.22),
        (x, top + tall * 0.34),
        (x - half * 0.12, top + tall * 0.24),
        (x - half * 0.3, top + tall * 0.3),
    ]
    return (
        polygon([(x, top), (x + half, foot), (x - half, foot)], tone)
        + polygon([(x, top), (x + half, foot), (x + half * 0.12, foot), (x - half * 0.06, top + tall * 0.5)], shade)
        + polygon(cap, light.bright)
    )


def sea(stage: Stage, weather: Weather) -> str:
    """The open sea to the horizon, and a beach in front."""
    sand = mix("#f0dcae", stage.light.middle, 0.4 if stage.dark else 0.08)
    shore = stage.h * 0.74
    parts = [_water(stage, stage.h * 0.5, shore + stage.h * 0.06)]
    points = [
        (-stage.w * 0.1, shore + stage.h * 0.03),
        (stage.w * 0.35, shore),
        (stage.w * 0.7, shore + stage.h * 0.03),
        (stage.w * 1.1, shore - stage.h * 0.01),
    ]
    edge = trace("M", *points[0]) + smooth(points)
    parts.append(stroke(edge, stage.light.bright, 16 * stage.u, 'opacity=".85"'))
    parts.append(
        fall("sand", mix(sand, "#b98f55", 0.14), sand)
        + path(edge + trace("V", stage.h, "H", -stage.w * 0.1, "Z"), "url(#sand)")
    )
    grain, wet, dice = mix(sand, "#8a6a3c", 0.4), shore + stage.h * 0.05, stage.rng
    spots = (
        circle(dice.uniform(0, stage.w), dice.uniform(wet, stage.h), dice.uniform(1.2, 3.4) * stage.u, grain)
        for _ in range((10, 40, 80)[stage.detail])
    )
    return "".join([*parts, *spots])


def _water(stage: Stage, top: float, bottom: float) -> str:
    light = stage.light
    parts = [
        fall("water", mix(light.water, light.low, 0.35), light.water),
        rect(0, top, stage.w, bottom - top, "url(#water)"),
    ]
    for i in range((8, 18, 30)[stage.detail]):
        near = (i + stage.rng.random()) / (8, 18, 30)[stage.detail]
        x, y, long = stage.rng.uniform(-0.1, 1) * stage.w, top + (bottom - top) * near, (30 + 130 * near) * stage.u
        parts.append(
            stroke(
                trace("M", x, y, "q", long / 4, -5 * near * stage.u - 2, long / 2, 0, "t", long / 2, 0),
                light.bright,
                (1.4 + 2.4 * near) * stage.u,
                'opacity=".5"',
            )
        )
    return "".join(parts)


def open_water(stage: Stage, weather: Weather) -> str:
    return _water(stage, stage.h * 0.52, stage.h * 1.02)


def lake(stage: Stage, weather: Weather) -> str:
    light, h = stage.light, stage.h
    parts = [
        ridge(stage, h * 0.47, h * 0.03, 3, light.far),
        ridge(stage, h * 0.52, h * 0.02, 4, mix(light.mid, light.deep, 0.2)),
    ]
    return "".join([*parts, _water(stage, h * 0.54, h * 0.74), _grassy(stage, weather, 0.7)])


def desert(stage: Stage, weather: Weather) -> str:
    light, h = stage.light, stage.h
    sand = mix("#eec27c", light.middle, 0.35 if stage.dark else 0.05)
    tones = [mix(sand, light.low, 0.4), mix(sand, "#d39a5a", 0.25), sand]
    parts = [ridge(stage, h * (0.52 + 0.06 * i), h * 0.035, 2, tone) for i, tone in enumerate(tones[:2])]
    return "".join([*parts, _ground(stage, h * 0.64, mix(sand, "#c98a4b", 0.2), sand)])


def city(stage: Stage, weather: Weather) -> str:
    light, w, h = stage.light, stage.w, stage.h
    parts = []
    for depth, (tone, tall) in enumerate(
        ((mix(light.far, light.low, 0.3), 0.34), (mix(light.far, "#55607a", 0.55), 0.24))
    ):
        x = -w * 0.02
        while x < w:
            wide, high = w * stage.rng.uniform(0.05, 0.1), h * tall * stage.rng.uniform(0.5, 1.0)
            parts.append(rect(x, h * 0.64 - high, wide + 1, high + h * 0.02, tone))
            if depth and stage.detail:
                parts += _panes(stage, x, h * 0.64 - high, wide, high, tone)
            x += wide
    pave = mix("#c9c3ba", light.middle, 0.3 if not stage.dark else 0.6)
    parts.append(_ground(stage, h * 0.66, mix(pave, light.deep, 0.15), pave))
    return "".join(parts)


def _panes(stage: Stage, x: float, y: float, wide: float, high: float, tone: str) -> list[str]:
    cell = wide / 4
    lit = "#ffd98a" if stage.dark else mix(tone, "#ffffff", 0.45)
    return [
        rect(
            x + cell * (column + 0.6),
            y + cell * (0.8 + row * 1.4),
            cell * 0.6,
            cell * 0.8,
            lit if stage.rng.random() < 0.6 else mix(tone, "#ffffff", 0.12),
        )
        for column in range(3)
        for row in range(int(high / (cell * 1.4)))
    ]


def space(stage: Stage, weather: Weather) -> str:
    w, h = stage.w, stage.h
    x, y, r = w * weather.sun_x, h * 0.2, min(w, h) * 0.11
    parts = [
        circle(x, y, r, "#4f7fd0"),
        path(
            trace("M", x - r, y, "A", r, r, 0, "0", "1", x + r * 0.6, y - r * 0.8, "Q", x, y - r * 0.2, x - r, y, "Z"),
            "#6fc08a",
        ),
        ring(x, y, r, "#9fc4ff", r * 0.06),
    ]
    parts += [
        sparkle(w * sx, h * sy, s * stage.u, "#ffffff")
        for sx, sy, s in ((0.2, 0.14, 16), (0.5, 0.08, 10), (0.12, 0.4, 11), (0.9, 0.45, 14))
    ]
    grey = "#b9bfd6"
    parts += [ridge(stage, h * 0.6, h * 0.02, 3, "#8089b0"), _ground(stage, h * 0.66, "#8f97b8", grey)]
    for i in range((4, 9, 14)[stage.detail]):
        cx, cy = stage.rng.uniform(0, w), h * (0.71 + 0.02 * i)
        size = (20 + 5 * i) * stage.u * stage.rng.uniform(0.7, 1.3)
        parts.append(
            oval(cx, cy, size, size * 0.26, "#7b83a6") + oval(cx, cy + size * 0.06, size * 0.9, size * 0.2, "#9aa2c2")
        )
    return "".join(parts)
