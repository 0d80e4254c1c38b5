"""Lines of a price list: sections, names joined to their prices by dots, and notes, in as many columns as read best."""

import html
from collections.abc import Sequence
from dataclasses import dataclass

from easel_sketch.colour.mixing import fade
from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.parts.lettering import running
from easel_sketch.type import typeset

_MOST = 58
_LEAST = 8
_SECTION, _NOTE = 1.2, 0.76
_SPACE = {"dish": 0.62, "note": 0.12, "section": 1.05}
_LOOSEST = 2.4
_BROKEN_BELOW = 22  # type smaller than this may be made larger by breaking names
_CROWD = 24  # lines for which only the most columns are tried
_TIGHT, _MANY = 0.5, 15  # how close many lines may stand, and how many that is


@dataclass(frozen=True, slots=True)
class Inks:
    """The paper and what is printed on it."""

    paper: str
    ink: str
    soft: str
    strong: str


@dataclass(frozen=True, slots=True)
class Line:
    """A 'dish' with its price, a 'note' about it, or the head of a 'section'."""

    kind: str
    text: str
    price: str = ""


def arranged(job: Commission, box: Box, lines: Sequence[Line], inks: Inks) -> str:
    """All lines in `box`, in the number of columns that lets them be largest, spread over its height.

    Names are kept on one line unless that makes them much smaller.
    """
    setting, best = _best(job, box, lines, inks, whole=True)
    if not best.fits or best.scale < _BROKEN_BELOW * job.unit:
        broken = _best(job, box, lines, inks, whole=False)
        setting, best = max(((setting, best), broken), key=lambda one: (one[1].fits, one[1].scale * one[0].merit))
    made = _made(job, box, lines, setting, inks, best.scale, _spread(box, lines, setting, best))
    return box.div(made, "flex-direction:column;justify-content:center;")


def _best(
    job: Commission, box: Box, lines: Sequence[Line], inks: Inks, *, whole: bool
) -> tuple["_Setting", typeset.Fitted]:
    space = _TIGHT if len(lines) > _MANY else 1.0
    tried = [
        _Setting(columns, space, _merit(job, lines, columns, whole=whole), whole=whole)
        for columns in _columns(job, lines)
    ]
    fitted = [(setting, _fitted(job, box, lines, setting, inks)) for setting in tried]
    return max(fitted, key=lambda one: (one[1].fits, one[1].scale * one[0].merit))


@dataclass(frozen=True, slots=True)
class _Setting:
    """In how many columns, how wide the space between lines is, and whether names stay on one line."""

    columns: int
    space: float
    merit: float
    whole: bool


def _merit(job: Commission, lines: Sequence[Line], columns: int, *, whole: bool) -> float:
    """Fewer columns read better, unless the page is wide or each section has its own; so do names on one line."""
    sections = sum(line.kind == "section" for line in lines)
    share = 1.15 if columns == sections > 1 else (1.0, 0.86, 0.78)[columns - 1]
    share = share if job.aspect < 1.15 else max(0.95, share)
    return share * (1.0 if whole else 0.72)


def _columns(job: Commission, lines: Sequence[Line]) -> Sequence[int]:
    if len(lines) < 4:
        return (1,)
    most = 3 if job.aspect > 1.15 else 2
    if len(lines) > _CROWD:
        return (most,)
    return range(1, most + 1) if len(lines) > 8 or job.aspect > 1.15 else (1,)


def _fitted(job: Commission, box: Box, lines: Sequence[Line], setting: _Setting, inks: Inks) -> typeset.Fitted:
    def made(size: float) -> str:
        return _made(job, box, lines, setting, inks, size, setting.space)

    return typeset.fit(job.canvas, made, box.w, box.h, most=_MOST * job.unit, least=_LEAST * job.unit)


def _spread(box: Box, lines: Sequence[Line], setting: _Setting, fitted: typeset.Fitted) -> float:
    """How much wider the spaces between lines may be, so that the lines fill the box."""
    stacks = _stacks(lines, setting.columns)
    spaces = min(sum(_SPACE[line.kind] for line in stack) for stack in stacks) * fitted.scale
    return setting.space + min(_LOOSEST, max(0.0, box.h - fitted.height) / max(1.0, spaces) * 0.9)


