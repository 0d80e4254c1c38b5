"""The ground of SVG landscapes, from the horizon down: hills, forest, mountains, water, desert, city, the moon."""

from dataclasses import dataclass

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.commission import LOW
from easel_sketch.drawing.ink import circle, fall, oval, path, polygon, rect, ring, smooth, stroke, trace
from easel_sketch.scenery import plants
from easel_sketch.scenery.vector.plants import broad_tree, crown_of, great_pine, meadow
from easel_sketch.scenery.vector.sky import sparkle
from easel_sketch.scenery.vector.stage import Stage


@dataclass(frozen=True, slots=True)
class Weather:
    """Where the sun or the moon is and its radius, where the land begins, and whether it snows or rains.

    Places are shares of the width or the height, the radius of the shorter side.
    """

    sun_x: float = 0.78
    sun_y: float = 0.2
    sun_r: float = 0.085
    horizon: float = 0.6
    snows: bool = False
    rains: bool = False


def ridge(stage: Stage, base: float, swing: float, waves: int, fill: str) -> str:
    """A soft hill line across the whole stage, filled down to the lower edge."""
    step = stage.w / waves
    points = [(-step + i * step, base + stage.rng.uniform(-swing, swing)) for i in range(waves + 3)]
    x, y = points[0]
    return path(f"M{x:.1f} {y:.1f}{smooth(points)}V{stage.h:.1f}H{x:.1f}Z", fill)


def _pine(stage: Stage, x: float, foot: float, tall: float, tone: str) -> str:
    return plants.pine(x, foot, tall, (tone, mix(tone, stage.light.halo, 0.1)), stage.rng)


def has_blooms(stage: Stage) -> bool:
    """Whether flowers show: not on a dark image of low quality, where they would be stray specks."""
    return stage.season not in ("autumn", "winter") and (stage.detail > LOW or not stage.dark)


def _ground(stage: Stage, top: float, near: str, far: str) -> str:
    """The ground that figures stand on, darker towards the viewer."""
    points = [
        (-stage.w * 0.1, top + stage.h * 0.03),
        (stage.w * 0.3, top - stage.h * 0.012),
        (stage.w * 0.72, top + stage.h * 0.018),
        (stage.w * 1.1, top - stage.h * 0.01),
    ]
    d = trace("M", *points[0]) + smooth(points) + trace("V", stage.h, "H", -stage.w * 0.1, "Z")
    return fall("ground", far, near) + path(d, "url(#ground)" if stage.detail else near)


def _grassy(stage: Stage, top: float) -> str:
    light = stage.light
    green = _ground(stage, stage.h * top, mix(light.near, light.deep, 0.2), mix(light.near, light.mid, 0.35))
    if stage.season == "winter":
        return green + _drifts(stage, top)
    return green + meadow(stage, stage.h * (top + 0.05), stage.h * 0.98, blooms=has_blooms(stage))


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
    light, w, h, edge = stage.light, stage.w, stage.h, weather.horizon
    parts = [
        ridge(stage, h * (edge - 0.1), h * 0.035, 3, mix(light.far, light.low, 0.35)),
        ridge(stage, h * (edge - 0.05), h * 0.03, 4, light.far),
        ridge(stage, h * edge, h * 0.022, 3, light.mid),
    ]
    tone = mix(light.mid, light.deep, 0.45)
    for _ in range((5, 10, 16)[stage.detail]):
        x, size = stage.rng.uniform(0, w), h * stage.rng.uniform(0.03, 0.06)
        y = h * (edge + stage.rng.uniform(-0.015, 0.02))
        parts.append(_copse(stage, x, y, size, mix(tone, light.far, stage.rng.random() * 0.4)))
    parts += _pines(stage, edge, 0.11, (7, 10, 14)[stage.detail], mix(tone, light.deep, 0.3), aside=0.3)
    return "".join([*parts, _grassy(stage, edge)])


def _pines(stage: Stage, edge: float, tall: float, count: int, tone: str, aside: float = 0.0) -> list[str]:
    """Conifers at the horizon, at least `aside` of the width from the middle, where the figures are."""
    parts = []
    for i in range(count):
        x, size = (i + stage.rng.random()) / count, stage.h * tall * stage.rng.uniform(0.7, 1.4)
        if abs(x - 0.5) >= aside:
            parts.append(_pine(stage, stage.w * x, stage.h * (edge + 0.02) + size * 0.15, size, tone))
    return parts


def _copse(stage: Stage, x: float, foot: float, size: float, tone: str) -> str:
    """A round bush or a small tree, far away."""
    if stage.rng.random() < 0.35:
        return _pine(stage, x, foot, size * 1.7, tone)
    puffs = ((-0.5, 0.3, 0.36), (0.45, 0.3, 0.34), (0, 0.52, 0.48))
    return "".join(circle(x + dx * size, foot - dy * size, r * size, tone) for dx, dy, r in puffs)


