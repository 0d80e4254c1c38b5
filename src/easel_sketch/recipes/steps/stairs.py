"""Steps as rising blocks, the first the lowest, each with its number on top and its text inside."""

from collections.abc import Sequence

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import LOW, Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle
from easel_sketch.drawing.ornament import shadow
from easel_sketch.parts.blank import blank
from easel_sketch.parts.common_size import common_size
from easel_sketch.parts.mark import fill_and_ink, lead_icon, numbered
from easel_sketch.parts.stack import Row, stack

_RISE = 0.46  # share of the height that the stairs rise


def stairs(job: Commission, box: Box, texts: Sequence[str], names: Sequence[str]) -> tuple[str, float]:
    """The blocks, with the subject over the lowest ones; and the type size in thousandths of the page."""
    u, count, turned = job.unit, len(texts), job.brief.right_to_left
    size = min(96 * u, box.w / count * 0.46)
    columns = box.grid(count, 1, 14 * u)
    columns = columns[::-1] if turned else columns
    rise = box.h * _RISE / max(1, count - 1)
    tops = [box.y + size * 0.5 + rise * (count - 1 - place) for place in range(count)]
    blocks = [Box(cell.x, top, cell.w, box.bottom - top) for cell, top in zip(columns, tops, strict=True)]
    rooms = [Box(b.x + 14 * u, b.y + size * 0.62, b.w - 28 * u, b.h - size * 0.62 - 18 * u) for b in blocks]
    rows = [[Row(text, job.faces.label, 1, job.palette.ink)] for text in texts]
    most = common_size(job, [pair for pair in zip(rooms, rows, strict=True) if pair[1][0].text], 46)
    parts = [_subject(job, box, [top - size / 2 for top in tops], columns[0].w + 14 * u, turned=turned)]
    for place, (block, room, name) in enumerate(zip(blocks, rooms, names, strict=True)):
        tone = fill_and_ink(job, place)[0]
        fill = mix(job.palette.surface, tone, 0.2 if job.palette.dark else 0.1)
        edge = f"border-top:{10 * u:.1f}px solid {tone};border-radius:{18 * u:.1f}px {18 * u:.1f}px 0 0;"
        parts.append(block.div("", f"background:{fill};{shadow(job, 0.7)}{edge}"))
        parts.append(numbered(job, block.centre[0], block.y, size, place, name))
        if texts[place]:
            parts.append(stack(job, room, rows[place], align="center", most=most))
        else:
            upper = Box(room.x, room.y, room.w, min(room.h, 110 * u))
            parts.append(blank(job, upper, place, job.palette.ink, fill, centred=True))
    return "".join(parts), most


def _subject(job: Commission, box: Box, tops: Sequence[float], step: float, *, turned: bool) -> str:
    """The subject's icon in the free corner above the lowest blocks, as large as they allow."""
    free = [min(top - box.y - 20 * job.unit, step * (place + 0.9)) / 2 for place, top in enumerate(tops)]
    r = max(free) * 0.96
    if r < 40 * job.unit:
        return ""
    x = box.right - r if turned else box.x + r
    art = circle(x, box.y + r, r, job.palette.tint(0, 0.14)) if job.detail > LOW else ""
    return job.page.svg(art + icons.placed(lead_icon(job), x, box.y + r, r * 1.4))
