"""A book, album or magazine cover: a title in large type and an emblem of geometric shapes."""

from dataclasses import dataclass, replace

from easel_sketch.colour.mixing import contrast, fade, mix, readable
from easel_sketch.colour.tone import lightness, tone, toned
from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import LOW, Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ornament import grain_overlay
from easel_sketch.parts.asked import asked_drawings
from easel_sketch.parts.lettering import lettering, neon_glow, raised_shadow, set_in, text_face
from easel_sketch.parts.stack import Row, stack, stacked
from easel_sketch.reading.roles import CAPTION, Text
from easel_sketch.recipes import card
from easel_sketch.recipes.cover.bound import bound
from easel_sketch.recipes.cover.emblem import emblem, night_grid

_MOST_TEXTS, _MOST_LETTERS = 9, 420
_NEON = {"neon"}
_PALE = {"pastel"}
# The icon's offset below the centre of each emblem, and its size, as shares of the emblem's shorter side.
_FIGURE_AT = ((-0.08, 0.5), (0.14, 0.46), (0.0, 0.38), (0.0, 0.5))
_GLOW_CHROMA = 0.2


@dataclass(frozen=True, slots=True)
class _Scheme:
    """The text colours of a cover, and the lead, second and light colour of its emblem."""

    ground: str
    ink: str
    soft: str
    colours: tuple[str, str, str]
    neon: bool


@dataclass(frozen=True, slots=True)
class _Layout:
    """The boxes of title, emblem and footer."""

    head: Box
    art: Box
    foot: Box
    align: str


def draw(job: Commission) -> str:
    texts = job.brief.texts
    if job.brief.exceeds(_MOST_TEXTS, _MOST_LETTERS):
        return card.draw(job)
    if not texts and not job.insets:
        return bound(job, _scheme(job).ground, _scheme(job).colours)
    scheme = _scheme(job)
    under, foot = _split_texts(job)
    layout = _layout(job, bool(foot))
    parts = [job.page.div("", f"background:{scheme.ground};"), job.page.svg(_emblem(job, layout, scheme))]
    parts += [_footer_shade(job, layout, scheme), _title(job, layout.head, under, scheme, layout.align)]
    if foot:
        rows = [
            Row(text.words, replace(job.faces.label, tracking=_tracking(text.words)), 1, scheme.ink) for text in foot
        ]
        parts.append(stack(job, layout.foot, rows, align=layout.align, anchor="flex-end", most=50))
    return "".join([*parts, _frame(job, scheme), grain_overlay(job, 0.5)])


def _wide(job: Commission) -> bool:
    """Whether the texts are beside the emblem: on wide pages, but for one in four."""
    return job.aspect > 1.15 and job.index % 4 != 3


def _tracking(text: str) -> float:
    return 0.04 if text.isascii() else 0.0


def _scheme(job: Commission) -> _Scheme:
    """Dark background and pale type, in some variations the reverse."""
    palette = job.palette
    neon = palette.name in _NEON or (palette.dark and tone(palette.accent(0)).chroma > _GLOW_CHROMA)
    pale = not palette.dark and (job.index % 4 == 2 or palette.name in _PALE)
    deep = palette.ground if palette.dark else toned(palette.ramp[1], min(0.3, lightness(palette.ramp[1])))
    ground = toned(palette.accent(0), 0.95, 0.3) if pale else deep
    ink = readable(palette.ramp[1] if pale else palette.ramp[4], ground, least=7)
    lead = palette.ramp[2] if contrast(palette.ramp[2], ground) > 1.7 else palette.ramp[3]
    second = next((c for c in palette.accents if c != lead and contrast(c, ground) > 1.4), palette.ramp[3])
    light = palette.ramp[3] if contrast(palette.ramp[3], ground) > 1.5 else palette.ramp[2]
    if neon:
        lead, second, light = palette.accent(0), palette.accent(1), palette.accent(2)
    soft = readable(mix(ink, ground, 0.15), ground, least=4.6)
    return _Scheme(ground, ink, soft, (lead, second, light), neon)


def _split_texts(job: Commission) -> tuple[list[Text], list[Text]]:
    """The lines below the title, and those of the footer: captions, or the last of several lines."""
    texts = list(job.brief.texts[1:] if job.brief.title else job.brief.texts)
    foot = [text for text in texts if text.role == CAPTION]
    under = [text for text in texts if text.role != CAPTION]
    if not foot and under and len(under[-1].words) < 48:
        foot = [under.pop()]
    return under, foot


