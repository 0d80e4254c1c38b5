"""The charts of a dashboard. Percentages that were given are drawn to scale; other shapes show no data."""

from collections.abc import Sequence
from math import cos, pi, sin
from typing import Protocol

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.commission import LOW, Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, path, rect, ring, smooth, stroke, trace

_WHOLE = 1.02  # most sum of shares of one whole, rounded


class Measured(Protocol):
    """Something that may have a percentage."""

    @property
    def share(self) -> float | None: ...


def _wave(job: Commission, box: Box, count: int, lift: float = 0.5) -> list[tuple[float, float]]:
    """Points of a curve that rises overall."""
    heights = (min(1.0, max(0.05, lift * i / (count - 1) + 0.12 + 0.34 * job.rng.random())) for i in range(count))
    return [(box.x + box.w * i / (count - 1), box.bottom - box.h * high) for i, high in enumerate(heights)]


def spark(job: Commission, box: Box, place: int) -> str:
    """A sparkline."""
    spots = _wave(job, box, 8)
    return stroke(trace("M", *spots[0]) + smooth(spots), job.palette.accent(place), 5 * job.unit)


def curve(job: Commission, box: Box, shown: Sequence[Measured] = ()) -> str:
    """Curves over a grid with a mark per step of time, the first one highlighted at its end."""
    del shown  # a single value has no course
    u, palette = job.unit, job.palette
    steps, foot = 9, 26 * u if box.h > 150 * u else 0.0
    marks = (
        "".join(
            rect(
                box.x + box.w * i / (steps - 1) - 12 * u,
                box.bottom - 9 * u,
                24 * u,
                9 * u,
                mix(palette.surface, palette.ink, 0.16),
                4.5 * u,
            )
            for i in range(1, steps - 1)
        )
        if foot
        else ""
    )
    box = Box(box.x, box.y, box.w, box.h - foot)
    lines = "".join(trace("M", box.x, box.y + box.h * i / 4, "H", box.right) for i in range(5))
    parts = [marks, stroke(lines, mix(palette.surface, palette.ink, 0.09), 2 * u)]
    for place in range(2 if job.detail > LOW else 1):
        spots = _wave(job, box, steps, 0.55 - 0.25 * place)
        drawn, tone = trace("M", *spots[0]) + smooth(spots), palette.accent(place)
        parts.append(path(drawn + trace("V", box.bottom, "H", box.x, "Z"), tone, 'opacity=".14"'))
        parts.append(stroke(drawn, tone, 6 * u))
        if place == 0:
            parts.append(circle(*spots[-1], 20 * u, tone, 'opacity=".25"') + circle(*spots[-1], 10 * u, tone))
    return "".join(parts)


def columns(job: Commission, box: Box, shown: Sequence[Measured] = ()) -> str:
    """Bars of the given percentages; random bars without any."""
    shares = _shares(shown)
    heights = [share / max(shares) for share in shares] if shares else [0.25 + 0.7 * job.rng.random() for _ in range(8)]
    step = box.w / len(heights)
    wide = min(step * 0.6, 90 * job.unit)
    parts = []
    for place, height in enumerate(heights):
        high = box.h * max(0.03, height)
        tone = job.palette.accent(place if shares else place % 2)
        x = box.x + step * (place + 0.5) - wide / 2
        parts.append(rect(x, box.y, wide, box.h, mix(job.palette.surface, job.palette.ink, 0.05), wide * 0.24))
        parts.append(rect(x, box.bottom - high, wide, high, tone, wide * 0.24))
    return "".join(parts)


def rings(job: Commission, box: Box, shown: Sequence[Measured] = ()) -> str:
    """Nested rings of the given percentages."""
    shares = _shares(shown)[:4] or [0.45 + 0.4 * job.rng.random() for _ in range(3)]
    x, y = box.centre
    r = min(box.w, box.h) * 0.44
    step = 0.78 / max(3, len(shares))
    parts = []
    for place, share in enumerate(shares):
        radius, turn = r * (1 - step * place), min(0.999, max(0.01, share))
        at = 2 * pi * turn - pi / 2
        arc = trace(
            *("M", x, y - radius, "A", radius, radius, 0, "1" if turn > 0.5 else "0", "1"),
            *(x + cos(at) * radius, y + sin(at) * radius),
        )
        width = r * step * 0.62
        parts.append(
            ring(x, y, radius, job.palette.tint(place, 0.18), width) + stroke(arc, job.palette.accent(place), width)
        )
    return "".join(parts)


def donut(job: Commission, box: Box, shown: Sequence[Measured] = ()) -> str:
    """A ring in parts with a legend of bars: the given percentages if they are parts of a whole."""
    u, palette = job.unit, job.palette
    parts = _shares(shown)
    if not parts or sum(parts) > _WHOLE:
        loose = [0.3 + job.rng.random() for _ in range(4)]
        parts = [part / sum(loose) for part in loose]
    wide = box.w > box.h * 1.25
    r = min(box.h, box.w * (0.52 if wide else 1)) * 0.4
    x, y = (box.x + box.w * 0.28 if wide else box.centre[0]), box.centre[1]
    drawn = [ring(x, y, r, mix(palette.surface, palette.ink, 0.07), r * 0.38)]
    at = 0.0
    for place, part in enumerate(parts):
        gap = 0.012 if len(parts) > 1 else 0.0
        drawn.append(_arc(x, y, r, at + gap / 2, at + part - gap / 2, palette.accent(place), r * 0.38))
        at += part
        if wide:
            row = box.centre[1] + (place - (len(parts) - 1) / 2) * min(56 * u, box.h / len(parts))
            left = box.x + box.w * 0.6
            drawn.append(circle(left, row, 11 * u, palette.accent(place)))
            grey = mix(palette.surface, palette.ink, 0.24)
            drawn.append(
                rect(
                    left + 26 * u,
                    row - 7 * u,
                    (box.right - left - 26 * u) * (0.9, 0.62, 0.76)[place % 3],
                    14 * u,
                    grey,
                    7 * u,
                )
            )
    return "".join(drawn)


def _arc(x: float, y: float, r: float, start: float, end: float, tone: str, width: float) -> str:
    """A part of a ring with square ends, between two shares of a turn from the top."""
    a, b = 2 * pi * start - pi / 2, 2 * pi * min(end, start + 0.9995) - pi / 2
    arc = trace(
        *("M", x + cos(a) * r, y + sin(a) * r, "A", r, r, 0, "1" if b - a > pi else "0", "1"),
        *(x + cos(b) * r, y + sin(b) * r),
    )
    return path(arc, "none", f'stroke="{tone}" stroke-width="{width:.1f}"')


def _shares(shown: Sequence[Measured]) -> list[float]:
    """The percentages, if every item has one."""
    found = [item.share for item in shown]
    return [share for share in found if share] if found and all(found) else []
