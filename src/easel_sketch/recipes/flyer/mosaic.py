"""A mosaic of coloured tiles with geometric shapes and some icons."""

from collections.abc import Sequence
from math import cos, pi, sin

from easel_sketch.colour.mixing import contrast
from easel_sketch.colour.tone import lightness, toned
from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import HIGH, LOW, Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, path, polygon, rect, trace

_CELL = 232  # approximate size of a tile in thousandths of the page
_SHAPES = 7


def mosaic(job: Commission, box: Box, colours: Sequence[str], names: Sequence[str]) -> str:
    """Tiles over `box`; the main icon takes four of them near the centre, others one each."""
    columns = max(3, round(box.w / (_CELL * job.unit)))
    rows = max(2, round(box.h / (box.w / columns)))
    w, h = box.w / columns, box.h / rows
    big = _big(job, columns, rows) if names else (-9, -9)
    spots = _spots(job, columns, rows, big, len(names) - 1)
    parts, laid = [], dict.fromkeys(_under(big), _main_colour(job, colours))
    for column, row in _free(columns, rows, big):
        cell = Box(box.x + column * w, box.y + row * h, w, h)
        icon = names[1 + spots.index((column, row))] if (column, row) in spots else ""
        number = column * 3 + row * 5 + job.index * 2
        near = {
            laid.get(place, "")
            for place in ((column - 1, row), (column, row - 1), (column + 1, row), (column, row + 1))
        }
        laid[column, row] = _next_colour(colours, number, near)
        parts.append(_tile(job, cell, colours, laid[column, row], number, icon))
    if names:
        cell = Box(box.x + big[0] * w, box.y + big[1] * h, 2 * w, 2 * h)
        parts.append(_main_tile(job, cell, colours, names[0]))
    return "".join(parts)


def _big(job: Commission, columns: int, rows: int) -> tuple[int, int]:
    free = columns - 2
    column = free // 2 if free % 2 == 0 else (free // 2 + job.index % 2)
    return column, max(0, (rows - 2) // 2)


def _under(big: tuple[int, int]) -> list[tuple[int, int]]:
    """The tiles that the main icon covers."""
    return [(big[0] + dx, big[1] + dy) for dx in (0, 1) for dy in (0, 1)]


def _free(columns: int, rows: int, big: tuple[int, int]) -> list[tuple[int, int]]:
    covered = _under(big)
    return [(c, r) for r in range(rows) for c in range(columns) if (c, r) not in covered]


def _next_colour(colours: Sequence[str], number: int, near: set[str]) -> str:
    """The next colour in turn that no neighbour has."""
    turns = [colours[(number + step) % len(colours)] for step in range(len(colours))]
    return next((colour for colour in turns if colour not in near), turns[0])


def _main_colour(job: Commission, colours: Sequence[str]) -> str:
    return colours[job.index % 2]


def _spots(job: Commission, columns: int, rows: int, big: tuple[int, int], count: int) -> list[tuple[int, int]]:
    """Positions of the smaller icons: every third of the remaining tiles."""
    free = _free(columns, rows, big)
    most = min(count, len(free) // 3 if job.detail > LOW else 1)
    start = job.index % 3
    return [free[(start + place * 3) % len(free)] for place in range(max(0, most))]


def _main_tile(job: Commission, cell: Box, colours: Sequence[str], name: str) -> str:
    x, y = cell.centre
    r = min(cell.w, cell.h) / 2
    back = _main_colour(job, colours)
    disc = _other(colours, 2, back)
    parts = [rect(cell.x, cell.y, cell.w + 0.6, cell.h + 0.6, back)]
    if job.detail > LOW:
        parts += _rays(cell, toned(back, lightness(back) + 0.05))
    parts += [circle(x, y, r * 0.86, disc), circle(x, y, r * 0.74, toned(disc, min(0.95, lightness(disc) + 0.07)))]
    return "".join([*parts, icons.placed(name, x, y, r * 1.22)])


def _rays(cell: Box, shade: str) -> list[str]:
    """Sun rays that end at the cell's edge."""
    x, y = cell.centre
    beams = []
    for i in range(16):
        a, b = 2 * pi * i / 16, 2 * pi * (i + 0.5) / 16
        beams.append(polygon([(x, y), _edge(cell, a), _edge(cell, b)], shade))
    return beams


def _edge(cell: Box, at: float) -> tuple[float, float]:
    x, y = cell.centre
    reach = min(
        cell.w / 2 / abs(cos(at)) if abs(cos(at)) > 1e-6 else 1e9,
        cell.h / 2 / abs(sin(at)) if abs(sin(at)) > 1e-6 else 1e9,
    )
    return x + cos(at) * reach, y + sin(at) * reach


def _tile(job: Commission, cell: Box, colours: Sequence[str], back: str, number: int, icon: str) -> str:
    front = _other(colours, number, back)
    x, y, w, h = cell.x, cell.y, cell.w, cell.h
    base = rect(x, y, w + 0.6, h + 0.6, back)
    if icon:
        disc = circle(*cell.centre, min(w, h) * 0.42, toned(back, min(0.96, lightness(back) + 0.1), 0.9))
        return base + disc + icons.placed(icon, *cell.centre, min(w, h) * 0.62)
    third = _other(colours, number + 2, back)
    return base + _figure(job, cell, front, third, number)


def _other(colours: Sequence[str], number: int, back: str) -> str:
    return next(
        (c for step in range(1, len(colours)) if contrast(c := colours[(number + step) % len(colours)], back) > 1.5),
        colours[(number + 1) % len(colours)],
    )


def _figure(job: Commission, cell: Box, front: str, third: str, number: int) -> str:
    """One of several shapes: quarter, half and whole discs, a leaf, bars, dots, a step."""
    x, y, w, h = cell.x, cell.y, cell.w, cell.h
    cx, cy = cell.centre
    r = min(w, h)
    kind = (number * 5 + number // 3) % _SHAPES
    if kind == 0:
        return path(trace("M", x, y, "H", x + w, "A", w, h, "0 0 1", x, y + h, "Z"), front)
    if kind == 1:
        half = trace("M", x, cy, "A", w / 2, h / 2, "0 0 1", x + w, cy, "Z")
        return path(half, front) + path(trace("M", x, y + h, "A", w / 2, h / 2, "0 0 1", x + w, y + h, "Z"), third)
    if kind == 2:
        return circle(cx, cy, r * 0.4, front) + circle(cx, cy, r * 0.2, third)
    if kind == 3:
        return path(trace("M", x, y, "A", w, h, "0 0 1", x + w, y + h, "A", w, h, "0 0 1", x, y, "Z"), front)
    if kind == 4:
        return "".join(rect(x, y + h * (0.08 + 0.24 * i), w, h * 0.12, front) for i in range(4))
    if kind == 5:
        count = 4 if job.detail == HIGH else 3
        step = r / count
        return "".join(
            circle(x + w * (i + 0.5) / count, y + h * (j + 0.5) / count, step * 0.27, front)
            for i in range(count)
            for j in range(count)
        )
    return polygon([(x, y + h), (x + w, y), (x + w, y + h)], front)
