"""A diagram: a large icon, and labels around it with leader lines. The positions have no anatomical meaning."""

from collections.abc import Sequence
from math import cos, pi, sin

from easel_sketch.colour.mixing import fade
from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import HIGH, LOW, Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, ring, stroke, trace
from easel_sketch.drawing.ornament import badge, grain_overlay, paper, shadow
from easel_sketch.parts.common_size import common_size
from easel_sketch.parts.header import header
from easel_sketch.parts.mark import fill_and_ink, lead_icon
from easel_sketch.parts.stack import Row, stack, stacked
from easel_sketch.recipes import infographic
from easel_sketch.type import typeset

MOST_TEXTS = 12
_FEW = 6
_TYPE = 44


def draw(job: Commission) -> str:
    items = job.brief.items
    if not 2 <= len(items) <= MOST_TEXTS:
        return infographic.draw(job)
    top, body = header(job, job.page.inset(46 * job.unit))
    few = len(items) <= _FEW
    if job.index % 4 == 2 or (job.aspect <= 1.15 and not few):
        drawn = _numbered(job, body, items)
    elif few and (job.aspect <= 1.15 or job.index % 4 == 3):
        drawn = _above_and_below(job, body, items)
    else:
        drawn = _beside(job, body, items)
    return "".join([paper(job), top, drawn, grain_overlay(job)])