def forest(stage: Stage, weather: Weather) -> str:
    light, w, h, edge = stage.light, stage.w, stage.h, weather.horizon
    snowy, leaf = stage.season == "winter", crown_of(stage)
    parts = [ridge(stage, h * (edge - 0.1), h * 0.03, 3, mix(light.far, light.low, 0.3))]
    for depth, (foot, tall, count) in enumerate(((edge - 0.02, 0.22, 17), (edge + 0.02, 0.32, 12))):
        tone = mix(mix(light.far, light.deep, 0.3 + 0.25 * depth), leaf, 0.25)
        for i in range(count):
            x, size = w * (i + stage.rng.random()) / count, h * tall * stage.rng.uniform(0.75, 1.15)
            parts.append(_pine(stage, x, h * foot, size, mix(tone, light.low, stage.rng.random() * 0.12)))
    parts.append(_grassy(stage, edge))
    foot = h * (edge + 0.1)
    for x, size in ((0.02, 0.62), (0.98, 0.66), (0.15, 0.44), (0.86, 0.46)):
        tree = (
            great_pine(stage, w * x, foot, h * size, mix(light.near, light.deep, 0.4), snowy=True)
            if snowy
            else broad_tree(stage, w * x, foot, h * size, mix(leaf, light.deep, 0.1 + 0.2 * stage.rng.random()))
        )
        parts.append(tree)
    return "".join(parts)


def mountains(stage: Stage, weather: Weather) -> str:
    light, w, h, edge = stage.light, stage.w, stage.h, weather.horizon
    rock = mix(light.far, "#6f7fa0", 0.5)
    parts = [ridge(stage, h * (edge - 0.1), h * 0.03, 3, light.far)]
    for x, top, wide, shade in ((0.14, 0.24, 0.34, 0.1), (0.86, 0.2, 0.36, 0.18), (0.5, 0.3, 0.4, 0.0)):
        half = max(w * wide, h * 0.3)
        parts.append(_peak(stage, w * x, h * top, h * (edge + 0.02), half, mix(rock, light.middle, shade)))
    tone = mix(light.deep, light.far, 0.25)
    parts += _pines(stage, edge, 0.07, (8, 16, 26)[stage.detail], tone)
    parts += _pines(stage, edge, 0.13, (6, 10, 14)[stage.detail], tone, aside=0.22)
    return "".join([*parts, _grassy(stage, edge)])


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


