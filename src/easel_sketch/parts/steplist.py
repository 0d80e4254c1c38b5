"""Numbered rows joined by a line, or columns side by side."""

from collections.abc import Sequence
from itertools import pairwise

from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import stroke, trace
from easel_sketch.drawing.ornament import shadow
from easel_sketch.parts.blank import blank
from easel_sketch.parts.common_size import common_size
from easel_sketch.parts.mark import fill_and_ink, numbered
from easel_sketch.parts.stack import Row, stack


def steplist(
    job: Commission, box: Box, texts: Sequence[str], names: Sequence[str], *, joined: bool = True
) -> tuple[str, float]:
    """The rows, and the type size of their texts in thousandths of the page; an empty text is a blank."""
    u = job.unit
    gap = min(24 * u, box.h / len(texts) * 0.16)
    cells = box.grid(1, len(texts), gap)
    size = min(cells[0].h * 0.7, 112 * u)
    rooms = [_room(job, cell, size) for cell in cells]
    face = job.faces.label if max(map(len, texts)) < 70 else job.faces.body
    rows = [[Row(text, face, 1, job.palette.ink)] for text in texts]
    most = common_size(job, [pair for pair in zip(rooms, rows, strict=True) if pair[1][0].text], 56)
    spots = [(_mark_x(job, cell, size), cell.centre[1]) for cell in cells]
    parts = []
    for place, cell in enumerate(cells):
        tone = fill_and_ink(job, place)[0]
        edge = "right" if job.brief.right_to_left else "left"
        style = f"background:{job.palette.surface};border-radius:{24 * u:.1f}px;{shadow(job, 0.8)}"
        parts.append(cell.div("", f"{style}border-{edge}:{9 * u:.1f}px solid {tone};"))
    if joined:
        parts.append(job.page.svg("".join(_joint(job, a, b, size) for a, b in pairwise(spots))))
    for place, ((x, y), name) in enumerate(zip(spots, names, strict=True)):
        parts.append(numbered(job, x, y, size, place, name))
        if texts[place]:
            parts.append(stack(job, rooms[place], rows[place], anchor="center", most=most))
        else:
            parts.append(blank(job, rooms[place], place, job.palette.ink, job.palette.surface))
    return "".join(parts), most


def _mark_x(job: Commission, cell: Box, size: float) -> float:
    inset = size * 0.5 + 30 * job.unit
    return cell.right - inset if job.brief.right_to_left else cell.x + inset


def _room(job: Commission, cell: Box, size: float) -> Box:
    taken, pad = size + 58 * job.unit, 24 * job.unit
    x = cell.x + pad if job.brief.right_to_left else cell.x + taken
    return Box(x, cell.y + cell.h * 0.08, cell.w - taken - pad, cell.h * 0.84)


def _joint(job: Commission, start: tuple[float, float], end: tuple[float, float], size: float) -> str:
    """A dotted line between two marks."""
    dash = f'stroke-dasharray="{1 * job.unit:.1f} {13 * job.unit:.1f}"'
    line = trace("M", start[0], start[1] + size * 0.5, "V", end[1] - size * 0.5)
    return stroke(line, job.palette.muted, 5 * job.unit, dash)
