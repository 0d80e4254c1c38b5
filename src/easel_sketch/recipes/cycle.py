"""A cycle: labelled stops on an oval of arrows, and the subject in the centre."""

from collections.abc import Sequence

from easel_sketch.colour.mixing import fade
from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import HIGH, LOW, Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, ring
from easel_sketch.drawing.ornament import disc, grain_overlay, paper, shadow
from easel_sketch.parts.common_size import common_size
from easel_sketch.parts.header import header
from easel_sketch.parts.mark import fill_and_ink, lead_icon, mark
from easel_sketch.parts.oval import Oval, arrows
from easel_sketch.parts.stack import Row, stack
from easel_sketch.parts.steplist import steplist
from easel_sketch.parts.tag import named_icons
from easel_sketch.reading import lookup
from easel_sketch.recipes import infographic
from easel_sketch.recipes.infographic import named
from easel_sketch.recipes.infographic.donut import donut

MOST_TEXTS = 7
_ICONS = 5


def draw(job: Commission) -> str:
    items = job.brief.items
    if items and not 3 <= len(items) <= MOST_TEXTS:
        return infographic.draw(job)
    u, names = job.unit, () if items else named_icons(job)
    if len(names) >= named.LEAST:
        top, body = header(job, job.page.inset(46 * u), icons=False)
        return "".join([paper(job), top, named.draw(job, body, names), grain_overlay(job)])
    top, body = header(job, job.page.inset(46 * u))
    body = Box(body.x, body.y + 4 * u, body.w, body.h - 4 * u)
    drawn = _labelled(job, body, items) if items else _icons_only(job, body)
    return "".join([paper(job), top, *drawn, grain_overlay(job)])


def _labelled(job: Commission, body: Box, items: Sequence[str]) -> list[str]:
    """One card on the oval per stop; in every second variation a ring of arrows beside a list."""
    u, count = job.unit, len(items)
    if job.index % 2 and job.aspect > 0.9:
        return _ring_and_list(job, body, items)
    size = _card_size(job, body, items)
    oval = _oval(job, body, size, count)
    cards = [Box(x - size[0] / 2, y - size[1] / 2, *size) for x, y in oval.spots]
    centre = _middle(job, oval, cards)
    names = lookup.for_labels(items, job.icons[1:] or job.icons)
    face = job.faces.label if max(map(len, items)) < 60 else job.faces.body
    rows = [[Row(text, face, 1, job.palette.ink)] for text in items]
    rooms = [_room(job, card) for card in cards]
    most = common_size(job, zip(rooms, rows, strict=True), 44)
    stops = [_with_mark(job, card) for card in cards]
    tones = [fill_and_ink(job, place)[0] for place in range(count)]
    parts = [job.page.svg(centre + arrows(job, oval, stops, 11 * u, colours=tones))]
    for place, (card, room, row) in enumerate(zip(cards, rooms, rows, strict=True)):
        parts += [
            _plate(job, card, place, names[place]),
            stack(job, room, row, align="center", anchor="center", most=most),
        ]
    return parts


def _ring_and_list(job: Commission, body: Box, items: Sequence[str]) -> list[str]:
    """A ring of arrow-shaped segments with the stops' icons, or numbers, around the subject; and the stops as rows."""
    names = lookup.for_labels(items, job.icons[1:] or job.icons)
    turned = (job.index % 4 == 3) != job.brief.right_to_left
    art, side = body.columns(0.46, 40 * job.unit, mirrored=turned)
    x, y, r = *art.centre, min(art.w, art.h) / 2
    rows = side.inset(0, max(0.0, (side.h - len(items) * 150 * job.unit) / 2))
    listed, _ = steplist(job, rows, items, names, joined=False)
    return [job.page.svg(donut(job, x, y, r, names) + icons.placed(lead_icon(job), x, y, r * 0.6)), listed]


def _card_size(job: Commission, body: Box, items: Sequence[str]) -> tuple[float, float]:
    """The largest size of the cards at which neighbours do not touch."""
    crowded = len(items) > 5
    w = min(body.w * (0.28 if crowded else 0.32 if job.aspect > 0.85 else 0.38), 400 * job.unit)
    return w, min(body.h * (0.17 if crowded else 0.2), w * 0.5)


