"""An invitation: names in large elegant type, the date as a feature, flowers around them."""

from dataclasses import replace

from easel_sketch.colour.mixing import contrast, fade, mix, readable
from easel_sketch.colour.tone import lightness, toned
from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import LOW, Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import path, rect, trace
from easel_sketch.drawing.ornament import grain_overlay
from easel_sketch.drawing.shown import names_in, shown
from easel_sketch.parts.backdrop import confetti
from easel_sketch.parts.lettering import text_face
from easel_sketch.parts.named_things import is_drawn
from easel_sketch.parts.price_list import Inks
from easel_sketch.parts.stack import Row, stack
from easel_sketch.reading import shapes
from easel_sketch.reading.roles import DATE, HEADLINE, Text
from easel_sketch.recipes import card
from easel_sketch.recipes.invitation.bouquet import EUCALYPTUS, Garden, bunting, corner, garden, placed, swag
from easel_sketch.recipes.invitation.dates import date_row

_MOST_TEXTS, _MOST_LETTERS = 12, 520
# The size of a bouquet as a share of the sheet's shorter side, and the margins beside and above the texts.
_TALL, _SQUARE, _WIDE = (0.44, 0.17, 0.21), (0.35, 0.19, 0.17), (0.42, 0.2, 0.1)
_MOST_PICTURES = 3
_FOUR = 0.7  # size of four bouquets, relative to two
_LONG_WORD = 8
_UNBROKEN = 9  # headlines up to this number of letters stay on one line
_FESTIVE = ("vibrant", "neon")


def draw(job: Commission) -> str:
    texts = job.brief.texts
    if job.brief.exceeds(_MOST_TEXTS, _MOST_LETTERS):
        return card.draw(job)
    inks = _inks(job)
    sheet = job.page.inset(40 * job.unit)
    festive = job.theme.palette in _FESTIVE or job.palette.name in _FESTIVE
    drawn, room = _party(job, sheet) if festive else _flowers(job, sheet, inks)
    art, room = _pictures(job, room, names_in(drawn))
    day = next((text for text in texts if text.role == DATE), None)
    rows = [row for text in texts for row in _rows(job, text, inks, featured=text == day)]
    words = stack(job, room, rows, align="center", anchor="center", most=176)
    return "".join([_paper(job, sheet, inks), drawn, art, words, grain_overlay(job, 0.35)])


def _pictures(job: Commission, room: Box, there: frozenset[str]) -> tuple[str, Box]:
    """What the invitation is to show, in a row below the texts, and the room that is left for those."""
    drawings = [one.drawing for one in job.brief.subjects if one.relation == "with" and is_drawn(one.drawing)]
    names = [name for name in dict.fromkeys(drawings) if name not in there][:_MOST_PICTURES]
    if not names:
        return "", room
    around = names if len(names) > 1 else names * 3
    size = min(room.h * 0.3, room.w * 0.76 / len(around))
    middle, y = room.x + room.w / 2, room.bottom - size / 2
    art = "".join(
        icons.placed(name, middle + (place - (len(around) - 1) / 2) * size * 1.25, y, size * (0.8, 1)[place % 2])
        for place, name in enumerate(around)
    )
    return job.page.svg(art), Box(room.x, room.y, room.w, room.h - size * 1.1)


def _inks(job: Commission) -> Inks:
    """White paper on a tinted background; every fourth variation, and dark palettes, use a deep paper."""
    palette = job.palette
    deep = palette.dark or job.index % 4 == 3
    paper = (palette.ground if palette.dark else toned(palette.ramp[1], 0.26)) if deep else palette.surface
    ink = readable(palette.ramp[4] if deep else palette.ink, paper, least=7)
    lead = palette.accent(0) if contrast(palette.accent(0), paper) > 1.6 else palette.accent(1)
    if deep:  # on red paper with red and gold accents this picks gold
        lead = max(palette.accents[:2], key=lambda colour: contrast(colour, paper))
    return Inks(paper, ink, readable(mix(ink, paper, 0.22), paper), readable(lead, paper, least=4.6))


def _paper(job: Commission, sheet: Box, inks: Inks) -> str:
    palette, u = job.palette, job.unit
    dark = lightness(inks.paper) < 0.4
    around = toned(inks.paper, 0.17) if dark else toned(palette.accent(0), 0.88, 0.55)
    style = f"background:{inks.paper};border-radius:{10 * u:.1f}px;"
    if job.detail:
        style += f"box-shadow:0 {10 * u:.0f}px {36 * u:.0f}px {fade('#000000', 0.16)};"
    return job.page.div("", f"background:{around};") + sheet.div("", style)


