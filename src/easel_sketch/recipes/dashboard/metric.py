"""The tiles of a dashboard: a name with its value, or with a sparkline if there is none."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from easel_sketch.colour.mixing import mix, readable
from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import rect
from easel_sketch.drawing.ornament import shadow
from easel_sketch.parts.common_size import common_size
from easel_sketch.parts.mark import fill_and_ink
from easel_sketch.parts.number import bare, paired, percent
from easel_sketch.parts.stack import Row, stack
from easel_sketch.reading import lookup
from easel_sketch.recipes.dashboard.gauge import spark

_ENDS_IN_VALUE = re.compile(r"^(.*?\D)\s+([+−–-]?(?:[$€£¥₹₽]\s?)?\d[\d,.]*\s?\S{0,3})$")


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric's texts, in the order given."""

    words: tuple[str, ...]

    @property
    def name(self) -> str:
        return next((text for text in self.words if not bare(text)), "")

    @property
    def share(self) -> float | None:
        return percent(self.words)


def metrics(items: Sequence[str]) -> list[Metric]:
    found = []
    for figure in paired(items):
        ends = _ENDS_IN_VALUE.match(figure[0]) if len(figure) == 1 and not bare(figure[0]) else None
        found.append(Metric((ends[1].strip(), ends[2]) if ends else figure))
    return found


def columns_for(job: Commission, count: int) -> int:
    """The number of columns of tiles."""
    if count <= (4 if job.aspect > 1.15 else 3):
        return count
    if job.aspect < 0.9:
        return 2 if count < 9 else 3
    return -(-count // 2) if count < 9 else 4


def tiles(job: Commission, box: Box, shown: Sequence[Metric]) -> str:
    """One tile per metric; tiles with bars instead of texts if there are none."""
    u = job.unit
    count = len(shown) or (4 if job.aspect > 1.15 else 3)
    columns = columns_for(job, count)
    cells = box.grid(columns, -(-count // columns), 22 * u)[:count]
    if job.brief.right_to_left:
        cells = [Box(box.x + box.right - cell.right, cell.y, cell.w, cell.h) for cell in cells]
    named = lookup.for_labels([metric.name or metric.words[0] for metric in shown], job.icons) if shown else []
    rooms = [_room(job, cell, metric) for cell, metric in zip(cells, shown, strict=False)]
    rows = [_rows(job, place, metric) for place, metric in enumerate(shown)]
    most = common_size(job, zip(rooms, rows, strict=True), 44)
    parts = []
    for place, cell in enumerate(cells):
        parts.append(cell.div("", f"background:{job.palette.surface};border-radius:{26 * u:.0f}px;{shadow(job, 0.7)}"))
        parts.append(job.page.svg(_icon(job, cell, place, named[place] if named else "")))
        if shown:
            parts.append(stack(job, rooms[place], rows[place], anchor="center", most=most))
            if len(shown[place].words) == 1:
                parts.append(job.page.svg(spark(job, _foot(job, cell), place)))
        else:
            parts.append(job.page.svg(_bars(job, cell) + spark(job, _foot(job, cell), place)))
    return "".join(parts)


def _rows(job: Commission, place: int, metric: Metric) -> list[Row]:
    palette = job.palette
    strong = readable(fill_and_ink(job, place)[0], palette.surface)
    rows = []
    for text in metric.words:
        big = bare(text) or text != metric.name
        face = job.faces.head if big else job.faces.label
        kept = text.replace(" ", "\u00a0") if big else text
        rows.append(Row(kept, face, 1.7 if big else 0.95, strong if big else palette.ink, 0.16))
    return rows


def _size(job: Commission, cell: Box) -> float:
    return min(72 * job.unit, cell.h * 0.36, cell.w * 0.24)


def _room(job: Commission, cell: Box, metric: Metric) -> Box:
    u, size = job.unit, _size(job, cell)
    inner = cell.inset(28 * u, min(20 * u, cell.h * 0.1))
    left = inner.x + (size + 14 * u if job.brief.right_to_left else 0)
    high = inner.h * (0.66 if len(metric.words) == 1 else 1)
    return Box(left, inner.y, inner.w - size - 14 * u, high)


def _foot(job: Commission, cell: Box) -> Box:
    """The part of a tile below a single line of text."""
    inner = cell.inset(28 * job.unit, 20 * job.unit)
    return Box(inner.x, inner.y + inner.h * 0.7, inner.w, inner.h * 0.3)


def _icon(job: Commission, cell: Box, place: int, name: str) -> str:
    """An icon in the corner, or a generic symbol."""
    u, size = job.unit, _size(job, cell)
    x = cell.x + 24 * u if job.brief.right_to_left else cell.right - 24 * u - size
    y = cell.y + 24 * u
    plate = rect(x, y, size, size, job.palette.tint(place, 0.22), size * 0.3)
    if name:
        return plate + icons.placed(name, x + size / 2, y + size / 2, size * 0.64)
    tone, wide = job.palette.accent(place), size * 0.12
    heights = ((0.22, 0.4, 0.3), (0.4, 0.26, 0.34), (0.3, 0.36, 0.44), (0.36, 0.2, 0.42))[place % 4]
    bars = (
        rect(x + size * (0.24 + 0.2 * i), y + size * (0.72 - high), wide, size * high, tone, wide * 0.4)
        for i, high in enumerate(heights)
    )
    return plate + "".join(bars)


def _bars(job: Commission, cell: Box) -> str:
    u, palette = job.unit, job.palette
    x, y = cell.x + 28 * u, cell.y + 34 * u
    strong = rect(x, y, cell.w * 0.4, 16 * u, mix(palette.surface, palette.ink, 0.24), 8 * u)
    return strong + rect(x, y + 30 * u, cell.w * 0.26, 12 * u, mix(palette.surface, palette.ink, 0.13), 6 * u)
