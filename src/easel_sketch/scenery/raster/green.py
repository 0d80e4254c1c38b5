"""Places with plants: meadow, savanna, jungle, swamp, oasis, farm, orchard, park, garden, a path."""

import numpy as np

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.ink import circle, oval, path, rect, stroke, trace
from easel_sketch.scenery import plants
from easel_sketch.scenery.raster import relief, things, vegetation, water
from easel_sketch.scenery.raster.craft import cottage, lamp, windmill
from easel_sketch.scenery.raster.relief import Layer
from easel_sketch.scenery.raster.view import View


def _backdrop(view: View) -> None:
    """What is behind a green place: mountains if the plan asks for them, else hills and a line of trees."""
    edge, leaf = view.horizon / view.h, vegetation.leaves(view)
    if view.has("mountains", "snow"):
        rock = relief.material("ground", "rock")
        relief.add(view, Layer(edge + 0.01, 0.3, 5, 6, rock, 0.6, sharp=True, snow=0.5, faces=1.0))
    relief.add(
        view, Layer(edge + 0.01, (0.1, 0.14, 0.08, 0.12)[view.plan.layout], 3, 4, mix(leaf, "#8aa0b0", 0.5), 0.66)
    )


def _ground(view: View, material: str, *, down: float = 0.03, haze: float = 0.18) -> None:
    edge = view.horizon / view.h
    layer = Layer(edge + down, 0.5, 2.5, 3, material, haze, foot=edge + down + 0.04, level=True)
    relief.fill(
        view, layer, relief.along(view, ((0, edge + down), (0.5, edge + down + 0.012), (1, edge + down)), 0.008, 4)
    )


def meadow(view: View) -> None:
    """A flowering meadow before hills and trees."""
    leaf, edge = vegetation.leaves(view), view.horizon / view.h
    _backdrop(view)
    line = relief.along(view, ((0, edge + 0.02), (1, edge + 0.03)), 0.012, 5)
    vegetation.row_of_trees(view, line, 0.3, 0.09, 16 + 6 * view.detail)
    _ground(view, mix(leaf, "#c8c65a", 0.25), haze=0.2)
    relief.add(view, Layer(edge + 0.2, 0.06, 2, 3, mix(leaf, "#9fbf52", 0.3), 0.06, level=True))
    things.on_shore(view)
    vegetation.blossoms(view, view.h * (edge + 0.08), 520)
    vegetation.meadow_grass(view)


def savanna(view: View) -> None:
    """Dry grass to the horizon and acacias with flat crowns."""
    edge, straw = view.horizon / view.h, relief.material("ground", "dry-grass")
    relief.add(view, Layer(edge, 0.05, 3, 4, mix(straw, "#8a8fa0", 0.4), 0.7, faces=0.5))
    _ground(view, straw, down=0.0, haze=0.24)
    parts = []
    for _ in range(9):
        x = float(view.rng.random())
        parts.append(
            _acacia(view, view.w * x, view.h * (edge + 0.012), view.h * float(view.rng.uniform(0.03, 0.06)), 0.4)
        )
    parts.append(_acacia(view, view.side(0.74), view.h * (edge + 0.05), view.h * 0.15, 0.22))
    parts.append(
        _acacia(view, view.side((0.26, 0.32, 0.2, 0.28)[view.plan.layout]), view.h * (edge + 0.14), view.h * 0.44, 0.0)
    )
    view.overlay("".join(parts))
    tone = view.light.off(mix(straw, "#6a4a20", 0.3))
    view.overlay(
        plants.grass(view.w, view.h + 4, view.rng, tall=view.h * 0.12, count=round(view.w / 6), tone=tone),
        view.h * 0.82,
    )
    view.stood.add("deciduous-tree")
    view.ground = (view.h * (edge + 0.06), view.h * 0.92)


