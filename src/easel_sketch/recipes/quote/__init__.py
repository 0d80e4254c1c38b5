"""A quotation in large type with a quotation mark and its author."""

from dataclasses import dataclass, replace

from easel_sketch.colour.mixing import contrast, mix, readable
from easel_sketch.colour.tone import lightness, toned
from easel_sketch.drawing.commission import LOW, Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, path, rect, trace
from easel_sketch.drawing.ornament import grain_overlay
from easel_sketch.parts.lettering import text_face
from easel_sketch.parts.price_list import Inks
from easel_sketch.parts.stack import Row, stack
from easel_sketch.reading import words
from easel_sketch.reading.roles import CAPTION, Text
from easel_sketch.recipes import card
from easel_sketch.recipes.quote.quotation import height, mark

_MOST_LETTERS = 620
_AUTHOR = 64


@dataclass(frozen=True, slots=True)
class _Scheme:
    """The text colours of a quotation, and the shade of its quotation mark."""

    inks: Inks
    mark: str


def draw(job: Commission) -> str:
    quotation, authors = _split_texts(job.brief.texts)
    if (
        not quotation
        or len(quotation) > 3
        or len(authors) > 3
        or sum(len(text.words) for text in quotation) > _MOST_LETTERS
    ):
        return card.draw(job)
    scheme = _scheme(job)
    u, page = job.unit, job.page
    room = page.inset(page.w * 0.1, page.h * 0.09)
    size = min(room.w * 0.24, room.h * 0.2)
    foot = room.h * (0.17 if authors else 0.03)
    top = height(size) + 30 * u
    body = Box(room.x, room.y + top, room.w, room.h - top - foot)
    parts = [
        page.div("", f"background:{scheme.inks.paper};"),
        page.svg(_ground(job, scheme)),
        _mark(job, room, size, scheme),
    ]
    parts.append(_quotation(job, body, quotation, scheme))
    if authors:
        parts.append(_author(job, Box(room.x, room.bottom - foot, room.w, foot), authors, scheme))
    return "".join([*parts, grain_overlay(job, 0.35)])


def _split_texts(texts: tuple[Text, ...]) -> tuple[list[Text], list[Text]]:
    """The quotation, and its author: captions, or a short last text after a longer one."""
    authors = [text for text in texts if text.role == CAPTION]
    quotation = [text for text in texts if text.role != CAPTION]
    if not authors and len(quotation) > 1 and len(quotation[-1].words) < min(_AUTHOR, len(quotation[0].words) + 12):
        authors = [quotation.pop()]
    return quotation, authors


def _scheme(job: Commission) -> _Scheme:
    """Deep background with pale type, alternating with pale paper and dark type."""
    palette = job.palette
    deep = palette.dark or job.index % 2 == 1
    if deep:
        paper = palette.ground if palette.dark else toned(palette.ramp[1], 0.29)
        ink = readable(palette.ramp[4], paper, least=8)
    else:
        paper = toned(palette.accent(0), 0.955, 0.22)
        ink = readable(palette.ink, paper, least=8)
    lead = next((colour for colour in palette.accents if contrast(colour, paper) > 2.2), palette.accent(0))
    inks = Inks(paper, ink, readable(mix(ink, paper, 0.2), paper), readable(lead, paper, least=4.6))
    return _Scheme(inks, lead)


def _ground(job: Commission, scheme: _Scheme) -> str:
    """Large shapes in a shade of the background, cut off by the edges."""
    if job.detail == LOW:
        return ""
    page, light = job.page, lightness(scheme.inks.paper)
    shade = toned(scheme.inks.paper, light + (0.035 if light < 0.5 else -0.028), 1.25)
    side = 0.0 if job.mirrored else page.w
    r = max(page.w, page.h) * 0.42
    if job.index % 4 in (0, 3):
        return circle(side, page.h, r, shade) + circle(side, page.h, r * 0.62, scheme.inks.paper)
    if job.index % 4 == 1:
        return path(
            trace(
                *("M", 0, page.h, "V", page.h * 0.72, "Q", page.w * 0.5, page.h * 0.56, page.w, page.h * 0.8),
                *("V", page.h, "Z"),
            ),
            shade,
        )
    return rect(side - (page.w * 0.32 if side else 0), 0, page.w * 0.32, page.h, shade)


def _centred(job: Commission) -> bool:
    return job.index % 4 in (1, 2)


def _mark(job: Commission, room: Box, size: float, scheme: _Scheme) -> str:
    x = room.centre[0] - size / 2 if _centred(job) else room.right - size if job.brief.right_to_left else room.x
    return job.page.svg(mark(x, room.y, size, scheme.mark))


def _quotation(job: Commission, box: Box, texts: list[Text], scheme: _Scheme) -> str:
    """The text in the display face, in lines of similar length."""
    short = len(texts[0].words) < 120
    unspaced = words.language(texts[0].words) in words.UNSPACED
    face = replace(job.faces.head, leading=max(job.faces.head.leading, 1.36 if unspaced else 1.16))
    body = replace(text_face(job), leading=1.4)
    rows = [
        Row(
            text.words, face if place == 0 or short else body, 1 if place == 0 else 0.6, scheme.inks.ink, 0.4, _BALANCED
        )
        for place, text in enumerate(texts)
    ]
    align = "center" if _centred(job) else "left"
    return stack(job, box, rows, align=align, anchor="center", most=150)


_BALANCED = "text-wrap:balance;"


def _author(job: Commission, box: Box, authors: list[Text], scheme: _Scheme) -> str:
    """The author below a short rule."""
    u, wide = job.unit, 92 * job.unit
    right = job.brief.right_to_left
    x = box.centre[0] - wide / 2 if _centred(job) else box.right - wide if right else box.x
    bar = job.page.svg(rect(x, box.y + 18 * u, wide, 5 * u, scheme.mark, 2.5 * u))
    rows = [
        Row(text.words, job.faces.label, 1 if place == 0 else 0.8, scheme.inks.soft, 0.25)
        for place, text in enumerate(authors)
    ]
    place = Box(box.x, box.y + 46 * u, box.w, max(1.0, box.h - 46 * u))
    return bar + stack(job, place, rows, align="center" if _centred(job) else "left", most=46)
