"""Two or three things side by side in columns, with a symbol between them."""

from collections.abc import Sequence

from easel_sketch.colour.mixing import fade, mix, readable
from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import LOW, Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, ring, stroke, trace
from easel_sketch.drawing.ornament import grain_overlay, paper, shadow
from easel_sketch.parts.blank import blank, blanks
from easel_sketch.parts.common_size import common_size
from easel_sketch.parts.header import header
from easel_sketch.parts.mark import fill_and_ink
from easel_sketch.parts.stack import Row, stack
from easel_sketch.reading import lookup
from easel_sketch.recipes import infographic

MOST_TEXTS = 16
_MARK = 66  # width of a line's mark, in thousandths of the page
_COLUMNS, _BANDS, _FILLED = range(3)
_CORNERS = {"top": "r r 0 0", "left": "r 0 0 r", "right": "0 r r 0"}
_STYLES = (_COLUMNS, _BANDS, _FILLED, _BANDS)


def draw(job: Commission) -> str:
    heads, lists = _sides(job)
    if not heads:
        return infographic.draw(job)
    top, body = header(job, job.page.inset(46 * job.unit))
    style = _STYLES[job.index % len(_STYLES)]
    if style == _BANDS and (lists[0] or job.index % 2):
        return "".join([paper(job), top, _bands(job, body, heads, lists), grain_overlay(job)])
    upright = job.aspect > 0.8
    gap = 34 * job.unit
    cells = body.grid(len(heads), 1, gap) if upright else body.grid(1, len(heads), gap)
    if upright and job.brief.right_to_left:
        cells = cells[::-1]
    parts = [paper(job), top, _columns(job, cells, heads, lists, filled=style == _FILLED)]
    if len(heads) == 2:
        x, y = body.centre
        y = _band(job, cells[0], has_lines=bool(lists[0])).centre[1] if upright else y
        parts.append(job.page.svg(_between(job, x, y)))
    return "".join([*parts, grain_overlay(job)])


def _sides(job: Commission) -> tuple[list[str], list[list[str]]]:
    """The things compared and the lines about each; an empty line stands for a point without words.

    Without sides in the prompt, each side's name is the first of its texts.
    """
    brief, items = job.brief, list(job.brief.items)
    heads = list(brief.sides)
    own = {item.casefold() for item in items}
    if heads and own.isdisjoint(head.casefold() for head in heads):
        if len(items) > MOST_TEXTS:
            return [], []
        if not brief.quotes:  # what both sides are compared by
            return heads, [items or blanks(brief.points) for _ in heads]
        return heads, _shares(items, len(heads)) if items else [[] for _ in heads]
    if not 2 <= len(items) <= MOST_TEXTS:
        return [], []
    if [item.casefold() for item in items] == [head.casefold() for head in heads]:
        return heads, [blanks(brief.points) for _ in heads]
    count = 3 if len(items) == 3 or (len(items) % 3 == 0 and len(items) % 2) else 2
    shares = _shares(items, count)
    return [share[0] for share in shares if share], [share[1:] for share in shares if share]