def _layout(job: Commission, has_foot: bool) -> _Layout:
    """The title above the emblem; in every second variation the emblem bleeds and the title is below.

    On wide pages the texts are beside the emblem.
    """
    page, u = job.page, job.unit
    room = page.inset(76 * u, 70 * u)
    foot_h = 64 * u if has_foot else 0.0
    if _wide(job):
        words, art = page.columns(0.5, 0, mirrored=job.mirrored)
        words = words.inset(76 * u, 80 * u)
        foot = Box(words.x, words.bottom - foot_h, words.w, max(1.0, foot_h))
        return _Layout(Box(words.x, words.y, words.w, words.h - foot_h - 34 * u), art, foot, "left")
    if job.index % 2 == 1:
        art, _ = page.rows(0.56, 0)
        head = Box(room.x, art.bottom + 44 * u, room.w, room.bottom - art.bottom - 44 * u - foot_h)
        return _Layout(head, art, Box(room.x, room.bottom - foot_h, room.w, max(1.0, foot_h)), "left")
    head, rest = room.rows(0.34 if job.brief.title else 0.02, 10 * u)
    art = Box(0, rest.y, page.w, page.h - rest.y)
    return _Layout(head, art, Box(room.x, room.bottom - foot_h, room.w, max(1.0, foot_h)), "center")


def _emblem(job: Commission, layout: _Layout, scheme: _Scheme) -> str:
    number = (job.index + len(job.brief.title)) % 4
    number = number or 1 if _wide(job) else number  # emblem 0, the waves, needs the full width of the page
    art = layout.art
    drawn = (
        night_grid(job, art, scheme.colours, scheme.ground)
        if scheme.neon
        else emblem(job, art, scheme.colours, scheme.ground, number)
    )
    names = asked_drawings(job)
    if scheme.neon or not names:
        return drawn
    (x, y), (below, share) = art.centre, _FIGURE_AT[number]
    size = min(art.w, art.h) * share
    return drawn + icons.placed(names[0], x, y + size * below, size)


def _footer_shade(job: Commission, layout: _Layout, scheme: _Scheme) -> str:
    """A gradient under the footer where it lies on the emblem."""
    if layout.align == "left":
        return ""
    high = job.page.h * 0.2
    veil = Box(0, job.page.h - high, job.page.w, high)
    return veil.div(
        "", f"background-image:linear-gradient(to bottom,{fade(scheme.ground, 0)},{fade(scheme.ground, 0.92)} 62%);"
    )


def _title(job: Commission, box: Box, under: list[Text], scheme: _Scheme, align: str) -> str:
    if not job.brief.title:
        return ""
    u = job.unit
    side = "right" if align == "left" and job.brief.right_to_left else align
    share = 1.0 if not under else 0.7
    title = lettering(job, job.brief.title, box.w, box.h * share, most=210, lines=4, filled=scheme.neon)
    rows = [Row(text.words, text_face(job), 1, scheme.soft, 0.4) for text in under]
    low = Box(box.x, box.y + title.height + 34 * u, box.w, max(1.0, box.h - title.height - 34 * u))
    high = min(low.h, stacked(job, low, rows, align=align, most=44).height) if rows else 0.0
    centred = align == "left" and _wide(job)
    top = max(0.0, box.h - title.height - high - (34 * u if rows else 0)) / 2 if centred or align == "center" else 0.0
    style = (
        neon_glow(job, scheme.colours[0])
        if scheme.neon
        else raised_shadow(job, toned(scheme.ground, 0.14), 0.6)
        if lightness(scheme.ink) > 0.6
        else ""
    )
    ink = "#fff4fb" if scheme.neon else scheme.ink
    words = set_in(job, Box(box.x, box.y + top, box.w, title.height), title, ink, align=side, style=style)
    if not rows:
        return words
    return words + stack(job, Box(low.x, low.y + top, low.w, high + 1), rows, align=align, most=44)


def _frame(job: Commission, scheme: _Scheme) -> str:
    """A thin line inside the edge, unless the emblem bleeds."""
    if job.detail == LOW or job.index % 2 == 1 or scheme.neon or _wide(job):
        return ""
    u = job.unit
    return job.page.inset(26 * u).div("", f"border:{2.2 * u:.1f}px solid {fade(scheme.ink, 0.55)};")
