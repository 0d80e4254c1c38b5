"""Places people made: a city, a table by a round window, and a drawing board."""

from math import cos, sin, tau

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.ink import circle, rect, ring, stroke
from easel_sketch.scenery.vector.sky import backdrop, clouds, stars, sun
from easel_sketch.scenery.vector.stage import Stage


def city(stage: Stage) -> str:
    light, w, h = stage.light, stage.w, stage.h
    parts = [backdrop(stage), sun(stage, w * 0.5, h * 0.42, min(w, h) * 0.23)]
    parts.append(stars(stage, 40, 0.4) if stage.dark else clouds(stage, 0.26))
    layers = ((light.far, 0.62, 0.3), (light.mid, 0.74, 0.28), (light.near, 0.88, 0.24))
    for depth, (tone, foot, tall) in enumerate(layers):
        parts.append(_block(stage, tone, h * foot, h * tall, depth))
    road = mix(light.deep, light.near, 0.2)
    parts.append(rect(0, h * 0.88, w, h * 0.12, road))
    dash = w / 14
    marks = (rect((i + 0.2) * dash, h * 0.935, dash * 0.6, h * 0.008, light.halo, 3, 'opacity=".8"') for i in range(14))
    return "".join([*parts, *marks])


def _block(stage: Stage, tone: str, foot: float, tall: float, depth: int) -> str:
    parts, x = [], -stage.w * 0.02
    while x < stage.w:
        wide = stage.w * stage.rng.uniform(0.055, 0.1) * (1 + depth * 0.2)
        # The middle stays low so that the leading figure has the sky to itself.
        middle = 1 - abs((x + wide / 2) / stage.w - 0.5) * 2
        high = tall * stage.rng.uniform(0.5, 1.0) * (1 - 0.45 * middle)
        parts.append(rect(x, foot - high, wide + 1, stage.h - foot + high, tone))
        if stage.detail and depth:
            parts.append(_windows(stage, x, foot - high, wide, high, tone))
        x += wide
    return "".join(parts)


def _windows(stage: Stage, x: float, y: float, wide: float, high: float, tone: str) -> str:
    parts, cell = [], wide / 4
    lit, unlit = mix(tone, stage.light.halo, 0.85), mix(tone, stage.light.bright, 0.16)
    for column in range(3):
        for line in range(int(high / (cell * 1.3)) - 1):
            fill = lit if stage.rng.random() < 0.3 else unlit
            parts.append(rect(x + cell * (column + 0.7), y + cell * (0.8 + line * 1.3), cell * 0.55, cell * 0.7, fill))
    return "".join(parts)


def table(stage: Stage) -> str:
    """A wall with a round window of light, a shelf line, and a table top to stand things on."""
    light, w, h = stage.light, stage.w, stage.h
    edge = h * 0.74
    parts = [backdrop(stage)]
    if stage.detail:
        step = w / 16
        parts += [rect(i * step, 0, step / 2, h, light.bright, 0, 'opacity=".07"') for i in range(16)]
    x, y, r = w * 0.5, h * 0.5, min(w, h) * 0.34
    parts += [sun(stage, x, y, r), ring(x, y, r * 1.08, light.bright, 3 * stage.u, 'opacity=".55"')]
    top = mix(light.soil, light.near, 0.35)
    parts += [rect(0, edge, w, h - edge, top), rect(0, edge, w, h * 0.018, mix(top, light.bright, 0.28))]
    if stage.detail == 2:
        for i in range(9):
            y0 = edge + (h - edge) * (0.16 + 0.1 * i)
            x0 = stage.rng.uniform(-0.1, 0.6) * w
            bow, long = stage.rng.uniform(-6, 6), w * stage.rng.uniform(0.3, 0.5)
            grain = f"M{x0:.1f} {y0:.1f}q{w * 0.2:.1f} {bow:.1f} {long:.1f} 0"
            parts.append(stroke(grain, mix(top, light.deep, 0.25), 2 * stage.u, 'opacity=".6"'))
    return "".join(parts)


def grid(stage: Stage) -> str:
    """A drawing board: squared paper, concentric guides, and a few linked points."""
    light, w, h = stage.light, stage.w, stage.h
    parts = [backdrop(stage)]
    step = 46 * stage.u
    rule = 'opacity=".28"' if not stage.dark else 'opacity=".12"'
    lines = [f"M{i * step:.1f} 0V{h:.1f}" for i in range(1, int(w / step) + 1)]
    lines += [f"M0 {i * step:.1f}H{w:.1f}" for i in range(1, int(h / step) + 1)]
    if stage.detail:
        parts.append(stroke("".join(lines), light.bright, 1.4 * stage.u, rule))
    x, y, r = w * 0.5, h * 0.52, min(w, h)
    parts.append(circle(x, y, r * 0.33, light.sun, 'opacity=".22"'))
    for place, share in enumerate((0.27, 0.37, 0.47)):
        tone = stage.accents[place % len(stage.accents)]
        dashes = f'stroke-dasharray="{(10 + 8 * place) * stage.u:.0f} {9 * stage.u:.0f}" opacity=".5"'
        parts.append(ring(x, y, r * share, tone, 2.4 * stage.u, dashes))
        for _ in range(1 + stage.detail):
            at = stage.rng.uniform(0, tau)
            parts.append(circle(x + cos(at) * r * share, y + sin(at) * r * share, 8 * stage.u, tone))
    return "".join(parts)
