"""The app's list: rows with an icon, a text and an amount; bars if there are no texts."""

from collections.abc import Sequence

from easel_sketch.colour.mixing import fade, mix, readable
from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import rect
from easel_sketch.parts.common_size import common_size
from easel_sketch.parts.glyph import glyph
from easel_sketch.parts.pill import on_fill
from easel_sketch.parts.stack import Row, stack
from easel_sketch.reading import lookup

_ROW = 0.155
_SIGNS = ("mark", "squares", "sheet", "out", "person", "house")


def rows(job: Commission, box: Box, texts: Sequence[tuple[str, ...]], face: str, ink: str, w: float) -> str:
    """The card of the list, as high as its rows need."""
    plate = mix(face, "#ffffff", 0.06) if job.palette.dark or face < "#777777" else "#ffffff"
    count = len(texts) or max(1, int(box.h / (w * _ROW)))
    count = min(count, 4) if not texts else count
    pad = w * 0.03
    high = min((box.h - 2 * pad) / count, w * (0.24 if 0 < len(texts) < 5 else _ROW))
    sheet = Box(box.x, box.y, box.w, high * count + 2 * pad)
    edge = f"border:{1.2 * job.unit:.1f}px solid {fade(ink, 0.08)};border-radius:{w * 0.055:.1f}px;"
    parts = [sheet.div("", f"background:{plate};{edge}")]
    cells = sheet.inset(w * 0.045, pad).grid(1, count, 0)
    tone = readable(ink, plate, least=7)
    if not texts:
        return "".join(parts) + job.page.svg(
            "".join(_bars(job, cell, place, plate, ink) for place, cell in enumerate(cells))
        )
    named = lookup.for_labels([text[0] for text in texts], job.icons)
    rooms = [_rooms(job, cell, len(text) > 1) for cell, text in zip(cells, texts, strict=True)]
    lines = [[Row(text[0], job.faces.label if len(text[0]) < 48 else job.faces.body, 1, tone)] for text in texts]
    most = common_size(job, ((room[0], line) for room, line in zip(rooms, lines, strict=True)), w * 0.056 / job.unit)
    for place, (cell, text) in enumerate(zip(cells, texts, strict=True)):
        parts.append(job.page.svg(_icon(job, cell, place, named[place]) + _rule(job, cell, place, plate, ink)))
        parts.append(stack(job, rooms[place][0], lines[place], anchor="center", most=most))
        if len(text) > 1:
            amount = [Row(text[1], job.faces.label, 1, tone, style="font-weight:700;")]
            parts.append(stack(job, rooms[place][1], amount, align="right", anchor="center", most=most))
        else:
            x = cell.x + cell.h * 0.14 if job.brief.right_to_left else cell.right - cell.h * 0.14
            parts.append(
                job.page.svg(glyph("next", x, cell.centre[1], cell.h * 0.13, mix(plate, ink, 0.4), cell.h * 0.035))
            )
    return "".join(parts)


def _size(cell: Box) -> float:
    return cell.h * 0.66


def _rooms(job: Commission, cell: Box, amount: bool) -> tuple[Box, Box]:
    """The boxes of a row's text and of its amount."""
    taken = _size(cell) * 1.36
    far = cell.w * 0.28 if amount else cell.h * 0.34
    words = Box(cell.x + taken, cell.y + cell.h * 0.06, cell.w - taken - far - cell.h * 0.1, cell.h * 0.88)
    end = Box(cell.right - far, cell.y, far, cell.h)
    if job.brief.right_to_left:
        return (Box(cell.x + far + cell.h * 0.1, words.y, words.w, words.h), Box(cell.x, cell.y, far, cell.h))
    return words, end


def _icon(job: Commission, cell: Box, place: int, name: str) -> str:
    size, tone = _size(cell), job.palette.accent(place)
    x = cell.right - size / 2 if job.brief.right_to_left else cell.x + size / 2
    y = cell.centre[1]
    plate = rect(x - size / 2, y - size / 2, size, size, job.palette.tint(place, 0.3) if name else tone, size * 0.3)
    if name:
        return plate + icons.placed(name, x, y, size * 0.66)
    return plate + glyph(_SIGNS[place % len(_SIGNS)], x, y, size * 0.2, on_fill(job, tone), size * 0.055)


def _rule(job: Commission, cell: Box, place: int, plate: str, ink: str) -> str:
    if place == 0:
        return ""
    x = cell.x if job.brief.right_to_left else cell.x + _size(cell) * 1.36
    return rect(x, cell.y, cell.w - _size(cell) * 1.36, 1.4 * job.unit, mix(plate, ink, 0.1))


def _bars(job: Commission, cell: Box, place: int, plate: str, ink: str) -> str:
    """Bars in place of texts."""
    size = _size(cell)
    y, room = cell.centre[1], cell.w - size * 1.36
    turned = job.brief.right_to_left

    def bar(left: float, top: float, wide: float, high: float, tone: str) -> str:
        x = cell.right - size * 1.36 - left - wide if turned else cell.x + size * 1.36 + left
        return rect(x, top, wide, high, tone, high / 2)

    strong, soft, thick = mix(plate, ink, 0.26), mix(plate, ink, 0.14), cell.h * 0.11
    wide = (0.42, 0.3, 0.5, 0.36)[place % 4]
    drawn = bar(0, y - thick * 1.5, room * wide, thick, strong)
    drawn += bar(0, y + thick * 0.5, room * wide * 0.64, thick * 0.8, soft)
    drawn += bar(room * 0.82, y - thick * 0.6, room * 0.18, thick * 1.1, soft)
    return _icon(job, cell, place, "") + _rule(job, cell, place, plate, ink) + drawn
