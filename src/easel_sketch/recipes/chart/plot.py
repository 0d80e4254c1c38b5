"""Bar charts and line charts of named values. Only given values are printed."""

from collections.abc import Sequence
from dataclasses import dataclass

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.commission import LOW, Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, fall, path, rect, smooth, stroke, trace
from easel_sketch.parts.common_size import common_size
from easel_sketch.parts.stack import Row, stack


@dataclass(frozen=True, slots=True)
class Point:
    """A value with its name, its wording and its height. `value_first` keeps the order of the texts."""

    name: str
    value: str
    height: float
    value_first: bool = False


def _highest(points: Sequence[Point]) -> float:
    return max((point.height for point in points), default=0) or 1.0


def _tone(job: Commission, points: Sequence[Point], place: int) -> str:
    """Every other variation uses one colour and highlights the maximum; the others one colour per bar."""
    if job.index % 2 == 0 and len(points) < 7:
        return job.palette.accent(place)
    top = points[place].height == _highest(points)
    return job.palette.accent(0) if top else mix(job.palette.accent(0), job.palette.surface, 0.5)


def _rows(job: Commission, point: Point, *, value: float = 1.0) -> list[tuple[str, Row]]:
    """The texts of a point with their kind, in the order given."""
    name = ("name", Row(point.name, job.faces.label, 1, job.palette.ink))
    number = ("value", Row(point.value, job.faces.label, value, job.palette.ink, style="font-weight:800;"))
    both = (number, name) if point.value_first else (name, number)
    return [pair for pair in both if pair[1].text]


def place_labels(
    job: Commission,
    points: Sequence[Point],
    rooms: Sequence[tuple[Box, Box]],
    sizes: tuple[float, float],
    ways: tuple[str, str],
    anchors: tuple[str, str],
) -> str:
    """Each name in its first box and each value in its second; one type size for names, one for values."""
    cells = [
        (int(kind == "value"), room, row)
        for room, point in zip(rooms, points, strict=True)
        for kind, row in _rows(job, point)
    ]
    most = [
        common_size(job, ((room[at], [row]) for at, room, row in cells if at == which), sizes[which])
        for which in (0, 1)
    ]
    return "".join(
        stack(job, room[at], [row], align=ways[at], anchor=anchors[at], most=most[at]) for at, room, row in cells
    )


def _grid(job: Commission, box: Box, count: int = 5) -> str:
    rows = "".join(trace("M", box.x, box.y + box.h * i / (count - 1), "H", box.right) for i in range(count - 1))
    faint = stroke(
        rows,
        mix(job.palette.surface, job.palette.ink, 0.09),
        2 * job.unit,
        f'stroke-dasharray="{3 * job.unit:.1f} {9 * job.unit:.1f}"',
    )
    base = stroke(
        trace("M", box.x, box.bottom, "H", box.right), mix(job.palette.surface, job.palette.ink, 0.35), 4 * job.unit
    )
    return faint + base


def bars(job: Commission, box: Box, points: Sequence[Point]) -> str:
    """Vertical bars with values on top and names below."""
    u, named = job.unit, any(point.name for point in points)
    top = 74 * u if any(point.value for point in points) else 0.0
    foot = min(110 * u, box.h * 0.17) if named else 0.0
    plot = Box(box.x, box.y + top, box.w, box.h - top - foot)
    step = plot.w / len(points)
    wide = min(step * 0.66, 230 * u)
    order = [len(points) - 1 - at if job.brief.right_to_left else at for at in range(len(points))]
    art, rooms = [_grid(job, plot)], []
    for place, point in enumerate(points):
        x = plot.x + step * (order[place] + 0.5)
        high = plot.h * max(0.02, point.height / _highest(points))
        bar, tone = Box(x - wide / 2, plot.bottom - high, wide, high), _tone(job, points, place)
        art.append(_pin(job, bar, tone) if job.index % 4 == 3 else _bar(job, bar, tone))
        name = Box(x - step * 0.47, plot.bottom + 18 * u, step * 0.94, foot - 18 * u)
        rooms.append((name, Box(x - step * 0.47, plot.bottom - high - 72 * u, step * 0.94, 62 * u)))
    return job.page.svg("".join(art)) + place_labels(
        job, points, rooms, (40, 54), ("center", "center"), ("flex-start", "flex-end")
    )


