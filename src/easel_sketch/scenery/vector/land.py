"""Places with ground under them: a garden cut open, rolling hills, mountains."""

from math import cos, radians, sin

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.ink import circle, fall, oval, path, polygon, rect, ring, smooth, stroke
from easel_sketch.scenery.vector.sky import backdrop, clouds, sun
from easel_sketch.scenery.vector.stage import Stage


def ridge(stage: Stage, base: float, swing: float, waves: int, fill: str) -> str:
    """A soft hill line across the whole stage, filled down to its foot."""
    step = stage.w / waves
    points = [(-step + i * step, base + stage.rng.uniform(-swing, swing)) for i in range(waves + 3)]
    x, y = points[0]
    return path(f"M{x:.1f} {y:.1f}{smooth(points)}V{stage.h:.1f}H{x:.1f}Z", fill)


def pine(x: float, foot: float, tall: float, fill: str) -> str:
    wide = tall * 0.3
    tiers = [(0.0, 0.5, 0.55), (0.24, 0.74, 0.78), (0.48, 1.0, 1.0)]
    parts = [rect(x - tall * 0.03, foot - tall * 0.06, tall * 0.06, tall * 0.1, fill)]
    for top, bottom, share in tiers:
        y0, y1 = foot - tall + tall * 0.94 * top, foot - tall + tall * 0.94 * bottom
        parts.append(polygon([(x, y0), (x + wide * share, y1), (x - wide * share, y1)], fill))
    return "".join(parts)


def bush(stage: Stage, x: float, foot: float, size: float, fill: str) -> str:
    """A round tree: one trunk, a crown of overlapping circles."""
    parts = [rect(x - size * 0.045, foot - size * 0.55, size * 0.09, size * 0.56, fill, size * 0.03)]
    for turn in range(0, 360, 45):
        reach = size * stage.rng.uniform(0.15, 0.21)
        at = radians(turn)
        parts.append(circle(x + cos(at) * reach, foot - size * 0.68 + sin(at) * reach, size * 0.17, fill))
    return "".join([*parts, circle(x, foot - size * 0.68, size * 0.24, fill)])


def hills(stage: Stage) -> str:
    light, w, h = stage.light, stage.w, stage.h
    parts = [backdrop(stage), sun(stage, w * 0.5, h * 0.46, min(w, h) * 0.24), clouds(stage, 0.3)]
    parts += [
        ridge(stage, h * 0.64, h * 0.035, 4, light.far),
        ridge(stage, h * 0.73, h * 0.035, 3, light.mid),
    ]
    for i in range((5, 9, 13)[stage.detail]):
        x = w * (0.04 + 0.92 * stage.rng.random())
        if abs(x - w / 2) > w * 0.2:
            shade = mix(light.mid, light.deep, 0.35 + 0.3 * (i % 2))
            parts.append(pine(x, h * stage.rng.uniform(0.74, 0.8), h * stage.rng.uniform(0.09, 0.16), shade))
    parts += [ridge(stage, h * 0.83, h * 0.025, 3, light.near), ridge(stage, h * 0.94, h * 0.02, 2, light.deep)]
    for side in (0.04, 0.96):
        parts.append(bush(stage, w * side, h * 0.93, h * stage.rng.uniform(0.24, 0.32), light.deep))
    return "".join(parts)


def mountains(stage: Stage) -> str:
    light, w, h = stage.light, stage.w, stage.h
    parts = [backdrop(stage), sun(stage, w * 0.5, h * 0.34, min(w, h) * 0.16), clouds(stage, 0.2)]
    for x, tall, wide, tone in ((0.2, 0.44, 0.5, 0.25), (0.82, 0.5, 0.55, 0.25), (0.5, 0.36, 0.5, 0.0)):
        parts.append(_peak(stage, w * x, h * 0.8, h * tall, w * wide, mix(light.mid, light.far, tone)))
    parts.append(ridge(stage, h * 0.8, h * 0.02, 3, light.near))
    for i in range((8, 14, 22)[stage.detail]):
        x = w * (i + stage.rng.random() * 0.6) / (8, 14, 22)[stage.detail]
        parts.append(pine(x, h * stage.rng.uniform(0.86, 0.93), h * stage.rng.uniform(0.1, 0.2), light.deep))
    return "".join([*parts, ridge(stage, h * 0.92, h * 0.012, 3, light.deep)])


def _peak(stage: Stage, x: float, foot: float, tall: float, wide: float, fill: str) -> str:
    top, left, right = foot - tall, x - wide / 2, x + wide / 2
    shade = mix(fill, stage.light.deep, 0.28)
    cap = 0.32
    snow = [
        (x, top),
        (x + wide / 2 * cap, top + tall * cap),
        (x + wide * 0.07, top + tall * cap * 0.78),
        (x + wide * 0.015, top + tall * cap * 1.08),
        (x - wide * 0.06, top + tall * cap * 0.8),
        (x - wide / 2 * cap, top + tall * cap),
    ]
    return (
        polygon([(x, top), (right, foot + 4), (left, foot + 4)], fill)
        + polygon(
            [(x, top), (right, foot + 4), (x + wide * 0.06, foot + 4), (x - wide * 0.03, top + tall * 0.5)], shade
        )
        + polygon(snow, stage.light.bright)
    )


def garden(stage: Stage) -> str:
    """Sky, hills, and the earth cut open under one growing plant with its roots."""
    light, w, h = stage.light, stage.w, stage.h
    ground = h * 0.77
    x = w * 0.52
    sunny = stage.rng.choice((0.15, 0.16))
    parts = [backdrop(stage), clouds(stage, 0.16), sun(stage, w * sunny, h * 0.2, min(w, h) * 0.105, rays=True)]
    parts += [ridge(stage, h * 0.66, h * 0.03, 3, light.far), ridge(stage, h * 0.71, h * 0.02, 4, light.mid)]
    parts += [rect(0, ground - h * 0.012, w, h, light.near), _earth(stage, ground)]
    return "".join([*parts, _roots(stage, x, ground, h * 0.18), _plant(stage, x, ground, h * 0.68)])


