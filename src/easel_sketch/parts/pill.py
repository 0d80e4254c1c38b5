"""Small framed texts: pills, buttons, tags."""

from easel_sketch.colour.mixing import contrast, mix
from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.type import typeset


def on_fill(job: Commission, fill: str) -> str:
    """The ink that reads best on a fill: white or the palette's darkest."""
    return max(("#ffffff", mix(job.palette.ramp[0], "#000000", 0.4)), key=lambda ink: contrast(ink, fill))


def pill(job: Commission, box: Box, text: str, fill: str, *, radius: float = 0.5, align: str = "center") -> str:
    """A text on a rounded plate that shrinks it to one line; `radius` is a share of the height."""
    wide = max(1.0, typeset.widths(job.canvas, [text], job.faces.label)[0])
    size = min(box.h * 0.5, 100 * (box.w - box.h * 0.7) / wide)
    word = typeset.line(text, job.faces.label, size, on_fill(job, fill), "line-height:1.2;")
    across = {"center": "center", "left": "flex-start"}[align]
    style = f"background:{fill};border-radius:{box.h * radius:.1f}px;align-items:center;justify-content:{across};"
    return box.div(word, style)


def hugging(job: Commission, x: float, y: float, h: float, text: str, fill: str, most: float) -> tuple[str, Box]:
    """A pill as wide as its text needs, at most `most`; and the box it took."""
    wide = typeset.widths(job.canvas, [text], job.faces.label)[0] * h * 0.5 / 100 + h * 0.9
    box = Box(x, y, min(wide, most), h)
    return pill(job, box, text, fill), box
