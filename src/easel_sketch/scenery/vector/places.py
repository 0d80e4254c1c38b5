"""More places as SVG, for figures to stand in: at rivers and falls, among rocks, in the grass."""

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.ink import circle, fall, oval, path, polygon, rect, stroke, trace
from easel_sketch.scenery.vector import grounds
from easel_sketch.scenery.vector.grounds import Weather, ridge
from easel_sketch.scenery.vector.plants import broad_tree, crown_of, tuft
from easel_sketch.scenery.vector.stage import Stage


def lit(stage: Stage, tone: str, share: float = 0.0) -> str:
    """A colour of a thing in the light of the stage; `share` is how much haze is before it."""
    dim = mix(tone, stage.light.deep, 0.5) if stage.dark else mix(tone, stage.light.low, 0.08)
    return mix(dim, stage.light.middle, share)


def lawn(stage: Stage, top: float, tone: str) -> str:
    """Ground from `top` down, a share of the height."""
    h = stage.h
    return fall("lawn", tone, mix(tone, stage.light.deep, 0.3)) + ridge(stage, h * top, h * 0.006, 3, "url(#lawn)")


def trees(stage: Stage, foot: float, tall: float, spots: tuple[float, ...]) -> str:
    crown = crown_of(stage)
    return "".join(
        broad_tree(stage, stage.w * x, stage.h * foot, stage.h * tall * stage.rng.uniform(0.85, 1.15), crown)
        for x in spots
    )


def river(stage: Stage, weather: Weather) -> str:
    w, h, light, edge = stage.w, stage.h, stage.light, weather.horizon
    bed = trace(
        *("M", w * 0.55, h * edge),
        *("C", w * 0.66, h * (edge + 0.06), w * 0.3, h * (edge + 0.1), w * 0.22, h * (edge + 0.2)),
        *("S", w * 0.5, h * 0.92, w * 0.1, h * 1.02, "H", w * 0.74),
        *("C", w * 0.78, h * 0.9, w * 0.5, h * (edge + 0.24), w * 0.52, h * (edge + 0.18)),
        *("S", w * 0.72, h * (edge + 0.06), w * 0.565, h * edge, "Z"),
    )
    return "".join(
        (
            ridge(stage, h * (edge - 0.09), h * 0.03, 3, light.far),
            ridge(stage, h * (edge - 0.02), h * 0.02, 4, light.mid),
            lawn(stage, edge, light.near),
            stroke(bed, mix(light.soil, light.near, 0.4), 16 * stage.u),
            fall("stream", mix(light.water, light.low, 0.4), light.water) + path(bed, "url(#stream)"),
            trees(stage, edge + 0.05, 0.2, (0.08, 0.86)),
        )
    )


def waterfall(stage: Stage, weather: Weather) -> str:
    """A rock wall with a fall in it, a pool, and a green bank in front."""
    w, h, light, rng = stage.w, stage.h, stage.light, stage.rng
    rock = lit(stage, "#8a8478", 0.14)
    lip, pool = h * 0.2, h * 0.68
    left, right = w * 0.58, w * 0.74
    wall = [
        (0.0, h * 0.3),
        (w * 0.16, h * 0.22),
        (w * 0.34, h * 0.25),
        (w * 0.5, lip),
        (w * 0.82, lip),
        (w, h * 0.14),
        (w, pool),
        (0.0, pool),
    ]
    parts = [polygon(wall, rock)]
    for _ in range(26):
        x, y = rng.uniform(0, w), rng.uniform(h * 0.3, pool)
        if not left - w * 0.02 < x < right:
            tone = mix(rock, "#33343c", rng.uniform(0.08, 0.26))
            parts.append(
                polygon(
                    [(x, y), (x + w * 0.02, y - h * 0.03), (x + w * 0.05, y + h * 0.01), (x + w * 0.03, y + h * 0.06)],
                    tone,
                )
            )
    parts.append(
        fall("falling", "#ffffff", mix(light.water, "#ffffff", 0.7))
        + polygon(
            [(left, lip), (right, lip), (right + w * 0.012, pool), (left - w * 0.012, pool)],
            "url(#falling)",
            'opacity=".95"',
        )
    )
    for i in range(9):
        x = left + (right - left) * (i + 0.5) / 9
        parts.append(
            stroke(
                trace("M", x, lip + h * rng.uniform(0, 0.1), "V", pool - h * rng.uniform(0, 0.2)),
                mix(light.water, "#ffffff", 0.45),
                3 * stage.u,
            )
        )
    parts += [
        trees(stage, 0.24, 0.16, (0.06, 0.2, 0.42, 0.9)),
        fall("pool", mix(light.water, "#ffffff", 0.3), light.water),
        rect(0, pool, w, h * 0.2, "url(#pool)"),
    ]
    parts += [
        circle(left + (right - left) * i / 8, pool, h * rng.uniform(0.02, 0.045), "#ffffff", 'opacity=".7"')
        for i in range(9)
    ]
    return "".join([*parts, lawn(stage, 0.79, light.near)])


