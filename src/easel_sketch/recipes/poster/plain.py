"""Posters without a scene: a drawing on plain paper, and a rally's rays, megaphone and fist."""

from math import cos, hypot, pi, sin

from easel_sketch.colour.mixing import fade, mix, readable
from easel_sketch.colour.tone import lightness, toned
from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import LOW, Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, path, polygon, rect, trace
from easel_sketch.drawing.ornament import grain_overlay
from easel_sketch.drawing.shown import shown
from easel_sketch.parts import geometry_art
from easel_sketch.parts.asked import asked_drawings, main_drawings
from easel_sketch.parts.inks import inks_of
from easel_sketch.parts.lettering import lettering, set_in, text_face
from easel_sketch.parts.stack import Row, stack, stacked

_MOST_TEXTS, _MOST_LETTERS = 5, 200
_MOST_OTHERS = 3


def fits(job: Commission) -> bool:
    """Whether the texts are few enough."""
    return not job.brief.exceeds(_MOST_TEXTS, _MOST_LETTERS)


def plain(job: Commission) -> str:
    """One drawing with a plain form behind it and much paper around: four forms and compositions."""
    page, style = job.page, job.index % 4
    paper = (
        job.palette.ground if style != 3 or job.palette.dark else mix(job.palette.ground, job.palette.accent(0), 0.24)
    )
    art, words, align = _boxes(job)
    parts = [page.div("", f"background:{paper};"), _light(job), page.svg(_form(job, art, style) + _figures(job, art))]
    return "".join([*parts, _texts(job, words, paper, align), grain_overlay(job, 0.4)])


def geometric(job: Commission) -> str:
    """Plain forms in a frame of paper, for a poster of which nothing is known."""
    inks, page = inks_of(job), job.page
    drawings = (geometry_art.form_grid, geometry_art.free_forms, geometry_art.blocks, geometry_art.rings)
    frame = page.div("", f"border:{min(page.w, page.h) * 0.07:.0f}px solid {job.palette.surface};")
    return page.svg(drawings[job.index % 4](job, inks)) + frame + grain_overlay(job, 0.4)


def _boxes(job: Commission) -> tuple[Box, Box, str]:
    """The boxes of drawing and texts, and the side of the texts."""
    room, style = job.page.inset(job.page.w * 0.07, job.page.h * 0.07), job.index % 4
    start = "right" if job.brief.right_to_left else "left"
    if not job.brief.texts:
        return room, room, "center"
    if job.aspect > 1.15:
        if style == 1:
            art, words = room.rows(0.58, 24 * job.unit)
            return art, words, "center"
        art, words = room.columns(0.46, 60 * job.unit, mirrored=(style in (0, 3)) != job.brief.right_to_left)
        return art, words, start
    if style in (1, 3):
        words, art = room.rows(0.36, 40 * job.unit)
        return art, words, "center" if style == 1 else start
    art, words = room.rows(0.6, 40 * job.unit)
    return art, words, "center" if style == 0 else start


def _light(job: Commission) -> str:
    """A soft light from above on warm paper."""
    if job.detail == LOW or job.palette.name != "warm":
        return ""
    x = (70, 50, 30, 72)[job.index % 4]
    glow = job.palette.ramp[3]
    stops = f"{fade(glow, 0.6)},{fade(glow, 0.2)} 42%,{fade(glow, 0)} 74%"
    return job.page.div("", f"background-image:radial-gradient(circle at {x}% 8%,{stops});")


def _form(job: Commission, box: Box, style: int) -> str:
    """A disc, an arch, a slanting bar or a half disc, in an accent."""
    x, y = box.centre
    r = min(box.w, box.h) * 0.48
    tone = mix(job.palette.accent(0), job.palette.ground, 0.12)
    second = job.palette.accent(1)
    if style == 1:
        arch = trace(
            "M", x - r * 0.8, y + r, "V", y - r * 0.2, "A", r * 0.8, r * 0.8, 0, "0", "1", x + r * 0.8, y - r * 0.2
        )
        return path(arch + trace("V", y + r, "Z"), tone) + circle(x + r * 0.96, y - r * 0.7, r * 0.16, second)
    if style == 2:
        return rect(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8, tone, r * 0.14) + circle(
            x + r * 0.62, y - r * 0.66, r * 0.42, second
        )
    if style == 3:
        half = trace(
            "M", x - r * 1.05, y + r * 0.66, "A", r * 1.05, r * 1.05, 0, "0", "1", x + r * 1.05, y + r * 0.66, "Z"
        )
        return path(half, tone) + rect(x - r * 1.2, y + r * 0.66, r * 2.4, r * 0.07, second)
    return circle(x, y, r, tone)