def beach(stage: Stage, weather: Weather) -> str:
    """The open sea to the horizon, and sand in front."""
    sand = mix("#f0dcae", stage.light.middle, 0.4 if stage.dark else 0.08)
    shore = stage.h * (weather.horizon + 0.14)
    parts = [_water(stage, stage.h * (weather.horizon - 0.1), shore + stage.h * 0.06)]
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
    grain, wet, rng = mix(sand, "#8a6a3c", 0.4), shore + stage.h * 0.05, stage.rng
    spots = (
        circle(rng.uniform(0, stage.w), rng.uniform(wet, stage.h), rng.uniform(1.2, 3.4) * stage.u, grain)
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
    """Rows of waves, larger and darker towards the viewer; a low sun is reflected in them."""
    light, h = stage.light, stage.h
    rows, top = (4, 5, 6)[stage.detail], weather.horizon - 0.08
    parts = []
    for row in range(rows):
        near = row / (rows - 1)
        tone = mix(mix(light.water, light.halo, 0.3), mix(light.water, light.deep, 0.3), near)
        parts.append(_waves(stage, h * (top + (0.94 - top) * near), h * (0.006 + 0.006 * row), row, tone))
    if weather.sun_y + weather.sun_r > top and not stage.dark:
        parts.append(_reflection(stage, stage.w * weather.sun_x, h * top, min(stage.w, h) * weather.sun_r))
    return "".join(parts)


def _waves(stage: Stage, y: float, swell: float, row: int, fill: str) -> str:
    length = stage.w / (9 - row)
    start = -length * (1 + (row % 2) * 0.5 + 0.3 * stage.rng.random())
    count = int(stage.w / length) + 4
    crest = f"M{start:.1f} {y:.1f}" + "".join(
        f"q{length / 4:.1f} {-swell * 2:.1f} {length / 2:.1f} 0t{length / 2:.1f} 0" for _ in range(count)
    )
    foam = stroke(crest, mix(fill, stage.light.bright, 0.5), 2 * stage.u) if stage.detail else ""
    return path(f"{crest}V{stage.h:.1f}H{start:.1f}Z", fill) + foam


def _reflection(stage: Stage, x: float, top: float, r: float) -> str:
    """The sun on the water: short bars, narrower and fainter towards the viewer."""
    parts = []
    for i in range((7, 11, 15)[stage.detail]):
        wide = r * 1.9 * (1 - i * 0.05) * stage.rng.uniform(0.7, 1)
        y = top + (6 + i * 8 + i * i * 0.9) * stage.u * 1.25
        tone = mix(stage.light.sun, stage.light.far, min(1, i / 9))
        at = x - wide / 2 + stage.rng.uniform(-14, 14) * stage.u
        parts.append(rect(at, y, wide, (4 + i * 0.5) * stage.u, tone, 4, f'opacity="{max(0.15, 0.9 - i * 0.06):.2f}"'))
    return "".join(parts)


def bay(stage: Stage, weather: Weather) -> str:
    """Open water between wooded banks."""
    light, w, h, top = stage.light, stage.w, stage.h, stage.h * (weather.horizon - 0.08)
    parts = [ridge(stage, top - h * 0.02, h * 0.012, 7, light.far), open_water(stage, weather)]
    foot, tone = top + h * 0.03, mix(light.mid, light.deep, 0.6)
    for edge, inward in ((0.0, w), (w, -w)):
        curve = (inward * 0.18, -h * 0.012, inward * 0.3, h * 0.022)
        parts.append(path(trace("M", edge, foot - h * 0.02, "q", *curve, "L", edge, foot + h * 0.02, "Z"), tone))
        for share, tall in ((0.02, 0.26), (0.09, 0.18), (0.16, 0.11), (0.21, 0.08)):
            parts.append(_copse(stage, edge + inward * share, foot, h * tall * stage.rng.uniform(0.6, 0.8), tone))
    return "".join(parts)


def lake(stage: Stage, weather: Weather) -> str:
    light, h, edge = stage.light, stage.h, weather.horizon
    parts = [
        ridge(stage, h * (edge - 0.13), h * 0.03, 3, light.far),
        ridge(stage, h * (edge - 0.08), h * 0.02, 4, mix(light.mid, light.deep, 0.2)),
        _water(stage, h * (edge - 0.06), h * (edge + 0.14)),
    ]
    return "".join([*parts, _grassy(stage, edge + 0.1)])


def desert(stage: Stage, weather: Weather) -> str:
    light, h, edge = stage.light, stage.h, weather.horizon
    sand = mix("#eec27c", light.middle, 0.35 if stage.dark else 0.05)
    tones = [mix(sand, light.low, 0.4), mix(sand, "#d39a5a", 0.25)]
    parts = [ridge(stage, h * (edge - 0.08 + 0.06 * i), h * 0.035, 2, tone) for i, tone in enumerate(tones)]
    return "".join([*parts, _ground(stage, h * (edge + 0.04), mix(sand, "#c98a4b", 0.2), sand)])


def city(stage: Stage, weather: Weather) -> str:
    """Three rows of buildings, low in the middle, where the figures are; pavement and a road in front."""
    light, w, h, edge = stage.light, stage.w, stage.h, weather.horizon
    grey = mix(light.far, "#55607a", 0.55)
    rows = ((mix(light.far, light.low, 0.3), 0.36), (mix(grey, light.far, 0.4), 0.32), (grey, 0.24))
    parts = []
    for depth, (tone, tall) in enumerate(rows):
        parts.append(_buildings(stage, tone, h * (edge - 0.02 + 0.03 * depth), h * tall, windows=depth > 0))
    pave = mix("#c9c3ba", light.near, 0.75) if stage.dark else mix("#c9c3ba", light.middle, 0.3)
    road, top, dash = mix(pave, "#3c4356", 0.6), h * (edge + 0.06), w / 14
    parts += [fall("ground", pave, mix(pave, light.deep, 0.15)), rect(0, top, w, h - top, "url(#ground)")]
    parts += [rect(0, h * 0.93, w, h * 0.07, road)]
    return "".join([*parts, *(rect((i + 0.2) * dash, h * 0.96, dash * 0.6, h * 0.008, pave, 3) for i in range(14))])


def _buildings(stage: Stage, tone: str, foot: float, tall: float, *, windows: bool) -> str:
    parts, x = [], -stage.w * 0.02
    while x < stage.w:
        wide = stage.w * stage.rng.uniform(0.05, 0.1)
        middle = 1 - abs((x + wide / 2) / stage.w - 0.5) * 2
        high = tall * stage.rng.uniform(0.5, 1.0) * (1 - 0.4 * middle)
        parts.append(rect(x, foot - high, wide + 1, high + stage.h * 0.1, tone))
        if windows and stage.detail:
            parts += _panes(stage, x, foot - high, wide, high, tone)
        x += wide
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


def moon(stage: Stage, weather: Weather) -> str:
    """The ground of the moon, with the earth in the sky."""
    w, h, edge = stage.w, stage.h, weather.horizon
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
    parts += [ridge(stage, h * edge, h * 0.02, 3, "#8089b0"), _ground(stage, h * (edge + 0.06), "#8f97b8", grey)]
    for i in range((4, 9, 14)[stage.detail]):
        cx, cy = stage.rng.uniform(0, w), h * (edge + 0.11 + 0.02 * i)
        size = (20 + 5 * i) * stage.u * stage.rng.uniform(0.7, 1.3)
        parts.append(
            oval(cx, cy, size, size * 0.26, "#7b83a6") + oval(cx, cy + size * 0.06, size * 0.9, size * 0.2, "#9aa2c2")
        )
    return "".join(parts)
