"""The charts of a dashboard. Percentages that were given are drawn to scale; other shapes show no data."""

from collections.abc import Sequence
from math import cos, pi, sin
from typing import Protocol

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.commission import LOW, Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, path, rect, ring, smooth, stroke, trace


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


def curve(job: Commission, box: Box) -> str:
    """Two curves over a grid, the first one highlighted at its end."""
    u, palette = job.unit, job.palette
    lines = "".join(trace("M", box.x, box.y + box.h * i / 4, "H", box.right) for i in range(5))
    parts = [stroke(lines, mix(palette.surface, palette.ink, 0.09), 2 * u)]
    for place in range(2 if job.detail > LOW else 1):
        spots = _wave(job, box, 9, 0.55 - 0.25 * place)
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


def _shares(shown: Sequence[Measured]) -> list[float]:
    """The percentages, if every item has one."""
    found = [item.share for item in shown]
    return [share for share in found if share] if found and all(found) else []
