"""A timeline: horizontal on wide pages, vertical on tall ones, with texts on alternating sides."""

import re
from collections.abc import Sequence

from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import LOW, Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, polygon, rect, ring, stroke, trace
from easel_sketch.drawing.ornament import grain_overlay, paper, shadow
from easel_sketch.parts.common_size import common_size
from easel_sketch.parts.header import header
from easel_sketch.parts.mark import fill_and_ink
from easel_sketch.parts.stack import Row, stack, stacked
from easel_sketch.reading import lookup
from easel_sketch.recipes import infographic

MOST_TEXTS = 10
_COMFORTABLE_SIZE = 28
_DATE = re.compile(
    r"^((?:\d{3,4}s?|\d{1,2}[:.]\d\d(?:\s?[ap]m)?|[A-Z][a-z]{2,8} \d{1,4}|Q[1-4]|\d{3,4}年))\s*[:–—-]?\s*(.*)$"
)

Moment = tuple[str, ...]


def draw(job: Commission) -> str:
    moments = _moments(job.brief.items)
    if not 2 <= len(moments) <= MOST_TEXTS:
        return infographic.draw(job)
    top, body = header(job, job.page.inset(46 * job.unit))
    across = job.aspect > 1.15 or (job.aspect > 0.9 and len(moments) <= 3)
    drawn, size = _across(job, body, moments) if across else ("", 0.0)
    if size < _COMFORTABLE_SIZE:
        drawn = _down(job, body, moments)
    return "".join([paper(job), top, drawn, grain_overlay(job)])


def _moments(items: Sequence[str]) -> list[Moment]:
    """Pairs of date and text. A text that is only a date belongs to the next one."""
    found: list[Moment] = []
    for item in items:
        when = _DATE.match(item)
        if found and len(found[-1]) == 1 and _DATE.match(found[-1][0]) and not (when and not when[2]):
            found[-1] = (found[-1][0], item)
        elif when and when[2] and item == f"{when[1]} {when[2]}":
            found.append((when[1], when[2]))
        else:
            found.append((item,))
    return found


def _rows(job: Commission, place: int, moment: Moment) -> list[Row]:
    rows = [Row(moment[0], job.faces.head, 1.5, job.palette.text_accent(place))] if len(moment) > 1 else []
    face = job.faces.label if len(moment[-1]) < 60 else job.faces.body
    return [*rows, Row(moment[-1], face, 0.8, job.palette.ink, 0.22)]


def _names(job: Commission, moments: Sequence[Moment]) -> list[str]:
    return lookup.for_labels([moment[-1] for moment in moments], job.icons)


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
    stem = min(stem + (room - high) * 0.6, 130 * u)
    art, parts = [_line_across(job, y, xs)], []
    for place, (x, left, row) in enumerate(zip(xs, lefts, rows, strict=True)):
        above = (place + job.index) % 2 == 0
        top = y - r - stem - high if above else y + r + stem
        card = Box(left, top, wide, high)
        art.append(stroke(trace("M", x, y, "V", card.bottom if above else card.y), fill_and_ink(job, place)[0], 5 * u))
        art.append(_node(job, x, y, r, place, names[place]))
        parts.append(_plate(job, card, place, "bottom" if above else "top"))
        parts.append(stack(job, card.inset(24 * u, 14 * u), row, align="center", anchor="center", most=most))
    return job.page.svg("".join(art)) + "".join(parts), most


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
        parts.append(stack(job, card.inset(pad, 10 * u), row, anchor="center", most=most))
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