def canyon(stage: Stage, weather: Weather) -> str:
    w, h, light = stage.w, stage.h, stage.light
    red, parts = lit(stage, "#c2693f"), []
    for place, (top, points) in enumerate(
        (
            (
                0.4,
                (
                    (0, 0.42),
                    (0.2, 0.42),
                    (0.22, 0.55),
                    (0.36, 0.55),
                    (0.38, 0.44),
                    (0.66, 0.44),
                    (0.68, 0.56),
                    (0.82, 0.56),
                    (0.84, 0.4),
                    (1, 0.4),
                ),
            ),
            (
                0.3,
                (
                    (0, 0.28),
                    (0.16, 0.3),
                    (0.18, 0.46),
                    (0.26, 0.48),
                    (0.28, 0.66),
                    (0.74, 0.66),
                    (0.76, 0.46),
                    (0.84, 0.44),
                    (0.86, 0.26),
                    (1, 0.25),
                ),
            ),
        )
    ):
        tone = mix(red, light.middle, 0.45 - 0.35 * place)
        shape = [(x * w, y * h) for x, y in points] + [(w, h), (0, h)]
        clip = f'<clipPath id="rock{place}">{polygon(shape, tone)}</clipPath>'
        bands = "".join(
            rect(0, h * (top + 0.045 * i), w, h * 0.018, mix(tone, "#f2cf9c" if i % 2 else "#6a2a1a", 0.25))
            for i in range(12)
        )
        parts.append(polygon(shape, tone) + f'<defs>{clip}</defs><g clip-path="url(#rock{place})">{bands}</g>')
    return "".join([*parts, lawn(stage, 0.72, lit(stage, "#d99a66"))])


def volcano(stage: Stage, weather: Weather) -> str:
    w, h, light, edge = stage.w, stage.h, stage.light, weather.horizon
    x, peak = w * 0.66, h * 0.2
    rock = lit(stage, "#6a5654", 0.2)
    cone = trace(
        *("M", w * 0.24, h * (edge + 0.06), "Q", w * 0.5, h * 0.5, x - w * 0.05, peak),
        *("L", x - w * 0.02, peak + h * 0.02, "L", x + w * 0.02, peak + h * 0.012, "L", x + w * 0.055, peak),
        *("Q", w * 0.84, h * 0.5, w * 1.06, h * (edge + 0.06), "Z"),
    )
    parts = []
    for i in range(12):
        share = i / 11
        parts.append(
            circle(
                x + w * 0.1 * share * share + stage.rng.uniform(-6, 6),
                peak - h * 0.2 * share,
                h * (0.02 + 0.05 * share),
                lit(stage, "#8a8488", 0.4 * share),
                'opacity=".75"',
            )
        )
    lava = trace(
        *("M", x - w * 0.012, peak + h * 0.015, "Q", x - w * 0.03, h * 0.34, x - w * 0.05, h * 0.44),
        *("Q", x - w * 0.02, h * 0.36, x + w * 0.002, peak + h * 0.016, "Z"),
    )
    lava += trace(
        *(" M", x + w * 0.008, peak + h * 0.014, "Q", x + w * 0.04, h * 0.3, x + w * 0.05, h * 0.38),
        *("Q", x + w * 0.05, h * 0.3, x + w * 0.026, peak + h * 0.012, "Z"),
    )
    parts += [path(cone, rock), path(lava, "#ff7a2c"), ridge(stage, h * (edge - 0.01), h * 0.02, 4, light.mid)]
    return "".join([*parts, lawn(stage, edge + 0.03, light.near)])


def meadow(stage: Stage, weather: Weather) -> str:
    """Hills with flowers all over the grass."""
    tones, parts = ("#e8483f", "#f6c945", "#ffffff", "#e86fa6", "#8d6fd0"), [grounds.hills(stage, weather)]
    for _ in range((60, 140, 260)[stage.detail]):
        depth = stage.rng.random()
        x, y = stage.rng.uniform(0, stage.w), stage.h * (weather.horizon + 0.06 + (0.94 - weather.horizon) * depth)
        parts.append(circle(x, y, (1.5 + 7 * depth) * stage.u, lit(stage, stage.rng.choice(tones), 0.2 * (1 - depth))))
    return "".join(parts)


def savanna(stage: Stage, weather: Weather) -> str:
    w, h, edge = stage.w, stage.h, weather.horizon + 0.04
    straw, parts = lit(stage, "#d9b25c"), []
    parts.append(ridge(stage, h * (edge - 0.03), h * 0.012, 4, mix(straw, stage.light.far, 0.6)))
    parts.append(lawn(stage, edge, straw))
    for x, foot, tall in ((0.16, edge + 0.05, 0.4), (0.86, edge + 0.02, 0.2), (0.62, edge + 0.01, 0.12)):
        parts.append(_acacia(stage, w * x, h * foot, h * tall))
    parts += [
        tuft(
            stage,
            stage.rng.uniform(0, w),
            h * stage.rng.uniform(edge + 0.06, 1),
            26 * stage.u,
            mix(straw, "#7a5a2a", 0.4),
        )
        for _ in range(40)
    ]
    return "".join(parts)


def _acacia(stage: Stage, x: float, foot: float, t: float) -> str:
    bark, leaf = lit(stage, "#6a4a34"), lit(stage, "#6f9440")
    parts = [stroke(trace("M", x, foot, "Q", x - t * 0.04, foot - t * 0.4, x, foot - t * 0.62), bark, t * 0.06)]
    parts += [
        stroke(trace("M", x, foot - t * 0.55, "L", x + t * reach, foot - t * 0.8), bark, t * 0.028)
        for reach in (-0.34, -0.12, 0.14, 0.34)
    ]
    parts += [
        oval(x + t * dx, foot - t * up, t * wide, t * 0.06, mix(leaf, stage.light.deep, shade))
        for dx, up, wide, shade in (
            (0, 0.8, 0.52, 0.3),
            (-0.2, 0.85, 0.3, 0.1),
            (0.2, 0.86, 0.3, 0.1),
            (0, 0.92, 0.38, 0.0),
        )
    ]
    return "".join(parts)
