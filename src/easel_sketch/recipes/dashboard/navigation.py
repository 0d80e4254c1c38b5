"""A dashboard's navigation: a bar of icons, a wide one with entries, or one along the upper edge."""

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import rect
from easel_sketch.parts.asked import main_drawings
from easel_sketch.parts.glyph import glyph
from easel_sketch.parts.pill import on_fill

_ENTRIES = ("squares", "mark", "sheet", "person", "bell")
_LENGTHS = (0.62, 0.46, 0.7, 0.4, 0.54)


def navigation(job: Commission) -> tuple[str, Box]:
    """The drawn bar, and the rest of the page. On pages that are not wide it is at the lower or the upper edge."""
    u, page = job.unit, job.page
    style = job.index % 4
    far = job.brief.right_to_left
    if job.aspect <= 0.9:
        high = 104 * u
        upper = style in (1, 2)
        bar = Box(0, 0 if upper else page.h - high, page.w, high)
        return _icons(job, bar), Box(0, high if upper else 0, page.w, page.h - high)
    if style == 2:
        bar = Box(0, 0, page.w, 92 * u)
        return _along(job, bar), Box(0, bar.h, page.w, page.h - bar.h)
    wide = 230 * u if style in (1, 3) and job.aspect > 1.15 else 96 * u
    bar = Box(page.w - wide if far else 0, 0, wide, page.h)
    room = Box(0 if far else wide, 0, page.w - wide, page.h)
    return (_entries(job, bar) if wide > 100 * u else _icons(job, bar)), room


def _face(job: Commission) -> str:
    return mix(job.palette.surface, job.palette.accent(0), 0.08)


def _emblem(job: Commission, x: float, y: float) -> str:
    u = job.unit
    plate = rect(x - 32 * u, y - 32 * u, 64 * u, 64 * u, job.palette.tint(0, 0.3), 18 * u)
    return plate + icons.placed(main_drawings(job)[0], x, y, 44 * u)


def _icons(job: Commission, box: Box) -> str:
    """The subject's drawing and five icons, the first one active."""
    u, palette = job.unit, job.palette
    upright = box.h > box.w
    middle = box.centre[0] if upright else box.centre[1]
    step = 88 * u if upright else box.w / (len(_ENTRIES) + 1)
    spots = [
        (middle, (72 + 100 * (i > 0)) * u + max(0, i - 1) * step) if upright else (step * (i + 0.5), middle)
        for i in range(len(_ENTRIES) + 1)
    ]
    art = _emblem(job, *spots[0])
    tone, quiet = palette.accent(0), mix(_face(job), palette.ink, 0.55)
    for place, (name, (x, y)) in enumerate(zip(_ENTRIES, spots[1:], strict=True)):
        if place == 0:
            art += rect(x - 30 * u, y - 30 * u, 60 * u, 60 * u, tone, 18 * u)
        art += glyph(name, x, y, 13 * u, on_fill(job, tone) if place == 0 else quiet, 3.4 * u)
    return box.div("", f"background:{_face(job)};") + job.page.svg(art)


def _entries(job: Commission, box: Box) -> str:
    """The subject's drawing, and entries of an icon with a bar, the first one active."""
    u, palette, far = job.unit, job.palette, job.brief.right_to_left
    dark = job.index % 4 == 3 and not palette.dark
    face = mix(palette.ramp[0], palette.accent(0), 0.12) if dark else _face(job)
    ink = "#ffffff" if dark else palette.ink
    near = box.right - 62 * u if far else box.x + 62 * u
    art = _emblem(job, near, 74 * u)
    for place, (name, long) in enumerate(zip(_ENTRIES, _LENGTHS, strict=True)):
        y = (190 + 78 * place) * u
        tone = mix(face, ink, 0.6)
        if place == 0:
            tone = on_fill(job, palette.accent(0))
            art += rect(box.x + 24 * u, y - 30 * u, box.w - 48 * u, 60 * u, palette.accent(0), 18 * u)
        wide = (box.w - 130 * u) * long
        start = near - 34 * u - wide if far else near + 34 * u
        art += glyph(name, near - (0 if far else 6 * u), y, 12 * u, tone, 3.2 * u)
        art += rect(start, y - 7 * u, wide, 14 * u, tone if place == 0 else mix(face, ink, 0.3), 7 * u)
    foot = Box(box.x + 24 * u, job.page.h - 150 * u, box.w - 48 * u, 112 * u)
    art += rect(foot.x, foot.y, foot.w, foot.h, mix(face, palette.accent(1), 0.24), 20 * u)
    art += rect(foot.x + 24 * u, foot.y + 32 * u, foot.w * 0.56, 13 * u, mix(face, ink, 0.42), 6 * u)
    art += rect(foot.x + 24 * u, foot.y + 64 * u, foot.w * 0.36, 22 * u, palette.accent(1), 11 * u)
    return box.div("", f"background:{face};") + job.page.svg(art)


def _along(job: Commission, box: Box) -> str:
    """The subject's drawing and pills side by side."""
    u, palette, far = job.unit, job.palette, job.brief.right_to_left
    y, x = box.centre[1], 68 * u
    art = _emblem(job, box.w - x if far else x, y)
    x += 60 * u
    for place, long in enumerate(_LENGTHS[:4]):
        wide = (60 + 100 * long) * u
        left = box.w - x - wide if far else x
        fill = palette.accent(0) if place == 0 else mix(_face(job), palette.ink, 0.06)
        art += rect(left, y - 24 * u, wide, 48 * u, fill, 24 * u)
        bar = on_fill(job, fill) if place == 0 else mix(_face(job), palette.ink, 0.34)
        art += rect(left + 26 * u, y - 6 * u, wide - 52 * u, 12 * u, bar, 6 * u)
        x += wide + 14 * u
    bell = 60 * u if far else box.w - 60 * u
    art += glyph("bell", bell, y, 15 * u, mix(_face(job), palette.ink, 0.6), 3.4 * u)
    return box.div("", f"background:{_face(job)};") + job.page.svg(art)
