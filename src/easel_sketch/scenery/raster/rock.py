"""Places of rock: canyon, volcano, glacier, geyser, cave."""

import numpy as np

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.ink import circle, oval, path, polygon, stroke, trace
from easel_sketch.scenery.raster import land, relief, vegetation, water
from easel_sketch.scenery.raster.inland import curve
from easel_sketch.scenery.raster.relief import Layer
from easel_sketch.scenery.raster.view import View


def canyon(view: View) -> None:
    """Layered red walls, tables of rock in the distance, and a river far below."""
    _w, h, light = view.w, view.h, view.light
    red, edge = relief.material("ground", "red-rock"), view.horizon / view.h
    for place in range(3):
        base, haze = edge + 0.02 + 0.06 * place, 0.62 - 0.16 * place
        top = land.tables(view, base, 0.13 + 0.03 * place)
        relief.fill(view, Layer(base + 0.1, 0.16, 8, 6, red, haze, sharp=True, faces=1.0, strata=0.7), top)
    floor = relief.along(view, ((0, edge + 0.2), (1, edge + 0.2)), 0.01, 4)
    relief.fill(view, Layer(edge + 0.24, 0.2, 5, 4, mix(red, "#d9a878", 0.4), 0.26, faces=0.6, strata=0.3), floor)
    shore = int(h * (edge + 0.24))
    bends = [
        (0.5 + 0.03 * (-1) ** i, edge + 0.24 + 0.16 * i * i * 0.22 + 0.03 * i, 0.01 + 0.016 * i * i) for i in range(5)
    ]
    course = [(px - wide, py) for px, py, wide in bends] + [(px + wide, py) for px, py, wide in reversed(bends)]
    water.within(
        view,
        path(curve(view, course), "#fff"),
        shore,
        mix(water.tint_of(view, "#2f8f94"), light.sky[1], 0.3),
        rough=0.15,
    )
    near, gap = (0.06 if view.plan.layout % 2 else 0.12), (0.3, 0.22, 0.36, 0.26)[view.plan.layout]
    for points in (
        (
            (0, near),
            (gap * 0.62, near + 0.06),
            (gap * 0.7, near + 0.3),
            (gap * 0.96, near + 0.36),
            (gap * 1.02, 0.78),
            (gap * 1.4, 0.86),
            (gap * 1.5, 1.3),
            (1, 1.4),
        ),
        (
            (0, 1.4),
            (1 - gap * 1.3, 1.3),
            (1 - gap * 1.2, 0.9),
            (1 - gap * 0.8, 0.82),
            (1 - gap * 0.74, 0.56),
            (1 - gap * 0.5, 0.5),
            (1 - gap * 0.44, near + 0.2),
            (1, near + 0.12),
        ),
    ):
        top = relief.along(view, points, 0.012, 26)
        relief.fill(view, Layer(0.9, 0.6, 12, 6, red, 0.06, sharp=True, faces=1.6, strata=1.0), top)
    view.bank, view.ground = h * (edge + 0.2), (h * 0.84, h * 0.93)
    view.surface = (shore + h * 0.12, h * 0.8) if view.has("rowboat", "sailboat") else None


