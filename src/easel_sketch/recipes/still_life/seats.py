"""Seats and beds as SVG: armchair, sofa, bed and chair. Each stands on (0, 0), for a scale of `s` pixels."""

from random import Random

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.ink import circle, path, polygon, rect, stroke, trace
from easel_sketch.scenery.vector.interior import Decor


def legs(s: float, decor: Decor, spots: tuple[float, ...], high: float) -> str:
    tone = mix(decor.wood, decor.dark, 0.35)
    return "".join(
        polygon(
            [
                (x * s - s * 0.018, -high * s),
                (x * s + s * 0.018, -high * s),
                (x * s + s * 0.01, 0),
                (x * s - s * 0.01, 0),
            ],
            tone,
        )
        for x in spots
    )


def armchair(s: float, decor: Decor, rng: Random) -> str:
    shade, lit = mix(decor.main, decor.dark, 0.2), mix(decor.main, "#ffffff", 0.14)
    back = trace(
        *("M", -s * 0.27, -s * 0.2, "V", -s * 0.6, "Q", -s * 0.27, -s * 0.74, -s * 0.12, -s * 0.74, "H", s * 0.12),
        *("Q", s * 0.27, -s * 0.74, s * 0.27, -s * 0.6, "V", -s * 0.2, "Z"),
    )
    parts = [legs(s, decor, (-0.27, 0.27), 0.1), path(back, decor.main)]
    parts += [
        circle(x * s, y * s, s * 0.009, shade)
        for x, y in ((-0.12, -0.58), (0.0, -0.58), (0.12, -0.58), (-0.06, -0.48), (0.06, -0.48))
    ]
    parts += [
        rect(-s * 0.29, -s * 0.35, s * 0.58, s * 0.14, lit, s * 0.05),
        rect(-s * 0.33, -s * 0.24, s * 0.66, s * 0.17, shade, s * 0.04),
    ]
    parts += [
        rect(side * s * 0.31 - s * 0.065, -s * 0.44, s * 0.13, s * 0.37, decor.main, s * 0.06) for side in (-1, 1)
    ]
    return "".join([*parts, _cushion(s * 0.0, -s * 0.42, s * 0.24, decor.third, -8)])


def sofa(s: float, decor: Decor, rng: Random) -> str:
    shade, lit = mix(decor.main, decor.dark, 0.2), mix(decor.main, "#ffffff", 0.13)
    parts = [
        legs(s, decor, (-0.62, -0.2, 0.2, 0.62), 0.09),
        rect(-s * 0.66, -s * 0.66, s * 1.32, s * 0.52, decor.main, s * 0.09),
    ]
    parts += [
        rect(-s * 0.6 + i * s * 0.61, -s * 0.6, s * 0.59, s * 0.3, mix(decor.main, "#ffffff", 0.06), s * 0.06)
        for i in range(2)
    ]
    parts += [rect(-s * 0.6 + i * s * 0.605, -s * 0.34, s * 0.595, s * 0.13, lit, s * 0.045) for i in range(2)]
    parts += [rect(-s * 0.66, -s * 0.23, s * 1.32, s * 0.15, shade, s * 0.03)]
    parts += [
        rect(side * s * 0.67 - s * 0.075, -s * 0.43, s * 0.15, s * 0.36, decor.main, s * 0.07) for side in (-1, 1)
    ]
    return "".join(
        [
            *parts,
            _cushion(-s * 0.42, -s * 0.41, s * 0.24, decor.third, -12),
            _cushion(s * 0.43, -s * 0.41, s * 0.22, decor.second, 10),
        ]
    )


def _cushion(x: float, y: float, size: float, tone: str, turn: float) -> str:
    half = size / 2
    shape = trace(
        *("M", x - half, y - half, "Q", x, y - half * 0.75, x + half, y - half),
        *("Q", x + half * 0.78, y, x + half, y + half, "Q", x, y + half * 0.76, x - half, y + half),
        *("Q", x - half * 0.78, y, x - half, y - half, "Z"),
    )
    left, right = x - half * 0.5, x + half * 0.5
    lines = trace("M", left, y - half * 0.2, "H", right, "M", left, y + half * 0.2, "H", right)
    drawn = path(shape, tone) + stroke(lines, mix(tone, "#ffffff", 0.35), size * 0.035)
    return f'<g transform="rotate({turn} {x:.1f} {y:.1f})">{drawn}</g>'


def bed(s: float, decor: Decor, rng: Random) -> str:
    wood = mix(decor.wood, decor.dark, 0.15)
    parts = [
        rect(-s * 0.66, -s * 0.78, s * 1.32, s * 0.7, wood, s * 0.06),
        rect(-s * 0.58, -s * 0.7, s * 1.16, s * 0.4, mix(wood, "#ffffff", 0.1), s * 0.04),
    ]
    parts += [rect(side * s * 0.28 - s * 0.23, -s * 0.52, s * 0.46, s * 0.2, decor.pale, s * 0.09) for side in (-1, 1)]
    parts += [
        rect(-s * 0.68, -s * 0.36, s * 1.36, s * 0.32, decor.main, s * 0.06),
        rect(-s * 0.68, -s * 0.36, s * 1.36, s * 0.11, mix(decor.pale, decor.main, 0.25), s * 0.05),
    ]
    parts += [
        stroke(
            trace("M", x * s, -s * 0.24, "Q", x * s + s * 0.03, -s * 0.14, x * s - s * 0.01, -s * 0.05),
            mix(decor.main, decor.dark, 0.18),
            s * 0.012,
        )
        for x in (-0.44, -0.14, 0.18, 0.46)
    ]
    return "".join([*parts, legs(s, decor, (-0.6, 0.6), 0.05)])


def chair(s: float, decor: Decor, rng: Random) -> str:
    return (
        rect(-s * 0.2, -s * 0.84, s * 0.4, s * 0.42, decor.second, s * 0.05)
        + rect(-s * 0.24, -s * 0.44, s * 0.48, s * 0.07, mix(decor.second, decor.dark, 0.15), s * 0.03)
        + legs(s, decor, (-0.19, 0.19), 0.38)
    )
