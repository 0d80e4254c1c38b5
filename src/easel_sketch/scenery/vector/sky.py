"""What is overhead: backdrops, the sun, clouds, a starry space, and soft lights out of focus."""

from math import cos, pi, sin, tau

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.ink import circle, fall, glow, path, polygon, rect, ring
from easel_sketch.scenery.vector.stage import Stage


def backdrop(stage: Stage) -> str:
    """The sky itself; a flat colour for a quick sketch."""
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
    inner = r * 0.22
    points = [
        (x + cos(i * pi / 4) * (r if i % 2 == 0 else inner), y + sin(i * pi / 4) * (r if i % 2 == 0 else inner))
        for i in range(8)
    ]
    return polygon(points, fill)


def space(stage: Stage) -> str:
    light, w, h = stage.light, stage.w, stage.h
    deep = mix(light.deep, "#05060f", 0.5)
    parts = [fall("void", deep, mix(light.near, deep, 0.35)), rect(0, 0, w, h, "url(#void)")]
    for place, colour in enumerate((light.water, light.far, light.mid)[: stage.detail + 1]):
        name = f"cloud{place}"
        x, y = w * stage.rng.uniform(0.1, 0.9), h * stage.rng.uniform(0.15, 0.85)
        parts += [glow(name, f"{colour}@.5", f"{colour}@0"), circle(x, y, max(w, h) * 0.42, f"url(#{name})")]
    parts.append(stars(stage, (60, 120, 220)[stage.detail]))
    x, y, r = w * 0.5, h * 0.52, min(w, h)
    for place, share in enumerate((0.3, 0.4, 0.5)[: stage.detail + 1]):
        parts.append(ring(x, y, r * share, light.bright, 1.6 * stage.u, 'opacity=".3" stroke-dasharray="2 9"'))
        at = stage.rng.uniform(0, tau)
        dot = stage.accents[place % len(stage.accents)]
        parts.append(circle(x + cos(at) * r * share, y + sin(at) * r * share, 9 * stage.u, dot))
    parts.append(_planet(stage, w * 0.87, h * 0.14, r * 0.1, light.halo, light.far))
    curve = f"M0 {h * 0.93:.1f}Q{w / 2:.1f} {h * 0.8:.1f} {w:.1f} {h * 0.93:.1f}V{h:.1f}H0Z"
    return "".join(
        [*parts, path(curve, mix(light.mid, light.deep, 0.3)), sparkle(w * 0.12, h * 0.17, r * 0.03, light.bright)]
    )


def _planet(stage: Stage, x: float, y: float, r: float, fill: str, shade: str) -> str:
    clip = f'<clipPath id="planet"><circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}"/></clipPath>'
    dark = circle(x + r * 0.45, y + r * 0.35, r * 1.05, shade, 'opacity=".55" clip-path="url(#planet)"')
    return f"<defs>{clip}</defs>" + circle(x, y, r, fill) + (dark if stage.detail else "")


def bokeh(stage: Stage) -> str:
    """Soft round lights, bigger and fainter towards the edges, behind a calm middle."""
    light, w, h = stage.light, stage.w, stage.h
    parts = [backdrop(stage)]
    for i in range((16, 34, 60)[stage.detail]):
        x, y = stage.rng.uniform(0, w), stage.rng.uniform(0, h)
        away = min(1.0, ((x / w - 0.5) ** 2 + (y / h - 0.5) ** 2) ** 0.5 * 2)
        tone = (light.halo, light.bright, light.sun, stage.accents[i % len(stage.accents)])[i % 4]
        r = min(w, h) * stage.rng.uniform(0.012, 0.075) * (0.4 + away)
        parts.append(circle(x, y, r, tone, f'opacity="{0.08 + 0.26 * away * stage.rng.random():.2f}"'))
    parts.append(sun(stage, w * 0.5, h * 0.52, min(w, h) * 0.27))
    return "".join(parts)