def volcano(view: View) -> None:
    """A cone with a crater: smoke, and with an eruption lava and embers."""
    w, h, _light = view.w, view.h, view.light
    rock, edge = relief.material("ground", "lava-rock"), view.horizon / view.h
    active = view.has("eruption") or view.plan.layout in (0, 3)
    x, peak = view.side(0.42) / w, 0.24
    if active:
        _smoke(view, x, peak, fiery=view.has("eruption"))
    relief.add(view, Layer(edge, 0.1, 4, 5, rock, 0.66, sharp=True, faces=0.8))
    cone = relief.along(
        view,
        (
            (0, edge + 0.02),
            (x - 0.34, edge - 0.03),
            (x - 0.14, edge - 0.2),
            (x - 0.05, peak),
            (x - 0.02, peak + 0.02),
            (x + 0.02, peak + 0.018),
            (x + 0.055, peak + 0.004),
            (x + 0.15, edge - 0.19),
            (x + 0.36, edge - 0.03),
            (1, edge + 0.02),
        ),
        0.006,
        22,
    )
    snow = 0.5 if view.season == "winter" or (not active and view.plan.layout == 2) else 0.0
    relief.fill(view, Layer(edge, edge - peak, 5, 6, rock, 0.24, sharp=True, faces=1.4, snow=snow), cone)
    if view.has("eruption"):
        _lava(view, x, peak, edge)
    leaf = mix(vegetation.leaves(view), "#3f4a3a", 0.4)
    if view.has("sea", "island", "lake") or view.plan.layout == 1:
        view.bank = float(view.horizon)
        water.mirror(view, int(h * (edge + 0.02)), water.tint_of(view), rough=0.6)
        view.surface = (h * (edge + 0.06), h * 0.9)
        return
    vegetation.conifers(view, edge + 0.05, 0.03, 0.3, 0.06, 90)
    relief.add(view, Layer(edge + 0.14, 0.06, 3, 3, leaf, 0.14, faces=0.6))
    vegetation.conifers(view, edge + 0.2, 0.05, 0.1, 0.12, 36)
    vegetation.meadow(view)


def _smoke(view: View, x: float, peak: float, *, fiery: bool) -> None:
    w, h, light, parts = view.w, view.h, view.light, []
    for i in range(46):
        share = i / 45
        drift = share * share * 0.22 * (1 if view.left else -1)
        cx = w * (x + drift + float(view.rng.uniform(-0.03, 0.03)) * (0.4 + 2 * share))
        cy = h * (peak - share * 0.34 + float(view.rng.uniform(-0.02, 0.02)))
        tone = mix("#5a5560", light.cloud, 0.25 + 0.45 * share)
        if fiery and share < 0.3:
            tone = mix(tone, "#ff8a3c", 0.5 * (1 - share / 0.3))
        parts.append(circle(cx, cy, h * (0.018 + 0.07 * share), mix(tone, light.land, light.dim * 0.6), 'opacity=".5"'))
    view.overlay("".join(parts), 0, view.horizon)


def _lava(view: View, x: float, peak: float, edge: float) -> None:
    w, h, parts = view.w, view.h, []
    for aside, reach in ((-0.012, 0.82), (0.02, 0.6), (0.004, 1.0)):
        px, py = w * (x + aside * 0.6), h * (peak + 0.014)
        steps = [trace("M", px, py)]
        for i in range(1, 9):
            share = i / 8 * reach
            steps.append(
                trace(
                    *("L", w * (x + aside + aside * 7 * share + 0.01 * ((-1) ** i) * share)),
                    h * (peak + (edge - peak) * share * 0.94),
                )
            )
        line = " ".join(steps)
        parts += [stroke(line, "#ff4a1c", h * 0.016, 'opacity=".8"'), stroke(line, "#ffc04a", h * 0.006)]
    for _ in range(90):
        angle, reach = float(view.rng.uniform(-1, 1)), float(view.rng.random()) ** 0.6
        ex, ey = w * (x + angle * 0.1 * reach), h * (peak - 0.2 * reach * (1 - 0.5 * angle * angle) + 0.01)
        parts.append(
            circle(
                ex, ey, h * float(view.rng.uniform(0.0015, 0.006)), "#ffb04a" if view.rng.random() < 0.6 else "#ff5a24"
            )
        )
    fountain = trace(
        *("M", w * (x - 0.016), h * (peak + 0.02), "Q", w * (x - 0.006), h * (peak - 0.1), w * x, h * (peak - 0.15)),
        *("Q", w * (x + 0.01), h * (peak - 0.09), w * (x + 0.02), h * (peak + 0.02), "Z"),
    )
    parts.append(path(fountain, "#ff9a3a", 'opacity=".9"'))
    before = view.image[:, ::4, ::4].copy()
    view.overlay("".join(parts), 0, h * (edge + 0.02))
    after = view.image[:, ::4, ::4]
    changed = np.abs(after - before).max(axis=0) > 40
    view.add_glow(after * changed * np.float32(0.9))