def _beside(job: Commission, body: Box, items: Sequence[str]) -> str:
    """Labels in a column on each side, in reading order."""
    side = min(_card_width(job, items), body.w * 0.3)
    middle = Box(body.x + side, body.y, body.w - 2 * side, body.h)
    columns = (Box(body.x, body.y, side, body.h), Box(body.right - side, body.y, side, body.h))
    shares = [items[::2], items[1::2]]
    if job.mirrored:
        columns = columns[::-1]
    cells = [column.grid(1, max(1, len(share)), 20 * job.unit) for column, share in zip(columns, shares, strict=True)]
    paired = [cells[place % 2][place // 2] for place in range(len(items))]
    return _figure_with_labels(job, middle, items, paired, beside=True)


def _above_and_below(job: Commission, body: Box, items: Sequence[str]) -> str:
    """Labels in rows above and below the icon."""
    half = -(-len(items) // 2)
    high = min(body.h * 0.13, 130 * job.unit)
    bands = (Box(body.x, body.y, body.w, high), Box(body.x, body.bottom - high, body.w, high))
    middle = Box(body.x, body.y + high, body.w, body.h - 2 * high)
    cells: list[Box] = []
    for band, share in zip(bands, (items[:half], items[half:]), strict=True):
        found = band.grid(len(share) or 1, 1, 18 * job.unit)[: len(share)]
        cells += found if not job.brief.right_to_left else found[::-1]
    wide = min(_card_width(job, items), cells[0].w)
    cells = [Box(cell.centre[0] - wide / 2, cell.y, wide, cell.h) for cell in cells]
    return _figure_with_labels(job, middle, items, cells, beside=False)


def _numbered(job: Commission, body: Box, items: Sequence[str]) -> str:
    """Numbers on the icon, and a legend below it or beside it: the one layout for many labels."""
    u, wide = job.unit, job.aspect > 1.15
    columns = 1 if wide and len(items) <= _FEW else 2
    rows = -(-len(items) // columns)
    if wide:
        upper, lower = body.columns(0.46, 40 * u, mirrored=job.mirrored)
        lower = lower.inset(0, max(0.0, (lower.h - rows * 130 * u) / 2))
    else:
        legend_h = min(body.h * 0.5, rows * 104 * u)
        upper, lower = body.rows(1 - legend_h / body.h, 30 * u)
    x, y, r = *upper.centre, min(upper.w, upper.h) * 0.48
    parts = [job.page.svg(_figure(job, x, y, r))]
    size = min(r * 0.2, 60 * u)
    for place in range(len(items)):
        at = -pi / 2 + 2 * pi * (place + 0.5) / len(items) * (-1 if job.mirrored else 1)
        reach = r * (0.8 if place % 2 else 0.62)
        parts.append(
            badge(job, x + cos(at) * reach, y + sin(at) * reach, size, place + 1, fill_and_ink(job, place)[0], rim=True)
        )
    cells = lower.grid(columns, rows, 14 * u)
    cells = [cells[place % rows * columns + place // rows] for place in range(len(items))]
    if not wide and job.brief.right_to_left:
        cells = [Box(body.x + body.right - cell.right, cell.y, cell.w, cell.h) for cell in cells]
    return "".join([*parts, _legend(job, cells, items)])


def _legend(job: Commission, cells: Sequence[Box], items: Sequence[str]) -> str:
    u, turned = job.unit, job.brief.right_to_left
    face = job.faces.label if max(map(len, items)) < 50 else job.faces.body
    rows = [[Row(text, face, 1, job.palette.ink)] for text in items]
    size = min(cells[0].h * 0.66, 60 * u)
    taken = size + 44 * u
    rooms = [
        Box(cell.x + (18 * u if turned else taken), cell.y + 4 * u, cell.w - taken - 18 * u, cell.h - 8 * u)
        for cell in cells
    ]
    most = common_size(job, zip(rooms, rows, strict=True), 38)
    parts = []
    for place, (cell, room, row) in enumerate(zip(cells, rooms, rows, strict=True)):
        x = cell.right - 22 * u - size / 2 if turned else cell.x + 22 * u + size / 2
        parts.append(cell.div("", f"background:{job.palette.surface};border-radius:{18 * u:.1f}px;{shadow(job, 0.6)}"))
        parts.append(badge(job, x, cell.centre[1], size, place + 1, fill_and_ink(job, place)[0]))
        parts.append(stack(job, room, row, anchor="center", most=most))
    return "".join(parts)


def _card_width(job: Commission, items: Sequence[str]) -> float:
    """The width that the longest label needs on one line."""
    longest = max(typeset.widths(job.canvas, items, job.faces.label))
    return max(220 * job.unit, (longest * _TYPE / 100 + 92) * job.unit)


def _figure_with_labels(
    job: Commission, middle: Box, items: Sequence[str], cells: Sequence[Box], *, beside: bool
) -> str:
    u = job.unit
    face = job.faces.label if max(map(len, items)) < 50 else job.faces.body
    rows = [[Row(text, face, 1, job.palette.ink)] for text in items]
    rooms = [cell.inset(26 * u, 12 * u) for cell in cells]
    most = common_size(job, zip(rooms, rows, strict=True), _TYPE)
    r = min(middle.w * 0.46, middle.h * 0.48)
    x, y = middle.centre
    cards = [_card(job, cell, room, row, most) for cell, room, row in zip(cells, rooms, rows, strict=True)]
    leads = [_leader(job, card, place, (x, y, r), beside=beside) for place, card in enumerate(cards)]
    parts = [job.page.svg(_figure(job, x, y, r) + "".join(leads))]
    for place, (card, row) in enumerate(zip(cards, rows, strict=True)):
        parts.append(_plate(job, card, place, (x, y), beside=beside))
        room = card.inset(26 * u, 4 * u)
        parts.append(stack(job, room, row, align="center", anchor="center", most=most))
    return "".join(parts)


def _card(job: Commission, cell: Box, room: Box, row: Sequence[Row], most: float) -> Box:
    """A card as high as its text, centred in its cell."""
    high = min(cell.h, stacked(job, room, row, most=most).height + 44 * job.unit)
    return Box(cell.x, cell.centre[1] - high / 2, cell.w, high)


def _plate(job: Commission, card: Box, place: int, focus: tuple[float, float], *, beside: bool) -> str:
    """The card's plate; the edge towards the icon has the colour of the leader line."""
    u = job.unit
    before = card.centre[0] < focus[0] if beside else card.centre[1] < focus[1]
    facing = ("right" if before else "left") if beside else ("bottom" if before else "top")
    style = f"background:{job.palette.surface};border-radius:{20 * u:.1f}px;{shadow(job, 0.8)}"
    return card.div("", f"{style}border-{facing}:{9 * u:.1f}px solid {fill_and_ink(job, place)[0]};")


def _figure(job: Commission, x: float, y: float, r: float) -> str:
    palette, u = job.palette, job.unit
    art = circle(x, y, r, palette.surface) + circle(x, y, r * 0.93, palette.tint(0, 0.12))
    art += ring(x, y, r, palette.line, 3 * u)
    if job.detail > LOW:
        spokes = ((cos(pi * i / 36), sin(pi * i / 36)) for i in range(72))
        lines = (
            trace("M", x + c * r * 0.93, y + s * r * 0.93, "L", x + c * r * 0.965, y + s * r * 0.965) for c, s in spokes
        )
        art += stroke("".join(lines), fade(palette.ink, 0.25), 2.6 * u)
    if job.detail == HIGH:
        art += ring(
            x, y, r * 0.68, fade(palette.accent(0), 0.4), 2.4 * u, f'stroke-dasharray="{8 * u:.0f} {9 * u:.0f}"'
        )
    return art + icons.placed(lead_icon(job), x, y, r * 1.3)


def _leader(job: Commission, card: Box, place: int, disc: tuple[float, float, float], *, beside: bool) -> str:
    """A leader line from the card's edge to a dot on the icon."""
    u, (x, y, r) = job.unit, disc
    cx, cy = card.centre
    depth = (0.22, 0.36)[place // 2 % 2] * r
    if beside:
        way = 1 if cx < x else -1
        start = (card.right if way > 0 else card.x, cy)
        end = (x - way * depth, y + max(-0.42 * r, min(0.42 * r, (cy - y) * 0.55)))
        knee = (start[0] + way * 34 * u, cy)
    else:
        way = 1 if cy < y else -1
        start = (cx, card.bottom if way > 0 else card.y)
        end = (x + max(-0.36 * r, min(0.36 * r, (cx - x) * 0.5)), y - way * depth)
        knee = (cx, start[1] + way * 26 * u)
    way_there = trace("M", *start, "L", *knee, "L", *end)
    tone = fill_and_ink(job, place)[0]
    line = stroke(way_there, job.palette.surface, 9 * u) + stroke(way_there, tone, 4.5 * u)
    dot = circle(*end, 13 * u, job.palette.surface) + circle(*end, 9.5 * u, tone)
    return line + dot
