"""The white margin of a watercolour."""

from itertools import pairwise

from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.ink import path, trace
from easel_sketch.drawing.shown import shown


def watercolour_edge(job: Commission) -> str:
    """A white margin with the uneven edges of a watercolour wash."""
    w, h, u = job.page.w, job.page.h, job.unit
    parts = []
    for depth, strength in ((86, 0.45), (62, 0.6), (44, 1.0)):
        points = [*_edge(job, w, depth * u), *_edge(job, h, depth * u)]
        count = len(points) // 2
        across, down = points[:count], points[count:]
        hole = [(x, d) for x, d in across] + [(w - d, y) for y, d in down]
        hole += [(x, h - d) for x, d in reversed(across)] + [(d, y) for y, d in reversed(down)]
        middles = [((x0 + x1) / 2, (y0 + y1) / 2) for (x0, y0), (x1, y1) in pairwise([*hole, hole[0]])]
        curves = (trace("Q", *corner, *end) for corner, end in zip(hole[1:], middles[1:], strict=True))
        inner = " ".join([trace("M", *middles[0]), *curves, "Z"])
        sheet = trace("M", 0.0, 0.0, "H", w, "V", h, "H", 0.0, "Z") + " " + inner
        parts.append(path(sheet, "#fdfbf5", f'fill-rule="evenodd" opacity="{strength}"'))
    return shown("".join(parts), "style-watercolour")


def _edge(job: Commission, length: float, depth: float) -> list[tuple[float, float]]:
    """Points along one side of the page, with the depth of the margin at each."""
    count = 26
    spots = [depth + (length - 2 * depth) * i / count for i in range(count + 1)]
    return [(spot, depth * job.rng.uniform(0.72, 1.1)) for spot in spots]