def glacier(view: View) -> None:
    """A tongue of ice between peaks, cracked, with a cold lake before it."""
    h, light = view.h, view.light
    edge, rock, ice = view.horizon / view.h, relief.material("ground", "rock"), relief.material("ground", "ice")
    relief.add(view, Layer(edge, 0.34, 3.4, 7, rock, 0.5, sharp=True, snow=0.9, faces=1.1))
    for points in (
        ((0, edge - 0.3), (0.2, edge - 0.12), (0.34, edge + 0.1), (1, edge + 0.5)),
        ((0, edge + 0.5), (0.7, edge + 0.1), (0.82, edge - 0.16), (1, edge - 0.34)),
    ):
        relief.fill(
            view,
            Layer(edge + 0.1, 0.4, 5, 6, rock, 0.24, sharp=True, snow=0.6, faces=1.3),
            relief.along(view, points, 0.03, 14),
        )
    rises = (0.3, 0.25, 0.12, 0.0, -0.07, -0.07, 0.0, 0.13, 0.26, 0.32)
    crossed = (0.0, 0.16, 0.32, 0.4, 0.45, 0.55, 0.6, 0.68, 0.84, 1.0)
    slopes = [(x, edge + rise) for x, rise in zip(crossed, rises, strict=True)]
    tongue = relief.along(view, slopes, 0.012, 30)
    relief.fill(view, Layer(edge + 0.2, 0.24, 18, 6, ice, 0.1, sharp=True, faces=1.5), tongue)
    parts = []
    for _ in range(70):
        x, y = float(view.rng.uniform(0.26, 0.74)), edge + float(view.rng.uniform(0.02, 0.22))
        parts.append(
            trace(
                *("M", x * view.w, y * h),
                *("q", view.w * 0.01, -h * 0.006, view.w * float(view.rng.uniform(0.014, 0.04))),
                h * float(view.rng.uniform(-0.004, 0.012)),
            )
        )
    view.overlay(stroke(" ".join(parts), light.off("#5fa6cc"), h * 0.003, 'opacity=".7"'), view.horizon)
    shore = int(h * (edge + 0.24))
    water.mirror(view, shore, mix(water.tint_of(view, "#3a9ab0"), light.land, 0.1), rough=0.15)
    view.bank, view.surface = float(shore), (shore + h * 0.04, h * 0.92)


def geyser(view: View) -> None:
    """A column of hot water and steam over a plain with terraces."""
    w, h, light = view.w, view.h, view.light
    edge, leaf = view.horizon / view.h, vegetation.leaves(view)
    relief.add(view, Layer(edge, 0.12, 3, 5, mix(leaf, "#7c8ea0", 0.5), 0.66, faces=0.6))
    vegetation.conifers(view, edge + 0.02, 0.02, 0.4, 0.07, 90)
    relief.fill(
        view,
        Layer(edge + 0.06, 0.4, 3, 4, "#c9b592", 0.12, level=True),
        relief.along(view, ((0, edge + 0.04), (1, edge + 0.05)), 0.006, 5),
    )
    x, foot, parts = view.side(0.44), h * (edge + 0.14), []
    for wide, tone in ((0.3, "#d9a05c"), (0.22, "#e8d08a"), (0.15, "#6fb8a8"), (0.1, "#3f9ac0")):
        parts.append(oval(x, foot, w * wide, h * wide * 0.24, light.on(tone)))
    for i in range(70):
        share = i / 69
        r = h * (0.012 + 0.07 * share * share + 0.016 * share)
        cx = x + h * float(view.rng.uniform(-1, 1)) * (0.01 + 0.07 * share * share) + h * 0.1 * share * share
        parts.append(circle(cx, foot - h * 0.54 * share, r, light.on("#ffffff"), f'opacity="{0.6 - 0.3 * share:.2f}"'))
    view.overlay("".join(parts))


