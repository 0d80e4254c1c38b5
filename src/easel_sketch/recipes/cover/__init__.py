"""The front of a book, an album or a magazine: a title in large letters and one emblem made of plain shapes."""

from dataclasses import dataclass, replace

from easel_sketch.colour.mixing import contrast, fade, mix, readable
from easel_sketch.colour.tone import lightness, tone, toned
from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import LOW, Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ornament import grain_overlay
from easel_sketch.parts.lettering import lettering, neon_glow, raised_shadow, set_in, text_face
from easel_sketch.parts.stack import Row, stack, stacked
from easel_sketch.parts.strong_ground import requested_icons
from easel_sketch.reading.roles import CAPTION, Text
from easel_sketch.recipes import card
from easel_sketch.recipes.cover.emblem import emblem, night_grid

_MOST_TEXTS, _MOST_LETTERS = 9, 420
_NEON = {"neon"}
_PALE = {"pastel"}
# How far below the middle of each emblem its figure stands, and how large it is there.
_FIGURE_AT = ((-0.08, 0.5), (0.14, 0.46), (0.0, 0.38), (0.0, 0.5))
_GLOW_CHROMA = 0.2


@dataclass(frozen=True, slots=True)
class _Look:
    """The inks of one cover, and the three colours of its emblem: lead, second, light."""

    ground: str
    ink: str
    soft: str
    colours: tuple[str, str, str]
    neon: bool


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where title, emblem and the line at the foot go."""

    head: Box
    art: Box
    foot: Box
    align: str


def draw(job: Commission) -> str:
    texts = job.brief.texts
    if len(texts) > _MOST_TEXTS or sum(len(text.words) for text in texts) > _MOST_LETTERS:
        return card.draw(job)
    look = _look(job)
    under, foot = _sorted(job)
    plan = _plan(job, bool(foot))
    parts = [job.page.div("", f"background:{look.ground};"), job.page.svg(_emblem(job, plan, look))]
    parts += [_shade(job, plan, look), _title(job, plan.head, under, look, plan.align)]
    if foot:
        rows = [Row(text.words, replace(job.faces.label, tracking=_spaced(text.words)), 1, look.ink) for text in foot]
        parts.append(stack(job, plan.foot, rows, align=plan.align, anchor="flex-end", most=50))
    return "".join([*parts, _frame(job, look), grain_overlay(job, 0.5)])


def _spaced(text: str) -> float:
    return 0.04 if text.isascii() else 0.0


def _look(job: Commission) -> _Look:
    """Deep ground and pale type, now and then the other way round."""
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
    return _Look(ground, ink, soft, (lead, second, light), neon)


def _sorted(job: Commission) -> tuple[list[Text], list[Text]]:
    """The lines under the title, and whoever made it, for the foot: captions, or the last line of several."""
    texts = list(job.brief.texts[1:] if job.brief.title else job.brief.texts)
    foot = [text for text in texts if text.role == CAPTION]
    under = [text for text in texts if text.role != CAPTION]
    if not foot and under and len(under[-1].words) < 48:
        foot = [under.pop()]
    return under, foot


def _plan(job: Commission, has_foot: bool) -> _Plan:
    """The title above the emblem; or, every second time, the emblem to the edges and the words below it.

    On wide pages the words stand beside it.
    """
    page, u = job.page, job.unit
    room = page.inset(76 * u, 70 * u)
    foot_h = 64 * u if has_foot else 0.0
    if job.aspect > 1.15:
        words, art = page.columns(0.5, 0, mirrored=job.mirrored)
        words = words.inset(76 * u, 80 * u)
        foot = Box(words.x, words.bottom - foot_h, words.w, max(1.0, foot_h))
        return _Plan(Box(words.x, words.y, words.w, words.h - foot_h - 34 * u), art, foot, "left")
    if job.index % 2 == 1:
        art, _ = page.rows(0.56, 0)
        head = Box(room.x, art.bottom + 44 * u, room.w, room.bottom - art.bottom - 44 * u - foot_h)
        return _Plan(head, art, Box(room.x, room.bottom - foot_h, room.w, max(1.0, foot_h)), "left")
    head, rest = room.rows(0.34 if job.brief.title else 0.02, 10 * u)
    art = Box(0, rest.y, page.w, page.h - rest.y)
    return _Plan(head, art, Box(room.x, room.bottom - foot_h, room.w, max(1.0, foot_h)), "center")


def _emblem(job: Commission, plan: _Plan, look: _Look) -> str:
    number = (job.index + len(job.brief.title)) % 4
    number = number or 1 if job.aspect > 1.15 else number  # Waves want the whole width of the page.
    art = plan.art
    drawn = (
        night_grid(job, art, look.colours, look.ground)
        if look.neon
        else emblem(job, art, look.colours, look.ground, number)
    )
    names = requested_icons(job)
    if look.neon or not names:
        return drawn
    (x, y), (below, share) = art.centre, _FIGURE_AT[number]
    size = min(art.w, art.h) * share
    return drawn + icons.placed(names[0], x, y + size * below, size)


def _shade(job: Commission, plan: _Plan, look: _Look) -> str:
    """A veil of the ground under the line at the foot, where it lies on the emblem."""
    if plan.align == "left":
        return ""
    high = job.page.h * 0.2
    veil = Box(0, job.page.h - high, job.page.w, high)
    return veil.div(
        "", f"background-image:linear-gradient(to bottom,{fade(look.ground, 0)},{fade(look.ground, 0.92)} 62%);"
    )


def _title(job: Commission, box: Box, under: list[Text], look: _Look, align: str) -> str:
    if not job.brief.title:
        return ""
    u = job.unit
    side = "right" if align == "left" and job.brief.right_to_left else align
    share = 1.0 if not under else 0.7
    title = lettering(job, job.brief.title, box.w, box.h * share, most=210, lines=4, filled=look.neon)
    rows = [Row(text.words, text_face(job), 1, look.soft, 0.4) for text in under]
    low = Box(box.x, box.y + title.height + 34 * u, box.w, max(1.0, box.h - title.height - 34 * u))
    high = min(low.h, stacked(job, low, rows, align=align, most=44).height) if rows else 0.0
    centred = align == "left" and job.aspect > 1.15
    top = max(0.0, box.h - title.height - high - (34 * u if rows else 0)) / 2 if centred or align == "center" else 0.0
    style = (
        neon_glow(job, look.colours[0])
        if look.neon
        else raised_shadow(job, toned(look.ground, 0.14), 0.6)
        if lightness(look.ink) > 0.6
        else ""
    )
    ink = "#fff4fb" if look.neon else look.ink
    words = set_in(job, Box(box.x, box.y + top, box.w, title.height), title, ink, align=side, style=style)
    if not rows:
        return words
    return words + stack(job, Box(low.x, low.y + top, low.w, high + 1), rows, align=align, most=44)


def _frame(job: Commission, look: _Look) -> str:
    """A thin line inside the edge of every cover that is not cut by its emblem."""
    if job.detail == LOW or job.index % 2 == 1 or look.neon or job.aspect > 1.15:
        return ""
    u = job.unit
    return job.page.inset(26 * u).div("", f"border:{2.2 * u:.1f}px solid {fade(look.ink, 0.55)};")
