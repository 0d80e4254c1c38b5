"""Places that people planted: orchard, park, garden, a path between trees."""

import itertools

import numpy as np

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.ink import circle, oval, path, rect, trace
from easel_sketch.scenery.raster import relief, vegetation, water
from easel_sketch.scenery.raster.craft import cottage, lamp
from easel_sketch.scenery.raster.green import backdrop, level_ground
from easel_sketch.scenery.raster.view import View


def orchard(view: View) -> None:
    """Rows of fruit trees with fruit or, in spring, blossom."""
    w, h, _light, edge = view.w, view.h, view.light, view.horizon / view.h
    leaf = vegetation.leaves(view)
    backdrop(view)
    level_ground(view, mix(leaf, "#a8c45a", 0.3))
    trees = []
    for row in range(5):
        depth = (row / 4) ** 1.6
        y, tall = h * (edge + 0.05 + 0.34 * depth), h * (0.1 + 0.36 * depth)
        step = tall * 0.86
        for i in range(-7, 8):
            x = view.side(0.5) + (i + 0.5) * step * 1.25
            if -tall < x < w + tall:
                trees.append(vegetation.broad(view, x / w, y, tall, 0.3 * (1 - depth)))
                trees += [_fruit(view, x, y, tall, 0.3 * (1 - depth))] if view.season != "winter" else []
    view.overlay("".join(trees))
    vegetation.meadow_grass(view)
    view.stood.add("deciduous-tree")


def _fruit(view: View, x: float, foot: float, tall: float, haze: float) -> str:
    tone = view.light.on("#fbe3ea" if view.season == "spring" else "#d8342c", haze)
    count = 26 if view.season == "spring" else 12
    spots = ((float(view.rng.uniform(-0.22, 0.22)), float(view.rng.uniform(0.52, 0.84))) for _ in range(count))
    return "".join(circle(x + dx * tall, foot - up * tall, tall * 0.019, tone) for dx, up in spots)


def _trail(view: View, stone: str, *, paved: bool, foot: float, wide: float = 0.2) -> None:
    """A path that winds from the viewer to the horizon; with stones if it is paved."""
    w, h, light = view.w, view.h, view.light
    x, way = view.side(0.5), 1 if view.plan.layout % 2 else -1
    spine = []
    for i in range(25):
        t = i / 24
        depth = t * t * 0.85 + t * 0.15
        bend = way * w * 0.1 * float(np.float32((t - 0.15) * (t - 0.6) * (t - 1.0)) * 10) * (0.3 + t)
        spine.append((x + bend, foot + (h * 1.04 - foot) * depth, w * (0.008 + wide * depth)))
    left = [(px - half, py) for px, py, half in spine]
    right = [(px + half, py) for px, py, half in reversed(spine)]
    outline = " ".join([trace("M", *left[0]), *(trace("L", *point) for point in (*left[1:], *right)), "Z"])
    base, parts = light.off(mix(stone, "#6a5a44", 0.3) if paved else stone), []
    parts = [path(outline, base)]
    for (px, py, half), (qx, qy, more) in itertools.pairwise(spine):
        high = qy - py
        if not paved:
            parts.append(
                path(
                    trace(
                        *("M", px - half * 0.7, py, "L", px + half * 0.5, py, "L", qx + more * 0.5, qy),
                        *("L", qx - more * 0.7, qy, "Z"),
                    ),
                    light.on(stone),
                    'opacity=".8"',
                )
            )
            continue
        for column in range(4):
            share, size = (
                -0.75 + 0.5 * column + float(view.rng.uniform(-0.06, 0.06)),
                float(view.rng.uniform(0.21, 0.25)),
            )
            tone = mix(light.on(stone), light.off(stone), float(view.rng.random()) * 0.5)
            parts.append(
                oval(
                    (px + qx) / 2 + share * (half + more) / 2,
                    py + high * 0.5,
                    (half + more) / 2 * size,
                    high * 0.44,
                    tone,
                )
            )
    view.overlay("".join(parts), foot - 2)


def path_walk(view: View) -> None:
    """A path between trees, of stones if the plan asks for them."""
    paved = view.has("stone")
    stone = "#b3aa9c" if paved else "#c9a878"
    h, leaf, edge = view.h, vegetation.leaves(view), view.horizon / view.h
    backdrop(view)
    for place in range(2):
        top = relief.along(view, ((0, edge - 0.02), (0.5, edge + 0.03), (1, edge - 0.02)), 0.01, 5)
        vegetation.row_of_trees(view, top, 0.46 - 0.16 * place, 0.16, 22)
    level_ground(view, mix(leaf, "#8fae4a", 0.25), haze=0.14)
    _trail(view, stone, paved=paved, foot=h * (edge + 0.04))
    avenue = []
    for i in range(6):
        depth = (i / 5) ** 1.7
        for side in (-1, 1):
            x = 0.5 + side * (0.07 + 0.5 * depth) + (view.side(0.5) / view.w - 0.5)
            tall = h * (0.16 + 0.74 * depth)
            avenue.append((depth, vegetation.broad(view, x, h * (edge + 0.06 + 0.36 * depth), tall, 0.3 * (1 - depth))))
    view.overlay("".join(drawn for _, drawn in avenue))
    vegetation.blossoms(view, h * (edge + 0.1))
    if view.season == "autumn":
        _fallen(view, h * (edge + 0.14))
    vegetation.meadow_grass(view, gap=True)
    view.stood.add("deciduous-tree")


