"""A timeline: horizontal on wide pages, vertical on tall ones, with texts on alternating sides."""

from collections.abc import Sequence

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import LOW, Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, path, polygon, rect, ring, stroke, trace
from easel_sketch.drawing.ornament import grain_overlay, paper, shadow
from easel_sketch.parts.blank import blank, blanks
from easel_sketch.parts.common_size import common_size
from easel_sketch.parts.header import header
from easel_sketch.parts.mark import fill_and_ink, lead_icon
from easel_sketch.parts.panel import panel
from easel_sketch.parts.stack import Row, stack, stacked
from easel_sketch.reading import lookup, shapes
from easel_sketch.recipes import infographic

MOST_TEXTS = 10
_COMFORTABLE_SIZE = 28
_FEW, _SHORT = 6, 40

Moment = tuple[str, ...]


def draw(job: Commission) -> str:
    moments = _moments(job.brief.items or blanks(job.brief.points or job.brief.steps))
    if len(moments) < 2 or (job.brief.items and len(moments) > MOST_TEXTS):
        return infographic.draw(job)
    top, body = header(job, job.page.inset(46 * job.unit))
    if len(moments) == 2 and all(len(moment) == 1 and shapes.is_moment(moment[0]) for moment in moments):
        return "".join([paper(job), top, _span(job, body, moments[0][0], moments[1][0]), grain_overlay(job)])
    few = len(moments) <= _FEW and max(len(moment[-1]) for moment in moments) <= _SHORT
    if job.index % 4 == 3 and few and job.aspect > 0.9:
        return "".join([paper(job), top, _under_panel(job, body, moments), grain_overlay(job)])
    across = (job.aspect > 1.15 and not (job.index % 4 == 2 and few)) or (job.aspect > 0.9 and len(moments) <= 3)
    drawn, size = _across(job, body, moments) if across else ("", 0.0)
    if size < _COMFORTABLE_SIZE:
        drawn = _down(job, body, moments)
    return "".join([paper(job), top, drawn, grain_overlay(job)])


def _moments(items: Sequence[str]) -> list[Moment]:
    """Pairs of date and text. A text that is only a date belongs to the next one."""
    found: list[Moment] = []
    for item in items:
        if found and item and len(found[-1]) == 1 and shapes.is_moment(found[-1][0]) and not shapes.is_moment(item):
            found[-1] = (found[-1][0], item)
        else:
            found.append(shapes.dated(item) or (item,))
    return found


def _span(job: Commission, body: Box, start: str, end: str) -> str:
    """Two dates as the ends of a line, with the subject: in a panel above or below it, or on the line itself."""
    u, gap = job.unit, 30 * job.unit
    if job.index % 4 == 1:
        line = Box(body.x, body.y + body.h * 0.19, body.w, body.h * 0.62)
        return _ends(job, line, (start, end), subject=True) if job.aspect > 1 else _upright(job, body, (start, end))
    if job.index % 4 == 3:
        return _arch(job, body, (start, end))
    if job.index % 4 == 2:
        line, art = body.rows(0.3, gap)
    else:
        art, line = body.rows(0.7, gap)
    return panel(job, art, [], numbered=False) + _ends(job, line.inset(20 * u, 0), (start, end), subject=False)


def _ends(job: Commission, box: Box, dates: tuple[str, str], *, subject: bool) -> str:
    """A coloured line between two dates in large type; with the subject's icon on a disc at its middle."""
    u, y = job.unit, box.centre[1]
    wide = box.w * (0.26 if subject else 0.24)
    sides = (Box(box.x, box.y, wide, box.h), Box(box.right - wide, box.y, wide, box.h))
    sides = sides[::-1] if job.brief.right_to_left else sides
    rows = [[Row(date, job.faces.head, 1, job.palette.text_accent(place))] for place, date in enumerate(dates)]
    most = common_size(job, zip(sides, rows, strict=True), 120)
    left, right = box.x + wide + 40 * u, box.right - wide - 40 * u
    tones = [fill_and_ink(job, place)[0] for place in (0, 1)]
    tones = tones[::-1] if job.brief.right_to_left else tones
    half = (right - left) / 2
    art = [rect(left + half * place, y - 7 * u, half, 14 * u, tone) for place, tone in enumerate(tones)]
    ticks = 9
    for place in range(1, ticks):
        x = left + (right - left) * place / ticks
        art.append(rect(x - 1.5 * u, y + 14 * u, 3 * u, 16 * u, job.palette.muted))
    for x, tone in ((left, tones[0]), (right, tones[1])):
        art += [circle(x, y, 26 * u, job.palette.surface), ring(x, y, 22 * u, tone, 9 * u)]
    if subject:
        r = min(box.h * 0.5, (right - left) * 0.28)
        x = (left + right) / 2
        art += [circle(x, y, r, job.palette.ground), circle(x, y, r * 0.94, job.palette.surface)]
        art += [circle(x, y, r * 0.84, job.palette.tint(0, 0.16)), ring(x, y, r * 0.94, tones[0], 6 * u)]
        art.append(icons.placed(lead_icon(job), x, y, r * 1.16))
    return job.page.svg("".join(art)) + _dates(job, sides, rows, most)


