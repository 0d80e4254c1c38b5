"""Set a date as a feature: the day large, the rest beside or above it, in the order given."""

from easel_sketch.colour.mixing import fade
from easel_sketch.drawing.commission import Commission
from easel_sketch.parts.stack import Row
from easel_sketch.reading import shapes
from easel_sketch.type import typeset
from easel_sketch.type.typefaces import Type

_LONGEST_SIDE = 22
_DAY_SIZE = 2.2


def date_row(job: Commission, text: str, size: float, ink: str, strong: str) -> Row:
    """A row for a date; between two rules if no day is recognised."""
    face = job.faces.label
    found = shapes.around_day(text)
    if not found or any(len(side) > _LONGEST_SIDE for side in (found[0], found[2])):
        return Row(text, face, size, strong, 0.7, _ruled(strong))
    before, number, after = found
    if not before and not after:
        return Row(text, job.faces.head, size * _DAY_SIZE, strong, 0.5)

    wide = max(typeset.widths(job.canvas, [before or after, after or before], face)) / 100

    def made(scale: float, w: float) -> str:
        day = typeset.line(number, job.faces.head, scale * _DAY_SIZE, strong, "line-height:1.05;flex-shrink:0;")
        if before and after:
            return _side_by_side(job, (before, day, after), face, scale, w, wide, (ink, strong))
        other = typeset.line(before or after, face, scale, ink, "")
        return _above((other, day) if before else (day, other), w)

    return Row(text, face, size, ink, 0.7, made=made)


def _ruled(ink: str) -> str:
    line = f"1.6px solid {fade(ink, 0.6)}"
    return f"border-top:{line};border-bottom:{line};padding:0.35em 0;"


def _side_by_side(
    job: Commission,
    parts: tuple[str, str, str],
    face: Type,
    scale: float,
    w: float,
    wide: float,
    inks: tuple[str, str],
) -> str:
    """The day in the middle, the texts at its sides between rules; `wide` is their width in em."""
    before, day, after = parts
    turned = "row-reverse" if job.brief.right_to_left else "row"
    pad = f"padding:{scale * 0.16:.1f}px 0;"
    rule = f"{max(1.2, scale * 0.04):.1f}px solid {fade(inks[1], 0.6)}"
    edges = f"border-top:{rule};border-bottom:{rule};"
    place = f"display:flex;align-items:center;justify-content:center;width:{(wide * 0.9 + 0.8) * scale:.1f}px;"
    side = f"{place}{edges}{pad}flex-shrink:0;"
    row = f"display:flex;flex-direction:{turned};align-items:center;justify-content:center;width:{w:.1f}px;"
    words = [f'<div style="{side}">{typeset.line(text, face, scale * 0.9, inks[0])}</div>' for text in (before, after)]
    middle = f'<div style="display:flex;margin:0 {scale * 0.5:.1f}px;flex-shrink:0">{day}</div>'
    return f'<div style="{row}">{words[0]}{middle}{words[1]}</div>'


def _above(lines: tuple[str, str], w: float) -> str:
    column = f"display:flex;flex-direction:column;align-items:center;width:{w:.1f}px;"
    return f'<div style="{column}">{lines[0]}{lines[1]}</div>'
