"""Two or three things side by side in columns, with a symbol between them."""

import re
from collections.abc import Sequence

from easel_sketch.colour.mixing import fade, mix
from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import LOW, Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, ring, stroke, trace
from easel_sketch.drawing.ornament import grain_overlay, paper, shadow
from easel_sketch.parts.common_size import common_size
from easel_sketch.parts.header import header
from easel_sketch.parts.mark import fill_and_ink
from easel_sketch.parts.stack import Row, stack
from easel_sketch.reading import lookup
from easel_sketch.recipes import infographic

MOST_TEXTS = 16
_BETWEEN = re.compile(
    r"\s+(?:vs\.?|versus|and|or|und|oder|gegen|y|o|contra|et|ou|e|или|и|против)\s+|\s*[/|&]\s*|对比|還是|还是|와|과|と",
    re.IGNORECASE,
)


def draw(job: Commission) -> str:
    heads, lists = _sides(job)
    if not heads:
        return infographic.draw(job)
    top, body = header(job, job.page.inset(46 * job.unit))
    upright = job.aspect > 0.8
    gap = 34 * job.unit
    cells = body.grid(len(heads), 1, gap) if upright else body.grid(1, len(heads), gap)
    if upright and job.brief.right_to_left:
        cells = cells[::-1]
    parts = [paper(job), top, _columns(job, cells, heads, lists)]
    if len(heads) == 2:
        x, y = body.centre
        y = _band(job, cells[0], has_lines=bool(lists[0])).centre[1] if upright else y
        parts.append(job.page.svg(_between(job, x, y)))
    return "".join([*parts, grain_overlay(job)])