def _upright(job: Commission, body: Box, dates: tuple[str, str]) -> str:
    """The first date over the subject's icon, and the last under it, joined by a vertical line."""
    u, x, high = job.unit, body.centre[0], 190 * job.unit
    sides = (Box(body.x, body.y, body.w, high), Box(body.x, body.bottom - high, body.w, high))
    rows = [[Row(date, job.faces.head, 1, job.palette.text_accent(place))] for place, date in enumerate(dates)]
    most = common_size(job, zip(sides, rows, strict=True), 150)
    tones = [fill_and_ink(job, place)[0] for place in (0, 1)]
    top, low, y = body.y + high + 30 * u, body.bottom - high - 30 * u, body.centre[1]
    r = min(body.w * 0.36, (low - top) * 0.36)
    art = [rect(x - 7 * u, top, 14 * u, y - top, tones[0]), rect(x - 7 * u, y, 14 * u, low - y, tones[1])]
    for end, tone in ((top, tones[0]), (low, tones[1])):
        art += [circle(x, end, 26 * u, job.palette.surface), ring(x, end, 22 * u, tone, 9 * u)]
    art += [circle(x, y, r, job.palette.surface), circle(x, y, r * 0.9, job.palette.tint(0, 0.16))]
    art += [ring(x, y, r, tones[0], 6 * u), icons.placed(lead_icon(job), x, y, r * 1.2)]
    return job.page.svg("".join(art)) + _dates(job, sides, rows, most)


def _dates(job: Commission, sides: Sequence[Box], rows: Sequence[list[Row]], most: float) -> str:
    pairs = zip(sides, rows, strict=True)
    return "".join(stack(job, side, row, align="center", anchor="center", most=most) for side, row in pairs)


def _arch(job: Commission, body: Box, dates: tuple[str, str]) -> str:
    """The line as an arch between the dates, with the subject's icon under it."""
    u = job.unit
    foot = 130 * u
    rx = min(body.w * 0.36, (body.h - foot) * 1.15)
    ry = min(body.h - foot - 20 * u, rx if job.aspect > 1 else rx * 1.4)
    x, y = body.centre[0], body.y + (body.h - foot + ry) / 2
    wide = min(body.w * 0.34, 420 * u)
    sides = tuple(Box(x + way * rx - wide / 2, y + 26 * u, wide, foot - 30 * u) for way in (-1, 1))
    sides = sides[::-1] if job.brief.right_to_left else sides
    rows = [[Row(date, job.faces.head, 1, job.palette.text_accent(place))] for place, date in enumerate(dates)]
    most = common_size(job, zip(sides, rows, strict=True), 100)
    tones = [fill_and_ink(job, place)[0] for place in (0, 1)]
    ground = mix(job.palette.ground, tones[0], 0.14)
    half = trace("M", x - rx, y, "A", rx, ry, 0, "0", "1", x + rx, y, "Z")
    art = [path(half, ground)] if job.detail else []
    art.append(stroke(trace("M", x - rx, y, "A", rx, ry, 0, "0", "1", x, y - ry), tones[0], 14 * u))
    art.append(stroke(trace("M", x, y - ry, "A", rx, ry, 0, "0", "1", x + rx, y), tones[1], 14 * u))
    for way, tone in zip((-1, 1), tones, strict=True):
        art += [circle(x + way * rx, y, 28 * u, job.palette.surface), ring(x + way * rx, y, 24 * u, tone, 9 * u)]
    art.append(icons.placed(lead_icon(job), x, y - ry * 0.44, ry * 0.72))
    return job.page.svg("".join(art)) + _dates(job, sides, rows, most)