def _earth(stage: Stage, top: float) -> str:
    soil, deep = stage.light.soil, mix(stage.light.soil, "#2a1610", 0.45)
    parts = [fall("earth", soil, deep), rect(0, top, stage.w, stage.h - top, "url(#earth)")]
    parts.append(rect(0, top - 1, stage.w, stage.h * 0.014, mix(stage.light.near, stage.light.deep, 0.55)))
    for _ in range((14, 40, 70)[stage.detail]):
        x, y = stage.rng.uniform(0, stage.w), stage.rng.uniform(top + stage.h * 0.035, stage.h)
        pebble = mix(soil, stage.rng.choice(("#f0dcc0", "#2a1610")), 0.28)
        r = stage.rng.uniform(2, 6) * stage.u
        parts.append(oval(x, y, r * 1.4, r, pebble))
    return "".join(parts)


def _roots(stage: Stage, x: float, top: float, deep: float) -> str:
    pale = mix(stage.light.soil, "#fff0d6", 0.72)
    parts = []
    for reach, fallen, width in ((0.0, 1.0, 9), (-0.55, 0.72, 6), (0.5, 0.8, 6), (-1.0, 0.42, 4.5), (1.05, 0.46, 4.5)):
        dx, dy = reach * deep, fallen * deep
        bend = f"M{x:.1f} {top - 4:.1f}C{x + dx * 0.1:.1f} {top + dy * 0.5:.1f} "
        end = f"{x + dx * 0.55:.1f} {top + dy * 0.45:.1f} {x + dx:.1f} {top + dy:.1f}"
        parts.append(stroke(bend + end, pale, width * stage.u))
        if stage.detail:
            twig = f"q{deep * 0.1:.1f} {deep * 0.06:.1f} {deep * 0.13:.1f} {deep * 0.2:.1f}"
            parts.append(stroke(f"M{x + dx * 0.42:.1f} {top + dy * 0.5:.1f}{twig}", pale, width * 0.5 * stage.u))
    return "".join(parts)


def _plant(stage: Stage, x: float, foot: float, tall: float) -> str:
    """A stem with pairs of leaves, the lowest the longest, and one leaf upright at the top."""
    light = stage.light
    stem = mix(light.near, light.deep, 0.55)
    parts = [
        path(
            f"M{x - 13 * stage.u:.1f} {foot + 6:.1f}C{x - 8 * stage.u:.1f} {foot - tall * 0.4:.1f} "
            f"{x - 4 * stage.u:.1f} {foot - tall * 0.7:.1f} {x - 3 * stage.u:.1f} {foot - tall * 0.86:.1f}"
            f"H{x + 3 * stage.u:.1f}C{x + 4 * stage.u:.1f} {foot - tall * 0.7:.1f} {x + 8 * stage.u:.1f} "
            f"{foot - tall * 0.4:.1f} {x + 13 * stage.u:.1f} {foot + 6:.1f}Z",
            stem,
        )
    ]
    pairs = ((0.17, 0.4, -18), (0.36, 0.41, -26), (0.54, 0.36, -36), (0.7, 0.28, -48))
    for height, length, angle in pairs:
        for side in (-1, 1):
            tilt = angle + stage.rng.uniform(-5, 5)
            at = foot - tall * (height + (0.03 if side > 0 else 0))
            parts.append(leaf(stage, x, at, tall * length * stage.rng.uniform(0.94, 1.05), tilt, flipped=side < 0))
    return "".join([*parts, leaf(stage, x, foot - tall * 0.82, tall * 0.28, -90, flipped=False)])


def leaf(stage: Stage, x: float, y: float, length: float, tilt: float, *, flipped: bool) -> str:
    """One leaf growing from (x, y): two halves of different green, a midrib and veins."""
    light, half = stage.light, length * 0.23
    upper, lower = mix(light.near, "#fff8c8", 0.1), mix(light.near, light.deep, 0.5)
    rib = mix(light.near, "#fdfbe0", 0.66)
    top = f"M0 0C{length * 0.18:.1f} {-half * 1.35:.1f} {length * 0.68:.1f} {-half * 1.3:.1f} {length:.1f} 0Z"
    under = f"M0 0C{length * 0.18:.1f} {half * 1.35:.1f} {length * 0.68:.1f} {half * 1.3:.1f} {length:.1f} 0Z"
    parts = [path(top, upper), path(under, lower)]
    width = max(1.2, length * 0.014)
    if stage.detail:
        for share in (0.22, 0.38, 0.54, 0.7):
            reach = half * (0.86 - abs(share - 0.45))
            for side in (-1, 1):
                vein = f"M{length * share:.1f} 0Q{length * (share + 0.07):.1f} {side * reach * 0.5:.1f} "
                parts.append(
                    stroke(f"{vein}{length * (share + 0.15):.1f} {side * reach:.1f}", rib, width * 0.6, 'opacity=".75"')
                )
    parts.append(stroke(f"M0 0H{length * 0.93:.1f}", rib, width))
    turn = f"translate({x:.1f} {y:.1f}) scale({-1 if flipped else 1} 1) rotate({tilt:.1f})"
    return f'<g transform="{turn}">{"".join(parts)}</g>'


__all__ = ["bush", "garden", "hills", "leaf", "mountains", "pine", "ridge", "ring"]
