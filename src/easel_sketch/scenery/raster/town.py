"""A town on a hillside, and a market with stalls."""

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.ink import circle, path, polygon, rect, trace
from easel_sketch.scenery.raster import relief, things, vegetation
from easel_sketch.scenery.raster.boats import WINDOW
from easel_sketch.scenery.raster.craft import cottage, lamp
from easel_sketch.scenery.raster.relief import Layer
from easel_sketch.scenery.raster.view import View

_CLOTHS = ("#d8483c", "#f2b43c", "#3f8f7a", "#3f6fb0", "#c9558a", "#7a5fb0")


def town(view: View) -> None:
    """Rows of houses down a slope around a church, trees between them, hills or mountains behind."""
    w, h, light, edge = view.w, view.h, view.light, view.horizon / view.h
    leaf = vegetation.leaves(view)
    if view.has("mountains", "snow", "valley") or view.plan.layout == 1:
        rock = relief.material("ground", "rock")
        relief.add(view, Layer(edge, 0.36, 4, 6, rock, 0.55, sharp=True, snow=0.6, faces=1.1))
    relief.add(view, Layer(edge, 0.18, 3, 4, mix(leaf, "#8aa0b0", 0.4), 0.6, faces=0.6))
    middle = view.side(0.44) / w
    for row in range(5):
        base, haze = edge + 0.02 + 0.08 * row, 0.42 - 0.1 * row
        dip = 0.02 + 0.01 * row
        top = relief.along(view, ((0, base + dip), (middle, base - dip * 0.6), (1, base + dip)), 0.008, 5)
        parts, tall = [], h * (0.055 + 0.022 * row)
        if row == 1:
            x = middle * w
            parts.append(_church(view, x, float(top[int(x)]) + h * 0.01, h * 0.26, haze))
        x = -tall * float(view.rng.random())
        while x < w + tall:
            foot = float(top[min(w - 1, max(0, int(x)))]) + h * 0.012
            if view.rng.random() < 0.72:
                parts.append(cottage(view, x, foot, tall * float(view.rng.uniform(0.85, 1.2)), haze, ""))
            else:
                parts.append(vegetation.broad(view, x / w, foot, tall * 1.15, haze))
            x += tall * float(view.rng.uniform(1.3, 2.3))
        view.overlay("".join(parts), float(top.min()) - h * 0.3)
        ground = mix(leaf, "#a89a6a", 0.3)
        if view.season == "winter":
            ground = vegetation.SNOW
        relief.fill(view, Layer(base, 0.06, 3, 3, ground, haze, faces=0.5), top)
    vegetation.meadow_grass(view)
    if light.dark:
        few = view.image[:, ::4, ::4]
        warm = (few[0] > 200) & (few[0] - few[2] > 50)
        view.add_glow(few * warm * 0.8)
    things.on_shore(view)
    view.stood.add("cottage")


def _church(view: View, x: float, foot: float, tall: float, haze: float) -> str:
    light, t = view.light, tall
    wall, dim, roof = light.on("#efe6d8", haze), light.off("#e0d4c0", haze), light.off("#5a4a4c", haze)
    glass = mix(WINDOW, light.haze, haze) if light.dark else light.off("#50607a", haze)
    parts = [
        rect(x, foot - t * 0.3, t * 0.42, t * 0.3, dim),
        polygon(
            [
                (x - t * 0.02, foot - t * 0.29),
                (x + t * 0.05, foot - t * 0.47),
                (x + t * 0.4, foot - t * 0.47),
                (x + t * 0.45, foot - t * 0.29),
            ],
            roof,
        ),
    ]
    parts += [
        rect(x - t * 0.1, foot - t * 0.58, t * 0.18, t * 0.58, wall),
        polygon([(x - t * 0.12, foot - t * 0.57), (x - t * 0.01, foot - t), (x + t * 0.1, foot - t * 0.57)], roof),
    ]
    parts += [rect(x - t * 0.035, foot - t * up, t * 0.05, t * 0.1, glass, t * 0.025) for up in (0.5, 0.3)]
    parts += [rect(x + t * (0.14 + 0.09 * i), foot - t * 0.22, t * 0.04, t * 0.12, glass, t * 0.02) for i in range(3)]
    return "".join(parts)


