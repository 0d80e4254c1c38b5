"""The sky of SVG scenery: its gradient, the sun, clouds and stars."""

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.ink import circle, fall, glow, polygon, rect, star
from easel_sketch.scenery.vector.stage import Stage


def background(stage: Stage) -> str:
    """The sky's gradient; a flat colour at low quality."""
    if stage.detail == 0:
        return rect(0, 0, stage.w, stage.h, mix(stage.light.high, stage.light.low, 0.4))
    return fall("sky", stage.light.high, stage.light.middle, stage.light.low) + rect(
        0, 0, stage.w, stage.h, "url(#sky)"
    )


def sun(stage: Stage, x: float, y: float, r: float, *, rays: bool = False) -> str:
    light = stage.light
    parts = []
    if stage.detail:
        parts += [glow("halo", f"{light.halo}@.85", f"{light.halo}@0"), circle(x, y, r * 2.7, "url(#halo)")]
    if rays:
        for i in range(16):
            long = r * (0.34 if i % 2 else 0.48)
            spoke = rect(x - r * 0.045, y - r * 1.28 - long, r * 0.09, long, light.sun, r * 0.045)
            parts.append(f'<g transform="rotate({i * 22.5} {x:.1f} {y:.1f})">{spoke}</g>')
    if stage.detail == 2:
        parts += [glow("disc", mix(light.sun, light.bright, 0.6), light.sun, mix(light.sun, light.halo, 0.2))]
        return "".join([*parts, circle(x, y, r, "url(#disc)")])
    return "".join([*parts, circle(x, y, r, light.sun)])


def clouds(stage: Stage, low: float) -> str:
    """A few flat-bottomed clouds above the `low` share of the height."""
    parts = []
    for i in range((2, 3, 4)[stage.detail]):
        x = stage.w * (0.36 + 0.6 * i / 3.2 + stage.rng.uniform(-0.04, 0.04))
        y = stage.h * low * stage.rng.uniform(0.45, 1.05)
        parts.append(_cloud(x, y, min(stage.w, stage.h) * stage.rng.uniform(0.13, 0.2), stage.light.bright))
    return f'<g opacity="{0.18 if stage.dark else 0.72}">{"".join(parts)}</g>'


def _cloud(x: float, y: float, wide: float, fill: str) -> str:
    puffs = ((-0.24, -0.1, 0.15), (-0.02, -0.2, 0.22), (0.22, -0.11, 0.16))
    drawn = "".join(circle(x + dx * wide, y + dy * wide, r * wide, fill) for dx, dy, r in puffs)
    return drawn + rect(x - wide / 2, y - wide * 0.17, wide, wide * 0.18, fill, wide * 0.09)


def stars(stage: Stage, count: int, low: float = 1.0) -> str:
    parts = []
    for _ in range(count):
        x, y = stage.rng.uniform(0, stage.w), stage.rng.uniform(0, stage.h * low)
        r = stage.rng.choice((1.0, 1.0, 1.4, 2.2)) * stage.u * 1.3
        parts.append(circle(x, y, r, stage.light.bright, f'opacity="{stage.rng.uniform(0.35, 0.95):.2f}"'))
    return "".join(parts)


def sparkle(x: float, y: float, r: float, fill: str) -> str:
    return polygon(star(4, x, y, r, 90, 0.22), fill)
