"""Running water: a fall between rocks, and a river in its valley."""

import itertools

import numpy as np

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.ink import circle, path, trace
from easel_sketch.scenery import plants
from easel_sketch.scenery.raster import relief, things, vegetation, water
from easel_sketch.scenery.raster.field import Field, blend, cells, colour, enlarged, falloff, noise
from easel_sketch.scenery.raster.relief import Layer
from easel_sketch.scenery.raster.view import View


def waterfall(view: View) -> None:
    """A fall between two rock walls with trees on them, into a pool with stones and spray."""
    _w, h, light = view.w, view.h, view.light
    rock, leaf = mix(relief.material("ground", "rock"), "#6a6a58", 0.4), vegetation.leaves(view)
    jungle = view.has("jungle", "tropical")
    x = (0.5, 0.42, 0.58, 0.48)[view.plan.layout]
    half = (0.075, 0.11, 0.06, 0.14)[view.plan.layout]
    lip, pool = 0.3, 0.74
    relief.add(view, Layer(0.36, 0.16, 3, 4, mix(leaf, "#8aa0b0", 0.5), 0.72, faces=0.6))
    # The back wall that the water falls over, then the nearer walls at both sides.
    back = relief.along(
        view, ((0, 0.16), (x - half, lip - 0.01), (x, lip), (x + half, lip - 0.01), (1, 0.2)), 0.012, 12
    )
    vegetation.row_of_trees(view, back, 0.34, 0.1, 26, jungle=jungle)
    relief.fill(view, Layer(pool, pool - lip, 5, 5, rock, 0.3, sharp=True, faces=1.3, strata=0.14), back)
    _falling(view, x, half, lip, pool)
    reach = half + 0.05
    for points in (
        (
            (0, 0.1),
            ((x - reach) * 0.6, 0.2),
            ((x - reach) * 0.92, 0.36),
            (x - reach * 0.94, pool + 0.03),
            (1, pool + 0.5),
        ),
        (
            (0, pool + 0.5),
            (x + reach * 0.94, pool + 0.03),
            (1 - (1 - x - reach) * 0.92, 0.4),
            (1 - (1 - x - reach) * 0.5, 0.24),
            (1, 0.14),
        ),
    ):
        top = relief.along(view, points, 0.03, 16)
        vegetation.row_of_trees(view, np.where(top < h * 0.5, top, np.float32(h * 2)), 0.14, 0.14, 22, jungle=jungle)
        relief.fill(view, Layer(pool, 0.5, 5, 5, rock, 0.1, sharp=True, faces=1.5, strata=0.12), top)
        _moss(view, top, leaf)
    deep = mix(water.tint_of(view, "#1f7a80"), light.land, 0.15)
    water.mirror(view, int(h * pool), deep, rough=0.3)
    if view.plan.layout % 2:
        _falling(view, x + (half + 0.09) * (1 if x < 0.5 else -1), 0.022, lip + 0.04, pool)
    _spray(view, x, half, pool)
    _stones(view, x, pool, rock)
    view.crossing, view.span = (x * view.w, h * 0.88), view.w * 0.24
    view.bank, view.ground, view.surface = h * pool, (h * 0.93, h * 0.97), (h * (pool + 0.06), h * 0.9)


def _falling(view: View, x: float, half: float, lip: float, foot: float) -> None:
    """White water in strands, brighter in the middle, widening a little downwards."""
    w, h = view.w, view.h
    top, rows = int(h * lip) - 3, int(h * (foot - lip)) + 6
    cell = 2
    columns, lines = cells(w, cell), cells(rows, cell)
    strands = noise(view.rng, columns, lines, 190, 3, 3)
    y = np.linspace(0, 1, lines, dtype=np.float32)[:, None]
    across = (np.arange(columns, dtype=np.float32)[None] / np.float32(columns) - np.float32(x)) / np.float32(half)
    ragged = noise(view.rng, lines, 2, 20, 1, 4)[0][:, None] - np.float32(0.5)
    inside = np.clip((1 + y * np.float32(0.16) + ragged * np.float32(0.22) - np.abs(across)) * 9, 0, 1)
    share = inside * np.clip(np.float32(0.5) + (strands - np.float32(0.36)) * np.float32(2.4), 0.35, 1)
    bright = np.clip(strands * np.float32(1.9) - np.float32(0.25), 0, 1)
    pale, blue = colour(view.light.on("#ffffff")), colour(view.light.off("#a9c9d8"))
    planes = blue[:, None, None] + (pale - blue)[:, None, None] * bright[None]
    blend(view.image[:, top : top + rows], enlarged(planes, cell, w, rows), enlarged(share, cell, w, rows))


