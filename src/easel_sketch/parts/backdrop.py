"""Patterns in a shade of their background: rays, stripes, halftone, rings; and confetti."""

from collections.abc import Callable
from math import cos, hypot, pi, sin

from easel_sketch.colour.tone import lightness, toned
from easel_sketch.drawing.commission import LOW, Commission
from easel_sketch.drawing.ink import circle, polygon, rect, trace
from easel_sketch.drawing.ink import path as shape

_RAYS = 22


def background_pattern(job: Commission, tone: str, x: float, y: float) -> str:
    """The pattern of this variation in a shade of `tone`, centred on (x, y); none at low quality."""
    patterns: tuple[Callable[..., str], ...] = (rays, halftone, stripes, discs)
    shade = shaded(tone)
    return patterns[job.index % 4](job, x, y, shade) if job.detail > LOW else ""


def shaded(tone: str, by: float = 0.05) -> str:
    """A lighter shade, or a darker one if the colour is pale."""
    light = lightness(tone)
    return toned(tone, light + by if light < 0.75 else light - by * 0.6)


def rays(job: Commission, x: float, y: float, shade: str) -> str:
    far = hypot(job.page.w, job.page.h)
    beams = []
    for i in range(_RAYS):
        a, b = 2 * pi * i / _RAYS, 2 * pi * (i + 0.5) / _RAYS
        edge = [(x + cos(at) * far, y + sin(at) * far) for at in (a, b)]
        beams.append(polygon([(x, y), *edge], shade))
    return "".join(beams)


def stripes(job: Commission, x: float, y: float, shade: str) -> str:
    page, wide = job.page, 62 * job.unit
    lean = page.h * (-0.5 if job.mirrored else 0.5)
    bars, at = [], -abs(lean)
    while at < page.w + abs(lean):
        bars.append(polygon([(at, page.h), (at + wide, page.h), (at + wide + lean, 0), (at + lean, 0)], shade))
        at += 2 * wide
    return "".join(bars)


def halftone(job: Commission, x: float, y: float, shade: str) -> str:
    """Rows of dots, larger towards (x, y)."""
    page, step = job.page, 34 * job.unit
    reach = hypot(page.w, page.h) * 0.62
    dots = []
    for row in range(int(page.h / step) + 2):
        for column in range(int(page.w / step) + 2):
            cx, cy = (column + 0.5 * (row % 2)) * step, row * step
            r = step * 0.44 * (1 - hypot(cx - x, cy - y) / reach)
            if r > 1.2 * job.unit:
                dots.append(circle(cx, cy, r, shade))
    return "".join(dots)


def discs(job: Commission, x: float, y: float, shade: str) -> str:
    """Concentric rings around (x, y)."""
    far = hypot(job.page.w, job.page.h)
    wide = 58 * job.unit
    steps = range(int(far / wide), 0, -1)
    return "".join(
        circle(x, y, wide * step, "none", f'stroke="{shade}" stroke-width="{wide * 0.5:.1f}"')
        for step in steps
        if step % 2
    )


def confetti(job: Commission, colours: tuple[str, ...], count: int, clear: Callable[[float, float], bool]) -> str:
    """Small scraps of paper at random places where `clear` is true."""
    page, rng, u, parts = job.page, job.rng, job.unit, []
    for i in range(count):
        x, y, turn, fill = (
            rng.uniform(0, page.w),
            rng.uniform(0, page.h),
            rng.uniform(0, 180),
            colours[i % len(colours)],
        )
        if not clear(x, y):
            continue
        size = rng.uniform(7, 15) * u
        if i % 3 == 0:
            parts.append(circle(x, y, size * 0.6, fill))
        elif i % 3 == 1:
            extra = f'transform="rotate({turn:.0f} {x:.1f} {y:.1f})"'
            parts.append(rect(x - size, y - size * 0.3, size * 2, size * 0.6, fill, size * 0.3, extra))
        else:
            wave = trace("M", x - size, y, "q", size * 0.5, -size, size, 0, "t", size, 0)
            extra = f'stroke="{fill}" stroke-width="{size * 0.42:.1f}" stroke-linecap="round" '
            parts.append(shape(wave, "none", f'{extra}transform="rotate({turn:.0f} {x:.1f} {y:.1f})"'))
    return "".join(parts)
