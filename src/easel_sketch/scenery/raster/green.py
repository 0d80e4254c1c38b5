"""Wild places with plants: meadow, savanna, jungle, swamp, oasis."""

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.ink import oval, path, rect, stroke, trace
from easel_sketch.scenery import plants
from easel_sketch.scenery.raster import relief, things, vegetation, water
from easel_sketch.scenery.raster.relief import Layer
from easel_sketch.scenery.raster.view import View


def backdrop(view: View) -> None:
    """What is behind a green place: mountains if the plan asks for them, else hills and a line of trees."""
    edge, leaf = view.horizon / view.h, vegetation.leaves(view)
    if view.has("mountains", "snow"):
        rock = relief.material("ground", "rock")
        relief.add(view, Layer(edge + 0.01, 0.3, 5, 6, rock, 0.6, sharp=True, snow=0.5, faces=1.0))
    relief.add(
        view, Layer(edge + 0.01, (0.1, 0.14, 0.08, 0.12)[view.plan.layout], 3, 4, mix(leaf, "#8aa0b0", 0.5), 0.66)
    )


def level_ground(view: View, material: str, *, down: float = 0.03, haze: float = 0.18) -> None:
    edge = view.horizon / view.h
    layer = Layer(edge + down, 0.5, 2.5, 3, material, haze, foot=edge + down + 0.04, level=True)
    relief.fill(
        view, layer, relief.along(view, ((0, edge + down), (0.5, edge + down + 0.012), (1, edge + down)), 0.008, 4)
    )


def meadow(view: View) -> None:
    """A flowering meadow before hills and trees."""
    leaf, edge = vegetation.leaves(view), view.horizon / view.h
    backdrop(view)
    line = relief.along(view, ((0, edge + 0.02), (1, edge + 0.03)), 0.012, 5)
    vegetation.row_of_trees(view, line, 0.3, 0.09, 16 + 6 * view.detail)
    level_ground(view, mix(leaf, "#c8c65a", 0.25), haze=0.2)
    relief.add(view, Layer(edge + 0.2, 0.06, 2, 3, mix(leaf, "#9fbf52", 0.3), 0.06, level=True))
    things.on_shore(view)
    vegetation.blossoms(view, view.h * (edge + 0.08), 520)
    vegetation.meadow_grass(view)


def savanna(view: View) -> None:
    """Dry grass to the horizon and acacias with flat crowns."""
    edge, straw = view.horizon / view.h, relief.material("ground", "dry-grass")
    relief.add(view, Layer(edge, 0.05, 3, 4, mix(straw, "#8a8fa0", 0.4), 0.7, faces=0.5))
    level_ground(view, straw, down=0.0, haze=0.24)
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
                    *("M", x, y, "Q", bend_x - way * wide, bend_y - wide, tip_x, tip_y),
                    *("Q", bend_x + way * wide * 1.3, bend_y + wide, x, y, "Z"),
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
    spots = (0.02, 0.2, 0.62, 0.84)
    reeds = [_reeds(view, view.side(x), h * float(view.rng.uniform(0.86, 1.0)), h * 0.16) for x in spots]
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
                *("M", x - t * 0.09, foot, "Q", x - t * 0.03, foot - t * 0.2, x - t * 0.02, foot - t),
                *("H", x + t * 0.012, "Q", x + t * 0.03, foot - t * 0.2, x + t * 0.1, foot, "Z"),
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
    level_ground(view, sand, down=0.2, haze=0.04)
    x, y = view.side(0.46), h * (edge + 0.3)
    palms = []
    for aside, tall in ((-0.25, 0.3), (-0.2, 0.4), (-0.14, 0.27), (0.16, 0.3), (0.21, 0.42), (0.27, 0.26)):
        tones = light.off("#7a5a40", 0.05), light.on("#3f8f55", 0.05)
        palms.append(
            plants.palm(x + w * aside, y - h * 0.05, h * tall, float(view.rng.uniform(-0.2, 0.2)), tones, view.rng)
        )
        palms.append(oval(x + w * aside, y - h * 0.05, w * 0.04, h * 0.016, light.off("#5f8f45")))
    view.overlay("".join(palms))
    view.overlay(oval(x, y + h * 0.02, w * 0.27, h * 0.085, light.off("#6f8a4a")))
    pond = oval(x, y + h * 0.022, w * 0.25, h * 0.07, "#fff")
    water.within(view, pond, int(y - h * 0.05), water.tint_of(view, "#1f9aa0"), rough=0.1)
    view.overlay("".join(_reeds(view, x + w * aside, y + h * 0.09, h * 0.09) for aside in (-0.16, -0.06, 0.13)))
    view.stood.add("palm-tree")
    view.ground = (h * (edge + 0.2), h * 0.93)
