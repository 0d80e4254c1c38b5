"""Plants near the viewer, in the light of a stage: trees with leaves, tufts of grass, meadow flowers."""

from math import cos, radians, sin

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.ink import circle, path, polygon, rect, stroke, trace
from easel_sketch.scenery.vector.stage import Stage

_CROWN = (
    (-0.3, 0.5, 0.2),
    (0.3, 0.52, 0.2),
    (-0.16, 0.62, 0.24),
    (0.18, 0.64, 0.24),
    (0, 0.76, 0.24),
    (-0.36, 0.64, 0.16),
    (0.37, 0.66, 0.16),
    (0, 0.56, 0.26),
)
_BLOOMS = ("#f6f1e3", "#f2c14e", "#e58aa8", "#b58ae0", "#f07f5a")


def broad_tree(stage: Stage, x: float, foot: float, tall: float, leaf: str) -> str:
    """A large tree: trunk with roots and branches, foliage in three tones."""
    bark, t = mix("#7a5236", stage.light.deep, 0.25), tall
    trunk = trace(
        "M", x - t * 0.09, foot, "C", x - t * 0.04, foot - t * 0.04, x - t * 0.05, foot - t * 0.2,
        x - t * 0.045, foot - t * 0.5,
        "L", x + t * 0.045, foot - t * 0.5, "C", x + t * 0.05, foot - t * 0.2, x + t * 0.04, foot - t * 0.04,
        x + t * 0.1, foot, "Z",
    )  # fmt: skip
    parts = [path(trunk, bark)]
    for side in (-1, 1):
        bough = trace(
            "M", x, foot - t * 0.3, "Q", x + side * t * 0.03, foot - t * 0.45, x + side * t * 0.2, foot - t * 0.56
        )
        parts.append(stroke(bough, bark, t * 0.035))
    if stage.detail:
        lit = trace(
            *("M", x - t * 0.02, foot - t * 0.03),
            *("C", x - t * 0.005, foot - t * 0.14, x - t * 0.02, foot - t * 0.25, x - t * 0.015, foot - t * 0.42),
        )
        parts.append(stroke(lit, mix(bark, "#ffffff", 0.16), t * 0.012))
    low, high = mix(leaf, stage.light.deep, 0.5), mix(leaf, stage.light.halo, 0.32)
    puffs = [(x + dx * t, foot - dy * t, r * t * stage.rng.uniform(0.94, 1.06)) for dx, dy, r in _CROWN]
    parts += [circle(px, py + r * 0.16, r, low) for px, py, r in puffs]
    parts += [circle(px, py - r * 0.06, r * 0.9, leaf) for px, py, r in puffs]
    if stage.detail:
        parts += [_clump(stage, puff, mix(leaf, high, 0.45), -1) for puff in puffs for _ in range(2 + stage.detail)]
        parts += [_clump(stage, puff, mix(leaf, low, 0.4), 1) for puff in puffs for _ in range(1 + stage.detail)]
        parts += [
            _leaflet(stage, puffs, (mix(leaf, low, 0.6), mix(leaf, high, 0.6))[i % 2], t)
            for i in range((0, 40, 90)[stage.detail])
        ]
    return "".join(parts)


def _clump(stage: Stage, puff: tuple[float, float, float], tone: str, side: int) -> str:
    """Three leaves together, on the lit or on the shaded side of a part of the crown."""
    x, y, r = puff
    dx, dy = side * r * stage.rng.uniform(0.05, 0.5), side * r * stage.rng.uniform(0.0, 0.6) - r * 0.1
    size = r * stage.rng.uniform(0.09, 0.15)
    spots = ((-1.0, 0.1), (0.0, -0.4), (1.0, 0.15))
    return "".join(circle(x + dx + a * size, y + dy + b * size, size, tone) for a, b in spots)


def _leaflet(stage: Stage, puffs: list[tuple[float, float, float]], tone: str, tall: float) -> str:
    px, py, r = stage.rng.choice(puffs)
    at, far = stage.rng.uniform(0, 6.283), r * stage.rng.uniform(0.2, 0.95)
    return circle(px + cos(at) * far, py + sin(at) * far, tall * stage.rng.uniform(0.006, 0.013), tone)


