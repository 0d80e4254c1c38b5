"""One size of type for all the cells of a layout, so that they read as a set."""

from collections.abc import Iterable, Sequence

from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.parts.stack import Row, stacked

Cell = tuple[Box, Sequence[Row]]


def even(job: Commission, cells: Iterable[Cell], most: float) -> float:
    """The largest size of row 1, in thousandths of the page and at most `most`, at which every cell holds its rows."""
    for box, rows in cells:
        most = min(most, stacked(job, box, rows, most=most).scale / job.unit)
    return most
