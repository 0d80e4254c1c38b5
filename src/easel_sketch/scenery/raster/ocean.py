"""Places in the sea: an island, a great wave, icebergs; and a harbour."""

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.ink import circle, fall, oval, path, polygon, rect, stroke, trace
from easel_sketch.scenery.raster import relief, things, vegetation, water
from easel_sketch.scenery.raster.boats import fishing_boat, sailboat
from easel_sketch.scenery.raster.craft import lamp, palm, pier
from easel_sketch.scenery.raster.relief import Layer
from easel_sketch.scenery.raster.view import View


def island(view: View) -> None:
    """A small island with palms in a wide sea."""
    w, h, light = view.w, view.h, view.light
    water.mirror(view, view.horizon, water.tint_of(view, "#1592a8"), rough=0.7)
    if light.low:
        water.reflect_sun(view)
    x, y = view.side(0.42), view.horizon + h * 0.13
    reach = w * (0.2, 0.24, 0.17, 0.22)[view.plan.layout]
    sand, leaf = relief.material("ground", "beach"), "#4f9a55"
    shallow = mix(water.tint_of(view, "#1592a8"), light.on("#7fe0d0"), 0.6)
    hill = trace("M", x - reach, y, "C", x - reach * 0.5, y - h * 0.1, x + reach * 0.4, y - h * 0.12, x + reach, y, "Z")
    green = trace(
        *("M", x - reach * 0.62, y - h * 0.035),
        *("C", x - reach * 0.3, y - h * 0.12, x + reach * 0.3, y - h * 0.13, x + reach * 0.6, y - h * 0.035, "Z"),
    )
    parts = [
        oval(x, y, reach * 1.35, h * 0.04, shallow, 'opacity=".7"'),
        oval(x, y, reach * 1.1, h * 0.024, light.on("#ffffff"), 'opacity=".6"'),
        oval(x, y - h * 0.004, reach * 1.04, h * 0.022, light.on(sand)),
        path(hill, light.on(sand)),
        path(green, light.on(leaf)),
        path(
            trace("M", x - reach * 0.62, y - h * 0.035, "Q", x, y - h * 0.075, x + reach * 0.6, y - h * 0.035, "Z"),
            light.off(leaf),
        ),
    ]
    for aside, tall in ((-0.3, 0.26), (0.05, 0.34), (0.34, 0.24))[: 2 + view.plan.layout % 2]:
        parts.append(palm(view, x + reach * aside, y - h * 0.06, h * tall, 0.04, ""))
    view.overlay("".join(parts))
    view.stood.add("palm-tree")
    view.bank, view.surface = y - h * 0.05, (view.horizon + h * 0.2, h * 0.92)


def harbour(view: View) -> None:
    """Houses on the far quay, boats at their moorings with masts, lamps along the quay, and their reflections."""
    w, h, light = view.w, view.h, view.light
    edge = view.horizon / h
    relief.add(view, Layer(edge, 0.16, 3, 4, mix(vegetation.leaves(view), "#7c8ea0", 0.5), 0.66, faces=0.6))
    quay, parts = view.horizon + h * 0.05, []
    x = -w * 0.02
    while x < w * 1.02:
        tall = h * float(view.rng.uniform(0.1, 0.17))
        wide = tall * float(view.rng.uniform(0.62, 0.95))
        parts.append(_front(view, x, quay, wide, tall))
        x += wide * 1.02
    parts.append(rect(0, quay - h * 0.006, w, h * 0.04, light.off("#8b8378", 0.15)))
    parts += [lamp(view, w * (i + 0.5) / 7, quay, h * 0.09, 0.1, "") for i in range(7)]
    view.overlay("".join(parts), 0, quay + h * 0.04)
    view.bank = quay
    things.on_shore(view)
    shore = int(quay + h * 0.03)
    moored = []
    for i in range(9):
        x = w * (0.06 + 0.11 * i + float(view.rng.uniform(-0.03, 0.03)))
        craft = sailboat if i % 3 != 1 else fishing_boat
        moored.append(
            craft(
                view,
                x,
                shore + h * 0.004,
                h * float(view.rng.uniform(0.07, 0.15)) * (1 if i % 3 != 1 else 0.6),
                0.12,
                "",
            )
        )
    view.overlay("".join(moored), 0, shore)
    water.mirror(view, shore, mix(light.sky[1], light.land, 0.4), rough=0.25)
    if light.dark:
        _lamp_paths(view, shore, [w * (i + 0.5) / 7 for i in range(7)])
    view.stood |= {"street-light"}
    if view.plan.layout == 2:
        view.overlay(pier(view, view.side(0.3), h, h * 0.1, 0.0, ""))
    elif view.plan.layout in (1, 3) and not view.plan.things:
        near = sailboat if view.plan.layout == 1 else fishing_boat
        view.overlay(near(view, view.side(0.3), h * 0.86, h * (0.36 if near is sailboat else 0.2), 0.0, ""))
    view.surface = (shore + h * 0.06, h * 0.9)