def _sides(job: Commission) -> tuple[list[str], list[list[str]]]:
    """The things compared and the lines about each; without items, the things that the title names."""
    items = job.brief.items
    if not items:
        named = [part.strip() for part in _BETWEEN.split(job.brief.title) if part and part.strip()]
        return (named, [[] for _ in named]) if 2 <= len(named) <= 3 else ([], [])
    if not 2 <= len(items) <= MOST_TEXTS:
        return [], []
    count = 3 if len(items) == 3 or (len(items) % 3 == 0 and len(items) % 2) else 2
    per_side = -(-len(items) // count)
    shares = [items[place * per_side : (place + 1) * per_side] for place in range(count)]
    return [share[0] for share in shares if share], [list(share[1:]) for share in shares if share]


def _columns(job: Commission, cells: Sequence[Box], heads: Sequence[str], lists: Sequence[Sequence[str]]) -> str:
    """The columns; heads share one type size, and lines another."""
    named = lookup.for_labels(heads, job.icons)
    shown_icons = named if all(named) else [""] * len(heads)
    bands = [_band(job, cell, has_lines=bool(texts)) for cell, texts in zip(cells, lists, strict=True)]
    head_rows = [[Row(text, job.faces.head, 1, fill_and_ink(job, place)[1])] for place, text in enumerate(heads)]
    head_rooms = [_head_room(job, band, beside=job.aspect <= 0.8) for band in bands]
    large = common_size(job, zip(head_rooms, head_rows, strict=True), 76)
    rooms = [_lines(job, cell, band, len(texts)) for cell, band, texts in zip(cells, bands, lists, strict=True)]
    rows = [[_row(job, text) for text in texts] for texts in lists]
    line_cells = [
        (room, [row]) for found, texts in zip(rooms, rows, strict=True) for room, row in zip(found, texts, strict=True)
    ]
    most = common_size(job, line_cells, 54)
    parts = []
    for place, (cell, band) in enumerate(zip(cells, bands, strict=True)):
        parts.append(_card(job, cell, band, place))
        parts.append(_emblem(job, band, place, shown_icons[place], heads[place]))
        align = "center" if job.aspect > 0.8 else "left"
        parts.append(stack(job, head_rooms[place], head_rows[place], align=align, anchor="center", most=large))
        for number, (room, row) in enumerate(zip(rooms[place], rows[place], strict=True)):
            parts.append(_line(job, room, row, place, most, ruled=number > 0))
    return "".join(parts)


def _row(job: Commission, text: str) -> Row:
    return Row(text, job.faces.label if len(text) < 60 else job.faces.body, 1, job.palette.ink)


def _band(job: Commission, cell: Box, *, has_lines: bool) -> Box:
    if not has_lines:
        return cell
    share = 0.4 if job.aspect > 1.15 else 0.36 if job.aspect > 0.8 else 0.34
    return Box(cell.x, cell.y, cell.w, min(cell.h * share, cell.w * 0.8))


def _head_room(job: Commission, band: Box, *, beside: bool) -> Box:
    u = job.unit
    if beside:
        taken = band.h * 0.9 + 20 * u
        return Box(band.x + taken, band.y + 14 * u, band.w - taken - 30 * u, band.h - 28 * u)
    return Box(band.x + 30 * u, band.y + band.h * 0.66, band.w - 60 * u, band.h * 0.28)


def _card(job: Commission, cell: Box, band: Box, place: int) -> str:
    """A card with a coloured head."""
    u, tone = job.unit, fill_and_ink(job, place)[0]
    card = cell.div("", f"background:{job.palette.surface};border-radius:{30 * u:.1f}px;{shadow(job)}")
    whole = band.h >= cell.h
    corners = f"border-radius:{30 * u:.1f}px" + (";" if whole else f" {30 * u:.1f}px 0 0;")
    art = ""
    if job.detail > LOW:
        art = circle(band.w * 0.95, band.h * 0.05, band.h * 0.55, fade("#ffffff", 0.1))
        art += circle(band.w * 0.04, band.h, band.h * 0.4, fade("#ffffff", 0.08))
    back = f"background-image:linear-gradient(150deg,{mix(tone, '#ffffff', 0.08)},{mix(tone, '#000000', 0.1)});"
    return card + band.div("", back + corners) + band.svg(art, f"{corners}overflow:hidden;")


def _emblem(job: Commission, band: Box, place: int, name: str, head: str) -> str:
    """The thing's icon on a disc, or its first letter."""
    beside = job.aspect <= 0.8
    size = min(band.h * 0.5, band.w * 0.5) if not beside else band.h * 0.62
    x = band.x + band.h * 0.5 if beside else band.centre[0]
    y = band.centre[1] if beside else band.y + band.h * 0.36
    face = mix(job.palette.surface, "#ffffff", 0.7)
    art = circle(x, y, size * 0.58, fade("#ffffff", 0.2)) + circle(x, y, size * 0.5, face)
    if name:
        return job.page.svg(art + icons.placed(name, x, y, size * 0.7))
    letter = job.faces.head.css(size * 0.5, mix(fill_and_ink(job, place)[0], "#000000", 0.35))
    box = Box(x - size / 2, y - size / 2, size, size)
    word = f'<div style="{letter}line-height:1">{head[:1].upper()}</div>'
    return job.page.svg(art) + box.div(word, "align-items:center;justify-content:center;")


def _lines(job: Commission, cell: Box, band: Box, count: int) -> list[Box]:
    """The boxes of the lines' texts, beside their ticks."""
    if not count:
        return []
    u = job.unit
    rest = Box(cell.x + 34 * u, band.bottom + 14 * u, cell.w - 68 * u, cell.bottom - band.bottom - 28 * u)
    taken = 66 * u
    rows = rest.grid(1, count, 6 * u)
    left = 0.0 if job.brief.right_to_left else taken
    return [Box(row.x + left, row.y + 6 * u, row.w - taken, row.h - 12 * u) for row in rows]


def _line(job: Commission, room: Box, row: Row, place: int, most: float, *, ruled: bool) -> str:
    u, y, turned = job.unit, room.centre[1], job.brief.right_to_left
    tone, ink = fill_and_ink(job, place)
    x = room.right + 40 * u if turned else room.x - 40 * u
    tick = trace("M", x - 9 * u, y, "L", x - 2 * u, y + 8 * u, "L", x + 11 * u, y - 9 * u)
    art = circle(x, y, 24 * u, tone) + stroke(tick, ink, 5 * u)
    if ruled:
        art += stroke(trace("M", room.x, room.y - 9 * u, "H", room.right), job.palette.line, 2 * u)
    return job.page.svg(art) + stack(job, room, [row], anchor="center", most=most)


def _between(job: Commission, x: float, y: float) -> str:
    """Two arrows in opposite directions: horizontal, or vertical if the cards are stacked."""
    u, palette = job.unit, job.palette
    plate = circle(x, y, 50 * u, palette.ground) + circle(x, y, 42 * u, palette.surface)
    plate += ring(x, y, 42 * u, palette.ink, 5 * u)
    arms = "".join(_arm(job, x, y, way, fill_and_ink(job, place)[0]) for way, place in ((-1, 0), (1, 1)))
    turn = 0 if job.aspect > 0.8 else 90
    return f'{plate}<g transform="rotate({turn} {x:.1f} {y:.1f})">{arms}</g>'


def _arm(job: Commission, x: float, y: float, way: int, tone: str) -> str:
    """One of the two arrows."""
    u = job.unit
    tip, low, wing = x + way * 27 * u, y + way * 10 * u, way * 10 * u
    shaft = trace("M", x - way * 14 * u, low, "H", tip)
    head = trace("M", tip - wing, low - 9 * u, "L", tip, low, "L", tip - wing, low + 9 * u)
    return stroke(shaft + head, tone, 6 * u)