def _bar(job: Commission, box: Box, tone: str) -> str:
    """A bar with rounded upper corners and a soft highlight."""
    r = min(18 * job.unit, box.w * 0.3, box.h * 0.5)
    d = trace(
        *("M", box.x, box.bottom, "V", box.y + r, "Q", box.x, box.y, box.x + r, box.y, "H", box.right - r),
        *("Q", box.right, box.y, box.right, box.y + r, "V", box.bottom, "Z"),
    )
    if job.detail == LOW:
        return path(d, tone)
    name = f"bar{box.x:.0f}"
    return fall(name, mix(tone, "#ffffff", 0.2), tone, tone) + path(d, f"url(#{name})")


def _pin(job: Commission, box: Box, tone: str) -> str:
    """A thin bar with a disc at its end."""
    u, r = job.unit, min(box.w * 0.26, 44 * job.unit)
    x, y = box.centre[0], box.y + r
    stem = rect(x - 7 * u, y, 14 * u, max(1.0, box.bottom - y), tone, 7 * u)
    return stem + circle(x, y, r, tone) + circle(x, y, r * 0.5, job.palette.surface)


def horizontal_bars(job: Commission, box: Box, points: Sequence[Point]) -> str:
    """Rows with name, bar, and value at the bar's end."""
    u, turned = job.unit, job.brief.right_to_left
    valued = any(point.value for point in points)
    cells = box.grid(1, len(points), min(20 * u, box.h * 0.03))
    above = box.w < box.h * 0.9
    longest = max(len(point.name) for point in points)
    name_w = box.w if above else box.w * (0.24 if longest < 14 else 0.3 if longest < 24 else 0.4)
    value_w = box.w * 0.15 if valued else 0.0
    art, rooms = [], []
    for place, (cell, point) in enumerate(zip(cells, points, strict=True)):
        high = min(cell.h * (0.36 if above else 0.62), 84 * u)
        left = cell.x if above else cell.x + name_w + 24 * u
        room = cell.right - left - value_w - 20 * u
        y = cell.bottom - high if above else cell.centre[1] - high / 2
        long = room * max(0.02, point.height / _highest(points))
        track, bar = Box(left, y, room, high), Box(left, y, long, high)
        value = Box(left + long + 16 * u, y - 6 * u, value_w, high + 12 * u)
        name = Box(cell.x, cell.y, name_w, y - cell.y - 6 * u if above else cell.h)
        if turned:
            track, bar, value, name = (mirrored(box, part) for part in (track, bar, value, name))
        art.append(
            rect(track.x, track.y, track.w, track.h, mix(job.palette.surface, job.palette.ink, 0.05), high * 0.28)
        )
        art.append(rect(bar.x, bar.y, bar.w, bar.h, _tone(job, points, place), high * 0.28))
        rooms.append((name, value))
    drawn = place_labels(job, points, rooms, (38, 44), ("left", "left"), ("flex-end" if above else "center", "center"))
    return job.page.svg("".join(art)) + drawn


def mirrored(box: Box, inner: Box) -> Box:
    """`inner` mirrored horizontally within `box`."""
    return Box(box.x + box.right - inner.right, inner.y, inner.w, inner.h)


def line(job: Commission, box: Box, points: Sequence[Point]) -> str:
    u, tone = job.unit, job.palette.accent(0)
    named = any(point.name for point in points)
    top = 84 * u if any(point.value for point in points) else 10 * u
    foot = min(100 * u, box.h * 0.16) if named else 0.0
    plot = Box(box.x, box.y + top, box.w, box.h - top - foot)
    step = plot.w / len(points)
    order = [len(points) - 1 - at if job.brief.right_to_left else at for at in range(len(points))]
    spots = [
        (plot.x + step * (order[i] + 0.5), plot.bottom - plot.h * point.height / _highest(points))
        for i, point in enumerate(points)
    ]
    curve = trace("M", *spots[0]) + smooth(spots)
    area = path(curve + trace("V", plot.bottom, "H", spots[0][0], "Z"), tone, 'opacity=".16"')
    drops = "".join(trace("M", x, y, "V", plot.bottom) for x, y in spots)
    art = _grid(job, plot) + area + stroke(drops, mix(tone, job.palette.surface, 0.55), 2.4 * u)
    art += stroke(curve, tone, 9 * u)
    art += "".join(circle(x, y, 17 * u, tone) + circle(x, y, 8 * u, job.palette.surface) for x, y in spots)
    rooms = [
        (
            Box(x - step * 0.47, plot.bottom + 18 * u, step * 0.94, foot - 18 * u),
            Box(x - step * 0.47, y - 84 * u, step * 0.94, 60 * u),
        )
        for x, y in spots
    ]
    return job.page.svg(art) + place_labels(
        job, points, rooms, (40, 50), ("center", "center"), ("flex-start", "flex-end")
    )
