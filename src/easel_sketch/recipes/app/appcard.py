"""The upper half of the app's screen: a greeting, the large card, and round buttons."""

from collections.abc import Sequence

from easel_sketch.colour.mixing import fade, mix, readable
from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import LOW, Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, path, rect, smooth, stroke, trace
from easel_sketch.parts.asked import main_drawings
from easel_sketch.parts.common_size import common_size
from easel_sketch.parts.glyph import ACTIONS, glyph
from easel_sketch.parts.number import bare
from easel_sketch.parts.pill import on_fill
from easel_sketch.parts.stack import Row, stack
from easel_sketch.reading import lookup
from easel_sketch.reading.roles import HEADLINE, NUMBER, PRICE, Text

OF_A_SCREEN = frozenset({"mobile-phone", "magnifying-glass-tilted-left", "desktop-computer", "laptop"})


def is_figure(text: Text) -> bool:
    """Whether a text is an amount."""
    return text.role in (PRICE, NUMBER) or bare(text.words)


def subject_of(job: Commission) -> str:
    """The drawing of what the app is about: not of a phone or a search field."""
    return next((name for name in main_drawings(job) if name not in OF_A_SCREEN), job.icons[0])


def greeting(job: Commission, box: Box, title: str, face: str, ink: str) -> str:
    """An avatar, the screen's title, and a bell icon."""
    palette, turned = job.palette, job.brief.right_to_left
    r = box.h * 0.42
    near, far = (box.right - r, box.x + r) if turned else (box.x + r, box.right - r)
    y = box.centre[1]
    tone = palette.accent(1)
    art = circle(near, y, r, tone) + glyph("person", near, y, r * 0.44, on_fill(job, tone), r * 0.12)
    art += circle(far, y, r * 0.86, mix(face, ink, 0.09)) + glyph("bell", far, y, r * 0.34, ink, r * 0.085)
    words = Box(box.x + r * 2.5, box.y, box.w - r * 5, box.h)
    if not title:
        soft = mix(face, ink, 0.16)
        x = words.right - words.w * 0.5 if turned else words.x
        art += rect(x, y - r * 0.42, words.w * 0.5, r * 0.32, soft, r * 0.16)
        art += rect(
            x if not turned else x + words.w * 0.2, y + r * 0.16, words.w * 0.3, r * 0.24, mix(face, ink, 0.1), r * 0.12
        )
        return job.page.svg(art)
    row = Row(title, job.faces.label, 1, ink, style="font-weight:700;")
    return job.page.svg(art) + stack(job, words, [row], anchor="center", most=box.h * 0.44 / job.unit)


def main_card(job: Commission, box: Box, texts: Sequence[Text]) -> str:
    """The large card: the main figure with a curve below, or a title with an icon."""
    palette = job.palette
    a, b = mix(palette.accent(0), palette.ramp[0], 0.22), mix(palette.accent(1), palette.accent(0), 0.6)
    a, b = readable(a, "#ffffff"), readable(b, "#ffffff")
    r = box.w * 0.07
    glow_ = f"box-shadow:0 {r * 0.5:.0f}px {r * 1.3:.0f}px {fade(a, 0.42)};" if job.detail else ""
    body = box.div("", f"background-image:linear-gradient(140deg,{a},{b});border-radius:{r:.1f}px;{glow_}")
    figure = any(map(is_figure, texts))
    art = _rings(job, box) + (_curve(job, box) if figure else "")
    wide = box.w - 2 * r
    if not figure:
        size = min(box.h * 0.66, box.w * (0.34 if texts else 0.5))
        x = _figure_x(job, box, size, r, alone=not texts)
        art += circle(x, box.h / 2, size * 0.56, "#ffffff", 'opacity=".2"')
        art += icons.placed(subject_of(job), x, box.h / 2, size * 0.82)
        wide -= size + r * 0.6
    left = box.right - r - wide if job.brief.right_to_left else box.x + r
    words = Box(left, box.y + r * 0.85, wide, box.h * (0.5 if figure else 1) - (0 if figure else 1.7 * r))
    rows = [_main_row(job, text, figure=figure) for text in texts]
    text_html = (
        stack(job, words, rows, anchor="flex-start" if figure else "center", most=box.w * 0.15 / job.unit)
        if rows
        else ""
    )
    return body + box.svg(art, f"border-radius:{r:.1f}px;overflow:hidden;") + text_html