def _front(view: View, x: float, foot: float, wide: float, tall: float) -> str:
    """The front of one house on a quay, gabled, with rows of windows."""
    light = view.light
    wall = ("#d98a5c", "#e8d4a8", "#b5573f", "#8fa9b8", "#f0ead8", "#c9a24e", "#7f9a82")[int(view.rng.integers(0, 7))]
    eave, haze = foot - tall * 0.76, 0.2
    body = light.on(wall, haze)
    roof = [(x - wide * 0.03, eave), (x + wide / 2, foot - tall), (x + wide * 1.03, eave)]
    parts = [rect(x, eave, wide, foot - eave, body), polygon(roof, light.off("#7a4638", haze))]
    for row in range(3):
        for column in range(3):
            lit = view.rng.random() < (0.5 if light.dark else 0.0)
            glass = "#ffdf9e" if lit else light.off("#465868", haze)
            parts.append(
                rect(
                    x + wide * (0.16 + 0.27 * column),
                    eave + tall * (0.09 + 0.23 * row),
                    wide * 0.14,
                    tall * 0.13,
                    glass,
                )
            )
    return "".join(parts)


def _lamp_paths(view: View, shore: int, lamps: list[float]) -> None:
    """The long broken reflections of lamps on the water."""
    h, parts = view.h, []
    for x in lamps:
        y = float(shore) + 3
        while y < shore + h * 0.3:
            share = (y - shore) / (h * 0.3)
            wide = h * (0.008 + 0.012 * float(view.rng.random()))
            shift = float(view.rng.uniform(-1, 1)) * h * 0.008 * (1 + share)
            parts.append(
                rect(x + shift - wide / 2, y, wide, h * 0.004, "#ffd98a", 2, f'opacity="{0.8 * (1 - share):.2f}"')
            )
            y += h * float(view.rng.uniform(0.007, 0.013))
    view.overlay("".join(parts), shore)


