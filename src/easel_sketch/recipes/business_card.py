"""A business card on a desk: logo, name, profession and contact details."""

from dataclasses import dataclass, replace

from easel_sketch.colour.mixing import contrast, fade, mix, readable
from easel_sketch.colour.tone import lightness, toned
from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import LOW, Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, rect
from easel_sketch.drawing.ornament import grain_overlay
from easel_sketch.parts.asked import asked_drawings
from easel_sketch.parts.lettering import text_face
from easel_sketch.parts.price_list import Inks
from easel_sketch.parts.stack import Row, stack
from easel_sketch.reading.roles import CONTACT, HEADLINE, PLACE, Text
from easel_sketch.recipes import card

_ASPECT = 1.7
_WHITE = "#fffefb"
_BOTH_SIDES_BELOW = 1.15
_MOST_TEXTS, _MOST_LETTERS = 9, 300
_UNBROKEN = 26  # names up to this number of letters stay on one line


@dataclass(frozen=True, slots=True)
class _Scheme:
    """The card's text colours, its accent, and the colour of the desk."""

    inks: Inks
    strong: str
    desk: str


def draw(job: Commission) -> str:
    if job.brief.exceeds(_MOST_TEXTS, _MOST_LETTERS):
        return card.draw(job)
    scheme, page = _scheme(job), job.page
    parts = [page.div("", f"background:{scheme.desk};")]
    if job.detail:
        light = lightness(scheme.desk)
        fall = f"{toned(scheme.desk, min(0.97, light + 0.05))},{toned(scheme.desk, light - 0.05)}"
        parts.append(page.div("", f"background-image:linear-gradient(140deg,{fall});"))
    if job.aspect < _BOTH_SIDES_BELOW:
        return "".join([*parts, _both_sides(job, scheme), grain_overlay(job, 0.4)])
    w = min(page.w * 0.86, page.h * 0.8 * _ASPECT)
    place = Box((page.w - w) / 2, (page.h - w / _ASPECT) / 2, w, w / _ASPECT)
    if job.detail > LOW:
        parts += _stacked_behind(job, place, scheme)
    return "".join([*parts, _card(job, place, scheme), grain_overlay(job, 0.4)])


def _both_sides(job: Commission, scheme: _Scheme) -> str:
    """Back and front one above the other, for square and tall pages."""
    page, u = job.page, job.unit
    w = min(page.w * 0.82, page.h * 0.42 * _ASPECT)
    h, gap = w / _ASPECT, 36 * u
    free, shift = page.w - w, page.w * 0.035 * (-1 if job.mirrored else 1)
    top = (page.h - 2 * h - gap) / 2
    back, front = Box(free / 2 - shift, top, w, h), Box(free / 2 + shift, top + h + gap, w, h)
    size = h * 0.5
    middle = Box(back.centre[0] - size / 2, back.centre[1] - size / 2, size, size)
    plate = back.div("", f"background:{scheme.strong};border-radius:{12 * u:.1f}px;{_drop_shadow(job)}")
    rings = _rings(back, scheme) if job.detail else ""
    return plate + rings + _emblem(job, middle, scheme) + _front(job, front, scheme)


def _front(job: Commission, box: Box, scheme: _Scheme) -> str:
    """The texts beside a narrow bar."""
    u, slim = job.unit, box.w * 0.035
    plate = box.div("", f"background:{scheme.inks.paper};border-radius:{12 * u:.1f}px;{_drop_shadow(job)}")
    side = box.x if not job.mirrored else box.right - slim
    bar = job.page.svg(rect(side, box.y + box.h * 0.16, slim * 0.5, box.h * 0.68, scheme.strong))
    return plate + bar + _words(job, box.inset(box.w * 0.085, box.h * 0.13), scheme)


def _scheme(job: Commission) -> _Scheme:
    """A white card, or a dark one in every fourth variation and for dark palettes; the desk is a tint of the accent."""
    palette = job.palette
    strong = palette.field(0) if not palette.dark else palette.accent(0)
    deep = palette.dark or job.index % 4 == 3
    face = (palette.ground if palette.dark else toned(palette.ramp[1], 0.28)) if deep else _WHITE
    ink = readable(palette.ramp[4] if deep else palette.ink, face, least=8)
    inks = Inks(face, ink, readable(mix(ink, face, 0.22), face), readable(strong, face, least=4.6))
    desk = toned(strong, 0.86, 0.28) if not deep else toned(palette.ramp[3], 0.8, 0.5)
    return _Scheme(inks, strong, desk)


def _stacked_behind(job: Commission, box: Box, scheme: _Scheme) -> list[str]:
    """The back of a second card, slightly rotated, behind the first."""
    u, turn = job.unit, (-5, 4, -3, 6)[job.index % 4]
    back = Box(box.x + 8 * u, box.y - 18 * u, box.w, box.h)
    style = f"background:{scheme.strong};border-radius:{12 * u:.1f}px;transform:rotate({turn}deg);{_drop_shadow(job)}"
    return [back.div("", style)]


def _drop_shadow(job: Commission) -> str:
    return f"box-shadow:0 {16 * job.unit:.0f}px {44 * job.unit:.0f}px {fade('#0b0d14', 0.28)};" if job.detail else ""


