"""Lines of text one above the other, each with its own face, size and colour, scaled together to fit a box."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.type import typeset
from easel_sketch.type.typefaces import Type

_HARD_SPACE = "\u00a0"
_GLUED = re.compile(rf"[^\s<>&;]+(?:{_HARD_SPACE}[^\s<>&;]+)+")
_ACROSS = {"center": "center", "left": "flex-start", "right": "flex-end"}


@dataclass(frozen=True, slots=True)
class Row:
    """One text of a stack. `size` is relative to the other rows; `before` is the space above, relative to `size`.

    `made`, if given, makes the markup from the size and the width in pixels.
    """

    text: str
    face: Type
    size: float
    ink: str
    before: float = 0.3
    style: str = ""
    made: Callable[[float, float], str] | None = None


def stack(
    job: Commission,
    box: Box,
    rows: Sequence[Row],
    *,
    align: str = "left",
    anchor: str = "flex-start",
    most: float = 200,
    style: str = "",
) -> str:
    """The rows in `box`; a row of size 1 is at most `most` thousandths of the page high."""
    return box.div(stacked(job, box, rows, align=align, most=most).html, f"{_frame(job, align, anchor)}{style}")


def stacked(
    job: Commission, box: Box, rows: Sequence[Row], *, align: str = "left", most: float = 200
) -> typeset.Fitted:
    """The rows at the largest scale that fits, with their height."""
    align = _mirrored(job, align)

    def made(scale: float) -> str:
        return "".join(_row_html(row, scale, align, box.w, first=not place) for place, row in enumerate(rows))

    return typeset.fit(job.canvas, made, box.w, box.h, most=most * job.unit, least=6 * job.unit)


def _row_html(row: Row, scale: float, align: str, w: float, *, first: bool) -> str:
    size = row.size * scale
    space = "" if first else f"margin-top:{row.before * size:.1f}px;"
    if row.made:
        return f'<div style="display:flex;width:{w:.1f}px;{space}">{row.made(size, w)}</div>'
    made = typeset.block(row.text, row.face, size, row.ink, f"width:{w:.1f}px;text-align:{align};{space}{row.style}")
    return _GLUED.sub(_unbroken, made)


def _unbroken(found: re.Match[str]) -> str:
    """Words joined by no-break spaces as one unbreakable span: the rendering engine breaks at these spaces."""
    return f'<span style="white-space:nowrap">{found[0].replace(_HARD_SPACE, " ")}</span>'


def _frame(job: Commission, align: str, anchor: str) -> str:
    return f"flex-direction:column;justify-content:{anchor};align-items:{_ACROSS[_mirrored(job, align)]};"


def _mirrored(job: Commission, align: str) -> str:
    """Swap left and right for right-to-left scripts."""
    other = {"left": "right", "right": "left"}
    return other.get(align, align) if job.brief.right_to_left else align


def words_of(job: Commission, *, head: float = 1.0, body: float = 0.42, ink: str, soft: str, accent: str) -> list[Row]:
    """All texts of the brief as rows: the headline large, prices and dates bold, the rest as body text."""
    rows = []
    for text in job.brief.texts:
        big = text.role == "headline" and len(text.words) < 60
        strong = text.role in ("price", "date", "number", "button")
        face = job.faces.head if big else job.faces.label if strong or len(text.words) < 42 else job.faces.body
        size = head if big else body * 1.15 if strong else body if len(text.words) < 90 else body * 0.8
        rows.append(Row(text.words, face, size, ink if big else accent if strong else soft, 0.18 if big else 0.5))
    return rows
