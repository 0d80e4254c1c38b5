"""One type size for all cells of a layout."""

from collections.abc import Iterable, Sequence

from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.parts.stack import Row, stacked

Cell = tuple[Box, Sequence[Row]]


def common_size(job: Commission, cells: Iterable[Cell], most: float) -> float:
    """The largest size of row 1, at most `most` thousandths of the page, at which the rows of every cell fit."""
    for box, rows in cells:
        most = min(most, stacked(job, box, rows, most=most).scale / job.unit)
    return most