def _figure_x(job: Commission, box: Box, size: float, r: float, *, alone: bool) -> float:
    """The horizontal centre of the icon on the card: at the far end of the text, or in the middle."""
    if alone:
        return box.w / 2
    return r + size / 2 if job.brief.right_to_left else box.w - r - size / 2


def _main_row(job: Commission, text: Text, *, figure: bool) -> Row:
    if is_figure(text):
        return Row(text.words, job.faces.label, 1, "#ffffff", 0.12, "font-weight:800;line-height:1.1;")
    if text.role == HEADLINE and not figure:
        whole = "white-space:nowrap;" if len(text.words) <= (14 if text.words.isascii() else 8) else ""
        return Row(text.words, job.faces.head, 0.8, "#ffffff", style=whole)
    return Row(text.words, job.faces.body, 0.36 if figure else 0.4, "#ffffff", 0.4, "font-weight:500;")


def _rings(job: Commission, box: Box) -> str:
    if job.detail == LOW:
        return ""
    w, h = box.w, box.h
    return circle(w * 0.86, h * 0.12, w * 0.3, fade("#ffffff", 0.06)) + circle(
        w * 0.7, h * -0.1, w * 0.34, fade("#ffffff", 0.05)
    )


def _curve(job: Commission, box: Box) -> str:
    """A random curve with a dot at its end. It shows no data."""
    w, h = box.w, box.h
    count = 14
    spots = [(w * 0.96 * i / count, h * (0.86 - 0.012 * i - 0.13 * job.rng.random())) for i in range(count + 1)]
    line = trace("M", *spots[0]) + smooth(spots)
    area = path(line + trace("V", h, "H", 0, "Z"), "#ffffff", 'opacity=".1"')
    end = circle(*spots[-1], w * 0.018, "#ffffff", 'opacity=".35"') + circle(*spots[-1], w * 0.01, "#ffffff")
    return area + stroke(line, "#ffffff", w * 0.008, 'opacity=".8"') + end


def actions(job: Commission, box: Box, texts: Sequence[str], face: str, ink: str) -> str:
    """Round buttons with labels, the first highlighted; four without labels if there are no texts."""
    count = len(texts) or 4
    named = lookup.for_labels(texts, job.icons) if texts else []
    size = min(box.h * (0.62 if texts else 0.92), box.w / count * 0.66)
    cells = box.grid(count, 1, 0)
    if job.brief.right_to_left:
        cells.reverse()
    rooms = [Box(cell.x + 3, box.y + size + size * 0.12, cell.w - 6, box.h - size * 1.12) for cell in cells]
    rows = [[Row(text, job.faces.label, 1, ink)] for text in texts]
    most = common_size(job, zip(rooms, rows, strict=False), box.w * 0.052 / job.unit)
    art, parts = [], []
    for place, cell in enumerate(cells):
        x, y = cell.centre[0], box.y + size / 2
        plate = job.palette.accent(0) if place == 0 else mix(face, ink, 0.09)
        tone = on_fill(job, plate) if place == 0 else ink
        art.append(rect(x - size / 2, y - size / 2, size, size, plate, size * 0.34))
        if named and all(named):
            art.append(icons.placed(named[place], x, y, size * 0.56))
        else:
            art.append(glyph(ACTIONS[place % len(ACTIONS)], x, y, size * 0.17, tone, size * 0.042))
        if texts:
            parts.append(stack(job, rooms[place], rows[place], align="center", anchor="center", most=most))
    return job.page.svg("".join(art)) + "".join(parts)