def _fallen(view: View, first: float) -> None:
    """Fallen leaves on the ground."""
    tones, parts = ("#d9822b", "#c2452d", "#e0b23c", "#a8602a"), []
    for _ in range(420):
        depth = float(view.rng.random())
        r = view.h * (0.0015 + 0.006 * depth)
        tone = view.light.on(tones[int(view.rng.integers(0, 4))])
        parts.append(oval(float(view.rng.random()) * view.w, first + (view.h - first) * depth, r * 1.6, r * 0.7, tone))
    view.overlay("".join(parts), first - 4)


def park(view: View) -> None:
    """A lawn with a path, a bench, a lamp, broad trees and a pond."""
    w, h, light, edge = view.w, view.h, view.light, view.horizon / view.h
    leaf = vegetation.leaves(view)
    backdrop(view)
    vegetation.row_of_trees(view, relief.along(view, ((0, edge), (1, edge)), 0.01, 5), 0.4, 0.15, 24)
    level_ground(view, mix(leaf, "#9fc45a", 0.35), haze=0.1)
    if view.plan.layout in (0, 3) or view.has("lake"):
        x, y = view.side(0.8), h * (edge + 0.16)
        view.overlay(oval(x, y, w * 0.215, h * 0.056, light.off(mix(leaf, "#8a7a50", 0.5))))
        pond = oval(x, y, w * 0.205, h * 0.048, "#fff")
        water.within(view, pond, int(y - h * 0.05), water.tint_of(view, "#3f8f9a"), rough=0.1)
    _trail(view, "#d6c29a", paved=False, foot=h * (edge + 0.05), wide=0.13)
    parts = []
    for x, y, tall in ((0.1, 0.12, 0.34), (0.32, 0.08, 0.22), (0.94, 0.26, 0.56), (0.66, 0.06, 0.2)):
        parts.append(
            (y, vegetation.broad(view, view.side(x) / w, h * (edge + y), h * tall, 0.2 - 0.6 * y if y < 0.3 else 0.0))
        )
    parts.append((0.24, lamp(view, view.side(0.4), h * (edge + 0.2), h * 0.22, 0.04, "")))
    parts.append((0.3, _bench(view, view.side(0.22), h * (edge + 0.26), h * 0.1)))
    view.overlay("".join(drawn for _, drawn in sorted(parts)))
    if view.season == "autumn":
        _fallen(view, h * (edge + 0.14))
    vegetation.blossoms(view, h * (edge + 0.24))
    vegetation.meadow_grass(view, gap=True)
    view.stood |= {"deciduous-tree", "street-light"}


def _bench(view: View, x: float, foot: float, tall: float) -> str:
    wood, iron, t = view.light.on("#a8703f"), view.light.off("#33363a"), tall
    legs = "".join(rect(x + t * dx, foot - t * 0.45, t * 0.06, t * 0.45, iron) for dx in (-0.85, 0.78))
    slats = "".join(rect(x - t, foot - t * up, t * 2, t * 0.11, wood) for up in (0.96, 0.8, 0.64))
    return legs + slats + rect(x - t * 1.02, foot - t * 0.48, t * 2.04, t * 0.1, view.light.off("#a8703f"))


def garden(view: View) -> None:
    """Flower beds along a path of stones, hedges, a tree, and a cottage or an arch at the end."""
    w, h, light, edge = view.w, view.h, view.light, view.horizon / view.h
    leaf = vegetation.leaves(view)
    vegetation.row_of_trees(view, relief.along(view, ((0, edge + 0.02), (1, edge + 0.02)), 0.01, 5), 0.36, 0.2, 22)
    level_ground(view, mix(leaf, "#8fbf55", 0.3), haze=0.08)
    hedge = light.off(mix(leaf, "#2f5a34", 0.4), 0.14)
    parts = [
        oval(w * (i + 0.5) / 26, h * (edge + 0.03), w * 0.03, h * 0.045, mix(hedge, light.on(leaf), 0.25 * (i % 3) / 2))
        for i in range(26)
    ]
    if view.plan.layout in (0, 2):
        parts.append(cottage(view, view.side(0.5), h * (edge + 0.065), h * 0.24, 0.1, ""))
        view.stood.add("cottage")
    view.overlay("".join(parts))
    _trail(view, "#c9bda8", paved=True, foot=h * (edge + 0.06), wide=0.11)
    beds, tones = [], ("#e0457a", "#f2b632", "#8f5fd0", "#f28a6a", "#ffffff", "#d8342c")
    bloom = view.season != "winter"
    for i in range(230):
        depth = ((i + float(view.rng.random())) / 230) ** 0.8
        side = -1 if view.rng.random() < 0.5 else 1
        near = 0.035 + 0.15 * depth
        x = view.side(0.5) + side * w * (near + float(view.rng.random()) * (0.1 + 0.42 * depth))
        y, r = h * (edge + 0.09 + (0.93 - edge) * depth), h * (0.008 + 0.034 * depth)
        beds.append(circle(x, y, r * 1.25, light.off(mix(leaf, "#3f7a3a", 0.3)) if i % 2 else light.on(leaf)))
        if bloom:
            tone = light.on(tones[int(view.rng.integers(0, 6))])
            spots = ((float(view.rng.uniform(-1, 1)), float(view.rng.uniform(-1, 0.4))) for _ in range(5))
            beds += [circle(x + dx * r, y + dy * r, r * 0.34, tone) for dx, dy in spots]
    view.overlay("".join(beds))
    view.ground = (h * (edge + 0.16), h * 0.9)