def _rows(job: Commission, place: int, moment: Moment) -> list[Row]:
    rows = [Row(moment[0], job.faces.head, 1.5, job.palette.text_accent(place))] if len(moment) > 1 else []
    face = job.faces.label if len(moment[-1]) < 60 else job.faces.body
    return [*rows, Row(moment[-1], face, 0.8, job.palette.ink, 0.22)]


def _names(job: Commission, moments: Sequence[Moment]) -> list[str]:
    given = any(moment[-1] for moment in moments)
    return lookup.for_labels([moment[-1] for moment in moments], job.icons) if given else [""] * len(moments)


def _words(job: Commission, room: Box, row: list[Row], place: int, most: float, *, centred: bool = True) -> str:
    """The texts of a card, or a blank."""
    if not row[-1].text:
        return blank(job, room, place, job.palette.ink, job.palette.surface, centred=centred)
    return stack(job, room, row, align="center" if centred else "left", anchor="center", most=most)


def _node(job: Commission, x: float, y: float, r: float, place: int, name: str) -> str:
    """A dot on the line, with an icon if there is one."""
    tone = fill_and_ink(job, place)[0]
    plate = circle(x, y, r * 1.25, job.palette.ground) + circle(x, y, r, job.palette.surface)
    if name:
        return plate + ring(x, y, r, tone, 7 * job.unit) + icons.placed(name, x, y, r * 1.25)
    return plate + ring(x, y, r * 0.92, tone, r * 0.3) + circle(x, y, r * 0.44, tone)


def _plate(job: Commission, card: Box, place: int, edge: str) -> str:
    u = job.unit
    style = f"background:{job.palette.surface};border-radius:{22 * u:.1f}px;{shadow(job)}"
    return card.div("", f"{style}border-{edge}:{9 * u:.1f}px solid {fill_and_ink(job, place)[0]};")


def _across(job: Commission, body: Box, moments: Sequence[Moment]) -> tuple[str, float]:
    """Cards above and below the line, wider than one step; and their type size."""
    u, count = job.unit, len(moments)
    step, y = body.w / count, body.centre[1]
    names = _names(job, moments)
    r = min(52 * u, step * 0.3) if any(names) else min(30 * u, step * 0.2)
    stem = 40 * u
    room = body.h / 2 - r - stem
    xs = [body.x + step * (count - 1 - at if job.brief.right_to_left else at) + step / 2 for at in range(count)]
    wide = min(step * 1.58, 470 * u)
    lefts = [min(max(body.x, x - wide / 2), body.right - wide) for x in xs]
    rows = [_rows(job, place, moment) for place, moment in enumerate(moments)]
    inner = Box(0, 0, wide - 48 * u, room - 56 * u)
    most = common_size(job, ((inner, row) for row in rows), 74)
    high = max(stacked(job, inner, row, most=most).height for row in rows) + 56 * u
    high = high if any(moment[-1] for moment in moments) else min(room, 180 * u)
    stem = min(stem + (room - high) * 0.6, 130 * u)
    art, parts = [_line_across(job, y, xs)], []
    for place, (x, left, row) in enumerate(zip(xs, lefts, rows, strict=True)):
        above = (place + job.index) % 2 == 0
        top = y - r - stem - high if above else y + r + stem
        card = Box(left, top, wide, high)
        art.append(stroke(trace("M", x, y, "V", card.bottom if above else card.y), fill_and_ink(job, place)[0], 5 * u))
        art.append(_node(job, x, y, r, place, names[place]))
        parts.append(_plate(job, card, place, "bottom" if above else "top"))
        parts.append(_words(job, card.inset(24 * u, 14 * u), row, place, most))
    return job.page.svg("".join(art)) + "".join(parts), most


def _under_panel(job: Commission, body: Box, moments: Sequence[Moment]) -> str:
    """A panel over a row of cards, which hang from the line."""
    u, gap = job.unit, 26 * job.unit
    art, rest = body.rows(0.44, gap)
    r, names = 34 * u, _names(job, moments)
    y, top = rest.y + r, rest.y + 2 * r + 26 * u
    cells = Box(rest.x, top, rest.w, rest.bottom - top).grid(len(moments), 1, 22 * u)
    cells = cells[::-1] if job.brief.right_to_left else cells
    rows = [_rows(job, place, moment) for place, moment in enumerate(moments)]
    most = common_size(job, ((cell.inset(18 * u, 14 * u), row) for cell, row in zip(cells, rows, strict=True)), 60)
    line, parts = [_line_across(job, y, [cell.centre[0] for cell in cells])], []
    for place, (cell, row) in enumerate(zip(cells, rows, strict=True)):
        x = cell.centre[0]
        line.append(stroke(trace("M", x, y, "V", cell.y), fill_and_ink(job, place)[0], 5 * u))
        line.append(_node(job, x, y, r, place, names[place]))
        parts.append(_plate(job, cell, place, "top"))
        parts.append(_words(job, cell.inset(18 * u, 14 * u), row, place, most))
    return panel(job, art, [], numbered=False) + job.page.svg("".join(line)) + "".join(parts)