def _spray(view: View, x: float, half: float, foot: float) -> None:
    """Mist where the water meets the pool."""
    w, h, cell = view.w, view.h, 6
    first, last = int(h * (foot - 0.14)), min(h, int(h * (foot + 0.08)))
    rows, columns = cells(last - first, cell), cells(w, cell)
    y = (np.linspace(first, last, rows, dtype=np.float32)[:, None] / np.float32(h) - np.float32(foot)) / np.float32(
        0.055
    )
    across = (np.linspace(0, 1, columns, dtype=np.float32)[None] - np.float32(x)) / np.float32(half * 1.5)
    lumps = noise(view.rng, columns, rows, 12, 5, 3)
    share = np.clip(falloff((y * y + across * across) * np.float32(0.7)) * (lumps + np.float32(0.5)), 0, 0.92)
    tone = mix(view.light.on("#ffffff"), view.light.haze, 0.25)
    blend(view.image[:, first:last], tone, enlarged(share, cell, w, last - first))


def _stones(view: View, x: float, pool: float, rock: str) -> None:
    w, h, light, parts = view.w, view.h, view.light, []
    for _ in range(26):
        depth = float(view.rng.random())
        aside = float(view.rng.uniform(0.12, 0.56)) * (1 if view.rng.random() < 0.5 else -1)
        sx, sy, r = (
            w * (x + aside),
            h * (pool + 0.03 + 0.24 * depth),
            h * (0.014 + 0.05 * depth) * float(view.rng.uniform(0.6, 1.2)),
        )
        parts.append((sy, _stone(view, sx, sy, r, rock)))
    parts += [(h * 2.0, _stone(view, w * (0.5 + side * 0.44), h * 1.0, h * 0.15, rock)) for side in (-1, 1)]
    view.overlay("".join(part for _, part in sorted(parts)), h * pool)
    tone = mix(light.land, light.off("#3c6a44"), 0.5)
    view.overlay(plants.grass(w, h + 4, view.rng, tall=h * 0.07, count=round(w / 14), tone=tone), h * 0.9)


def _stone(view: View, x: float, y: float, r: float, rock: str) -> str:
    """One boulder: a lit top and a dark foot."""
    light, rng = view.light, view.rng
    a, b, c = (float(rng.uniform(0.8, 1.2)) for _ in range(3))
    body = trace(
        *("M", x - r * 1.5 * a, y + r * 0.1),
        *("C", x - r * 1.3, y - r * 0.9 * b, x + r * 0.6, y - r * 1.2 * c, x + r * 1.5, y + r * 0.1, "Z"),
    )
    top = trace(
        *("M", x - r * 1.3 * a, y - r * 0.2),
        *("C", x - r, y - r * 0.9 * b, x + r * 0.5, y - r * 1.15 * c, x + r * 1.1, y - r * 0.35),
        *("Q", x, y - r * 0.35, x - r * 1.3 * a, y - r * 0.2, "Z"),
    )
    return path(body, light.off(mix(rock, "#2b2f33", 0.35))) + path(
        top, mix(light.on(mix(rock, "#7a7f74", 0.4)), light.off(rock), 0.35)
    )


def _moss(view: View, top: Field, leaf: str) -> None:
    """Green tufts that hang over the crest of a wall."""
    parts, light = [], view.light
    for _ in range(150):
        at = int(view.rng.integers(0, view.w))
        y = float(top[at])
        gentle = abs(float(top[min(view.w - 1, at + 6)]) - float(top[max(0, at - 6)])) < view.h * 0.03
        if gentle and y < view.h * 0.66:
            r = view.h * float(view.rng.uniform(0.012, 0.034))
            tone = light.on(leaf) if view.rng.random() < 0.45 else light.off(leaf)
            parts.append(circle(at, y + view.h * float(view.rng.uniform(-0.006, 0.03)), r, tone, 'opacity=".8"'))
    view.overlay("".join(parts), 0, view.h * 0.84)


