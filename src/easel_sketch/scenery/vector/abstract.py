"""Places that are only shape and colour: a sunburst, big geometric forms, a rain of confetti."""

from math import cos, sin, tau

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.ink import circle, path, polygon, rect, ring
from easel_sketch.scenery.vector.sky import backdrop, sparkle
from easel_sketch.scenery.vector.stage import Stage


def rays(stage: Stage) -> str:
    light, w, h = stage.light, stage.w, stage.h
    x, y, r = w * 0.5, h * 0.52, max(w, h)
    parts = [backdrop(stage)]
    count = (12, 16, 22)[stage.detail]
    turn = stage.rng.random()
    for i in range(count):
        a, b = tau * (i + turn) / count, tau * (i + turn + 0.5) / count
        wedge = [(x, y), (x + cos(a) * r, y + sin(a) * r), (x + cos(b) * r, y + sin(b) * r)]
        parts.append(polygon(wedge, light.halo, 'opacity=".2"'))
    disc = min(w, h) * 0.3
    parts += [circle(x, y, disc * 1.12, light.bright, 'opacity=".25"'), circle(x, y, disc, light.sun)]
    if stage.detail:
        parts.append(
            ring(
                x,
                y,
                disc * 0.92,
                light.bright,
                3 * stage.u,
                f'stroke-dasharray="2 {10 * stage.u:.0f}" stroke-linecap="round"',
            )
        )
    return "".join(parts)


def shapes(stage: Stage) -> str:
    """Quarter circles, discs and bars on a big grid, quiet in the middle."""
    light, w, h = stage.light, stage.w, stage.h
    parts = [backdrop(stage)]
    side = min(w, h) / (3, 4, 4)[stage.detail]
    tones = (light.far, light.mid, light.halo, light.water, *stage.accents[:3])
    for row in range(int(h / side) + 1):
        for column in range(int(w / side) + 1):
            x, y = column * side, row * side
            if abs(x + side / 2 - w / 2) < w * 0.26 and abs(y + side / 2 - h * 0.52) < h * 0.3:
                continue
            if stage.rng.random() < 0.62:
                parts.append(_tile(stage, x, y, side, mix(stage.rng.choice(tones), light.low, 0.35)))
    parts.append(circle(w * 0.5, h * 0.52, min(w, h) * 0.3, light.sun, 'opacity=".9"'))
    return "".join(parts)


def _tile(stage: Stage, x: float, y: float, side: float, fill: str) -> str:
    kind = stage.rng.randrange(5)
    if kind == 0:
        return path(f"M{x:.1f} {y:.1f}h{side:.1f}a{side:.1f} {side:.1f} 0 0 1 {-side:.1f} {side:.1f}z", fill)
    if kind == 1:
        return path(
            f"M{x + side:.1f} {y + side:.1f}h{-side:.1f}a{side:.1f} {side:.1f} 0 0 1 {side:.1f} {-side:.1f}z", fill
        )
    if kind == 2:
        return circle(x + side / 2, y + side / 2, side * 0.34, fill)
    if kind == 3:
        return "".join(rect(x, y + side * share, side, side * 0.1, fill) for share in (0.12, 0.34, 0.56, 0.78))
    return ring(x + side / 2, y + side / 2, side * 0.3, fill, side * 0.12)


def confetti(stage: Stage) -> str:
    light, w, h = stage.light, stage.w, stage.h
    parts = [backdrop(stage), circle(w * 0.5, h * 0.54, min(w, h) * 0.33, light.halo, 'opacity=".55"')]
    parts.append(circle(w * 0.5, h * 0.54, min(w, h) * 0.27, light.sun))
    for i in range((40, 90, 160)[stage.detail]):
        x, y = stage.rng.uniform(0, w), h * stage.rng.random() ** 1.2
        tone = (*stage.accents, light.bright)[i % (len(stage.accents) + 1)]
        size = stage.rng.uniform(6, 15) * stage.u
        turn = f'transform="rotate({stage.rng.uniform(0, 180):.0f} {x:.1f} {y:.1f})"'
        bits = (
            rect(x, y, size * 1.7, size * 0.7, tone, 1, turn),
            circle(x, y, size * 0.45, tone),
            sparkle(x, y, size, tone),
        )
        parts.append(bits[i % 3])
    return "".join(parts)