def _acacia(view: View, x: float, foot: float, tall: float, haze: float) -> str:
    light, t, rng = view.light, tall, view.rng
    bark, dark, bright = light.off("#5a4030", haze), light.off("#55702f", haze), light.on("#7f9a45", haze)
    parts = [
        stroke(
            trace("M", x, foot, "C", x - t * 0.03, foot - t * 0.3, x + t * 0.03, foot - t * 0.5, x, foot - t * 0.62),
            bark,
            t * 0.05,
        )
    ]
    for reach, up in ((-0.36, 0.74), (-0.16, 0.84), (0.14, 0.86), (0.36, 0.76)):
        parts.append(
            stroke(
                trace("M", x, foot - t * 0.52, "Q", x + t * reach * 0.4, foot - t * 0.72, x + t * reach, foot - t * up),
                bark,
                t * 0.022,
            )
        )
    for reach, up, wide in (
        (-0.32, 0.78, 0.32),
        (0.32, 0.8, 0.3),
        (0.0, 0.9, 0.42),
        (-0.12, 0.84, 0.3),
        (0.16, 0.85, 0.3),
    ):
        cx, cy = x + t * reach, foot - t * up
        parts.append(oval(cx, cy, t * wide, t * 0.055, dark))
        parts.append(oval(cx + t * 0.02, cy - t * 0.022, t * wide * 0.86, t * 0.034, bright))
        for _ in range(9):
            dx = float(rng.uniform(-0.9, 0.9)) * wide
            parts.append(
                oval(
                    cx + t * dx,
                    cy + t * float(rng.uniform(-0.04, 0.012)),
                    t * 0.07,
                    t * 0.03,
                    bright if rng.random() < 0.45 else dark,
                )
            )
    return "".join(parts)


def jungle(view: View) -> None:
    """Walls of leaves with palms and lianas, each nearer and darker, and light between them."""
    w, h, light, edge = view.w, view.h, view.light, view.horizon / view.h
    leaf = "#3f8a4a"
    for place in range(4):
        base, haze = edge - 0.04 + 0.11 * place, 0.66 - 0.18 * place
        top = relief.along(view, ((0, base - 0.06), (0.5, base + 0.02), (1, base - 0.06)), 0.02, 6)
        vegetation.row_of_trees(view, top, haze, 0.22 + 0.05 * place, 17 - 2 * place, jungle=True)
        relief.fill(view, Layer(base, 0.1, 6, 5, leaf, haze, faces=0.8), top)
    parts, dark = [], mix(light.land, light.off("#1f5a34"), 0.55)
    for _ in range(8):
        x = float(view.rng.random()) * w
        long, bend = h * float(view.rng.uniform(0.25, 0.6)), w * float(view.rng.uniform(-0.04, 0.04))
        parts.append(stroke(trace("M", x, -4, "Q", x + bend, long * 0.6, x + bend * 0.6, long), dark, h * 0.005))
    for side in (0, 1):
        for i in range(9):
            x = w * (side + (1 - 2 * side) * 0.03 * i)
            parts.append(
                _fan(
                    view,
                    x,
                    h * (1.02 - 0.02 * i),
                    h * float(view.rng.uniform(0.16, 0.34)),
                    1 - 2 * side,
                    mix(dark, light.on(leaf), 0.06 * i),
                )
            )
        parts.append(_fan(view, w * side, -h * 0.02, -h * 0.3, 1 - 2 * side, dark))
    view.overlay("".join(parts))
    view.stood.add("palm-tree")


def _fan(view: View, x: float, y: float, long: float, way: int, tone: str) -> str:
    """Leaves like those of a banana that spread from one foot."""
    parts = []
    for i in range(6):
        reach = abs(long) * (0.2 + 0.2 * i)
        tip_x, tip_y = x + way * reach, y - long * (1.15 - 0.17 * i)
        bend_x, bend_y = x + way * reach * 0.2, y - long * (0.9 - 0.06 * i)
        wide = abs(long) * 0.1
        parts.append(
            path(
                trace(
                    "M",
                    x,
                    y,
                    "Q",
                    bend_x - way * wide,
                    bend_y - wide,
                    tip_x,
                    tip_y,
                    "Q",
                    bend_x + way * wide * 1.3,
                    bend_y + wide,
                    x,
                    y,
                    "Z",
                ),
                tone,
            )
        )
    return "".join(parts)