def cave(view: View) -> None:
    """The inside of a cave: its mouth with the light outside, stalactites, stalagmites and a pool."""
    w, h, light = view.w, view.h, view.light
    relief.add(view, Layer(0.56, 0.14, 3, 4, mix(vegetation.leaves(view), "#8aa0b0", 0.3), 0.6, faces=0.6))
    water.mirror(view, int(h * 0.57), water.tint_of(view, "#2f8f9a"), rough=0.3)
    x, rng = view.side(0.5) / w, view.rng
    for depth, tone in ((0.0, "#6a5a50"), (0.5, "#453a38"), (1.0, "#28222a")):
        reach, rise = 0.24 + 0.16 * depth, 0.32 + 0.12 * depth
        rim = []
        for i in range(28):
            t = i / 27
            side = -1 + 2 * t
            px = x + side * reach + float(rng.uniform(-0.012, 0.012))
            py = 0.6 - rise * (1 - side * side) ** 0.5 + float(rng.uniform(-0.012, 0.02))
            rim.append((px * w, py * h))
            if 2 < i < 25 and rng.random() < 0.7:
                long = float(rng.uniform(0.03, 0.15)) * (0.5 + depth)
                rim += [((px + 0.008) * w, (py + long) * h), ((px + 0.016) * w, py * h)]
        floor = [
            (rim[-1][0], h * (0.66 + 0.12 * depth)),
            (w * (x + reach * 0.3), h * (0.7 + 0.14 * depth)),
            (w * (x - reach * 0.4), h * (0.69 + 0.15 * depth)),
            (rim[0][0], h * (0.65 + 0.12 * depth)),
        ]
        hole = " ".join([trace("M", *rim[0]), *(trace("L", *point) for point in (*rim[1:], *floor)), "Z"])
        wall = trace("M", 0, 0, "H", w, "V", h, "H", 0, "Z")
        tone = mix(mix(tone, light.land, light.dim * 0.6), light.glow, 0.12 * (1 - depth))
        view.overlay(f'<path d="{wall} {hole}" fill="{tone}" fill-rule="evenodd"/>')
    parts = []
    for _ in range(26):
        px, foot, tall = float(rng.uniform(0.02, 0.98)), float(rng.uniform(0.86, 1.02)), float(rng.uniform(0.06, 0.2))
        if abs(px - x) > 0.1:
            half = tall * 0.2
            parts.append(
                polygon(
                    [((px - half) * w, foot * h), (px * w, (foot - tall) * h), ((px + half) * w, foot * h)],
                    mix("#3a3238", light.glow, 0.1 * float(rng.random())),
                )
            )
    for _ in range(24):
        px, long = float(rng.uniform(0.0, 1.0)), float(rng.uniform(0.05, 0.22))
        parts.append(
            polygon(
                [((px - 0.018) * w, -2), (px * w, long * h), ((px + 0.02) * w, -2)], mix("#201b22", light.glow, 0.06)
            )
        )
    pool = trace(
        *("M", w * (x - 0.2), h, "Q", w * (x - 0.12), h * 0.82, w * x, h * 0.8),
        *("Q", w * (x + 0.14), h * 0.82, w * (x + 0.24), h, "Z"),
    )
    parts.append(path(pool, mix(light.sky[2], "#1b3a48", 0.4), 'opacity=".9"'))
    parts.append(
        stroke(
            trace("M", w * (x - 0.08), h * 0.87, "h", w * 0.1, "M", w * (x - 0.02), h * 0.92, "h", w * 0.16),
            light.sky[-1],
            h * 0.003,
            'opacity=".5"',
        )
    )
    view.overlay("".join(parts))
    view.bank, view.ground = h * 0.84, (h * 0.86, h * 0.95)
