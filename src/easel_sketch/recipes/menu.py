"""A menu: the restaurant's name, and dishes in sections with their prices, as large as the page allows."""

from dataclasses import dataclass
from itertools import pairwise

from easel_sketch.colour.mixing import contrast, fade, mix, readable
from easel_sketch.colour.tone import lightness, toned
from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import LOW, Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, oval, rect, ring, stroke, trace
from easel_sketch.drawing.ornament import grain_overlay
from easel_sketch.parts.asked import asked_drawings
from easel_sketch.parts.engraving import corners, flourish
from easel_sketch.parts.lettering import lettering, set_in
from easel_sketch.parts.mark import fill_and_ink
from easel_sketch.parts.price_list import Inks, Line, price_list
from easel_sketch.parts.stack import Row, stack
from easel_sketch.reading import shapes
from easel_sketch.reading.roles import BODY, CONTACT, DATE, NUMBER, PLACE, PRICE, SUBLINE

_FOOTER_ROLES = (CONTACT, DATE, PLACE)
_SLATE, _GREEN_SLATE, _CHALK = "#23282b", "#20332c", "#f3efe2"
_MOST_BESIDE = 14  # lines that have room beside the name
_PRICES = (PRICE, NUMBER)
_PLATE = ("fork-and-knife-with-plate",)
_SHORT = 34
_CROWD = 18  # above this number of lines a wide page has no icon


@dataclass(frozen=True, slots=True)
class _Layout:
    """The bands of the page, from top to bottom."""

    art: Box
    head: Box
    body: Box
    foot: Box


def draw(job: Commission) -> str:
    inks = _inks(job)
    lines, foot = _lines(job)
    if job.index % 4 > 1 and 0 < len(lines) <= _MOST_BESIDE and job.brief.title:
        return _beside_name(job, lines, foot, inks)
    layout = _layout(job, len(lines), bool(foot))
    frame = _board(job) if _is_slate(job) else _frame(job, inks)
    parts = [job.page.div("", f"background:{inks.paper};"), frame, _head(job, layout, inks)]
    if not lines:
        parts.append(job.page.svg(_spread(job, layout.body, inks)))
    else:
        parts.append(price_list(job, layout.body, lines, inks))
    if foot:
        rows = [Row(text, job.faces.label, 1, inks.soft, 0.3) for text in foot]
        parts.append(stack(job, layout.foot, rows, align="center", anchor="center", most=30))
    return "".join([*parts, grain_overlay(job, 0.35)])


def _beside_name(job: Commission, lines: list[Line], foot: list[str], inks: Inks) -> str:
    """The name and an icon on a coloured field at one side, or at the head of a tall page and in the fourth variation;
    the dishes beside or below it.
    """
    u, page = job.unit, job.page
    tone, ink = fill_and_ink(job, job.index % 2)
    tone = mix(tone, inks.paper, 0.35) if _is_slate(job) else tone
    ink = readable(ink, tone, least=4.6)
    if job.aspect > 0.9 and job.index % 4 != 3:
        field, rest = page.columns(0.38, 0, mirrored=job.brief.right_to_left)
        art, name = field.inset(44 * u, 70 * u).rows(0.56, 20 * u)
    else:
        field, rest = page.rows(0.3, 0)
        art, name = field.inset(60 * u, 40 * u).columns(0.36, 30 * u, mirrored=job.brief.right_to_left)
    x, y, r = *art.centre, min(art.w, art.h) * 0.46
    drawn = circle(x, y, r, fade("#ffffff", 0.9)) + ring(x, y, r * 1.08, fade(ink, 0.6), 3 * u)
    drawn += icons.placed(_names(job)[0], x, y, r * 1.26)
    title = lettering(job, job.brief.title, name.w, name.h, most=120, lines=4, filled=False)
    place = Box(name.x, name.y + (name.h - title.height) / 2, name.w, title.height)
    room = rest.inset(78 * u, (92 if field.h == page.h or job.aspect <= 0.9 else 40) * u)
    body, low = room.rows(0.88 if foot else 1.0, 12 * u if foot else 0.0)
    parts = [page.div("", f"background:{inks.paper};"), _board(job) if _is_slate(job) else ""]
    parts += [field.div("", f"background:{tone};"), page.svg(drawn), set_in(job, place, title, ink)]
    parts.append(price_list(job, body, lines, inks))
    if foot:
        rows = [Row(text, job.faces.label, 1, inks.soft, 0.3) for text in foot]
        parts.append(stack(job, low, rows, align="center", anchor="center", most=30))
    return "".join([*parts, grain_overlay(job, 0.35)])