def _line_across(job: Commission, y: float, xs: Sequence[float]) -> str:
    """A coloured band across the page with an arrowhead at its end."""
    u, page = job.unit, job.page
    turned = job.brief.right_to_left
    thick, step = 14 * u, abs(xs[1] - xs[0])
    parts = [rect(0, y - thick / 2, page.w, thick, job.palette.line)]
    for place, x in enumerate(xs):
        parts.append(rect(x - step / 2, y - thick / 2, step, thick, fill_and_ink(job, place)[0], 0, 'opacity=".75"'))
    tip, way = (8 * u, -1) if turned else (page.w - 8 * u, 1)
    head = [(tip, y), (tip - way * 34 * u, y - 24 * u), (tip - way * 34 * u, y + 24 * u)]
    return "".join(parts) + polygon(head, fill_and_ink(job, len(xs) - 1)[0])


def _down(job: Commission, body: Box, moments: Sequence[Moment]) -> str:
    u, count = job.unit, len(moments)
    both = job.aspect > 0.9 and count > 3
    step, names = body.h / count, _names(job, moments)
    r = min(50 * u, step * 0.34) if any(names) else min(28 * u, step * 0.2)
    near = body.right - 62 * u if job.brief.right_to_left else body.x + 62 * u
    x = body.centre[0] if both else near
    high, ys = _heights(job, body, count, both=both)
    sides = [_side(job, body, place, x, r + 34 * u, both=both) for place in range(count)]
    cards = [Box(left, y - high / 2, right - left, high) for (left, right), y in zip(sides, ys, strict=True)]
    rows = [_rows(job, place, moment) for place, moment in enumerate(moments)]
    pad = 30 * u
    most = common_size(job, ((card.inset(pad, 10 * u), row) for card, row in zip(cards, rows, strict=True)), 70)
    art = [stroke(trace("M", x, body.y + 8 * u, "V", body.bottom - 8 * u), job.palette.line, 14 * u)]
    parts = []
    for place, (card, row) in enumerate(zip(cards, rows, strict=True)):
        y, right = ys[place], card.x > x
        tone = fill_and_ink(job, place)[0]
        art.append(stroke(trace("M", x, y, "H", card.x if right else card.right), tone, 5 * u))
        art.append(_node(job, x, y, r, place, names[place]))
        parts.append(_plate(job, card, place, "left" if right else "right"))
        if job.detail > LOW and not both:
            parts.append(_corner_rings(job, card, place))
        parts.append(_words(job, card.inset(pad, 10 * u), row, place, most, centred=False))
    return job.page.svg("".join(art)) + "".join(parts)


def _heights(job: Commission, body: Box, count: int, *, both: bool) -> tuple[float, list[float]]:
    """The height of the cards and the vertical centres of the stops, relative to the body.

    On alternating sides a card may use the height of two steps.
    """
    gap = 20 * job.unit
    high = (2 * body.h - gap * (count - 1)) / (count + 1) if both else (body.h - gap * (count - 1)) / count
    high = min(high, 230 * job.unit)
    step = (body.h - high) / (count - 1)
    return high, [body.y + high / 2 + step * place for place in range(count)]


def _side(job: Commission, body: Box, place: int, x: float, clear: float, *, both: bool) -> tuple[float, float]:
    """The horizontal range of a card: on the free side of the line, or alternating."""
    right = ((place + job.index) % 2 == 0) if both else x < body.centre[0]
    return (x + clear, body.right) if right else (body.x, x - clear)


def _corner_rings(job: Commission, card: Box, place: int) -> str:
    """Quarter rings in the far corner of a card, which decorate short texts."""
    tone, far = job.palette.tint(place, 0.13), 0.0 if job.brief.right_to_left else card.w
    drawn = circle(far, card.h, card.h * 0.72, tone) + circle(far, card.h, card.h * 0.44, job.palette.tint(place, 0.22))
    return card.svg(drawn, f"border-radius:{22 * job.unit:.1f}px;overflow:hidden;")
