"""A cover without a title as a bound book on a table: its spine, its pages, an emblem or the subject's drawing."""

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import across, oval, polygon, rect
from easel_sketch.drawing.ornament import grain_overlay
from easel_sketch.drawing.shown import shown
from easel_sketch.parts.asked import asked_drawings
from easel_sketch.recipes.cover.emblem import emblem

_SHAPE = 0.7  # width by height
_PAPER = "#f4ecda"


def bound(job: Commission, ground: str, colours: tuple[str, str, str]) -> str:
    page, u = job.page, job.unit
    h = min(page.h * 0.8, page.w * 0.92 / _SHAPE)
    front = Box(page.centre[0] - h * _SHAPE / 2, page.centre[1] - h / 2, h * _SHAPE, h)
    wall = mix(job.palette.ground, colours[0], 0.14)
    table = page.h * 0.72
    back = page.div("", f"background:{wall};") + Box(0, table, page.w, page.h - table).div(
        "", f"background:{mix(wall, job.palette.accent(1), 0.24)};"
    )
    art = _block(front, ground, u) + f'<g clip-path="url(#front)">{_face(job, front, ground, colours)}</g>'
    hinge = front.w * 0.07
    art += across("hinge", "#000000@.32", "#000000@.05", "#000000@.22", "#000000@0")
    art += rect(front.x, front.y, hinge, front.h, "url(#hinge)")
    clip = f'<defs><clipPath id="front">{rect(front.x, front.y, front.w, front.h, "#000000", 6 * u)}</clipPath></defs>'
    return back + page.svg(shown(clip + art, "closed-book", "book")) + grain_overlay(job, 0.4)


def _block(front: Box, ground: str, u: float) -> str:
    """The shadow, the back cover and the pages behind the front."""
    dx, dy = front.w * 0.06, -front.h * 0.025
    middle = front.centre[0] + front.w * 0.08
    low = oval(middle, front.bottom + 6 * u, front.w * 0.62, 26 * u, "#0b0b12", 'opacity=".25"')
    dark = mix(ground, "#000000", 0.3)
    rear = rect(front.x + dx * 1.25, front.y + dy * 1.25, front.w, front.h, dark, 6 * u)
    edge = [
        (front.x + 8 * u, front.y),
        (front.x + dx, front.y + dy),
        (front.right + dx, front.y + dy),
        (front.right + dx, front.bottom + dy),
        (front.right, front.bottom - 8 * u),
        (front.right, front.y),
    ]
    lines = "".join(
        rect(front.right + dx * share, front.y + dy * share, 1.6 * u, front.h - 8 * u, "#d9cbb0")
        for share in (0.3, 0.6, 0.9)
    )
    return low + rear + polygon(edge, _PAPER) + lines


def _face(job: Commission, front: Box, ground: str, colours: tuple[str, str, str]) -> str:
    """The front: an emblem over its lower part and blank lines where the title would be."""
    art = Box(front.x, front.y + front.h * 0.3, front.w, front.h * 0.7)
    drawn = rect(front.x, front.y, front.w, front.h, ground) + emblem(job, art, colours, ground, job.index % 4)
    bars = ((0.11, 0.62, 0.052), (0.185, 0.4, 0.052), (0.27, 0.26, 0.022))
    tone = mix(colours[2], ground, 0.25)
    for down, wide, high in bars:
        left = front.centre[0] - front.w * (wide / 2 - 0.03)
        drawn += rect(left, front.y + front.h * down, front.w * wide, front.h * high, tone, front.h * high / 2)
    names = asked_drawings(job)
    return drawn + (icons.placed(names[0], *art.centre, art.w * 0.5) if names else "")
