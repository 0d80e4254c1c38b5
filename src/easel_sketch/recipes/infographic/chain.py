"""A chain of icons and arrowheads along the bottom of a page."""

from easel_sketch.colour.mixing import mix, readable
from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import HIGH, Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, rect, stroke


def chain(job: Commission, box: Box) -> str:
    u, palette = job.unit, job.palette
    band = mix(palette.surface if palette.dark else palette.ink, palette.accents[0], 0.14)
    link = readable(mix(palette.accent(1), band, 0.15), band, least=3)
    count = min(max(3, int(box.w / (190 * u))), len(job.icons), 7)
    step, y = box.w / count, box.h / 2
    parts = [rect(0, 0, box.w, box.h, band, 24 * u)]
    if job.detail == HIGH:
        parts += _pinholes(box, 22 * u, palette.ground)
    for i in range(count):
        x = step * (i + 0.5)
        parts += [circle(x, y, 38 * u, mix(band, palette.accent(i), 0.34)), icons.placed(job.icon(i + 6), x, y, 54 * u)]
        if i:
            parts += _link(x - step / 2, y, u, link, long=step > 180 * u)
    return box.svg("".join(parts))


def _pinholes(box: Box, step: float, fill: str) -> list[str]:
    columns, rows = int(box.w / step), int(box.h / step)
    faint = 'opacity=".1"'
    return [circle(x * step, y * step, step / 20, fill, faint) for x in range(1, columns) for y in range(1, rows + 1)]


def _link(x: float, y: float, u: float, colour: str, *, long: bool) -> list[str]:
    """An arrowhead between two icons, with dots before and after."""
    reaches = (26, 40) if long else (26,)
    dots = [circle(x + side * d * u, y, 3 * u, colour, 'opacity=".55"') for d in reaches for side in (-1, 1)]
    return [_chevron(x, y, 15 * u, colour, 6 * u), *dots]


def _chevron(x: float, y: float, r: float, colour: str, width: float) -> str:
    return stroke(
        f"M{x - r * 0.5:.1f} {y - r:.1f}L{x + r * 0.5:.1f} {y:.1f}L{x - r * 0.5:.1f} {y + r:.1f}", colour, width
    )
