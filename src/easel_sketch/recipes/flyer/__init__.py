"""An event flyer: a headline on a strong colour, a mosaic of shapes and icons, and the details below."""

from dataclasses import dataclass

from easel_sketch.colour.mixing import contrast, readable
from easel_sketch.colour.tone import hue_gap, lightness, toned
from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import rect
from easel_sketch.drawing.ornament import grain_overlay
from easel_sketch.parts.asked import asked_drawings
from easel_sketch.parts.backdrop import background_pattern
from easel_sketch.parts.lettering import lettering, raised_shadow, set_in, text_face, with_nbsp
from easel_sketch.parts.stack import Row, stack, stacked
from easel_sketch.parts.strong_ground import display_shade, strong_ground
from easel_sketch.reading.roles import CONTACT, DATE, PRICE, Text
from easel_sketch.recipes import card
from easel_sketch.recipes.flyer.mosaic import mosaic

_MOST_TEXTS, _MOST_LETTERS = 14, 700
_MARGIN = 60


@dataclass(frozen=True, slots=True)
class _Layout:
    """The boxes of headline, mosaic and details."""

    head: Box
    wall: Box
    facts: Box | None


def draw(job: Commission) -> str:
    facts = _facts(job)
    if len(facts) > _MOST_TEXTS or sum(len(text.words) for text in facts) > _MOST_LETTERS:
        return card.draw(job)
    palette = job.palette
    field, ink = strong_ground(palette, (palette.ramp[4], "#fffdf6"))
    layout = _layout(job, facts)
    colours = _colours(job, field)
    parts = [
        job.page.div("", f"background:{field};"),
        job.page.svg(background_pattern(job, field, *layout.head.centre)),
    ]
    parts.append(job.page.svg(mosaic(job, layout.wall, colours, asked_drawings(job)[:7])))
    parts.append(_headline(job, layout.head, ink, field))
    if layout.facts:
        parts.append(_foot(job, layout.facts, facts, rule=not _beside(job)))
    return "".join([*parts, grain_overlay(job, 0.35)])


def _facts(job: Commission) -> tuple[Text, ...]:
    return job.brief.texts[1:] if job.brief.title else job.brief.texts


def _beside(job: Commission) -> bool:
    return job.aspect > 1.15 and job.index % 4 != 3


def _layout(job: Commission, facts: tuple[Text, ...]) -> _Layout:
    """Tall pages: headline, mosaic, details. Wide pages: the mosaic at one side, the texts at the other."""
    page = job.page
    letters = sum(len(text.words) for text in facts)
    share = 0.0 if not facts else min(0.5, 0.16 + 0.03 * len(facts) + letters / 1300)
    if _beside(job):
        words, wall = page.columns(0.54, 0, mirrored=job.mirrored)
        head, low = words.rows(1 - min(0.62, share * 1.5), 0) if facts else (words, None)
        return _Layout(head, wall, low)
    share_head = 0.3 if job.brief.title else 0.0
    head, rest = page.rows(share_head, 0)
    if job.index % 2 == 1 and job.brief.title:
        wall, words = page.rows(1 - share_head - share, 0)
        head, low = words.rows(share_head / (share_head + share), 0)
        return _Layout(head, wall, low if facts else None)
    wall, low = rest.rows(1 - share / (1 - share_head), 0)
    return _Layout(head, wall, low if facts else None)


def _colours(job: Commission, field: str) -> list[str]:
    """The colours of the tiles: accents, a pale and a deep one, none of them the background's."""
    palette = job.palette
    deep = toned(palette.ramp[1], 0.34)
    candidates = [*palette.accents, toned(palette.ramp[4], 0.94), deep]
    return [c for c in candidates if contrast(c, field) > 1.12 or hue_gap(c, field) > 30] or candidates


def _headline(job: Commission, box: Box, ink: str, field: str) -> str:
    if not job.brief.title:
        return ""
    room = box.inset(_MARGIN * job.unit, 46 * job.unit)
    align = ("right" if job.brief.right_to_left else "left") if _beside(job) else "center"
    title = lettering(job, job.brief.title, room.w, room.h, most=260, lines=4)
    place = Box(room.x, room.y + (room.h - title.height) / 2, room.w, title.height)
    shade = toned(field, max(0.12, lightness(field) * 0.5))
    return set_in(job, place, title, ink, align=align, style=raised_shadow(job, shade) if lightness(ink) > 0.6 else "")


def _foot(job: Commission, box: Box, facts: tuple[Text, ...], *, rule: bool) -> str:
    """The details on pale paper: the date first and largest, then the place, then the rest."""
    palette, u = job.palette, job.unit
    paper = toned(palette.ramp[4], 0.975, 0.7)
    ink, strong = (
        readable(palette.ramp[0], paper, least=8),
        readable(display_shade(palette.accent(0)), paper, least=4.6),
    )
    bar = rect(box.x, box.y, box.w, 12 * u, display_shade(palette.accent(1))) if rule else ""
    room = box.inset(_MARGIN * u, 36 * u)
    rows = [_row(job, text, ink, strong) for text in facts]
    align = "left" if _beside(job) else "center"
    high = stacked(job, room, rows, align=align, most=92).height
    place = Box(room.x, room.y + max(0.0, room.h - high) / 2, room.w, high + 1)
    return box.div("", f"background:{paper};") + job.page.svg(bar) + stack(job, place, rows, align=align, most=92)


def _row(job: Commission, text: Text, ink: str, strong: str) -> Row:
    if text.role == DATE:
        return Row(with_nbsp(text.words), job.faces.head, 1, strong, 0.28)
    if len(text.words) > 60:
        return Row(text.words, text_face(job), 0.42, ink, 0.5)
    size = 0.72 if text.role in (PRICE, CONTACT) else 0.66
    return Row(text.words, job.faces.label, size, strong if text.role == PRICE else ink, 0.3)
