"""Lines of a price list in columns: sections, names joined to their prices by dotted leaders, and notes."""

import html
from collections.abc import Sequence
from dataclasses import dataclass

from easel_sketch.colour.mixing import fade
from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.parts.lettering import text_face
from easel_sketch.type import typeset

_LARGEST = 58
_SMALLEST = 8
_SECTION, _NOTE = 1.2, 0.76
_SPACE = {"dish": 0.62, "note": 0.12, "section": 1.05}
_WIDEST_SPREAD = 2.4
_BROKEN_BELOW = 22  # type size, in thousandths of the page, below which names may break to be larger
_CROWD = 24  # above this number of lines only the greatest number of columns is tried
_TIGHT, _MANY = 0.5, 15  # factor on the spacing above this number of lines


@dataclass(frozen=True, slots=True)
class Inks:
    """The colours of a price list: paper, text, notes, and prices and headings."""

    paper: str
    ink: str
    soft: str
    strong: str


@dataclass(frozen=True, slots=True)
class Line:
    """`kind` is 'dish' (a name with its price), 'note' or 'section'."""

    kind: str
    text: str
    price: str = ""


def price_list(job: Commission, box: Box, lines: Sequence[Line], inks: Inks) -> str:
    """All lines in `box`, in the number of columns that allows the largest type, spread over its height.

    Names stay on one line unless that makes the type much smaller.
    """
    setting, best = _best(job, box, lines, inks, unbroken=True)
    if not best.fits or best.scale < _BROKEN_BELOW * job.unit:
        broken = _best(job, box, lines, inks, unbroken=False)
        setting, best = max(((setting, best), broken), key=lambda one: (one[1].fits, one[1].scale * one[0].preference))
    made = _markup(job, box, lines, setting, inks, best.scale, _spread(box, lines, setting, best))
    return box.div(made, "flex-direction:column;justify-content:center;")


def _best(
    job: Commission, box: Box, lines: Sequence[Line], inks: Inks, *, unbroken: bool
) -> tuple["_Layout", typeset.Fitted]:
    space = _TIGHT if len(lines) > _MANY else 1.0
    tried = [
        _Layout(columns, space, _preference(job, lines, columns, unbroken=unbroken), unbroken=unbroken)
        for columns in _columns(job, lines)
    ]
    fitted = [(setting, _fitted(job, box, lines, setting, inks)) for setting in tried]
    return max(fitted, key=lambda one: (one[1].fits, one[1].scale * one[0].preference))


@dataclass(frozen=True, slots=True)
class _Layout:
    """The number of columns, the spacing between lines, a preference, and whether names stay on one line."""

    columns: int
    space: float
    preference: float
    unbroken: bool


def _preference(job: Commission, lines: Sequence[Line], columns: int, *, unbroken: bool) -> float:
    """A factor on the type size when layouts are compared: fewer columns and unbroken names are preferred."""
    sections = sum(line.kind == "section" for line in lines)
    share = 1.15 if columns == sections > 1 else (1.0, 0.86, 0.78)[columns - 1]
    share = share if job.aspect < 1.15 else max(0.95, share)
    return share * (1.0 if unbroken else 0.72)


def _columns(job: Commission, lines: Sequence[Line]) -> Sequence[int]:
    if len(lines) < 4:
        return (1,)
    most = 3 if job.aspect > 1.15 else 2
    if len(lines) > _CROWD:
        return (most,)
    return range(1, most + 1) if len(lines) > 8 or job.aspect > 1.15 else (1,)


def _fitted(job: Commission, box: Box, lines: Sequence[Line], setting: _Layout, inks: Inks) -> typeset.Fitted:
    """The lines at the largest type size that fits."""

    def made(size: float) -> str:
        return _markup(job, box, lines, setting, inks, size, setting.space)

    return typeset.fit(job.canvas, made, box.w, box.h, most=_LARGEST * job.unit, least=_SMALLEST * job.unit)


def _spread(box: Box, lines: Sequence[Line], setting: _Layout, fitted: typeset.Fitted) -> float:
    """The factor on the spacing at which the lines fill the box."""
    stacks = _stacks(lines, setting.columns)
    spaces = min(sum(_SPACE[line.kind] for line in stack) for stack in stacks) * fitted.scale
    return setting.space + min(_WIDEST_SPREAD, max(0.0, box.h - fitted.height) / max(1.0, spaces) * 0.9)


