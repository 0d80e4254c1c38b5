"""Places that people made, as SVG: park, street, harbour, farm."""

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.ink import fall, path, polygon, rect, stroke, trace
from easel_sketch.scenery.vector.grounds import Weather, ridge
from easel_sketch.scenery.vector.places import lawn, lit, trees
from easel_sketch.scenery.vector.stage import Stage

_WALLS = ("#d98a5c", "#e8d4a8", "#b5573f", "#8fa9b8", "#f0ead8", "#7f9a82")


def park(stage: Stage, weather: Weather) -> str:
    """A lawn with a winding path, trees and a bench."""
    w, h, light, edge = stage.w, stage.h, stage.light, weather.horizon
    way = trace(
        *("M", w * 0.48, h * edge),
        *("C", w * 0.54, h * (edge + 0.08), w * 0.36, h * (edge + 0.14), w * 0.34, h * 0.86, "L", w * 0.24, h),
        *("H", w * 0.72, "C", w * 0.7, h * 0.86, w * 0.6, h * (edge + 0.1), w * 0.5, h * edge, "Z"),
    )
    sand, wood = lit(stage, "#e0cda4"), lit(stage, "#a8703f")
    x, foot, t = w * 0.82, h * (edge + 0.16), h * 0.1
    bench = "".join(rect(x - t, foot - t * up, t * 2, t * 0.13, wood) for up in (0.95, 0.76, 0.46))
    bench += "".join(rect(x + t * dx, foot - t * 0.4, t * 0.08, t * 0.4, lit(stage, "#3a3a3e")) for dx in (-0.8, 0.72))
    parts = [
        ridge(stage, h * (edge - 0.04), h * 0.03, 4, light.far),
        trees(stage, edge + 0.02, 0.18, (0.2, 0.34, 0.62, 0.74)),
        lawn(stage, edge, light.near),
        path(way, sand),
    ]
    return "".join([*parts, bench, trees(stage, edge + 0.08, 0.42, (0.08, 0.95))])


def street(stage: Stage, weather: Weather) -> str:
    """A row of houses behind a pavement and a road."""
    w, h, rng, foot, x = stage.w, stage.h, stage.rng, stage.h * 0.72, -stage.w * 0.02
    parts = []
    while x < w:
        wide, tall = w * rng.uniform(0.1, 0.16), h * rng.uniform(0.34, 0.5)
        wall = lit(stage, rng.choice(_WALLS), 0.1)
        parts += [
            rect(x, foot - tall, wide, tall, wall),
            polygon(
                [(x - 3, foot - tall), (x + wide * 0.5, foot - tall - h * 0.07), (x + wide + 3, foot - tall)],
                lit(stage, "#7a4a3c", 0.1),
            ),
        ]
        for row in range(3):
            for column in range(2):
                glass = "#ffe2a0" if stage.dark and rng.random() < 0.6 else lit(stage, "#5f7688", 0.1)
                if row == 2 and column == 0:
                    parts.append(
                        rect(x + wide * 0.16, foot - tall * 0.26, wide * 0.26, tall * 0.26, lit(stage, "#5a3a2c"))
                    )
                    continue
                parts.append(
                    rect(
                        x + wide * (0.16 + 0.42 * column),
                        foot - tall * (0.88 - 0.3 * row),
                        wide * 0.26,
                        tall * 0.17,
                        glass,
                        0,
                        f'stroke="{mix(wall, "#ffffff", 0.4)}" stroke-width="{4 * stage.u:.1f}"',
                    )
                )
        x += wide
    tar = lit(stage, "#6a6a72")
    parts += [
        rect(0, foot, w, h * 0.08, lit(stage, "#c2b8aa")),
        rect(0, foot + h * 0.08, w, h, tar),
        rect(0, foot + h * 0.075, w, h * 0.014, lit(stage, "#e6dfd2")),
    ]
    parts += [rect(w * (i + 0.2) / 6, h * 0.95, w * 0.1, h * 0.014, mix(tar, "#ffffff", 0.6)) for i in range(6)]
    return "".join(parts)


