"""Stops on an oval and the arrows between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin

from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import polygon, stroke

_STEPS = 96


@dataclass(frozen=True, slots=True)
class Oval:
    """An oval with `count` stops, the first at the top, the others clockwise unless said otherwise."""

    x: float
    y: float
    rx: float
    ry: float
    count: int
    clockwise: bool = True
    start: float = 0  # offset of the first stop before the top, in steps

    def angle(self, place: float) -> float:
        return -pi / 2 + (1 if self.clockwise else -1) * 2 * pi * (place - self.start) / self.count

    def spot(self, place: float) -> tuple[float, float]:
        at = self.angle(place)
        return self.x + cos(at) * self.rx, self.y + sin(at) * self.ry

    @property
    def spots(self) -> list[tuple[float, float]]:
        return [self.spot(place) for place in range(self.count)]


def arrows(job: Commission, oval: Oval, stops: Sequence[Box], width: float, *, colours: Sequence[str] = ()) -> str:
    """An arrow along the oval from each stop to the next, clear of both boxes."""
    drawn = []
    for place, stop in enumerate(stops):
        other = stops[(place + 1) % len(stops)]
        way = [oval.spot(place + step / _STEPS) for step in range(_STEPS + 1)]
        free = [spot for spot in way if not (_near(stop, spot, width * 2.6) or _near(other, spot, width * 2.4))]
        colour = colours[place % len(colours)] if colours else job.palette.accent(place)
        drawn.append(_arrow(free, colour, width))
    return "".join(drawn)


def _near(box: Box, spot: tuple[float, float], gap: float) -> bool:
    x, y = spot
    return box.x - gap < x < box.right + gap and box.y - gap < y < box.bottom + gap


def _arrow(way: Sequence[tuple[float, float]], colour: str, width: float) -> str:
    """A thick line along the points with a head at its end; only the head if there is little room."""
    if len(way) < 2:
        return ""
    (x1, y1), head = way[-1], width * 2.5
    shaft = [spot for spot in way if hypot(spot[0] - x1, spot[1] - y1) > head * 0.75]
    x0, y0 = shaft[-1] if shaft else way[0]
    long = max(0.1, hypot(x1 - x0, y1 - y0))
    dx, dy = (x1 - x0) / long, (y1 - y0) / long
    back_x, back_y = x1 - dx * head, y1 - dy * head
    tip = [
        (x1, y1),
        (back_x - dy * head * 0.62, back_y + dx * head * 0.62),
        (back_x + dy * head * 0.62, back_y - dx * head * 0.62),
    ]
    line = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in shaft) if len(shaft) > 1 else ""
    joined = f'stroke="{colour}" stroke-width="{width * 0.4:.1f}" stroke-linejoin="round"'
    return (stroke(line, colour, width) if line else "") + polygon(tip, colour, joined)
