"""Backgrounds that show no landscape: rays, shapes, confetti, outer space, soft lights, a table, a drawing board."""

from math import cos, sin, tau

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.ink import circle, fall, glow, path, polygon, rect, ring, stroke
from easel_sketch.scenery.vector.sky import background, sparkle, stars, sun
from easel_sketch.scenery.vector.stage import Stage


def rays(stage: Stage) -> str:
    light, w, h = stage.light, stage.w, stage.h
    x, y, r = w * 0.5, h * 0.52, max(w, h)
    parts = [background(stage)]
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
    """Quarter circles, discs and bars on a big grid; none in the middle."""
    light, w, h = stage.light, stage.w, stage.h
    parts = [background(stage)]
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
    parts = [background(stage), circle(w * 0.5, h * 0.54, min(w, h) * 0.33, light.halo, 'opacity=".55"')]
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
    """Soft round lights, bigger and fainter towards the edges, few in the middle."""
    light, w, h = stage.light, stage.w, stage.h
    parts = [background(stage)]
    for i in range((16, 34, 60)[stage.detail]):
        x, y = stage.rng.uniform(0, w), stage.rng.uniform(0, h)
        away = min(1.0, ((x / w - 0.5) ** 2 + (y / h - 0.5) ** 2) ** 0.5 * 2)
        tone = (light.halo, light.bright, light.sun, stage.accents[i % len(stage.accents)])[i % 4]
        r = min(w, h) * stage.rng.uniform(0.012, 0.075) * (0.4 + away)
        parts.append(circle(x, y, r, tone, f'opacity="{0.08 + 0.26 * away * stage.rng.random():.2f}"'))
    parts.append(sun(stage, w * 0.5, h * 0.52, min(w, h) * 0.27))
    return "".join(parts)


def table(stage: Stage) -> str:
    """A wall with a round window of light, a shelf line, and a table top to stand things on."""
    light, w, h = stage.light, stage.w, stage.h
    edge = h * 0.74
    parts = [background(stage)]
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
    parts = [background(stage)]
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