def _oval(job: Commission, body: Box, size: tuple[float, float], count: int) -> Oval:
    lift = 26 * job.unit  # half of each mark is above its card
    rx, ry = (body.w - size[0]) / 2, (body.h - size[1] - lift) / 2
    x, y = body.centre
    if count == 4 and job.aspect < 0.85:
        # On a tall page four stops are in the corners, which leaves the full width for the centre.
        return Oval(x, y + lift / 2, min(rx / 0.74, body.w / 2 - 14 * job.unit), ry, count, not job.mirrored, start=0.5)
    if count == 3:
        # Three stops leave the lower part of the oval empty, so it may extend further, down to the arrow at its foot.
        ry = (body.h - size[1] / 2 - lift - 18 * job.unit) / 2
        y = body.y + lift + size[1] / 2 + ry
    else:
        y += lift / 2
    # In the third variation the stops are half a step further: four are in the corners.
    start = 0.5 if job.index % 4 == 2 and count > 3 else 0.0
    return Oval(x, y, min(rx, ry * 1.9), ry, count, not job.brief.right_to_left, start=start)


def _room(job: Commission, card: Box) -> Box:
    pad = 18 * job.unit
    return Box(card.x + pad, card.y + card.h * 0.26, card.w - 2 * pad, card.h * 0.66)


def _mark_size(job: Commission, card: Box) -> float:
    return min(card.h * 0.56, 96 * job.unit)


def _with_mark(job: Commission, card: Box) -> Box:
    """The card's box extended by its mark."""
    out = _mark_size(job, card) * 0.46
    return Box(card.x, card.y - out, card.w, card.h + out)


def _plate(job: Commission, card: Box, place: int, name: str) -> str:
    u, tone = job.unit, fill_and_ink(job, place)[0]
    style = f"background:{job.palette.surface};border-radius:{24 * u:.1f}px;{shadow(job)}"
    foot = f"border-bottom:{8 * u:.1f}px solid {tone};"
    size = _mark_size(job, card)
    return card.div("", style + foot) + mark(job, card.centre[0], card.y + size * 0.02, size, place, name)


def _middle(job: Commission, oval: Oval, cards: Sequence[Box]) -> str:
    """The subject's icon on a disc, as large as the cards allow."""
    x = oval.x
    y = sum(card.centre[1] for card in cards) / len(cards) if len(cards) == 3 else oval.y
    reach = min(_distance(card, x, y) for card in cards) - 34 * job.unit
    return _figure(job, x, y, min(reach, job.page.w * 0.3))


def _distance(card: Box, x: float, y: float) -> float:
    """The distance from a point to the card's nearest edge."""
    dx = max(card.x - x, 0.0, x - card.right)
    dy = max(card.y - y, 0.0, y - card.bottom)
    return float((dx * dx + dy * dy) ** 0.5)


def _figure(job: Commission, x: float, y: float, r: float) -> str:
    if r < 30 * job.unit:
        return ""
    palette, u = job.palette, job.unit
    art = circle(x, y, r, palette.tint(0, 0.1)) + circle(x, y, r * 0.82, palette.tint(0, 0.2))
    if job.detail > LOW:
        beads = f'stroke-dasharray="{2 * u:.0f} {15 * u:.0f}" stroke-linecap="round"'
        art += ring(x, y, r * 0.91, fade(palette.accent(0), 0.7), 5 * u, beads)
    if job.detail == HIGH:
        art += circle(x, y, r * 0.66, palette.surface, 'opacity=".55"')
    return art + icons.placed(lead_icon(job), x, y, r * 1.22)


def _icons_only(job: Commission, body: Box) -> list[str]:
    """Icons on the oval if there are no labels."""
    others = [name for name in job.icons if name != lead_icon(job)] or list(job.icons)
    names = others[: _ICONS if job.detail > LOW else 4]
    plate = min(body.w, body.h) * 0.22
    lean = min((body.w - plate) / 2, (body.h - plate) * 0.8)
    oval = Oval(*body.centre, lean, (body.h - plate) / 2, len(names), clockwise=not job.mirrored)
    stops = [Box(x - plate / 2, y - plate / 2, plate, plate) for x, y in oval.spots]
    centre = _figure(job, oval.x, oval.y, min(oval.rx, oval.ry) - plate * 0.5 - 40 * job.unit)
    discs = (
        disc(job, x, y, plate, name, job.palette.accent(place))
        for place, ((x, y), name) in enumerate(zip(oval.spots, names, strict=True))
    )
    return [job.page.svg(centre + arrows(job, oval, stops, 12 * job.unit)), *discs]