def _inks(job: Commission) -> Inks:
    """Pale paper, or in every second variation a dark one in the palette's hue."""
    palette = job.palette
    if _is_slate(job):
        paper = (_SLATE, _GREEN_SLATE)[job.index % 2]
        return Inks(paper, _CHALK, mix(_CHALK, paper, 0.25), readable(mix(palette.accent(0), _CHALK, 0.45), paper))
    dark = palette.dark or job.index % 2 == 1
    paper = palette.ground if palette.dark == dark else toned(palette.ramp[1], min(0.27, lightness(palette.ramp[1])))
    ink = readable(palette.ramp[4] if dark else palette.ink, paper, least=7)
    # On dark paper the accent with the highest contrast: of green and gold, gold.
    bright = max(palette.accents[:2], key=lambda colour: contrast(colour, paper))
    lead = palette.accent(0) if not dark else bright if palette.dark else palette.ramp[3]
    strong = readable(lead, paper, least=4.6)
    return Inks(paper, ink, readable(mix(ink, paper, 0.25), paper), strong)


def _is_slate(job: Commission) -> bool:
    """Whether the prompt asks for a chalkboard."""
    return "slate" in job.brief.variants.get("sign", ())


def _board(job: Commission) -> str:
    """A wooden frame around the slate, and smears of wiped chalk."""
    page, u, wood = job.page, job.unit, 26 * job.unit
    art = []
    for _ in range((0, 10, 22)[job.detail]):
        x, y = job.rng.uniform(0, page.w), job.rng.uniform(0, page.h)
        rx, ry = job.rng.uniform(0.08, 0.3) * page.w, job.rng.uniform(0.02, 0.07) * page.h
        art.append(oval(x, y, rx, ry, _CHALK, f'opacity=".022" transform="rotate(-12 {x:.0f} {y:.0f})"'))
    for inset, tone in ((wood / 2, "#8a5a33"), (wood * 0.18, "#6f4526"), (wood * 0.94, "#4f2f18")):
        width = wood if tone == "#8a5a33" else wood * 0.16
        border = f'stroke="{tone}" stroke-width="{width:.1f}"'
        art.append(rect(inset, inset, page.w - 2 * inset, page.h - 2 * inset, "none", 4 * u, border))
    return page.svg("".join(art))


def _names(job: Commission) -> tuple[str, ...]:
    return asked_drawings(job) or _PLATE


def _lines(job: Commission) -> tuple[list[Line], list[str]]:
    """Dishes with prices and notes, and section headings; and separately the lines of the footer."""
    texts = list(job.brief.texts[1 if job.brief.title else 0 :])
    foot: list[str] = []
    while texts and texts[-1].role in _FOOTER_ROLES:
        foot.insert(0, texts.pop().words)
    priced = any(text.role in _PRICES or shapes.valued(text.words) for text in texts)
    lines: list[Line] = []
    for text, after in pairwise([*texts, None]):
        if text is None:
            continue
        has_price = after is not None and after.role in _PRICES
        if row := shapes.valued(text.words):
            lines.append(Line("dish", *row))
        elif text.role in _PRICES and lines and lines[-1].kind == "dish" and not lines[-1].price:
            lines[-1] = Line("dish", lines[-1].text, text.words)
        elif not priced or has_price or text.role in _PRICES:
            lines.append(Line("dish", text.words))
        elif text.role in (BODY, SUBLINE) or len(text.words) > _SHORT or text.words[:1].islower():
            lines.append(Line("note", text.words))
        else:
            lines.append(Line("section", text.words))
    while lines and lines[-1].kind == "section":  # a heading without dishes is a closing line
        foot.insert(0, lines.pop().text)
    return lines, foot


