"""Plain backgrounds of a card: a plate on patterned paper, and a sheet with a coloured edge."""

from dataclasses import dataclass

from easel_sketch.colour.mixing import fade, mix, readable
from easel_sketch.drawing.commission import LOW, Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, rect, ring
from easel_sketch.drawing.ornament import paper, shadow


@dataclass(frozen=True, slots=True)
class Ground:
    """A card's background, the box inside it, and the text colours for it."""

    html: str
    room: Box
    ink: str
    accent_ink: str
    accent: str
    plate: str
    round: bool
    centred: bool


def on(
    job: Commission, html: str, room: Box, face: str, *, pale: str = "", rounded: bool = False, centred: bool = True
) -> Ground:
    """A background with text colours that are readable on `face`; `pale` is preferred where `face` is deep."""
    palette = job.palette
    ink = readable(pale or palette.ink, face, least=7)
    accent_ink = readable(palette.ramp[3] if pale else palette.accent(0), face, least=4.6)
    accent = readable(palette.accent(1), face, least=2)
    return Ground(html, room, ink, accent_ink, accent, mix(face, palette.accent(1), 0.2), rounded, centred)


def plate(job: Commission) -> Ground:
    """A white plate on patterned paper, with a fine inner line."""
    u, palette = job.unit, job.palette
    box = job.page.inset(54 * u)
    body = box.div("", f"background:{palette.surface};border-radius:{30 * u:.1f}px;{shadow(job, 1.6)}")
    rim = f"border:{2 * u:.1f}px solid {fade(palette.accent(0), 0.5)};border-radius:{18 * u:.1f}px;"
    html = paper(job) + _corners(job) + body + box.inset(20 * u).div("", rim)
    return on(job, html, box.inset(64 * u), palette.surface)


def sheet(job: Commission) -> Ground:
    """A page with a wide coloured edge, for longer texts."""
    u, palette, page = job.unit, job.palette, job.page
    bands = ((0, 0.6), (0.6, 0.25), (0.85, 0.15))
    if job.aspect < 0.9:
        edge = Box(0, 0, page.w, 26 * u)
        bars = [rect(edge.w * a, 0, edge.w * b, edge.h, palette.accent(i)) for i, (a, b) in enumerate(bands)]
    else:
        edge = Box(page.w - 26 * u if job.mirrored else 0, 0, 26 * u, page.h)
        bars = [rect(0, edge.h * a, edge.w, edge.h * b, palette.accent(i)) for i, (a, b) in enumerate(bands)]
    html = paper(job) + edge.svg("".join(bars))
    return on(job, html, page.inset(82 * u, 76 * u), palette.ground, centred=False)


def _corners(job: Commission) -> str:
    """Large quarter discs in two opposite corners."""
    if job.detail == LOW:
        return ""
    page, r, width = job.page, min(job.page.w, job.page.h) * 0.34, 8 * job.unit
    near, far = (page.w, 0) if job.mirrored else (0, page.w)
    a, b = job.palette.accent(0), job.palette.accent(1)
    upper = circle(near, 0, r, a) + ring(near, 0, r * 1.14, b, width)
    return page.svg(upper + circle(far, page.h, r * 0.9, b) + ring(far, page.h, r * 1.04, a, width))