def harbour(stage: Stage, weather: Weather) -> str:
    """Boats at their moorings before houses, and a quay of planks in front."""
    w, h, rng, light = stage.w, stage.h, stage.rng, stage.light
    line, x, parts = h * 0.52, 0.0, []
    while x < w:
        wide, tall = w * rng.uniform(0.05, 0.08), h * rng.uniform(0.1, 0.17)
        parts += [
            rect(x, line - tall, wide, tall, lit(stage, rng.choice(_WALLS), 0.3)),
            polygon(
                [(x, line - tall), (x + wide / 2, line - tall - h * 0.03), (x + wide, line - tall)],
                lit(stage, "#7a4a3c", 0.3),
            ),
        ]
        x += wide
    parts += [fall("dock", mix(light.water, light.low, 0.35), light.water), rect(0, line, w, h * 0.32, "url(#dock)")]
    for at, size in ((0.12, 0.2), (0.32, 0.15), (0.72, 0.17), (0.9, 0.22)):
        cx, foot, t = w * at, h * (0.6 + size * 0.4), h * size
        parts += [
            rect(cx - t * 0.012, foot - t, t * 0.024, t, lit(stage, "#6d4a36")),
            polygon([(cx, foot - t), (cx + t * 0.46, foot - t * 0.2), (cx, foot - t * 0.2)], lit(stage, "#fbf7ee")),
            polygon(
                [(cx - t * 0.04, foot - t * 0.9), (cx - t * 0.34, foot - t * 0.2), (cx - t * 0.04, foot - t * 0.2)],
                lit(stage, "#e6dccb"),
            ),
        ]
        parts.append(
            path(
                trace(
                    *("M", cx - t * 0.45, foot - t * 0.14, "H", cx + t * 0.5, "L", cx + t * 0.34, foot),
                    *("H", cx - t * 0.3, "Z"),
                ),
                lit(stage, rng.choice(("#a8403a", "#2f6f8a", "#3f7a5a"))),
            )
        )
    wood = lit(stage, "#a8825a")
    parts += [rect(0, h * 0.8, w, h * 0.2, wood)] + [
        rect(0, h * (0.8 + 0.05 * i), w, 3 * stage.u, mix(wood, light.deep, 0.35)) for i in range(4)
    ]
    return "".join(parts)


def farm(stage: Stage, weather: Weather) -> str:
    """Striped fields, a red barn and a fence."""
    w, h, light, edge = stage.w, stage.h, stage.light, weather.horizon
    parts = [ridge(stage, h * (edge - 0.07), h * 0.03, 3, light.far)]
    parts += [
        ridge(stage, h * (edge - 0.02 + 0.035 * i), h * 0.014, 3, lit(stage, ("#d9c25c", "#8fb052", "#e0b84a")[i], 0.2))
        for i in range(3)
    ]
    parts.append(lawn(stage, edge + 0.1, light.near))
    x, foot, t = w * 0.76, h * (edge + 0.12), h * 0.26
    red, pale = lit(stage, "#b5432f"), lit(stage, "#f6ece0")
    body = trace(
        *("M", x - t * 0.6, foot, "V", foot - t * 0.5, "L", x - t * 0.4, foot - t * 0.8, "L", x, foot - t * 0.95),
        *("L", x + t * 0.4, foot - t * 0.8, "L", x + t * 0.6, foot - t * 0.5, "V", foot, "Z"),
    )
    rim = trace(
        *("M", x - t * 0.64, foot - t * 0.47, "L", x - t * 0.42, foot - t * 0.82, "L", x, foot - t * 0.98),
        *("L", x + t * 0.42, foot - t * 0.82, "L", x + t * 0.64, foot - t * 0.47),
    )
    cross = trace(
        *("M", x - t * 0.2, foot, "V", foot - t * 0.4, "H", x + t * 0.2, "V", foot),
        *("L", x - t * 0.2, foot - t * 0.4, "M", x - t * 0.2, foot, "L", x + t * 0.2, foot - t * 0.4),
    )
    parts += [
        path(body, red),
        stroke(rim, lit(stage, "#5a4a48"), t * 0.07),
        stroke(cross, pale, t * 0.03),
        rect(x - t * 0.09, foot - t * 0.7, t * 0.18, t * 0.16, pale),
    ]
    parts.append(trees(stage, edge + 0.12, 0.26, (0.08, 0.95)))
    wood = lit(stage, "#c2a078")
    parts += [rect(w * (i + 0.2) / 12, h * (edge + 0.13), 9 * stage.u, h * 0.08, wood) for i in range(12)]
    return "".join([*parts, *(rect(0, h * (edge + 0.145 + 0.03 * i), w, 7 * stage.u, wood) for i in range(2))])