def _layout(job: Commission, count: int, has_foot: bool) -> _Layout:
    """The fewer the dishes, the larger the icon above them."""
    room = job.page.inset(84 * job.unit, 78 * job.unit)
    wide = job.aspect > 1.15
    few = max(0.0, 1 - count / 12)
    crowded = wide and count > _CROWD
    art_h = 0.0 if crowded else room.h * ((0.13 if wide else 0.1) + (0.02 if wide else 0.1) * few)
    head_h = room.h * ((0.1 if crowded else 0.15) if job.brief.title else 0.0)
    foot_h = room.h * 0.07 if has_foot else 0.0
    gap = 22 * job.unit
    art = Box(room.x, room.y, room.w, art_h)
    head = Box(room.x, art.bottom + gap, room.w, head_h)
    top = head.bottom + 3 * gap
    body = Box(room.x, top, room.w, room.bottom - top - foot_h - (gap if has_foot else 0))
    return _Layout(art, head, body, Box(room.x, room.bottom - foot_h, room.w, max(1.0, foot_h)))


def _head(job: Commission, layout: _Layout, inks: Inks) -> str:
    """An icon on a disc between two rules, the restaurant's name, and a flourish."""
    x, y = layout.art.centre
    size, u = layout.art.h, job.unit
    art = []
    if job.detail > LOW and size:
        art += [
            circle(x, y, size * 0.5, mix(inks.paper, inks.strong, 0.16)),
            circle(x, y, size * 0.5, "none", _thin(inks, u)),
        ]
    art.append(icons.placed(_names(job)[0], x, y, size * 0.66) if size else "")
    for side in (-1, 1) if size else ():
        near, far = x + side * size * 0.66, x + side * layout.art.w * 0.46
        art.append(stroke(trace("M", near, y, "H", far), inks.strong, 2.4 * u))
        if job.detail:
            art.append(
                stroke(trace("M", near + side * 24 * u, y + 9 * u, "H", far - side * 24 * u), inks.strong, 1.2 * u)
            )
            art.append(circle(far, y, 5 * u, inks.strong))
    if not job.brief.title:
        return job.page.svg("".join(art))
    title = lettering(job, job.brief.title, layout.head.w, layout.head.h, most=130, lines=2, filled=False)
    place = Box(layout.head.x, layout.head.y + (layout.head.h - title.height) / 2, layout.head.w, title.height)
    under = flourish(job, layout.head.centre[0], layout.head.bottom + 24 * u, layout.head.w * 0.2, inks.strong)
    return job.page.svg("".join([*art, under])) + set_in(job, place, title, inks.ink)


def _spread(job: Commission, box: Box, inks: Inks) -> str:
    """Icons on plates, for a menu without dishes."""
    names, (x, y) = _names(job), box.centre
    r = min(box.w, box.h) * 0.3
    spots = ((0.0, 0.0, 1.0), (-1.12, -0.92, 0.4), (1.12, -0.92, 0.4), (-1.12, 0.92, 0.4), (1.12, 0.92, 0.4))
    parts = []
    for place, (dx, dy, share) in enumerate(spots[: 1 + min((len(names) - 1) // 2, job.detail) * 2]):
        cx, cy, size = x + dx * r, y + dy * r, r * share
        parts.append(circle(cx, cy, size, mix(inks.paper, inks.strong, 0.14)))
        parts.append(circle(cx, cy, size * 0.94, "none", _thin(inks, job.unit)))
        parts.append(icons.placed(names[place], cx, cy, size * 1.2))
    return "".join(parts)


def _thin(inks: Inks, u: float) -> str:
    return f'stroke="{inks.strong}" stroke-width="{2.4 * u:.1f}"'


def _frame(job: Commission, inks: Inks) -> str:
    """Two rules around the page, with ornaments in the corners."""
    u = job.unit
    outer, inner = job.page.inset(30 * u), job.page.inset(42 * u)
    line = f'stroke="{inks.strong}" stroke-width="{3.4 * u:.1f}"'
    drawn = rect(outer.x, outer.y, outer.w, outer.h, "none", 6 * u, line)
    if job.detail == LOW:
        return job.page.svg(drawn)
    fine = f'stroke="{fade(inks.ink, 0.4)}" stroke-width="{1.3 * u:.1f}"'
    drawn += rect(inner.x, inner.y, inner.w, inner.h, "none", 3 * u, fine)
    return job.page.svg(drawn + corners(inner, 46 * u, inks.strong, inks.paper))