def _figures(job: Commission, box: Box) -> str:
    """The main drawing, and smaller ones at its foot if several are asked for."""
    asked = asked_drawings(job)
    names = main_drawings(job)
    if not asked and job.theme.scene == "shapes":
        return ""
    x, y = box.centre
    size = min(box.w, box.h)
    others = asked[1 : 1 + _MOST_OTHERS]
    spots = ((-0.44, 0.3), (0.44, 0.3), (0.42, -0.32))
    main = icons.placed(names[0], x, y, size * (0.56 if others else 0.64))
    return main + "".join(
        icons.placed(name, x + dx * size, y + dy * size, size * 0.26)
        for name, (dx, dy) in zip(others, spots, strict=False)
    )


def _texts(job: Commission, box: Box, paper: str, align: str) -> str:
    """The headline with the other texts below it, as one group."""
    texts = job.brief.texts
    if not texts:
        return ""
    title = job.brief.title
    rest = texts[1:] if title else texts
    ink = readable(job.palette.ink, paper, least=7)
    soft = readable(job.palette.text_accent(0), paper, least=4.6)
    share = 1.0 if not rest else 0.66
    head = lettering(job, title, box.w, box.h * share, most=190, lines=3, filled=False)
    gap = 30 * job.unit if rest and title else 0.0
    rows = [Row(text.words, job.faces.label if len(text.words) < 60 else text_face(job), 1, soft, 0.5) for text in rest]
    free = Box(box.x, box.y, box.w, max(1.0, box.h - head.height - gap))
    side = "center" if align == "center" else "left"
    high = min(free.h, stacked(job, free, rows, align=side, most=50).height) if rows else 0.0
    top = box.y + max(0.0, box.h - head.height - gap - high) / 2
    drawn = set_in(job, Box(box.x, top, box.w, head.height), head, ink, align=align) if title else ""
    if rows:
        low = Box(box.x, top + head.height + gap, box.w, high + 1)
        drawn += stack(job, low, rows, align=side, most=50)
    return drawn


def rally(job: Commission) -> str:
    """Rays from below in two colours, a fist, a megaphone or a star, and bold letters on a band."""
    page, palette, u = job.page, job.palette, job.unit
    style = job.index % 4
    pale = toned(palette.ramp[4], 0.92)
    lead = palette.accent(0) if lightness(palette.accent(0)) < 0.62 else palette.ramp[2]
    dark = toned(palette.ramp[0], min(0.2, lightness(palette.ramp[0])))
    ground, beam = ((pale, mix(pale, lead, 0.85)), (lead, mix(lead, pale, 0.85)), (pale, dark), (dark, lead))[style]
    title = bool(job.brief.texts)
    band = Box(0, page.h * 0.76, page.w, page.h * 0.18) if title else Box(0, page.h * 0.9, page.w, page.h * 0.1)
    x, y = page.w * (0.5, 0.36, 0.64, 0.5)[style], page.h * (0.86, 0.6, 0.6, 0.5)[style]
    far = hypot(page.w, page.h)
    count = (15, 20, 12, 16)[style]
    beams = ""
    for i in range(count):
        ends = (2 * pi * i / count, 2 * pi * (i + 0.5) / count)
        beams += polygon([(x, y), *((x + cos(at) * far, y + sin(at) * far) for at in ends)], beam)
    names = asked_drawings(job) or (("raised-fist", "megaphone", "raised-fist", "megaphone")[style],)
    size = min(page.w * 0.62, page.h * 0.66)
    ramp = (dark, dark, lead, mix(pale, palette.accent(2), 0.3), pale)
    fx, fy = page.w * (0.5, 0.4, 0.6, 0.5)[style], page.h * (0.46 if title else 0.5)
    back = circle(fx, fy, size * 0.52, (dark, pale, lead, pale)[style])
    figure = icons.placed(names[0], fx, fy, size * 0.82, ramp)
    foot = polygon([(0, band.y + 18 * u), (page.w, band.y - 18 * u), (page.w, page.h), (0, page.h)], dark)
    line = [(0, band.y + 4 * u), (page.w, band.y - 32 * u), (page.w, band.y - 18 * u), (0, band.y + 18 * u)]
    edge = polygon(line, lead if style != 1 else pale)
    words = ""
    if title:
        rows = [
            Row(text.words, job.faces.head if not place else job.faces.label, 1 if not place else 0.5, pale, 0.2)
            for place, text in enumerate(job.brief.texts)
        ]
        inner = Box(page.w * 0.06, band.y + 26 * u, page.w * 0.88, page.h - band.y - 50 * u)
        words = stack(job, inner, rows, align="center", anchor="center", most=150)
    ink = page.svg(shown(beams + back + figure + foot + edge, "propaganda"))
    return "".join([page.div("", f"background:{ground};"), ink, words, grain_overlay(job, 0.6)])