def _markup(
    job: Commission, box: Box, lines: Sequence[Line], setting: _Layout, inks: Inks, size: float, spread: float
) -> str:
    gap = 64 * job.unit
    wide = (box.w - gap * (setting.columns - 1)) / setting.columns
    drawn = []
    for stack in _stacks(lines, setting.columns):
        rows = "".join(
            _line(job, line, size, wide, inks, spread if place else 0, unbroken=setting.unbroken)
            for place, line in enumerate(stack)
        )
        drawn.append(f'<div style="display:flex;flex-direction:column;width:{wide:.1f}px;flex-shrink:0">{rows}</div>')
    turned = "row-reverse" if job.brief.right_to_left else "row"
    style = f"display:flex;flex-direction:{turned};gap:{gap:.1f}px;width:{box.w:.1f}px"
    return f'<div style="{style}">{"".join(drawn)}</div>'


def _stacks(lines: Sequence[Line], columns: int) -> list[list[Line]]:
    """Split into columns of similar height, before a section if one begins nearby, never before a note."""
    weights = [{"dish": 1.6, "note": 0.9, "section": 2.2}[line.kind] for line in lines]
    total, used, cuts = sum(weights), 0.0, [0]
    for place, weight in enumerate(weights):
        if len(cuts) < columns and place and used >= total * len(cuts) / columns - 0.8:
            cuts.append(_cut_near(lines, place, cuts[-1]))
        used += weight
    return [list(lines[a:b]) for a, b in zip(cuts, [*cuts[1:], len(lines)], strict=True) if a < b]


def _cut_near(lines: Sequence[Line], place: int, after: int) -> int:
    """The best position for a column break near `place`."""
    for near in (place, place - 1, place + 1, place - 2, place + 2):
        if after < near < len(lines) and lines[near].kind == "section":
            return near
    while place < len(lines) and lines[place].kind == "note":
        place += 1
    return place - 1 if lines[place - 1].kind == "section" and place - 1 > after else place


def _line(job: Commission, line: Line, size: float, wide: float, inks: Inks, spread: float, *, unbroken: bool) -> str:
    space = f"margin-top:{size * _SPACE[line.kind] * (spread if line.kind != 'note' else min(spread, 1)):.1f}px;"
    if line.kind == "section":
        style = f"width:{wide:.1f}px;text-align:center;{space}"
        return typeset.block(line.text, job.faces.head, size * _SECTION, inks.strong, style)
    side = "right" if job.brief.right_to_left else "left"
    if line.kind == "note":
        style = f"width:{wide * 0.86:.1f}px;text-align:{side};{space}"
        return typeset.block(line.text, text_face(job), size * _NOTE, inks.soft, style)
    if not line.price:
        return typeset.block(
            line.text, job.faces.label, size, inks.ink, f"width:{wide:.1f}px;text-align:center;{space}"
        )
    return _priced(job, line, size, wide, inks, space, unbroken=unbroken)


def _priced(job: Commission, line: Line, size: float, wide: float, inks: Inks, space: str, *, unbroken: bool) -> str:
    """A name, a dotted leader and its price."""
    face = job.faces.label
    price = (
        f'<div style="{face.css(size, inks.strong)}white-space:nowrap;flex-shrink:0">{html.escape(line.price)}</div>'
    )
    step = size * 0.3
    dots = (
        f'<div style="flex-grow:1;min-width:{size:.1f}px;height:{step:.1f}px;'
        f'margin:0 {size * 0.26:.1f}px {size * 0.2:.1f}px;{_dotted(size, step, fade(inks.ink, 0.5))}"></div>'
    )
    room = wide - size * (0.64 * len(line.price) + 1.9)
    name = typeset.block(
        line.text, face, size, inks.ink, f"max-width:{room:.1f}px;{'white-space:nowrap;' if unbroken else ''}"
    )
    turned = "row-reverse" if job.brief.right_to_left else "row"
    style = f"display:flex;flex-direction:{turned};align-items:flex-end;width:{wide:.1f}px;{space}"
    return f'<div style="{style}">{name}{dots}{price}</div>'


def _dotted(size: float, step: float, ink: str) -> str:
    r = max(0.9, size * 0.045)
    face = f"radial-gradient(circle at 50% 50%,{ink} {r * 0.8:.2f}px,rgba(0,0,0,0) {r * 1.2:.2f}px)"
    return f"background-image:{face};background-size:{step:.1f}px {step:.1f}px;background-repeat:repeat-x;"