def swamp(view: View) -> None:
    """Bare and mossy trees in still, dark water, with reeds and mist."""
    w, h, light, edge = view.w, view.h, view.light, view.horizon / view.h
    moss, parts = mix(vegetation.leaves(view), "#5a5f3a", 0.5), []
    relief.add(view, Layer(edge - 0.02, 0.08, 4, 4, moss, 0.66, faces=0.4))
    vegetation.grove(view, edge, 0.5, 0.2, 22)
    vegetation.grove(view, edge + 0.02, 0.34, 0.14, 16)
    for x, tall in ((0.14, 0.6), (0.3, 0.42), (0.72, 0.5), (0.9, 0.7)):
        parts.append(_drowned(view, view.side(x), h * (edge + 0.05), h * tall, 0.2))
    view.overlay("".join(parts), 0, h * (edge + 0.05))
    water.mirror(view, int(h * (edge + 0.05)), mix(light.off("#3a4a2e"), light.land, 0.3), rough=0.08)
    relief.mist(view, edge + 0.04)
    reeds = []
    for x in (0.02, 0.2, 0.62, 0.84):
        reeds.append(_reeds(view, view.side(x), h * float(view.rng.uniform(0.86, 1.0)), h * 0.16))
    for _ in range(26):
        depth = float(view.rng.random())
        r = w * (0.006 + 0.02 * depth)
        reeds.append(
            oval(
                float(view.rng.random()) * w,
                h * (edge + 0.14 + 0.34 * depth),
                r,
                r * 0.3,
                light.off("#6a8f4a"),
                'opacity=".9"',
            )
        )
    view.overlay("".join(reeds))
    view.bank, view.surface = h * (edge + 0.04), (h * (edge + 0.1), h * 0.9)


def _drowned(view: View, x: float, foot: float, tall: float, haze: float) -> str:
    light, t, rng = view.light, tall, view.rng
    bark = light.off("#4a4238", haze)
    parts = [
        path(
            trace(
                "M",
                x - t * 0.09,
                foot,
                "Q",
                x - t * 0.03,
                foot - t * 0.2,
                x - t * 0.02,
                foot - t,
                "H",
                x + t * 0.012,
                "Q",
                x + t * 0.03,
                foot - t * 0.2,
                x + t * 0.1,
                foot,
                "Z",
            ),
            bark,
        )
    ]
    for _ in range(8):
        up, reach = float(rng.uniform(0.45, 0.98)), float(rng.uniform(-0.26, 0.26))
        ex, ey = x + t * reach, foot - t * (up + 0.08)
        parts.append(
            stroke(
                trace("M", x, foot - t * up, "Q", x + t * reach * 0.5, foot - t * (up + 0.1), ex, ey), bark, t * 0.012
            )
        )
        for _ in range(3):
            mx = x + t * reach * float(rng.uniform(0.5, 1))
            parts.append(
                stroke(
                    trace("M", mx, ey, "l", 0.0, t * float(rng.uniform(0.05, 0.14))),
                    light.off("#7a8a5c", haze),
                    t * 0.007,
                    'opacity=".8"',
                )
            )
    return "".join(parts)


def _reeds(view: View, x: float, foot: float, tall: float) -> str:
    tone, parts = mix(view.light.land, view.light.off("#5a6a34"), 0.5), []
    for _ in range(22):
        px, high = x + tall * float(view.rng.uniform(-0.5, 0.5)), tall * float(view.rng.uniform(0.5, 1))
        lean = high * float(view.rng.uniform(-0.12, 0.12))
        parts.append(stroke(trace("M", px, foot, "q", lean * 0.3, -high * 0.6, lean, -high), tone, tall * 0.014))
        if view.rng.random() < 0.35:
            parts.append(
                rect(
                    px + lean - tall * 0.012,
                    foot - high,
                    tall * 0.028,
                    tall * 0.13,
                    view.light.off("#5a3a22"),
                    tall * 0.012,
                )
            )
    return "".join(parts)