def _card(job: Commission, box: Box, scheme: _Scheme) -> str:
    u = job.unit
    plate = box.div("", f"background:{scheme.inks.paper};border-radius:{12 * u:.1f}px;{_drop_shadow(job)}")
    r = 12 * u
    if job.index % 4 == 2:
        band, words = box.rows(0.34, 0)
        radius = f"{r:.1f}px {r:.1f}px 0 0"
    elif job.index % 4 == 1:
        words, band = box.rows(0.76, 0)
        radius = f"0 0 {r:.1f}px {r:.1f}px"
    elif job.index % 4 == 3:
        size = box.h * 0.24
        small = Box(
            box.right - size - box.w * 0.07 if job.mirrored else box.x + box.w * 0.07, box.y + box.h * 0.12, size, size
        )
        low = Box(box.x, box.y + box.h * 0.36, box.w, box.h * 0.64)
        return plate + _emblem(job, small, scheme) + _words(job, low.inset(box.w * 0.07, box.h * 0.07), scheme)
    else:
        turned = job.brief.right_to_left
        band, words = box.columns(0.29, 0, mirrored=turned)
        radius = f"0 {r:.1f}px {r:.1f}px 0" if turned else f"{r:.1f}px 0 0 {r:.1f}px"
    side = band.div("", f"border-radius:{radius};background:{scheme.strong};")
    pattern = _rings(band, scheme) if job.detail else ""
    size = min(band.w, band.h) * 0.62
    mark = _emblem(job, Box(band.centre[0] - size / 2, band.centre[1] - size / 2, size, size), scheme)
    return plate + side + pattern + mark + _words(job, words.inset(box.w * 0.06, box.h * 0.13), scheme)


def _rings(band: Box, scheme: _Scheme) -> str:
    """Concentric rings, clipped at the edges of the band."""
    shade = toned(scheme.strong, lightness(scheme.strong) + 0.045)
    r = min(band.w, band.h)
    drawn = "".join(
        circle(band.w / 2, band.h / 2, r * (0.48 + 0.22 * i), "none", f'stroke="{shade}" stroke-width="{r * 0.07:.1f}"')
        for i in range(6)
    )
    return band.svg(drawn, "overflow:hidden;")


def _emblem(job: Commission, box: Box, scheme: _Scheme) -> str:
    """The requested icon on a pale disc, or a mark of two discs."""
    x, y, r = *box.centre, box.w / 2
    names = asked_drawings(job)
    if names:
        return job.page.svg(circle(x, y, r, _WHITE) + icons.placed(names[0], x, y, r * 1.24))
    line = f'stroke="{scheme.strong}" stroke-width="{r * 0.05:.1f}"'
    half, pale = r * 0.42, toned(scheme.strong, min(0.82, lightness(scheme.strong) + 0.2))
    drawn = [circle(x, y, r, _WHITE), circle(x, y, r * 0.86, "none", line)]
    drawn += [circle(x - half * 0.5, y, half, scheme.strong), circle(x + half * 0.5, y, half, pale, 'opacity=".82"')]
    return job.page.svg("".join(drawn))


def _words(job: Commission, box: Box, scheme: _Scheme) -> str:
    """Name and profession above, contact details below, separated by a short rule."""
    texts, inks, u = job.brief.texts, scheme.inks, job.unit
    if not texts:
        return _template(job, box, scheme)
    reach = [text for text in texts if text.role in (CONTACT, PLACE)]
    rest = [text for text in texts if text not in reach]
    upper, lower = box.rows(0.58 if reach else 0.98, 30 * u)
    rows = [_row(job, text, place, inks) for place, text in enumerate(rest)]
    parts = [stack(job, upper, rows, most=92, anchor="flex-start" if reach else "center")]
    if not reach:
        return "".join(parts)
    wide = 74 * u
    x = lower.right - wide if job.brief.right_to_left else lower.x
    strong = scheme.strong if contrast(scheme.strong, inks.paper) > 1.8 else inks.strong
    parts.append(job.page.svg(rect(x, lower.y - 6 * u, wide, 5 * u, strong, 2.5 * u)))
    foot = [Row(text.words, text_face(job), 1, inks.ink, 0.28) for text in reach]
    parts.append(
        stack(job, Box(lower.x, lower.y + 16 * u, lower.w, lower.h - 16 * u), foot, anchor="flex-end", most=38)
    )
    return "".join(parts)


def _template(job: Commission, box: Box, scheme: _Scheme) -> str:
    """Bars in place of texts."""
    pale = mix(scheme.inks.ink, scheme.inks.paper, 0.82)
    h, lines = box.h * 0.13, ((0.0, 0.62, 1.0), (0.2, 0.4, 0.55), (0.66, 0.5, 0.5), (0.8, 0.44, 0.5))
    bars = (
        rect(box.x, box.y + box.h * top, box.w * wide, h * high, pale if place else scheme.strong, h * high / 2)
        for place, (top, wide, high) in enumerate(lines)
    )
    return job.page.svg("".join(bars))


def _row(job: Commission, text: Text, place: int, inks: Inks) -> Row:
    if text.role == HEADLINE or place == 0:
        whole = "white-space:nowrap;" if len(text.words) <= _UNBROKEN else ""
        return Row(text.words, job.faces.head, 1, inks.ink, 0.1, whole)
    face = replace(job.faces.label, tracking=0.02 if text.words.isascii() else 0.0)
    return Row(text.words, face, 0.46, inks.strong, 0.35)
