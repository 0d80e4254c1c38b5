"""A plant in a garden, and a cross-section of the soil with its roots: a figure for infographics."""

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.ink import fall, oval, path, rect, stroke
from easel_sketch.scenery.vector.grounds import ridge
from easel_sketch.scenery.vector.sky import background, clouds, sun
from easel_sketch.scenery.vector.stage import Stage


def garden(stage: Stage) -> str:
    """Sky, hills, and a cross-section of the soil with one plant and its roots."""
    light, w, h = stage.light, stage.w, stage.h
    ground = h * 0.77
    x = w * 0.52
    sunny = stage.rng.choice((0.15, 0.16))
    parts = [background(stage), clouds(stage, 0.16), sun(stage, w * sunny, h * 0.2, min(w, h) * 0.105, rays=True)]
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