def tidal_wave(view: View) -> None:
    """A towering wave that curls over a dark sea."""
    w, h, light = view.w, view.h, view.light
    water.mirror(view, view.horizon, water.tint_of(view, "#17566e"), rough=1.0)
    flip = view.plan.layout % 2 == 1
    deep, mid, pale = (light.off(tone) for tone in ("#0f4a66", "#1d7f97", "#5fc3c8"))
    foam = light.on("#ffffff")

    def p(x: float, y: float) -> tuple[float, float]:
        return w * (1 - x if flip else x), h * y

    back = trace(
        *("M", *p(0, 0.98), "L", *p(0, 0.3), "C", *p(0.14, 0.08), *p(0.42, 0.02), *p(0.62, 0.2)),
        *("C", *p(0.7, 0.28), *p(0.71, 0.4), *p(0.66, 0.46), "C", *p(0.64, 0.34), *p(0.52, 0.3), *p(0.46, 0.42)),
        *("C", *p(0.4, 0.58), *p(0.52, 0.78), *p(0.86, 0.86), "L", *p(1, 0.9), "L", *p(1, 1.02), "L", *p(0, 1.02)),
        "Z",
    )
    hollow = trace(
        *("M", *p(0.66, 0.46), "C", *p(0.64, 0.34), *p(0.52, 0.3), *p(0.46, 0.42)),
        *("C", *p(0.4, 0.58), *p(0.52, 0.78), *p(0.86, 0.86), "C", *p(0.5, 0.84), *p(0.3, 0.66), *p(0.36, 0.42)),
        *("C", *p(0.41, 0.22), *p(0.6, 0.22), *p(0.66, 0.46), "Z"),
    )
    parts = [
        fall("wave", pale, mid, deep),
        path(back, "url(#wave)"),
        path(hollow, mix(deep, light.land, 0.3), 'opacity=".85"'),
    ]
    for i in range(26):
        t = i / 25
        x0, y0 = 0.36 + 0.02 * t, 0.36 + 0.3 * t
        parts.append(
            stroke(
                trace(
                    *("M", *p(0.04 + 0.3 * t, 0.3 + 0.62 * t)),
                    *("C", *p(0.16, 0.26 + 0.4 * t), *p(x0 - 0.08, y0 - 0.16), *p(x0 + 0.12, y0 - 0.2 + 0.1 * t)),
                ),
                pale if i % 3 else foam,
                h * 0.003,
                'opacity=".5"',
            )
        )
    for _ in range(240):
        t = float(view.rng.random())
        x, y = 0.12 + 0.56 * t, 0.2 - 0.36 * t * (1 - t) + (0.24 * max(0.0, t - 0.8) * 5)
        x, y = x + float(view.rng.uniform(-0.03, 0.03)), y + float(view.rng.uniform(-0.03, 0.04))
        px, py = p(x, y)
        parts.append(circle(px, py, h * float(view.rng.uniform(0.004, 0.02)), foam, 'opacity=".8"'))
    for _ in range(130):
        px, py = p(float(view.rng.uniform(0.46, 1.0)), float(view.rng.uniform(0.86, 0.95)))
        parts.append(circle(px, py, h * float(view.rng.uniform(0.006, 0.022)), foam, 'opacity=".6"'))
    view.overlay("".join(parts))
    view.surface = (view.horizon + h * 0.02, view.horizon + h * 0.08)


def iceberg(view: View) -> None:
    """Icebergs in a cold calm sea."""
    w, h, light = view.w, view.h, view.light
    ice, parts = relief.material("ground", "ice"), []
    main = view.side(0.4)
    for x, wide, tall in (
        (main, 0.3, 0.3),
        (w - main + w * 0.05, 0.14, 0.12),
        (view.side(0.06), 0.12, 0.08),
        (view.side(0.92), 0.1, 0.06),
    ):
        left, foot = x - wide * w / 2, view.horizon + 2.0
        peaks = [
            (0.0, 0.0),
            (0.08, 0.4),
            (0.2, 0.55),
            (0.36, 1.0),
            (0.46, 0.86),
            (0.58, 0.92),
            (0.74, 0.5),
            (0.9, 0.34),
            (1.0, 0.0),
        ]
        outline = [(left + px * wide * w, foot - py * tall * h * float(view.rng.uniform(0.9, 1.1))) for px, py in peaks]
        parts.append(polygon(outline, light.on(ice, 0.1)))
        shade = [
            outline[3],
            outline[4],
            (left + wide * w * 0.52, foot - tall * h * 0.3),
            (left + wide * w * 0.66, foot),
            (left + wide * w * 0.3, foot),
            (left + wide * w * 0.42, foot - tall * h * 0.4),
        ]
        parts.append(polygon(shade, light.off("#8fbcd8", 0.1)))
        parts.append(
            polygon(
                [
                    outline[5],
                    outline[6],
                    outline[7],
                    outline[8],
                    (left + wide * w * 0.66, foot),
                    (left + wide * w * 0.6, foot - tall * h * 0.45),
                ],
                mix(light.off("#9fc6de", 0.1), light.on(ice), 0.3),
            )
        )
    view.overlay("".join(parts), 0, view.horizon + 4)
    water.mirror(view, view.horizon, mix(water.tint_of(view, "#2a7fa0"), light.land, 0.1), rough=0.3)
    view.surface = (view.horizon + h * 0.06, h * 0.9)