def great_pine(stage: Stage, x: float, foot: float, tall: float, leaf: str, *, snowy: bool) -> str:
    """A large pine with six tiers; snow on them in winter."""
    bark = mix("#6d4a33", stage.light.deep, 0.3)
    parts = [rect(x - tall * 0.03, foot - tall * 0.14, tall * 0.06, tall * 0.14, bark)]
    for i in range(6):
        top, bottom = foot - tall * (1 - i * 0.115), foot - tall * (0.72 - i * 0.115)
        wide = tall * (0.1 + 0.045 * i)
        edge = ((1, 0.0), (0.3, -0.02), (0, 0.012), (-0.4, -0.018), (-1, 0.0))
        tier = [(x, top), *((x + dx * wide, bottom + dy * tall) for dx, dy in edge)]
        parts.append(polygon(tier, mix(leaf, stage.light.deep, 0.42 - 0.05 * i)))
        if snowy:
            low = ((0.45, 0.5), (0.1, 0.42), (-0.2, 0.55), (-0.5, 0.5))
            snow = [(x, top), *((x + dx * wide, top + dy * (bottom - top)) for dx, dy in low)]
            parts.append(polygon(snow, mix(stage.light.bright, leaf, 0.06)))
    return "".join(parts)


def tuft(stage: Stage, x: float, foot: float, tall: float, tone: str) -> str:
    """A tuft of grass: five curved blades."""
    parts = []
    for i in range(5):
        lean = (i - 2) * 0.24 + stage.rng.uniform(-0.08, 0.08)
        high = tall * (1 - 0.16 * abs(i - 2)) * stage.rng.uniform(0.85, 1.1)
        tip, base = x + lean * tall, x + (i - 2) * tall * 0.07
        blade = trace(
            *("M", base - tall * 0.05, foot, "Q", base, foot - high * 0.6, tip, foot - high),
            *("Q", base + tall * 0.08, foot - high * 0.5, base + tall * 0.05, foot, "Z"),
        )
        parts.append(path(blade, mix(tone, stage.light.halo, 0.07 * (i % 3))))
    return "".join(parts)


def bloom(stage: Stage, x: float, foot: float, tall: float) -> str:
    """A small meadow flower on its stem."""
    tone = mix(stage.rng.choice(_BLOOMS), stage.light.middle, 0.4 if stage.dark else 0.0)
    lean = stage.rng.uniform(-0.2, 0.2) * tall
    parts = [
        stroke(
            trace("M", x, foot, "Q", x, foot - tall * 0.5, x + lean, foot - tall),
            mix(stage.light.near, stage.light.deep, 0.5),
            tall * 0.07,
        )
    ]
    for turn in range(0, 360, 72):
        at = radians(turn + tall)
        parts.append(circle(x + lean + cos(at) * tall * 0.16, foot - tall + sin(at) * tall * 0.16, tall * 0.13, tone))
    return "".join([*parts, circle(x + lean, foot - tall, tall * 0.1, mix("#f2b134", tone, 0.2))])


def meadow(stage: Stage, top: float, bottom: float, *, blooms: bool) -> str:
    """Grass and flowers on the ground between two heights, larger when nearer."""
    parts, count = [], round((24, 78, 132)[stage.detail] * (bottom - top) / stage.h)
    for i in range(count):
        near = (i + stage.rng.random()) / count
        y = top + (bottom - top) * near
        x = stage.rng.uniform(0, stage.w)
        size = (10 + 26 * near) * stage.u
        tone = mix(stage.light.near, stage.light.deep, 0.18 + 0.3 * near)
        parts.append(bloom(stage, x, y, size * 1.1) if blooms and i % 3 == 0 else tuft(stage, x, y, size, tone))
    return "".join(parts)


def fringe(stage: Stage, *, blooms: bool) -> str:
    """Dark grass along the lower edge, higher towards the corners."""
    parts, count = [], (14, 26, 38)[stage.detail]
    for i in range(count):
        x = stage.w * (i + 0.5) / count + stage.rng.uniform(-8, 8) * stage.u
        side = abs(x / stage.w - 0.5) * 2
        high = (46 + 92 * side * side) * stage.u * stage.rng.uniform(0.75, 1.15)
        parts.append(
            tuft(stage, x, stage.h + 10 * stage.u, high, mix(stage.light.deep, stage.light.near, 0.12 + 0.2 * (i % 2)))
        )
        if blooms and i % 5 == 2 and side > 0.35:
            parts.append(bloom(stage, x, stage.h, high * 1.05))
    return "".join(parts)


def crown_of(stage: Stage) -> str:
    """The colour of leaves in a season."""
    tone = {"autumn": "#e0852f", "spring": "#f2b3c6", "winter": "#dfeaf2"}.get(stage.season, "#5fa04a")
    return mix(tone, stage.light.middle, 0.42 if stage.dark else 0.06)