def _shares(items: list[str], count: int) -> list[list[str]]:
    """The items in order, the same number for each side."""
    each = -(-len(items) // count)
    return [items[place * each : (place + 1) * each] for place in range(count)]


def _columns(
    job: Commission, cells: Sequence[Box], heads: Sequence[str], lists: Sequence[Sequence[str]], *, filled: bool
) -> str:
    """The columns; heads share one type size, and lines another. With `filled` the whole card has its colour."""
    shown_icons = _icons_of(job, heads)
    bands = [_band(job, cell, has_lines=bool(texts)) for cell, texts in zip(cells, lists, strict=True)]
    head_rows = [[Row(text, job.faces.head, 1, fill_and_ink(job, place)[1])] for place, text in enumerate(heads)]
    head_rooms = [_head_room(job, band, beside=job.aspect <= 0.8) for band in bands]
    large = common_size(job, zip(head_rooms, head_rows, strict=True), 76)
    rooms = [_lines(job, cell, band, len(texts)) for cell, band, texts in zip(cells, bands, lists, strict=True)]
    most = _common_line_size(job, rooms, lists)
    parts = []
    for place, (cell, band) in enumerate(zip(cells, bands, strict=True)):
        parts.append(_card(job, cell, cell if filled else band, place))
        parts.append(_emblem(job, band, place, shown_icons[place], heads[place]))
        align = "center" if job.aspect > 0.8 else "left"
        parts.append(stack(job, head_rooms[place], head_rows[place], align=align, anchor="center", most=large))
        for number, (room, text) in enumerate(zip(rooms[place], lists[place], strict=True)):
            parts.append(_line(job, room, text, (place, number), most, filled=filled))
    return "".join(parts)


def _bands(job: Commission, body: Box, heads: Sequence[str], lists: Sequence[Sequence[str]]) -> str:
    """One side below the other: its name and icon in a coloured field, its lines in two columns beside it.

    In the fourth variation the fields are on alternate sides.
    """
    u, turned = job.unit, job.brief.right_to_left
    cells = body.grid(1, len(heads), 30 * u)
    share = 0.3 if any(lists) else 1.0
    swapped = [turned != (job.index % 4 == 3 and bool(place % 2)) for place in range(len(cells))]
    fields = [cell.columns(share, 0, mirrored=other) for cell, other in zip(cells, swapped, strict=True)]
    head_rows = [[Row(text, job.faces.head, 1, fill_and_ink(job, place)[1])] for place, text in enumerate(heads)]
    head_rooms = [Box(f.x + 24 * u, f.y + f.h * 0.64, f.w - 48 * u, f.h * 0.3) for f, _ in fields]
    large = common_size(job, zip(head_rooms, head_rows, strict=True), 60)
    rooms = [_in_two_columns(job, rest, len(texts)) for (_, rest), texts in zip(fields, lists, strict=True)]
    most = _common_line_size(job, rooms, lists)
    shown_icons, parts = _icons_of(job, heads), []
    for place, (cell, (field, _)) in enumerate(zip(cells, fields, strict=True)):
        parts.append(_card(job, cell, field, place, side="right" if field.x > cell.x else "left"))
        size = min(field.h * 0.5, field.w * 0.5)
        x, y = field.centre[0], field.y + field.h * 0.36
        parts.append(_disc(job, x, y, size, place, shown_icons[place], heads[place]))
        parts.append(stack(job, head_rooms[place], head_rows[place], align="center", anchor="center", most=large))
        for number, (room, text) in enumerate(zip(rooms[place], lists[place], strict=True)):
            parts.append(_line(job, room, text, (place, number), most, filled=False))
    return "".join(parts)


def _in_two_columns(job: Commission, box: Box, count: int) -> list[Box]:
    """The boxes of the lines' texts beside a coloured field, in reading order."""
    u = job.unit
    if not count:
        return []
    columns = 2 if count > 3 else 1
    cells = box.inset(34 * u, 20 * u).grid(columns, -(-count // columns), 24 * u if columns > 1 else 0)[:count]
    left = 0.0 if job.brief.right_to_left else _MARK * u
    return [Box(cell.x + left, cell.y + 6 * u, cell.w - _MARK * u, cell.h - 12 * u) for cell in cells]


def _common_line_size(job: Commission, rooms: Sequence[Sequence[Box]], lists: Sequence[Sequence[str]]) -> float:
    pairs = zip((room for found in rooms for room in found), (text for texts in lists for text in texts), strict=True)
    return common_size(job, [(room, [_row(job, text)]) for room, text in pairs if text], 54)


def _icons_of(job: Commission, heads: Sequence[str]) -> Sequence[str]:
    """An icon for each side, or none; in English a name's last word says what it is: city bikes are bikes."""
    found = [lookup.named_icons(head, asking=False) for head in heads] if job.brief.is_english else []
    own = [names[-1] for names in found if names]
    named = own if len({*own}) == len(heads) else lookup.for_labels(heads, job.icons)
    return named if all(named) else [""] * len(heads)


def _row(job: Commission, text: str, ink: str = "") -> Row:
    return Row(text, job.faces.label if len(text) < 60 else job.faces.body, 1, ink or job.palette.ink)


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


def _card(job: Commission, cell: Box, band: Box, place: int, *, side: str = "top") -> str:
    """A card with a coloured field at its top or at one side."""
    u, tone = job.unit, fill_and_ink(job, place)[0]
    card = cell.div("", f"background:{job.palette.surface};border-radius:{30 * u:.1f}px;{shadow(job)}")
    r = f"{30 * u:.1f}px"
    whole = band.h >= cell.h and band.w >= cell.w
    corners = f"border-radius:{r if whole else _CORNERS[side].replace('r', r)};"
    art = ""
    if job.detail > LOW:
        art = circle(band.w * 0.95, band.h * 0.05, band.h * 0.55, fade("#ffffff", 0.1))
        art += circle(band.w * 0.04, band.h, band.h * 0.4, fade("#ffffff", 0.08))
    back = f"background-image:linear-gradient(150deg,{mix(tone, '#ffffff', 0.08)},{mix(tone, '#000000', 0.1)});"
    return card + band.div("", back + corners) + band.svg(art, f"{corners}overflow:hidden;")


def _emblem(job: Commission, band: Box, place: int, name: str, head: str) -> str:
    """The thing's icon above its name, or beside it on tall pages."""
    if job.aspect <= 0.8:
        return _disc(job, band.x + band.h * 0.5, band.centre[1], band.h * 0.62, place, name, head)
    size = min(band.h * 0.5, band.w * 0.5)
    return _disc(job, band.centre[0], band.y + band.h * 0.36, size, place, name, head)


def _disc(job: Commission, x: float, y: float, size: float, place: int, name: str, head: str) -> str:
    """The icon on a disc, or the first letter."""
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
    taken = _MARK * u
    rows = rest.grid(1, count, 6 * u)
    left = 0.0 if job.brief.right_to_left else taken
    return [Box(row.x + left, row.y + 6 * u, row.w - taken, row.h - 12 * u) for row in rows]


def _line(job: Commission, room: Box, text: str, at: tuple[int, int], most: float, *, filled: bool) -> str:
    """A line beside its mark: a tick before words, a number before a blank."""
    u, y, turned = job.unit, room.centre[1], job.brief.right_to_left
    place, number = at
    tone, ink = fill_and_ink(job, place)
    plate, on, ground = (fade(ink, 0.9), tone, tone) if filled else (tone, ink, job.palette.surface)
    lettered = ink if filled else job.palette.ink
    x = room.right + 40 * u if turned else room.x - 40 * u
    r = min(24 * u, room.h * 0.5 + 5 * u)
    art = circle(x, y, r, plate)
    if text:
        tick = trace("M", x - 9 * u, y, "L", x - 2 * u, y + 8 * u, "L", x + 11 * u, y - 9 * u)
        art += stroke(tick, on, 5 * u)
        words = stack(job, room, [_row(job, text, lettered)], anchor="center", most=most)
    else:
        box = Box(x - r, y - r, 2 * r, 2 * r)
        face = job.faces.label.css(r * 1.08, readable(on, mix(tone, ink, 0.9) if filled else tone))
        digit = f'<div style="{face}line-height:1;font-family:Inter;">{number + 1}</div>'
        words = box.div(digit, "align-items:center;justify-content:center;")
        words += blank(job, room, number + place, lettered, ground)
    if number and not filled and job.index % 2 == 0:
        art += stroke(trace("M", room.x, room.y - 9 * u, "H", room.right), job.palette.line, 2 * u)
    return job.page.svg(art) + words


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
