"""Numbered points without words: a list beside the panel, or cards in rows, alone or below the panel."""

from easel_sketch.drawing.commission import LOW, Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle
from easel_sketch.drawing.ornament import shadow
from easel_sketch.parts.blank import blank
from easel_sketch.parts.mark import fill_and_ink, mark
from easel_sketch.parts.panel import panel
from easel_sketch.parts.steplist import steplist

_GAP = 26
_LISTED = 6
_IN_ONE_ROW = 5
_MOST_BESIDE_PANEL = 8


def draw(job: Commission, body: Box, count: int) -> str:
    gap, style = _GAP * job.unit, job.index % 4
    if style == 0 and count <= _LISTED and job.aspect > 1.15:
        art, side = body.columns(0.5, gap, mirrored=job.brief.right_to_left)
        listed, _ = steplist(job, side, [""] * count, [""] * count, joined=False)
        return panel(job, art, [], numbered=False) + listed
    if style == 3 or count > _MOST_BESIDE_PANEL:
        return _cards(job, body, count)
    share = 0.5 if count <= _IN_ONE_ROW else 0.4
    if style == 2:
        rest, art = body.rows(1 - share, gap)
    else:
        art, rest = body.rows(share, gap)
    return panel(job, art, [], numbered=False) + _cards(job, rest, count)


def _cards(job: Commission, box: Box, count: int) -> str:
    """Cards in rows as equal as possible, each with its number over a blank."""
    u, gap = job.unit, _GAP * job.unit
    wide = box.w > box.h * 1.6
    rows = 1 if wide and count <= _IN_ONE_ROW else 2 if count < 9 and box.w > box.h * 0.8 else -(-count // 3)
    shares = [count // rows + (place < count % rows) for place in range(rows)]
    high = (box.h - gap * (rows - 1)) / rows
    parts, place = [], 0
    for row, share in enumerate(shares):
        line = Box(box.x, box.y + row * (high + gap), box.w, high).grid(share, 1, gap)
        for cell in line[::-1] if job.brief.right_to_left else line:
            parts.append(_card(job, cell, place, u))
            place += 1
    return "".join(parts)


def _card(job: Commission, cell: Box, place: int, u: float) -> str:
    tone = fill_and_ink(job, place)[0]
    style = f"background:{job.palette.surface};border-radius:{24 * u:.1f}px;{shadow(job)}"
    size = min(cell.h * 0.36, cell.w * 0.4, 120 * u)
    x, y = cell.centre[0], cell.y + cell.h * 0.34
    art = circle(x, y, size * 0.66, job.palette.tint(place, 0.14)) if job.detail > LOW else ""
    room = Box(cell.x + 22 * u, y + size * 0.6, cell.w - 44 * u, cell.bottom - y - size * 0.6 - 14 * u)
    return "".join(
        [
            cell.div("", f"{style}border-top:{9 * u:.1f}px solid {tone};"),
            job.page.svg(art),
            mark(job, x, y, size, place, ""),
            blank(job, room, place, job.palette.ink, job.palette.surface, centred=True),
        ]
    )
