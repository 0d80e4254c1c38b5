"""Places far from towns, as SVG: ice in the sea, a jungle, a road to the horizon, and the sky alone."""

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.ink import circle, fall, path, polygon, rect, stroke, trace
from easel_sketch.scenery import plants
from easel_sketch.scenery.vector.grounds import Weather, ridge
from easel_sketch.scenery.vector.places import lawn, lit, trees
from easel_sketch.scenery.vector.stage import Stage


def iceberg(stage: Stage, weather: Weather) -> str:
    """Icebergs in a cold sea, and a floe to stand on."""
    w, h, light, edge = stage.w, stage.h, stage.light, weather.horizon - 0.06
    ice, blue = lit(stage, "#f2fafe"), lit(stage, "#a9d3ea")
    cold = mix(light.water, "#4f9ac0", 0.4)
    parts = [fall("cold", mix(cold, light.low, 0.4), cold), rect(0, h * edge, w, h, "url(#cold)")]
    for x, wide, tall in ((0.2, 0.26, 0.3), (0.62, 0.14, 0.12), (0.9, 0.2, 0.2)):
        left, foot = w * (x - wide / 2), h * (edge + 0.03)
        points = [(0.0, 0.0), (0.1, 0.5), (0.3, 0.62), (0.44, 1.0), (0.6, 0.78), (0.8, 0.42), (1.0, 0.0)]
        outline = [(left + px * wide * w, foot - py * tall * h) for px, py in points]
        parts.append(polygon(outline, ice))
        parts.append(polygon([outline[3], outline[4], outline[5], outline[6], (left + wide * w * 0.5, foot)], blue))
        parts.append(rect(left + wide * w * 0.1, foot, wide * w * 0.8, h * 0.02, ice, h * 0.01, 'opacity=".45"'))
    floe = trace(
        "M", -10, h * 0.8, "L", w * 0.3, h * 0.76, "L", w * 0.62, h * 0.78, "L", w + 10, h * 0.75, "V", h, "H", -10, "Z"
    )
    parts += [path(floe, blue, f'transform="translate(0 {-h * 0.014:.1f})"'), fall("floe", ice, mix(ice, blue, 0.5))]
    return "".join([*parts, path(floe, "url(#floe)")])


def jungle(stage: Stage, weather: Weather) -> str:
    """Walls of leaves, palms and lianas."""
    w, h, light, rng = stage.w, stage.h, stage.light, stage.rng
    leaf = lit(stage, "#3f9150")
    parts = []
    for row, share in enumerate((0.55, 0.3, 0.1)):
        tone, top = mix(leaf, light.middle, share), h * (0.3 + 0.13 * row)
        parts += [
            circle(w * (i + rng.random()) / 13, top + h * rng.uniform(-0.03, 0.05), h * rng.uniform(0.08, 0.14), tone)
            for i in range(13)
        ]
        parts.append(rect(0, top, w, h, tone))
    tones = lit(stage, "#7a5a40"), mix(leaf, light.deep, 0.25)
    parts += [
        plants.palm(w * x, h * 0.74, h * tall, lean, tones, rng)
        for x, tall, lean in ((0.1, 0.56, 0.14), (0.24, 0.4, 0.1), (0.9, 0.58, -0.16))
    ]
    dark = mix(leaf, light.deep, 0.6)
    for x in (0.34, 0.5, 0.66, 0.78):
        parts.append(
            stroke(
                trace("M", w * x, -4, "Q", w * (x + 0.02), h * 0.2, w * (x - 0.01), h * rng.uniform(0.2, 0.42)),
                dark,
                5 * stage.u,
            )
        )
    return "".join([*parts, lawn(stage, 0.72, mix(leaf, light.near, 0.5))])


def road(stage: Stage, weather: Weather) -> str:
    """A road that runs to the horizon between meadows."""
    w, h, light, edge = stage.w, stage.h, stage.light, weather.horizon
    tar = lit(stage, "#6b6b73")
    parts = [
        ridge(stage, h * (edge - 0.07), h * 0.03, 3, light.far),
        ridge(stage, h * (edge - 0.01), h * 0.016, 4, light.mid),
    ]
    parts += [lawn(stage, edge + 0.02, light.near), trees(stage, edge + 0.05, 0.24, (0.1, 0.24, 0.84))]
    top = h * (edge + 0.02)

    def strip(left: float, right: float, tone: str) -> str:
        near, far = w * 0.46, w * 0.012
        return polygon(
            [
                (w * 0.5 + far * left, top),
                (w * 0.5 + far * right, top),
                (w * 0.5 + near * right, h),
                (w * 0.5 + near * left, h),
            ],
            tone,
        )

    pale = mix(tar, "#ffffff", 0.75)
    parts += [
        strip(-1.06, 1.06, lit(stage, "#cbb994")),
        strip(-1, 1, tar),
        strip(-0.93, -0.9, pale),
        strip(0.9, 0.93, pale),
    ]
    for i in range(6):
        y0, y1 = (top + (h - top) * ((i + part) / 6) ** 2 for part in (0.15, 0.65))
        half0, half1 = (w * 0.012 * ((y - top) / (h - top)) for y in (y0, y1))
        parts.append(
            polygon([(w / 2 - half0, y0), (w / 2 + half0, y0), (w / 2 + half1, y1), (w / 2 - half1, y1)], pale)
        )
    return "".join(parts)


def sky(stage: Stage, weather: Weather) -> str:
    """Heaped clouds, and nothing below them."""
    w, h, rng, parts = stage.w, stage.h, stage.rng, []
    for row in range(4):
        y = h * (0.62 + 0.13 * row)
        tone = mix(stage.light.bright, stage.light.middle, 0.5 - 0.14 * row)
        parts += [
            circle(w * (i + rng.random()) / 11, y + h * rng.uniform(-0.02, 0.05), h * rng.uniform(0.05, 0.13), tone)
            for i in range(11)
        ]
        parts.append(rect(0, y, w, h, tone))
    return "".join(parts)
