"""Short texts on rounded plates: pills, buttons, tags."""

from easel_sketch.colour.mixing import contrast, mix
from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.type import typeset


def on_fill(job: Commission, fill: str) -> str:
    """The text colour with more contrast on a fill: white or the palette's darkest."""
    return max(("#ffffff", mix(job.palette.ramp[0], "#000000", 0.4)), key=lambda ink: contrast(ink, fill))


def pill(job: Commission, box: Box, text: str, fill: str, *, radius: float = 0.5) -> str:
    """A text on one line on a rounded plate; `radius` is a share of the height."""
    wide = max(1.0, typeset.widths(job.canvas, [text], job.faces.label)[0])
    size = min(box.h * 0.5, 100 * (box.w - box.h * 0.7) / wide)
    word = typeset.line(text, job.faces.label, size, on_fill(job, fill), "line-height:1.2;")
    style = f"background:{fill};border-radius:{box.h * radius:.1f}px;align-items:center;justify-content:center;"
    return box.div(word, style)


def fitted_pill(job: Commission, x: float, y: float, h: float, text: str, fill: str, most: float) -> tuple[str, Box]:
    """A pill as wide as its text, at most `most`; and its box."""
    wide = typeset.widths(job.canvas, [text], job.faces.label)[0] * h * 0.5 / 100 + h * 0.9
    box = Box(x, y, min(wide, most), h)
    return pill(job, box, text, fill), box
