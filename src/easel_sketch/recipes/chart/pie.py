"""A ring chart with a legend. Only given values are printed."""

from collections.abc import Sequence
from math import cos, pi, sin

from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, path, rect, trace
from easel_sketch.parts.mark import lead_icon
from easel_sketch.recipes.chart.plot import Point, mirrored, place_labels
from easel_sketch.type import typeset


def shares(job: Commission, box: Box, points: Sequence[Point]) -> str:
    """A ring with the subject's icon in its centre, and a legend."""
    u = job.unit
    named = any(point.name for point in points)
    wide = box.w > box.h * 1.15
    plot, legend = (
        (box.columns(0.5, 56 * u, mirrored=job.mirrored) if wide else box.rows(0.6, 30 * u)) if named else (box, box)
    )
    x, y, r = *plot.centre, min(plot.w, plot.h) * 0.49
    art = _slices(job, (x, y, r), points) + circle(x, y, r * 0.5, job.palette.tint(0, 0.12))
    art += icons.placed(lead_icon(job), x, y, r * 0.6)
    return job.page.svg(art) + (_legend(job, legend, points) if named else "")


def _slices(job: Commission, disc: tuple[float, float, float], points: Sequence[Point]) -> str:
    x, y, r = disc
    whole, at, parts = sum(point.height for point in points) or 1.0, -pi / 2, []
    inner = r * 0.58
    for place, point in enumerate(points):
        turn = 2 * pi * min(0.999, point.height / whole)
        a, b = at, at + turn
        large = "1" if turn > pi else "0"
        d = trace(
            *("M", x + cos(a) * r, y + sin(a) * r, "A", r, r, 0, large, "1", x + cos(b) * r, y + sin(b) * r),
            *("L", x + cos(b) * inner, y + sin(b) * inner),
            *("A", inner, inner, 0, large, "0", x + cos(a) * inner, y + sin(a) * inner, "Z"),
        )
        gap = f'stroke="{job.palette.surface}" stroke-width="{6 * job.unit:.1f}" stroke-linejoin="round"'
        parts.append(path(d, job.palette.accent(place), gap))
        at = b
    return "".join(parts)


def _legend(job: Commission, box: Box, points: Sequence[Point]) -> str:
    u, turned = job.unit, job.brief.right_to_left
    columns = 1 if len(points) <= 7 and (box.h / len(points) > 60 * u) else 2
    rows = -(-len(points) // columns)
    cells = box.grid(columns, rows, 30 * u if columns > 1 else 0)
    longest = max(typeset.widths(job.canvas, [point.value or "0" for point in points], job.faces.label))
    value_w = min(box.w * 0.36 / columns, longest * 0.56 * u + 20 * u) if any(point.value for point in points) else 0.0
    art, rooms = [], []
    for place, cell in enumerate(cells[: len(points)]):
        dot, y = min(40 * u, cell.h * 0.4), cell.centre[1]
        name = Box(cell.x + dot + 24 * u, cell.y + 4, cell.w - dot - 24 * u - value_w - 16 * u, cell.h - 8)
        value, spot = Box(cell.right - value_w, cell.y + 4, value_w, cell.h - 8), Box(cell.x, y - dot / 2, dot, dot)
        if turned:
            name, value, spot = (mirrored(cell, part) for part in (name, value, spot))
        art.append(rect(spot.x, spot.y, dot, dot, job.palette.accent(place), dot * 0.32))
        if place % rows:
            art.append(rect(cell.x, cell.y - 1 * u, cell.w, 2 * u, job.palette.line))
        rooms.append((name, value))
    return job.page.svg("".join(art)) + place_labels(
        job, points, rooms, (46, 52), ("left", "right"), ("center", "center")
    )
