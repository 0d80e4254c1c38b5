"""A sale banner: the offer as large as possible, its figure on a starburst, its call to action on a button."""

from dataclasses import dataclass

from easel_sketch.colour.mixing import contrast, readable
from easel_sketch.colour.tone import hue_gap, lightness, toned
from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import HIGH, Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, ring
from easel_sketch.drawing.ornament import grain_overlay
from easel_sketch.parts.asked import asked_drawings
from easel_sketch.parts.backdrop import background_pattern, confetti, shaded
from easel_sketch.parts.burst import has_figure, offer, toothed
from easel_sketch.parts.lettering import lettering, raised_shadow, set_in, text_face
from easel_sketch.parts.pill import fitted_pill, on_fill
from easel_sketch.parts.stack import Row, stack, stacked
from easel_sketch.parts.strong_ground import display_shade, strong_ground
from easel_sketch.reading.roles import BUTTON, HEADLINE, NUMBER, PRICE, Text
from easel_sketch.recipes import card

_WHITE = "#fffdf6"
_MOST_ON_BURST = 26
_PALE_CONTRAST = 3.6  # least contrast of a headline on a pale background
_ABOVE_BUTTON = 34
_TEXT_SHARE = (0.42, 0.5)  # height of the texts as a share of a square and of a tall page
_MOST_TEXTS, _MOST_LETTERS = 7, 260
_DEFAULT_ICONS = ("shopping-bags", "wrapped-gift", "shopping-cart")
_STRIP = 2.0  # wider pages always have texts and art side by side
_TEETH = (24, 18, 30, 20)


@dataclass(frozen=True, slots=True)
class _Scheme:
    """The colours of one banner."""

    field: str
    ink: str
    soft: str
    burst: str
    deep: str


def draw(job: Commission) -> str:
    texts = job.brief.texts
    if job.brief.exceeds(_MOST_TEXTS, _MOST_LETTERS):
        return card.draw(job)
    scheme, room = _scheme(job), job.page.inset(62 * job.unit)
    burst = _on_burst(texts)
    if _wide(job):
        words, art = room.columns(0.56, 40 * job.unit, mirrored=job.mirrored)
    else:
        foot = 130 * job.unit if job.brief.of(BUTTON) else 0.0
        words, art = Box(room.x, room.y, room.w, room.h - foot).rows(_TEXT_SHARE[job.aspect < 0.8], 30 * job.unit)
    x, y = art.centre
    back = [job.page.div("", f"background:{scheme.field};"), job.page.svg(background_pattern(job, scheme.field, x, y))]
    back.append(job.page.svg(_art(job, art, scheme, has_burst=burst is not None)))
    return "".join([*back, _words(job, words, art, scheme, burst), grain_overlay(job, 0.35)])


def _wide(job: Commission) -> bool:
    """Whether texts and art are side by side: on wide pages, but for one in four."""
    return job.aspect > 1.15 and (job.index % 4 != 3 or job.aspect > _STRIP)


def _scheme(job: Commission) -> _Scheme:
    """A strong background with pale type; every third variation a pale one with strong type."""
    palette = job.palette
    second = next((c for c in palette.accents[1:] if hue_gap(c, palette.accent(0)) > 30), palette.accent(1))
    if job.index % 3 == 2 and not palette.dark:
        field = toned(palette.accent(0), 0.93, 0.45)
        ink = next((c for c in palette.accents[:2] if contrast(c, field) >= _PALE_CONTRAST), palette.field(0))
        return _Scheme(field, ink, readable(palette.ramp[1], field), second, toned(ink, 0.8, 0.6))
    field, ink = strong_ground(palette, (palette.ramp[4], _WHITE))
    deep = toned(field, lightness(field) * 0.5)
    stands_out = hue_gap(second, field) > 40 or contrast(second, field) > 2
    return _Scheme(field, ink, ink, display_shade(second) if stands_out else palette.ramp[4], deep)


def _on_burst(texts: tuple[Text, ...]) -> Text | None:
    """The text for the starburst: a short one with the offer's figure, unless it is the only text."""
    for text in texts[1:] if len(texts) > 1 else ():
        figured = text.role in (PRICE, NUMBER) or has_figure(text.words)
        if figured and len(text.words) <= _MOST_ON_BURST and text.role not in (BUTTON, HEADLINE):
            return text
    return None


def _words(job: Commission, box: Box, art: Box, scheme: _Scheme, burst: Text | None) -> str:
    """Headline, lines and buttons as one group, in the order of the prompt."""
    wide, foot = _wide(job), 92 * job.unit
    align = ("right" if job.brief.right_to_left else "left") if wide else "center"
    calls = [text for text in job.brief.texts if text.role == BUTTON]
    lines = [text for text in job.brief.texts if text.role != BUTTON and text != burst]
    below = foot + _ABOVE_BUTTON * job.unit if calls and wide else 0.0
    group, bottom = _group(job, Box(box.x, box.y, box.w, box.h - below), lines, scheme, align)
    placed = [(job.brief.texts.index(text), html) for text, html in group]
    if calls:
        y = bottom + _ABOVE_BUTTON * job.unit if wide else job.page.h - 62 * job.unit - foot
        html = _buttons(job, Box(box.x, y, box.w, foot), calls, scheme, align)
        placed.append((job.brief.texts.index(calls[0]), html))
    if burst:
        html = offer(job, *art.centre, _radius(job, art), burst.words, scheme.burst)
        placed.append((job.brief.texts.index(burst), html))
    return "".join(html for _, html in sorted(placed))