def oasis(view: View) -> None:
    """A pond with palms among dunes."""
    w, h, light, edge = view.w, view.h, view.light, view.horizon / view.h
    sand = relief.material("ground", "sand")
    for place in range(3):
        base = edge + 0.02 + 0.07 * place
        relief.add(
            view,
            Layer(base, 0.1, 3 - 0.3 * place, 2, sand, 0.44 - 0.13 * place, sharp=True, faces=1.6, foot=base + 0.08),
        )
    _ground(view, sand, down=0.2, haze=0.04)
    x, y = view.side(0.46), h * (edge + 0.3)
    palms = []
    for aside, tall in ((-0.25, 0.3), (-0.2, 0.4), (-0.14, 0.27), (0.16, 0.3), (0.21, 0.42), (0.27, 0.26)):
        tones = light.off("#7a5a40", 0.05), light.on("#3f8f55", 0.05)
        palms.append(
            plants.palm(x + w * aside, y - h * 0.05, h * tall, float(view.rng.uniform(-0.2, 0.2)), tones, view.rng)
        )
        palms.append(oval(x + w * aside, y - h * 0.05, w * 0.04, h * 0.016, light.off("#5f8f45")))
    view.overlay("".join(palms))
    rim = f'<ellipse cx="{x:.0f}" cy="{y + h * 0.02:.0f}" rx="{w * 0.27:.0f}" ry="{h * 0.085:.0f}" fill="{light.off("#6f8a4a")}"/>'
    view.overlay(rim)
    pond = f'<ellipse cx="{x:.0f}" cy="{y + h * 0.022:.0f}" rx="{w * 0.25:.0f}" ry="{h * 0.07:.0f}" fill="#fff"/>'
    water.within(view, pond, int(y - h * 0.05), water.tint_of(view, "#1f9aa0"), rough=0.1)
    view.overlay("".join(_reeds(view, x + w * aside, y + h * 0.09, h * 0.09) for aside in (-0.16, -0.06, 0.13)))
    view.stood.add("palm-tree")
    view.ground = (h * (edge + 0.2), h * 0.93)


def farm(view: View) -> None:
    """Striped fields, a farmhouse with a barn, rows of vines or wheat towards the viewer."""
    w, h, light, edge = view.w, view.h, view.light, view.horizon / view.h
    leaf = vegetation.leaves(view)
    _backdrop(view)
    for place, tone in enumerate((mix(leaf, "#d9c56b", 0.5), leaf, mix(leaf, "#e0b84a", 0.7))):
        base = edge + 0.03 + 0.05 * place
        top = relief.add(view, Layer(base, 0.05, 2.4, 3, tone, 0.4 - 0.1 * place, faces=0.8, foot=base + 0.05))
        if place < 2:
            vegetation.scattered(view, top, 0.34 - 0.1 * place, 0.05, 7)
    foot = h * (edge + 0.15)
    _ground(view, mix(leaf, "#b8b05a", 0.3), down=0.14, haze=0.1)
    vines = view.has("vines")
    crop = light.off(mix(leaf, "#3f6a34", 0.4)) if vines else light.on(relief.material("ground", "wheat"))
    soil = light.off(relief.material("ground", "soil"))
    _rows(view, foot + h * 0.02, crop, soil, vines=vines)
    x = view.side(0.3)
    house = [
        cottage(view, x, foot + h * 0.01, h * 0.15, 0.1, "#ece4d4"),
        _barn(view, x + h * 0.3, foot + h * 0.014, h * 0.13),
    ]
    if view.plan.layout == 2 and "windmill" not in view.stood:
        house.append(windmill(view, view.side(0.78), foot, h * 0.24, 0.14, ""))
    view.overlay("".join(house))
    view.overlay(vegetation.broad(view, (x - h * 0.17) / w, foot + h * 0.01, h * 0.17, 0.08))
    view.stood.add("cottage")
    view.ground = (h * 0.72, h * 0.92)


def _barn(view: View, x: float, foot: float, tall: float) -> str:
    red, roof, t = view.light.on("#a8402f", 0.1), view.light.off("#5a5550", 0.1), tall
    body = trace(
        "M",
        x - t * 0.6,
        foot,
        "V",
        foot - t * 0.55,
        "L",
        x - t * 0.4,
        foot - t * 0.85,
        "L",
        x,
        foot - t,
        "L",
        x + t * 0.4,
        foot - t * 0.85,
        "L",
        x + t * 0.6,
        foot - t * 0.55,
        "V",
        foot,
        "Z",
    )
    rim = trace(
        "M",
        x - t * 0.64,
        foot - t * 0.52,
        "L",
        x - t * 0.42,
        foot - t * 0.87,
        "L",
        x,
        foot - t * 1.03,
        "L",
        x + t * 0.42,
        foot - t * 0.87,
        "L",
        x + t * 0.64,
        foot - t * 0.52,
    )
    door, pale = (
        rect(x - t * 0.2, foot - t * 0.42, t * 0.4, t * 0.42, view.light.off("#7a2c20", 0.1)),
        view.light.on("#f2e8dc", 0.1),
    )
    cross = stroke(
        trace(
            "M",
            x - t * 0.2,
            foot,
            "L",
            x + t * 0.2,
            foot - t * 0.42,
            "M",
            x + t * 0.2,
            foot,
            "L",
            x - t * 0.2,
            foot - t * 0.42,
        ),
        pale,
        t * 0.025,
    )
    return (
        path(body, red)
        + stroke(rim, roof, t * 0.09)
        + door
        + cross
        + rect(x - t * 0.1, foot - t * 0.76, t * 0.2, t * 0.16, pale)
    )