def _rows(job: Commission, text: Text, inks: Inks, *, featured: bool) -> list[Row]:
    """The two names of a pair on a line each; the first date as a feature; the rest as quiet lines."""
    head = replace(job.faces.head, leading=min(job.faces.head.leading, 1.26))
    body = replace(text_face(job), tracking=0.02 if text.words.isascii() else 0.0)
    if text.role == HEADLINE:
        pair = shapes.couple(text.words)
        if not pair:
            whole = "white-space:nowrap;" if len(text.words) <= _UNBROKEN else ""
            return [Row(text.words, head, 0.86, inks.ink, 0.2, whole)]
        link = Row(pair[1], head, 0.44, inks.strong, 0.04)
        return [Row(pair[0], head, 1, inks.ink, 0.2), link, Row(pair[2], head, 1, inks.ink, 0.0)]
    # A long word limits the headline's size; the lines below need not shrink as much.
    share = 1.3 if max(map(len, job.brief.title.split()), default=0) > _LONG_WORD else 1.0
    if featured:
        return [date_row(job, text.words, 0.34 * share, inks.ink, inks.strong)]
    return [Row(text.words, body, (0.31 if len(text.words) < 60 else 0.26) * share, inks.soft, 0.75)]


def _flowers(job: Commission, sheet: Box, inks: Inks) -> tuple[str, Box]:
    """Bouquets in two corners, or garlands above and below, over a fine frame."""
    colours = garden(job, inks.paper)
    frame = _frame(job, sheet, inks)
    leaves = (EUCALYPTUS,) if colours.round else ()
    short = min(sheet.w, sheet.h)
    if job.index % 2 == 1:
        drop = short * 0.17
        drawn = _garlands(job, sheet, colours, drop)
        room = Box(sheet.x + sheet.w * 0.11, sheet.y + drop * 1.2, sheet.w * 0.78, sheet.h - drop * 2.25)
        return job.page.svg(frame + shown(drawn, *leaves)), room
    share, beside, above = _TALL if job.aspect < 0.9 else _SQUARE if job.aspect < 1.15 else _WIDE
    size = short * share * (_FOUR if job.index % 4 == 2 else 1)
    drawn = "".join(
        placed(corner(job, colours, size, seed), x, y, across=across, down=down)
        for seed, (x, y, across, down) in enumerate(_corners(job, sheet))
    )
    return job.page.svg(frame + shown(drawn, *leaves)), sheet.inset(sheet.w * beside, sheet.h * above)


def _corners(job: Commission, sheet: Box) -> tuple[tuple[float, float, int, int], ...]:
    """Two opposite corners outside the sheet, or all four, so that the bouquets overlap its edge."""
    over = 12 * job.unit
    left, right, top, low = sheet.x - over, sheet.right + over, sheet.y - over, sheet.bottom + over
    if job.index % 4 == 2:
        return (left, top, 1, 1), (right, top, -1, 1), (left, low, 1, -1), (right, low, -1, -1)
    return (left, top, 1, 1), (right, low, -1, -1)


def _garlands(job: Commission, sheet: Box, colours: Garden, drop: float) -> str:
    over = 20 * job.unit
    wide = sheet.w + 2 * over
    upper = placed(swag(job, colours, wide, drop, 1), sheet.x - over, sheet.y)
    lower = placed(swag(job, colours, wide, drop * 0.8, 2), sheet.x - over, sheet.bottom, down=-1)
    return upper + lower


def _frame(job: Commission, sheet: Box, inks: Inks) -> str:
    """A fine line inside the sheet; with bouquets on tall pages its upper end is an arch."""
    u, box = job.unit, sheet.inset(26 * job.unit)
    line = f'stroke="{inks.strong}" stroke-width="{1.8 * u:.1f}" opacity=".7"'
    if job.detail == LOW or job.index % 4 or job.aspect > 0.9:
        inner = box.inset(7 * u)
        second = rect(inner.x, inner.y, inner.w, inner.h, "none", 3 * u, line) if job.detail else ""
        return rect(box.x, box.y, box.w, box.h, "none", 4 * u, line) + second
    r = box.w / 2
    arch = trace("M", box.x, box.bottom, "V", box.y + r, "A", r, r, "0 0 1", box.right, box.y + r, "V", box.bottom, "Z")
    return path(arch, "none", line)


def _party(job: Commission, sheet: Box) -> tuple[str, Box]:
    """Bunting across the top and confetti."""
    palette, drop = job.palette, min(sheet.w, sheet.h) * 0.13
    room = sheet.inset(sheet.w * 0.1, sheet.h * 0.17)
    line = bunting(job, sheet.w, drop, palette.accents)
    clear = room.inset(-20 * job.unit)

    def free(x: float, y: float) -> bool:
        inside = clear.x < x < clear.right and clear.y < y < clear.bottom
        on_sheet = sheet.x + 10 < x < sheet.right - 10 and sheet.y + drop * 1.6 < y < sheet.bottom - 10
        return on_sheet and not inside

    papers = confetti(job, palette.accents, 130 + 60 * job.detail, free)
    return job.page.svg(papers + placed(line, sheet.x, sheet.y + 4 * job.unit)), room