def _made(
    job: Commission, box: Box, lines: Sequence[Line], setting: _Setting, inks: Inks, size: float, spread: float
) -> str:
    gap = 64 * job.unit
    wide = (box.w - gap * (setting.columns - 1)) / setting.columns
    drawn = []
    for stack in _stacks(lines, setting.columns):
        rows = "".join(
            _line(job, line, size, wide, inks, spread if place else 0, whole=setting.whole)
            for place, line in enumerate(stack)
        )
        drawn.append(f'<div style="display:flex;flex-direction:column;width:{wide:.1f}px;flex-shrink:0">{rows}</div>')
    turned = "row-reverse" if job.brief.right_to_left else "row"
    style = f"display:flex;flex-direction:{turned};gap:{gap:.1f}px;width:{box.w:.1f}px"
    return f'<div style="{style}">{"".join(drawn)}</div>'


def _stacks(lines: Sequence[Line], columns: int) -> list[list[Line]]:
    """Cut into columns of about the same height, before a section if one begins near the cut, never before a note."""
    weights = [{"dish": 1.6, "note": 0.9, "section": 2.2}[line.kind] for line in lines]
    total, used, cuts = sum(weights), 0.0, [0]
    for place, weight in enumerate(weights):
        if len(cuts) < columns and place and used >= total * len(cuts) / columns - 0.8:
            cuts.append(_fair(lines, place, cuts[-1]))
        used += weight
    return [list(lines[a:b]) for a, b in zip(cuts, [*cuts[1:], len(lines)], strict=True) if a < b]


def _fair(lines: Sequence[Line], place: int, after: int) -> int:
    for near in (place, place - 1, place + 1, place - 2, place + 2):
        if after < near < len(lines) and lines[near].kind == "section":
            return near
    while place < len(lines) and lines[place].kind == "note":
        place += 1
    return place - 1 if lines[place - 1].kind == "section" and place - 1 > after else place


def _line(job: Commission, line: Line, size: float, wide: float, inks: Inks, spread: float, *, whole: bool) -> str:
    space = f"margin-top:{size * _SPACE[line.kind] * (spread if line.kind != 'note' else min(spread, 1)):.1f}px;"
    if line.kind == "section":
        style = f"width:{wide:.1f}px;text-align:center;{space}"
        return typeset.block(line.text, job.faces.head, size * _SECTION, inks.strong, style)
    side = "right" if job.brief.right_to_left else "left"
    if line.kind == "note":
        style = f"width:{wide * 0.86:.1f}px;text-align:{side};{space}"
        return typeset.block(line.text, running(job), size * _NOTE, inks.soft, style)
    if not line.price:
        return typeset.block(
            line.text, job.faces.label, size, inks.ink, f"width:{wide:.1f}px;text-align:center;{space}"
        )
    return _priced(job, line, size, wide, inks, space, whole=whole)


def _priced(job: Commission, line: Line, size: float, wide: float, inks: Inks, space: str, *, whole: bool) -> str:
    face = job.faces.label
    cost = f'<div style="{face.css(size, inks.strong)}white-space:nowrap;flex-shrink:0">{html.escape(line.price)}</div>'
    step = size * 0.3
    dots = (
        f'<div style="flex-grow:1;min-width:{size:.1f}px;height:{step:.1f}px;'
        f'margin:0 {size * 0.26:.1f}px {size * 0.2:.1f}px;{_dotted(size, step, fade(inks.ink, 0.5))}"></div>'
    )
    room = wide - size * (0.64 * len(line.price) + 1.9)
    name = typeset.block(
        line.text, face, size, inks.ink, f"max-width:{room:.1f}px;{'white-space:nowrap;' if whole else ''}"
    )
    turned = "row-reverse" if job.brief.right_to_left else "row"
    style = f"display:flex;flex-direction:{turned};align-items:flex-end;width:{wide:.1f}px;{space}"
    return f'<div style="{style}">{name}{dots}{cost}</div>'


def _dotted(size: float, step: float, ink: str) -> str:
    r = max(0.9, size * 0.045)
    face = f"radial-gradient(circle at 50% 50%,{ink} {r * 0.8:.2f}px,rgba(0,0,0,0) {r * 1.2:.2f}px)"
    return f"background-image:{face};background-size:{step:.1f}px {step:.1f}px;background-repeat:repeat-x;"