def _rows(view: View, top: float, crop: str, soil: str, *, vines: bool) -> None:
    """Rows that run together at the horizon."""
    w, h = view.w, view.h
    x, parts = view.side(0.56), []
    view.overlay(
        path(
            trace("M", 0, h, "L", 0, top + h * 0.03, "Q", w * 0.5, top - h * 0.01, w, top + h * 0.03, "V", h, "Z"), soil
        ),
        top - h * 0.02,
    )
    count = 22
    pale = mix(crop, view.light.lit, 0.25)
    for i in range(-count, count + 1):
        near = x + i * w * 0.12
        wide = w * 0.045
        far_x = x + i * w * 0.026
        parts.append(
            path(
                trace(
                    "M",
                    far_x,
                    top,
                    "L",
                    far_x + w * 0.006,
                    top,
                    "L",
                    near + wide,
                    h * 1.02,
                    "L",
                    near - wide,
                    h * 1.02,
                    "Z",
                ),
                crop,
            )
        )
        parts.append(
            path(
                trace(
                    "M",
                    far_x + w * 0.001,
                    top,
                    "L",
                    far_x + w * 0.004,
                    top,
                    "L",
                    near + wide * 0.3,
                    h * 1.02,
                    "L",
                    near - wide * 0.7,
                    h * 1.02,
                    "Z",
                ),
                pale,
                'opacity=".7"',
            )
        )
        if vines:
            for j in range(11):
                t = (j / 10) ** 1.8
                parts.append(
                    circle(
                        far_x + (near - far_x) * t,
                        top + (h - top) * t - h * 0.01 * (0.3 + 3 * t),
                        h * (0.006 + 0.038 * t),
                        crop if j % 2 else pale,
                    )
                )
    cut = f'<clipPath id="rows"><rect x="0" y="{top:.0f}" width="{w}" height="{h}"/></clipPath>'
    view.overlay(f'<defs>{cut}</defs><g clip-path="url(#rows)">{"".join(parts)}</g>', top)


def orchard(view: View) -> None:
    """Rows of fruit trees with fruit or, in spring, blossom."""
    w, h, light, edge = view.w, view.h, view.light, view.horizon / view.h
    leaf = vegetation.leaves(view)
    _backdrop(view)
    _ground(view, mix(leaf, "#a8c45a", 0.3))
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
    for (px, py, half), (qx, qy, more) in zip(spine, spine[1:], strict=False):
        high = qy - py
        if not paved:
            parts.append(
                path(
                    trace(
                        "M",
                        px - half * 0.7,
                        py,
                        "L",
                        px + half * 0.5,
                        py,
                        "L",
                        qx + more * 0.5,
                        qy,
                        "L",
                        qx - more * 0.7,
                        qy,
                        "Z",
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


def path_scene(view: View, stone: str, *, paved: bool) -> None:
    """A path between trees."""
    h, leaf, edge = view.h, vegetation.leaves(view), view.horizon / view.h
    _backdrop(view)
    for place in range(2):
        top = relief.along(view, ((0, edge - 0.02), (0.5, edge + 0.03), (1, edge - 0.02)), 0.01, 5)
        vegetation.row_of_trees(view, top, 0.46 - 0.16 * place, 0.16, 22)
    _ground(view, mix(leaf, "#8fae4a", 0.25), haze=0.14)
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


def path_walk(view: View) -> None:
    path_scene(view, "#b3aa9c" if view.has("stone") else "#c9a878", paved=view.has("stone"))


def park(view: View) -> None:
    """A lawn with a path, a bench, a lamp, broad trees and a pond."""
    w, h, light, edge = view.w, view.h, view.light, view.horizon / view.h
    leaf = vegetation.leaves(view)
    _backdrop(view)
    vegetation.row_of_trees(view, relief.along(view, ((0, edge), (1, edge)), 0.01, 5), 0.4, 0.15, 24)
    _ground(view, mix(leaf, "#9fc45a", 0.35), haze=0.1)
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
    _ground(view, mix(leaf, "#8fbf55", 0.3), haze=0.08)
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
