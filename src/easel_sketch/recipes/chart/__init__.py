"""A chart: bars, a line or a ring. Without numbers in the prompt it has no scale."""

from collections.abc import Sequence

from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.ornament import grain_overlay, paper, shadow
from easel_sketch.parts.header import header
from easel_sketch.parts.number import bare, paired
from easel_sketch.reading import shapes
from easel_sketch.recipes import infographic
from easel_sketch.recipes.chart.pie import shares
from easel_sketch.recipes.chart.plot import Point, bars, horizontal_bars, line

MOST_POINTS = 14
_LONG_NAME = 18


def draw(job: Commission) -> str:
    points = _points(job)
    if len(points) > MOST_POINTS or (job.brief.items and len(points) < 2):
        return infographic.draw(job)
    u = job.unit
    top, body = header(job, job.page.inset(46 * u))
    card = body.div("", f"background:{job.palette.surface};border-radius:{30 * u:.1f}px;{shadow(job)}")
    inner = body.inset(48 * u, 42 * u)
    asked = job.brief.variant("plot")
    if asked == "pie":
        drawn = shares(job, inner, points)
    elif asked == "line":
        drawn = line(job, inner, points)
    elif _horizontal(job, points):
        drawn = horizontal_bars(job, inner, points)
    else:
        drawn = bars(job, inner, points)
    return "".join([paper(job), top, card, drawn, grain_overlay(job)])


def _horizontal(job: Commission, points: Sequence[Point]) -> bool:
    """Whether to use horizontal bars: for long names, many points, and every fourth variation."""
    longest = max((len(point.name) for point in points), default=0)
    crowded = len(points) > (8 if job.aspect > 1.15 else 5)
    return longest > 0 and (longest > _LONG_NAME or crowded or job.index % 4 == 2)


def _points(job: Commission) -> list[Point]:
    """Names, values as worded, and heights; without numbers, random heights."""
    figures = paired(job.brief.items)
    found = [shapes.number_in(" ".join(figure)) for figure in figures]
    heights = [number for number in found if number is not None]
    if figures and len(heights) == len(figures):
        return [_point(figure, height) for figure, height in zip(figures, heights, strict=True)]
    heights = [1 + place * 0.35 + job.rng.random() * 1.4 for place in range(len(figures) or 6)]
    if not figures:
        return [Point("", "", height) for height in heights]
    return [Point(" ".join(figure), "", height) for figure, height in zip(figures, heights, strict=True)]


def _point(figure: Sequence[str], height: float) -> Point:
    if len(figure) > 1:
        name, value = figure if bare(figure[1]) else (figure[1], figure[0])
        return Point(name, value, height, value_first=not bare(figure[1]))
    return Point(*(shapes.valued(figure[0]) or (figure[0], "")), height)