def market(view: View) -> None:
    """Stalls with striped awnings and heaps of fruit on a square before houses."""
    w, h, light = view.w, view.h, view.light
    foot, parts = h * 0.56, []
    x = -w * 0.03
    while x < w:
        wide, tall = w * float(view.rng.uniform(0.09, 0.13)), h * float(view.rng.uniform(0.32, 0.44))
        parts.append(_facade(view, x, foot, wide, tall))
        x += wide
    parts.append(rect(0, foot, w, h - foot, light.off("#b8a890")))
    for row in range(9):
        y = foot + (h - foot) * (row / 9) ** 1.5
        parts.append(rect(0, y, w, max(1.0, h * 0.0016), light.off("#8a7c6a")))
    for base, tall, count, shift in ((0.68, 0.2, 5, 0.0), (0.92, 0.36, 3, 0.5)):
        step = w / count
        for i in range(-1, count + 1):
            cloth = _CLOTHS[(i * 2 + count + view.plan.layout) % 6]
            parts += [_stall(view, step * (i + 0.5 + shift * 0.5), h * base, h * tall, cloth)]
    parts += [lamp(view, w * share, h * 0.62, h * 0.26, 0.08, "") for share in (0.2, 0.6, 0.98)]
    view.overlay("".join(parts))
    view.stood |= {"street-light", "cottage"}
    view.ground = (h * 0.8, h * 0.96)


def _facade(view: View, x: float, foot: float, wide: float, tall: float) -> str:
    light = view.light
    wall = light.on(("#d9a06a", "#e8d4ac", "#c97a5a", "#b8c0b4", "#efe4cc")[int(view.rng.integers(0, 5))], 0.22)
    parts = [
        rect(x, foot - tall, wide + 1, tall, wall),
        rect(x - 2, foot - tall, wide + 4, tall * 0.04, light.off("#7a4a3a", 0.2)),
    ]
    for row in range(3):
        for column in range(2):
            lit = light.dark and view.rng.random() < 0.5
            glass = WINDOW if lit else light.off("#4f6274", 0.24)
            parts.append(
                rect(
                    x + wide * (0.18 + 0.4 * column), foot - tall * (0.86 - 0.26 * row), wide * 0.22, tall * 0.15, glass
                )
            )
    return "".join(parts)


def _stall(view: View, x: float, foot: float, tall: float, cloth: str) -> str:
    """A stall: posts, a striped awning with a scalloped edge, a counter heaped with fruit."""
    light, t, half = view.light, tall, tall * 0.52
    wood, parts = light.off("#7a5638"), []
    parts += [rect(x + side * half * 0.94 - t * 0.012, foot - t * 0.8, t * 0.024, t * 0.8, wood) for side in (-1, 1)]
    parts.append(rect(x - half * 0.96, foot - t * 0.34, half * 1.92, t * 0.34, light.on("#a8764a")))
    parts += [rect(x - half * 0.96, foot - t * 0.34 * up, half * 1.92, t * 0.012, wood) for up in (0.34, 0.67)]
    for crate in range(4):
        left = x - half * 0.9 + half * 0.46 * crate
        tone = light.on(
            ("#d8342c", "#f28a2c", "#7fae3c", "#f2c83c", "#8a4a9a", "#e8607a")[int(view.rng.integers(0, 6))]
        )
        for i in range(14):
            r = t * 0.032
            row = 0 if i < 6 else 1 if i < 11 else 2
            at = i - (0, 6, 11)[row]
            parts.append(
                circle(
                    left + r * (0.9 + 1.9 * at + 0.95 * row),
                    foot - t * 0.36 - r * 1.5 * row,
                    r,
                    tone if i % 3 else mix(tone, light.land, 0.2),
                )
            )
    count = 8
    for i in range(count):
        x0, x1 = x - half + 2 * half * i / count, x - half + 2 * half * (i + 1) / count
        u0, u1 = x + (x0 - x) * 0.82, x + (x1 - x) * 0.82
        tone = light.on(cloth) if i % 2 else light.on("#fbf4e6")
        edge = foot - t * 0.7
        parts.append(
            path(
                trace(
                    *("M", u0, foot - t, "L", u1, foot - t, "L", x1, edge),
                    *("A", (x1 - x0) / 2, t * 0.06, "0 0 1", x0, edge, "Z"),
                ),
                tone,
            )
        )
    return "".join(parts)
