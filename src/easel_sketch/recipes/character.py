"""A letter or a number as the picture: poster type on rays, outlines within outlines, a tile, or neon."""

from easel_sketch.colour.mixing import mix, readable
from easel_sketch.colour.tone import toned
from easel_sketch.drawing.commission import LOW, Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, polygon, rect, ring
from easel_sketch.drawing.ornament import grain_overlay
from easel_sketch.parts.backdrop import rays, shaded
from easel_sketch.parts.lettering import neon_glow, raised_shadow
from easel_sketch.parts.strong_ground import strong_ground
from easel_sketch.recipes import card
from easel_sketch.type import typeset

_MOST = 6  # characters


def draw(job: Commission) -> str:
    title = job.brief.title
    if not title or len(title) > _MOST or len(job.brief.texts) > 1:
        return card.draw(job)
    return (_on_rays, _on_circles, _on_blocks, _lit)[job.index % 4](job, title)


def _printed(job: Commission, text: str, box: Box, ink: str, style: str = "") -> str:
    """The characters on one line, as large as the box allows, in its middle."""
    face, heavy = job.faces.head, ""
    if text.isdigit() and job.index % 4 in (1, 2):
        face, heavy = job.faces.label, "font-weight:800;"  # display faces may have figures that descend
    wide = max(1.0, typeset.widths(job.canvas, [text], face)[0])
    size = min(box.h * 0.96, (92 if heavy else 100) * box.w / wide)
    line = typeset.line(text, face, size, ink, f"line-height:1;{heavy}{style}")
    return box.div(line, "align-items:center;justify-content:center;")


def _middle(job: Commission, share: float = 0.74) -> Box:
    return job.page.inset(job.page.w * 0.08, job.page.h * (1 - share) / 2)


def _on_rays(job: Commission, text: str) -> str:
    ground, ink = strong_ground(job.palette, (job.palette.ramp[4], "#fffdf6"))
    back = job.page.svg(rays(job, *job.page.centre, shaded(ground))) if job.detail else ""
    word = _printed(job, text, _middle(job), ink, raised_shadow(job, toned(ground, 0.2), 2.4))
    return "".join([job.page.div("", f"background:{ground};"), back, word, grain_overlay(job, 0.4)])


def _on_circles(job: Commission, text: str) -> str:
    """Dark characters on circles, each paler than the one within."""
    palette, (x, y) = job.palette, job.page.centre
    ground = mix(palette.ground, palette.accent(0), 0.1)
    r = min(job.page.w, job.page.h) * 0.42
    tones = [mix(palette.accent(0), ground, share) for share in (0.72, 0.46, 0.18)]
    art = "".join(circle(x, y, r * size, tone) for size, tone in zip((1.0, 0.84, 0.68), tones, strict=True))
    if job.detail > LOW:
        art += ring(x, y, r * 1.12, palette.accent(1), r * 0.03)
    ink = readable(palette.ramp[0], *tones[1:], least=4.6)
    box = Box(x - r * 0.62, y - r * 0.62, r * 1.24, r * 1.24)
    back = job.page.div("", f"background:{ground};") + job.page.svg(art)
    return back + _printed(job, text, box, ink) + grain_overlay(job, 0.3)


def _on_blocks(job: Commission, text: str) -> str:
    """A toy block with a bevelled face."""
    palette, page = job.palette, job.page
    ground = mix(palette.ground, palette.accent(1), 0.16)
    side = min(page.w, page.h) * 0.66
    x, y, depth = page.centre[0] - side * 0.54, page.centre[1] - side * 0.44, side * 0.13
    face = palette.accent(0)
    top = [(x, y), (x + depth, y - depth), (x + side + depth, y - depth), (x + side, y)]
    edge = [(x + side, y), (x + side + depth, y - depth), (x + side + depth, y + side - depth), (x + side, y + side)]
    shade = [
        (x, y + side),
        (x + side, y + side),
        (x + side + depth * 2.4, y + side - depth * 0.2),
        (x + depth, y + side * 0.9),
    ]
    art = polygon(shade, "#000000", 'opacity=".14"') + polygon(top, mix(face, "#ffffff", 0.3))
    art += polygon(edge, mix(face, "#000000", 0.28)) + rect(x, y, side, side, face)
    inner = side * 0.07
    rim = f'stroke="{mix(face, "#ffffff", 0.55)}" stroke-width="{side * 0.022:.1f}"'
    art += rect(x + inner, y + inner, side - 2 * inner, side - 2 * inner, mix(face, "#ffffff", 0.1), side * 0.04, rim)
    box = Box(x + side * 0.12, y + side * 0.1, side * 0.76, side * 0.8)
    floor = Box(0, y + side * 0.84, page.w, page.h - y - side * 0.84)
    word = _printed(job, text, box, readable("#ffffff", mix(face, "#ffffff", 0.1)))
    low = floor.div("", f"background:{mix(ground, palette.accent(1), 0.22)};")
    return "".join([page.div("", f"background:{ground};"), low, page.svg(art), word, grain_overlay(job, 0.3)])


def _lit(job: Commission, text: str) -> str:
    """Characters that glow on a dark wall."""
    wall = toned(job.palette.ramp[0], 0.19)
    light = toned(job.palette.accent(0), 0.74, 1.3)
    page, u = job.page, job.unit
    wash = f"background-image:radial-gradient(circle at 50% 50%,{mix(wall, light, 0.34)},{wall} 62%);"
    frame = page.inset(page.w * 0.06, page.h * 0.08)
    rim = frame.div("", f"border:{6 * u:.1f}px solid {mix(wall, light, 0.6)};border-radius:{40 * u:.0f}px;")
    word = _printed(job, text, _middle(job, 0.66), mix(light, "#ffffff", 0.75), neon_glow(job, light))
    return "".join([page.div("", wash), rim, word, grain_overlay(job, 0.5)])