def _group(
    job: Commission, box: Box, texts: list[Text], scheme: _Scheme, align: str
) -> tuple[list[tuple[Text, str]], float]:
    """The headline and the lines below, centred vertically on wide pages; and their lower end."""
    if not texts:
        return [], box.y
    rows = [_row(job, text, scheme) for text in texts[1:]]
    share = 1.0 if not rows else 0.72 if len(rows) < 3 else 0.5
    title = lettering(job, texts[0].words, box.w, box.h * share, most=300)
    gap = 26 * job.unit if rows else 0.0
    low = Box(box.x, 0, box.w, max(1.0, box.h - title.height - gap))
    under = min(low.h, stacked(job, low, rows, align=align, most=58).height) if rows else 0.0
    top = box.y + max(0.0, box.h - title.height - gap - under) / 2
    shadow = raised_shadow(job, scheme.deep) if lightness(scheme.ink) > 0.6 else ""
    head = set_in(job, Box(box.x, top, box.w, title.height), title, scheme.ink, align=align, style=shadow)
    drawn = [(texts[0], head)]
    if rows:
        place = Box(box.x, top + title.height + gap, box.w, under + 1)
        drawn.append((texts[1], stack(job, place, rows, align=align, most=58)))
    return drawn, top + title.height + gap + under


def _row(job: Commission, text: Text, scheme: _Scheme) -> Row:
    face = job.faces.label if len(text.words) < 60 else text_face(job)
    return Row(text.words, face, 1, readable(scheme.soft, scheme.field, least=4.5), 0.4)


def _buttons(job: Commission, box: Box, calls: list[Text], scheme: _Scheme, align: str) -> str:
    """The calls to action side by side on pills that contrast with the background."""
    fill = _WHITE if lightness(scheme.field) < 0.8 else scheme.ink
    gap = 22 * job.unit
    each = (box.w - gap * (len(calls) - 1)) / len(calls)
    drawn, x = [], box.x
    pills = [fitted_pill(job, 0, box.y, box.h, text.words, fill, each)[1].w for text in calls]
    spare = box.w - sum(pills) - gap * (len(calls) - 1)
    x += {"center": spare / 2, "right": spare, "left": 0.0}[align]
    for text, wide in zip(calls, pills, strict=True):
        place = Box(x, box.y, wide, box.h)
        radius = f"border-radius:{box.h / 2:.1f}px;background:{scheme.deep};"
        edge = Box(x, box.y + 7 * job.unit, wide, box.h).div("", radius) if job.detail else ""
        drawn.append(edge + fitted_pill(job, place.x, place.y, place.h, text.words, fill, each)[0])
        x += wide + gap
    return "".join(drawn)


def _art(job: Commission, box: Box, scheme: _Scheme, *, has_burst: bool) -> str:
    """The starburst with two icons at its edge, or an icon on a large disc."""
    x, y = box.centre
    r = _radius(job, box)
    parts = []
    if job.detail:
        colours = (scheme.burst, _WHITE if lightness(scheme.field) < 0.8 else scheme.ink, job.palette.accent(2))
        side = box.x if _wide(job) and not job.mirrored else 0.0
        parts.append(confetti(job, colours, 34 * job.detail, lambda px, py: _free(job, box, px, py, r * 1.1, side)))
    if has_burst:
        teeth = _TEETH[job.index % 4]
        parts += [toothed(x, y + 9 * job.unit, r, teeth, scheme.deep), toothed(x, y, r, teeth, _WHITE)]
        parts.append(toothed(x, y, r * 0.955, teeth, scheme.burst))
        parts.append(ring(x, y, r * 0.8, on_fill(job, scheme.burst), 3 * job.unit, 'opacity=".55"'))
        spots = ((-0.84, 0.74, -12), (0.88, -0.72, 12))[: min(len(asked_drawings(job)), 1 + (job.detail == HIGH))]
        small = r * 0.56
    else:
        parts += [circle(x, y, r * 1.04, shaded(scheme.field, 0.09)), circle(x, y, r * 0.9, scheme.burst)]
        parts.append(icons.placed((asked_drawings(job) or _DEFAULT_ICONS)[0], x, y, r * 1.3))
        spots, small = ((-0.84, 0.62, -12), (0.88, 0.55, 14))[: job.detail], r * 0.5
    for place, (dx, dy, turn) in enumerate(spots):
        names = asked_drawings(job) or _DEFAULT_ICONS
        name = names[(place if has_burst else place + 1) % len(names)]
        parts.append(icons.placed(name, x + dx * r, y + dy * r, small, turn=turn))
    return "".join(parts)


def _free(job: Commission, box: Box, x: float, y: float, r: float, side: float) -> bool:
    """Whether confetti may lie here: beside the art, not on the texts."""
    cx, cy = box.centre
    beside = (x > side or side == 0.0) if not job.mirrored else x < box.right
    return beside and y > box.y - 60 * job.unit and (x - cx) ** 2 + (y - cy) ** 2 > r * r and _wide(job)


def _radius(job: Commission, box: Box) -> float:
    return min(box.w, box.h) * (0.5 if _wide(job) else 0.49)
