"""A certificate: an engraved border, the recipient's name, a seal, and lines for signatures."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from easel_sketch.colour.mixing import contrast, mix, readable
from easel_sketch.colour.tone import lightness, tone, toned
from easel_sketch.drawing.commission import LOW, Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import polygon, rect
from easel_sketch.drawing.ornament import grain_overlay
from easel_sketch.parts.engraving import corners, flourish, guilloche, rosette, seal
from easel_sketch.parts.lettering import text_face
from easel_sketch.parts.price_list import Inks
from easel_sketch.parts.stack import Row, stack, stacked
from easel_sketch.reading import shapes
from easel_sketch.reading.roles import BODY, CAPTION, DATE, HEADLINE, Text
from easel_sketch.recipes import card
from easel_sketch.type import typeset

_MOST_TEXTS, _MOST_LETTERS = 12, 700
_UNBROKEN = (14, 30)  # letters of a title that stays on one line, on a tall and on a wide page
_NAME_LONGEST = 36
_BLANK = 6.5  # length of the line for a missing name, in em
_METALS = (60, 105)


def draw(job: Commission) -> str:
    texts = job.brief.texts
    if job.brief.exceeds(_MOST_TEXTS, _MOST_LETTERS):
        return card.draw(job)
    inks, metal = _inks(job)
    foot = [text for text in texts if text.role in (DATE, CAPTION)][-2:]
    room = job.page.inset(124 * job.unit, 118 * job.unit)
    tall = job.aspect < 0.9
    words, base = room.rows(0.8 if tall else 0.72, 10 * job.unit)
    rows = _rows(job, [text for text in texts if text not in foot], inks)
    parts = [job.page.div("", f"background:{inks.paper};"), job.page.svg(_border(job, inks, metal))]
    parts += [_text_block(job, words, rows, inks), _foot(job, base, foot, inks, metal)]
    return "".join([*parts, grain_overlay(job, 0.3)])


def _inks(job: Commission) -> tuple[Inks, str]:
    """Cream paper with dark text and a metal for the seal; a dark paper in some variations."""
    palette = job.palette
    gold = next((c for c in palette.accents if _METALS[0] < tone(c).hue < _METALS[1] and lightness(c) > 0.55), "")
    metal = gold or toned(palette.accent(1), max(0.62, lightness(palette.accent(1))))
    if job.index % 4 == 3:
        paper = toned(palette.ramp[1], 0.24)
        ink = readable(palette.ramp[4], paper, least=7)
        return Inks(paper, ink, readable(mix(ink, paper, 0.2), paper), readable(metal, paper, least=4.6)), metal
    paper = toned(palette.ramp[4], 0.978, 0.6)
    dark = palette.ramp[1] if lightness(palette.ramp[1]) < 0.42 else palette.ramp[0]
    lead = dark if palette.dark or contrast(palette.accent(0), paper) < 3 else palette.accent(0)
    ink = readable(toned(palette.ramp[0], 0.24), paper, least=9)
    return Inks(paper, ink, readable(mix(ink, paper, 0.25), paper), readable(lead, paper, least=4.6)), metal


def _recipient(texts: Sequence[Text]) -> Text | None:
    """The name: the text after 'presented to', else one in capitals, else the second short text."""
    short = [
        text
        for text in texts
        if text.role not in (HEADLINE, BODY)
        and len(text.words) <= _NAME_LONGEST
        and shapes.number_in(text.words) is None
    ]
    for before, after in pairwise(texts):
        if after in short and shapes.leads_to_name(before.words):
            return after
    for text in short:
        parts = text.words.split()
        if 1 < len(parts) < 6 and all(part[0].isupper() for part in parts):
            return text
    return short[0] if short and not short[0].words.isascii() else None


def _rows(job: Commission, texts: Sequence[Text], inks: Inks) -> list[Row]:
    recipient, rows = _recipient(texts), []
    quiet = replace(text_face(job), tracking=0.03 if job.brief.language == "en" else 0.0)
    for text in texts:
        if text.role == HEADLINE:
            whole = "white-space:nowrap;" if len(text.words) <= _UNBROKEN[job.aspect > 1.15] else ""
            rows.append(Row(text.words, job.faces.head, 0.72, inks.strong, 0.2, whole))
        elif text == recipient:
            rows.append(_name_row(job, text.words, inks))
        elif len(text.words) > 60:
            rows.append(Row(text.words, text_face(job), 0.3, inks.ink, 0.7))
        else:
            rows.append(Row(text.words, quiet, 0.34, inks.soft, 0.6))
    if len(rows) == 1 and rows[0].face == job.faces.head:
        rows.append(_name_row(job, "", inks))
    return rows


def _name_row(job: Commission, text: str, inks: Inks) -> Row:
    """A name over a fine rule; without a name, only the rule."""
    wide = typeset.widths(job.canvas, [text], job.faces.head)[0] / 100 if text else _BLANK

    def made(size: float, w: float) -> str:
        rule = min(w, size * (wide + 1.2))
        style = f"text-align:center;width:{w:.1f}px;"
        bar = f"width:{rule:.1f}px;height:{max(1.5, size * 0.025):.1f}px;margin-top:{size * 0.1:.1f}px;"
        bar += f"background:{inks.strong};"
        column = f"display:flex;flex-direction:column;align-items:center;width:{w:.1f}px;"
        words = typeset.block(text, job.faces.head, size, inks.ink, f"{style}line-height:1.15;min-height:{size:.1f}px;")
        return f'<div style="{column}">{words}<div style="{bar}"></div></div>'

    return Row(text, job.faces.head, 0.86, inks.ink, 0.16, made=made)


def _text_block(job: Commission, box: Box, rows: list[Row], inks: Inks) -> str:
    """The texts centred in their box, below a flourish if there is room."""
    most = 156 if job.aspect > 1.15 else 122
    high = stacked(job, box, rows, align="center", most=most).height
    words = stack(job, box, rows, align="center", anchor="center", most=most)
    spare = (box.h - high) / 2
    if spare < 40 * job.unit:
        return words
    return words + job.page.svg(flourish(job, box.centre[0], box.y + spare * 0.42, box.w * 0.2, inks.strong))


def _border(job: Commission, inks: Inks, metal: str) -> str:
    """Two pairs of rules with a guilloche between, and a rosette in each corner; or a quiet frame, or a ribbon."""
    u, page = job.unit, job.page
    if job.index % 4 in (1, 2):
        return _quiet_border(job, inks, metal)
    outer, inner, middle = page.inset(30 * u), page.inset(86 * u), page.inset(58 * u)
    parts = [
        _rule(outer, 5 * u, inks.strong),
        _rule(inner, 3 * u, inks.strong),
        _rule(inner.inset(8 * u), 1.3 * u, metal),
    ]
    if job.detail == LOW:
        return "".join([*parts, _rule(middle, 3 * u, metal)])
    parts.append(_rule(outer.inset(8 * u), 1.3 * u, metal))
    parts.append(guilloche(job, middle, mix(metal, inks.strong, 0.2), 30 * u))
    for x in (middle.x, middle.right):
        for y in (middle.y, middle.bottom):
            square = Box(x - 30 * u, y - 30 * u, 60 * u, 60 * u)
            parts.append(
                rect(
                    square.x,
                    square.y,
                    square.w,
                    square.h,
                    inks.paper,
                    4 * u,
                    f'stroke="{inks.strong}" stroke-width="{2.4 * u:.1f}"',
                )
            )
            parts.append(rosette(x, y, 26 * u, metal, 1.3 * u))
    return "".join(parts)


def _quiet_border(job: Commission, inks: Inks, metal: str) -> str:
    """A frame with curls in its corners; in the third variation bands of colour at both ends of the page too."""
    u, page = job.unit, job.page
    frame = page.inset(52 * u)
    parts = []
    if job.index % 4 == 2:
        for x, way in ((0.0, 1), (page.w, -1)):
            tips = [(x, 0), (x + way * 200 * u, 0), (x, 200 * u)]
            feet = [(x, page.h), (x + way * 200 * u, page.h), (x, page.h - 200 * u)]
            parts += [polygon(tips, inks.strong), polygon(feet, inks.strong)]
            wide = f'stroke="{metal}" stroke-width="{9 * u:.1f}"'
            parts += [polygon(corner, "none", wide) for corner in (tips, feet)]
        return "".join([*parts, _rule(page.inset(26 * u), 3 * u, metal)])
    parts += [_rule(frame, 4 * u, inks.strong), _rule(frame.inset(14 * u), 1.4 * u, metal)]
    return "".join(parts) + (corners(frame.inset(14 * u), 70 * u, inks.strong, inks.paper) if job.detail > LOW else "")


def _rule(box: Box, width: float, ink: str) -> str:
    return rect(box.x, box.y, box.w, box.h, "none", 0, f'stroke="{ink}" stroke-width="{width:.1f}"')


def _foot(job: Commission, box: Box, foot: Sequence[Text], inks: Inks, metal: str) -> str:
    """The seal between two signature lines with their captions."""
    u, wide = job.unit, box.w * (0.31 if job.aspect < 0.9 else 0.29)
    r = min(box.h * 0.37, 96 * u)
    parts = [job.page.svg(seal(job, box.centre[0], box.y + r * 1.1, r, metal, inks.strong))]
    y = box.bottom - 54 * u
    for place, left in enumerate((box.x, box.right - wide)):
        parts.append(job.page.svg(rect(left, y, wide, 2 * u, mix(inks.ink, inks.paper, 0.3))))
        if place < len(foot):
            row = Row(foot[place].words, text_face(job), 1, inks.ink)
            parts.append(stack(job, Box(left, y + 8 * u, wide, 46 * u), [row], align="center", most=30))
    return "".join(parts)