def river(view: View) -> None:
    """A valley: hills or mountains, and a river that winds from the horizon to the viewer between meadows."""
    w, h, light = view.w, view.h, view.light
    leaf, edge = vegetation.leaves(view), view.horizon / view.h
    if view.has("mountains", "snow", "valley"):
        rock = relief.material("ground", "rock")
        relief.add(view, Layer(edge + 0.01, 0.26, 5, 6, rock, 0.62, sharp=True, snow=0.5, faces=1.0))
    else:
        relief.add(view, Layer(edge + 0.01, 0.17, 3, 4, mix(leaf, "#8aa0b0", 0.5), 0.68, faces=0.6))
    for points, haze in (
        (((0, edge - 0.12), (0.42, edge + 0.02), (1, edge + 0.04)), 0.42),
        (((0, edge + 0.04), (0.55, edge + 0.03), (1, edge - 0.14)), 0.36),
    ):
        top = relief.along(view, points, 0.02, 5)
        vegetation.row_of_trees(view, top, haze - 0.04, 0.045, 26)
        relief.fill(view, Layer(edge, 0.14, 3, 4, leaf, haze, faces=0.8), top)
    ground = Layer(edge + 0.04, 0.5, 2, 3, mix(leaf, "#c3b65a", 0.25), 0.16, foot=edge + 0.1, level=True)
    relief.fill(view, ground, relief.along(view, ((0, edge + 0.035), (1, edge + 0.04)), 0.006, 4))
    x = view.side(0.44) / w
    bends = _winding(x, edge + 0.04, view.plan.layout)
    banks = [(px - wide * 1.16, py) for px, py, wide in bends] + [
        (px + wide * 1.16, py + 0.004) for px, py, wide in reversed(bends)
    ]
    view.overlay(path(curve(view, banks), light.off(mix(leaf, "#8a7350", 0.6))), view.horizon)
    course = [(px - wide, py) for px, py, wide in bends] + [(px + wide, py) for px, py, wide in reversed(bends)]
    shore = int(h * (edge + 0.036))
    tint = mix(water.tint_of(view, "#2f7f92"), light.sky[-2], 0.25)
    water.within(view, path(curve(view, course), "#fff"), shore, tint, rough=0.2)
    _trees_on_banks(view, bends)
    vegetation.blossoms(view, view.h * 0.84)
    view.bank, view.surface = h * (edge + 0.05), (h * (edge + 0.2), h * 0.84)
    cx, cy, wide = bends[3]
    view.crossing, view.span = (cx * w, cy * h), wide * w * 2.6
    view.ground = (h * (edge + 0.2), h * 0.9)
    things.on_shore(view)


def _winding(x: float, top: float, layout: int) -> list[tuple[float, float, float]]:
    """The middle of a river and half its width, from far to near."""
    way = -1 if layout % 2 else 1
    swings = (0.0, 0.05, -0.06, 0.1, -0.16, 0.1)
    count = len(swings) - 1
    points = []
    for place, swing in enumerate(swings):
        share = place / count
        depth = share * share * 0.9 + share * 0.1
        points.append(
            (x + way * swing * (0.5 + share), top + (1.06 - top) * depth, 0.008 + 0.24 * depth * depth + 0.05 * depth)
        )
    return points


def curve(view: View, points: list[tuple[float, float]]) -> str:
    """A closed smooth shape through points: down one side, and back up the other."""
    half = len(points) // 2
    parts = []
    for place, side in enumerate((points[:half], points[half:])):
        at = [(x * view.w, y * view.h) for x, y in side]
        parts.append(trace("M" if not place else "L", *at[0]))
        for (x0, y0), (x1, y1) in itertools.pairwise(at):
            middle = (y0 + y1) / 2
            parts.append(trace("C", x0, middle, x1, middle, x1, y1))
    return " ".join([*parts, "Z"])


def _trees_on_banks(view: View, bends: list[tuple[float, float, float]]) -> None:
    parts = []
    for (x, y, wide), side in zip(bends[1:5] * 2, (-1, -1, -1, -1, 1, 1, 1, 1), strict=True):
        if view.rng.random() < 0.78:
            at = x + side * (wide * 1.25 + float(view.rng.uniform(0.03, 0.1)))
            tall = view.h * (0.05 + 0.34 * (y - bends[0][1]))
            if -0.05 < at < 1.05 and y < 0.86:
                parts.append(
                    (y, vegetation.broad(view, at, view.h * (y + 0.01), tall, max(0.0, 0.3 - (y - bends[0][1]))))
                )
    view.overlay("".join(part for _, part in sorted(parts)))
