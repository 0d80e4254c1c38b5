"""Statistics: numbers in large type with their labels, and a dial for percentages."""

from math import cos, pi, sin

from easel_sketch.colour.mixing import fade, mix, readable
from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import LOW, Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, ring, stroke, trace
from easel_sketch.drawing.ornament import grain_overlay, paper, shadow
from easel_sketch.parts.common_size import common_size
from easel_sketch.parts.header import header
from easel_sketch.parts.mark import fill_and_ink
from easel_sketch.parts.number import Figure, bare, paired, percent
from easel_sketch.parts.stack import Row, stack
from easel_sketch.reading import lookup
from easel_sketch.recipes import infographic

MOST_TEXTS = 16


def draw(job: Commission) -> str:
    figures = paired(job.brief.items)
    if not 2 <= len(figures) <= MOST_TEXTS:
        return infographic.draw(job)
    top, body = header(job, job.page.inset(46 * job.unit))
    cells = _cells(job, body, len(figures))
    names = lookup.for_labels([figure[-1] for figure in figures], job.icons)
    names = names if all(names) else [""] * len(figures)
    rooms = [_room(job, cell, figure) for cell, figure in zip(cells, figures, strict=True)]
    rows = [_rows(job, place, figure) for place, figure in enumerate(figures)]
    most = common_size(job, zip(rooms, rows, strict=True), 62)
    drawn = []
    for place, (cell, figure) in enumerate(zip(cells, figures, strict=True)):
        drawn.append(_card(job, cell, place, figure, names[place]))
        drawn.append(stack(job, rooms[place], rows[place], anchor="center", most=most))
    return "".join([paper(job), top, *drawn, grain_overlay(job)])


def _cells(job: Commission, body: Box, count: int) -> list[Box]:
    """Rows of cards that fill the page; a shorter row has wider cards."""
    gap = 26 * job.unit
    columns = 1 if job.aspect < 0.9 and count < 5 else 2 if count in (2, 4) or job.aspect < 1.15 else 3
    if count > 9:
        columns = 4 if job.aspect > 1.15 else 3 if job.aspect > 0.9 else 2
    if (count == 2 and job.aspect < 1.15) or (count < 5 and job.index % 4 == 2):
        columns = 1
    rows = -(-count // columns)
    shares = [count // rows + (1 if place < count % rows else 0) for place in range(rows)]
    if job.index % 2 == 0:
        shares.reverse()
    high = (body.h - gap * (rows - 1)) / rows
    cells: list[Box] = []
    for row, share in enumerate(shares):
        line = Box(body.x, body.y + row * (high + gap), body.w, high).grid(share, 1, gap)
        cells += line[::-1] if job.brief.right_to_left else line
    return cells


def _is_highlighted(job: Commission, place: int) -> bool:
    """Whether this card is filled with its colour: one per page."""
    return place == job.index % 3


def _rows(job: Commission, place: int, figure: Figure) -> list[Row]:
    """The number in large type, the label smaller; a text with both has its number large."""
    palette = job.palette
    fill, on = fill_and_ink(job, place)
    strong, plain = (on, on) if _is_highlighted(job, place) else (readable(fill, palette.surface), palette.ink)
    rows = []
    for text in figure:
        if bare(text):
            rows.append(Row(text, job.faces.head, 2.3 if len(text) < 8 else 1.8, strong, 0.14))
        else:
            alone = len(figure) == 1
            face = job.faces.label if len(text) < 60 else job.faces.body
            rows.append(Row(text, face, 1.4 if alone else 0.95, strong if alone else plain, 0.2))
    return rows


def _has_dial(cell: Box, figure: Figure) -> bool:
    return cell.w > cell.h * 1.15 or percent(figure) is not None


def _split(job: Commission, cell: Box) -> tuple[Box, Box]:
    """The boxes of a card's texts and its drawing."""
    inner = cell.inset(38 * job.unit, 30 * job.unit)
    if cell.w > cell.h * 1.15:
        share = 1 - min(0.42, inner.h * 0.9 / inner.w)
        return inner.columns(share, 24 * job.unit, mirrored=job.brief.right_to_left)
    lower, upper = inner.rows(0.42, 18 * job.unit)
    return upper, lower


def _room(job: Commission, cell: Box, figure: Figure) -> Box:
    return _split(job, cell)[0] if _has_dial(cell, figure) else cell.inset(38 * job.unit, 30 * job.unit)


def _card(job: Commission, cell: Box, place: int, figure: Figure, name: str) -> str:
    u, palette = job.unit, job.palette
    fill, on = fill_and_ink(job, place)
    led = _is_highlighted(job, place)
    face = fill if led else palette.surface
    radius = f"border-radius:{30 * u:.1f}px;"
    card = cell.div("", f"background:{face};{radius}{shadow(job)}")
    soft = on if led else fill
    share = percent(figure)
    if not _has_dial(cell, figure):
        return card + cell.svg(_ripples(job, cell.w, cell.h, cell.h * 0.5, soft), f"{radius}overflow:hidden;")
    dial = _split(job, cell)[1]
    x, y, r = *dial.centre, min(dial.w, dial.h) * 0.4
    if share is not None:
        tone = on if led else fill
        rest = fade(on, 0.24) if led else palette.tint(place, 0.2)
        art = _dial(x, y, r, share, tone, rest, 0.3 * r)
        return card + job.page.svg(art + (icons.placed(name, x, y, r * 0.9) if name else ""))
    far = 0.0 if job.brief.right_to_left else cell.w
    art = cell.svg(_ripples(job, far, cell.h, cell.h * 0.86, soft), f"{radius}overflow:hidden;")
    plate = circle(x, y, r, mix(face, "#ffffff", 0.8)) + icons.placed(name, x, y, r * 1.3) if name else ""
    return card + art + job.page.svg(plate)


def _ripples(job: Commission, x: float, y: float, r: float, tone: str) -> str:
    """Rings around a corner of a card."""
    count = 2 if job.detail == LOW else 4
    return "".join(circle(x, y, r * (1 - 0.24 * place), fade(tone, 0.1)) for place in range(count))


def _dial(x: float, y: float, r: float, share: float, tone: str, rest: str, width: float) -> str:
    share = min(max(share, 0.0001), 0.9999)
    at = 2 * pi * share - pi / 2
    turned = "1" if share > 0.5 else "0"
    arc = trace("M", x, y - r, "A", r, r, 0, turned, "1", x + cos(at) * r, y + sin(at) * r)
    return ring(x, y, r, rest, width) + stroke(arc, tone, width)
