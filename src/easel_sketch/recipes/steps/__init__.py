"""Numbered steps: a list beside an illustration, or cards along a path."""

from collections.abc import Sequence
from itertools import pairwise

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.commission import LOW, Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, stroke, trace
from easel_sketch.drawing.ornament import arrow, grain_overlay, paper, shadow
from easel_sketch.parts.blank import blank, blanks
from easel_sketch.parts.common_size import common_size
from easel_sketch.parts.header import header
from easel_sketch.parts.mark import fill_and_ink, numbered
from easel_sketch.parts.panel import panel
from easel_sketch.parts.stack import Row, stack
from easel_sketch.parts.steplist import steplist
from easel_sketch.reading import lookup
from easel_sketch.recipes import infographic
from easel_sketch.recipes.steps.stairs import stairs

MOST_TEXTS = 9
_MOST_LISTED = 6
_MOST_BELOW, _SHORT = 6, 48
_COMFORTABLE_SIZE = 24
_BESIDE = 1.5  # cards wider than this have their text beside the mark


def draw(job: Commission) -> str:
    items = job.brief.items or blanks(job.brief.steps or job.brief.points)
    if len(items) < 2 or (any(items) and len(items) > MOST_TEXTS):
        return infographic.draw(job)
    top, body = header(job, job.page.inset(46 * job.unit))
    names = icons_of(job, items)
    few = len(items) <= _MOST_LISTED
    drawn = ""
    if job.index % 4 == 0 and few:
        drawn = _beside_illustration(job, body, items, names)
    elif job.index % 4 == 2 and few and job.aspect > 0.9:
        drawn = _rising(job, body, items, names)
    elif job.index % 4 == 3 and job.aspect > 0.9:
        drawn = _below_illustration(job, body, items, names)
    return "".join([paper(job), top, drawn or _along_a_path(job, body, items, names), grain_overlay(job)])


def icons_of(job: Commission, items: Sequence[str]) -> list[str]:
    """An icon for each step; none for steps without words, of which nothing is known."""
    return lookup.for_labels(items, job.icons[1:] or job.icons) if any(items) else [""] * len(items)


def _beside_illustration(job: Commission, body: Box, items: Sequence[str], names: Sequence[str]) -> str:
    """The list beside an illustration, unless its type would be too small."""
    gap = 28 * job.unit
    turned = bool(job.index // 2 % 2) != job.brief.right_to_left
    if job.aspect > 1.15:
        art, words = body.columns(0.42, gap, mirrored=turned)
    else:
        art, words = body.rows(0.36 if job.aspect < 0.9 else 0.3, gap)
    listed, size = steplist(job, words, items, names)
    comfortable = size >= _COMFORTABLE_SIZE or len(items) < 4 or not any(items)
    return panel(job, art, [], numbered=False) + listed if comfortable else ""


def _rising(job: Commission, body: Box, items: Sequence[str], names: Sequence[str]) -> str:
    """Stairs, unless their type would be too small."""
    drawn, size = stairs(job, body, items, names)
    return drawn if size >= _COMFORTABLE_SIZE or not any(items) else ""


def _below_illustration(job: Commission, body: Box, items: Sequence[str], names: Sequence[str]) -> str:
    """An illustration across the page over the path; none if there are too many steps for that."""
    if len(items) > _MOST_BELOW or max(map(len, items)) > _SHORT:
        return ""
    art, cards = body.rows(0.42 if len(items) < 5 else 0.34, 24 * job.unit)
    return panel(job, art, [], numbered=False) + _along_a_path(job, cards, items, names)


def _along_a_path(job: Commission, body: Box, items: Sequence[str], names: Sequence[str]) -> str:
    """Cards in rows. The cards of a shorter last row are wider."""
    gap = 62 * job.unit
    cells = _cells(job, body, len(items), gap)
    rooms = [_parts(job, cell)[1] for cell in cells]
    face = job.faces.label if max(map(len, items)) < 70 else job.faces.body
    rows = [[Row(text, face, 1, job.palette.ink)] for text in items]
    most = common_size(job, [pair for pair, text in zip(zip(rooms, rows, strict=True), items, strict=True) if text], 54)
    links = "".join(_link(job, before, after, gap) for before, after in pairwise(cells))
    drawn = [job.page.svg(links)]
    size = min(min(spot.w, spot.h) for spot, _ in (_parts(job, cell) for cell in cells)) * 0.86
    for place, (cell, row, name) in enumerate(zip(cells, rows, names, strict=True)):
        drawn.append(_card(job, cell, place, name, size))
        drawn.append(_words(job, cell, row, most) if items[place] else _blank(job, cell, place))
    return "".join(drawn)


def _columns(job: Commission, count: int) -> int:
    if job.aspect > 1.15:
        return count if count < 4 else min(4, -(-count // 2))
    return 2 if count > 5 or (count > 3 and job.aspect > 0.8) else 1


def _cells(job: Commission, body: Box, count: int, gap: float) -> list[Box]:
    rows = -(-count // _columns(job, count))
    high = (body.h - gap * (rows - 1)) / rows
    cells: list[Box] = []
    for row in range(rows):
        left = count - len(cells)
        here = -(-left // (rows - row))
        line = Box(body.x, body.y + row * (high + gap), body.w, high).grid(here, 1, gap)
        cells += line[::-1] if job.brief.right_to_left else line
    return cells


def _parts(job: Commission, cell: Box) -> tuple[Box, Box]:
    """The boxes of a card's mark and text."""
    if cell.w > cell.h * _BESIDE:
        inner = cell.inset(24 * job.unit, 18 * job.unit)
        share = min(0.34, inner.h / inner.w)
        return inner.columns(share, 22 * job.unit, mirrored=job.brief.right_to_left)
    return cell.inset(18 * job.unit, 28 * job.unit).rows(0.44, 12 * job.unit)


def _words(job: Commission, cell: Box, row: Sequence[Row], most: float) -> str:
    beside = cell.w > cell.h * _BESIDE
    return stack(job, _parts(job, cell)[1], row, align="left" if beside else "center", anchor="center", most=most)


def _blank(job: Commission, cell: Box, place: int) -> str:
    centred = cell.w <= cell.h * _BESIDE
    return blank(job, _parts(job, cell)[1], place, job.palette.ink, job.palette.surface, centred=centred)


def _card(job: Commission, cell: Box, place: int, name: str, size: float) -> str:
    u, palette = job.unit, job.palette
    tone = fill_and_ink(job, place)[0]
    plate = f"background:{palette.surface};border-radius:{26 * u:.1f}px;{shadow(job)}"
    spot, _ = _parts(job, cell)
    x, y = spot.centre
    art = circle(x, y, size * 0.62, palette.tint(place, 0.13)) if job.detail > LOW else ""
    return (
        cell.div("", f"{plate}border-top:{10 * u:.1f}px solid {tone};")
        + job.page.svg(art)
        + numbered(job, x, y, size, place, name)
    )


def _link(job: Commission, before: Box, after: Box, gap: float) -> str:
    """An arrow to the next card, or along the gutter to the first card of the next row."""
    u = job.unit
    tone = mix(job.palette.ink, job.palette.ground, 0.3)
    if abs(before.y - after.y) < 1:
        way = 1 if after.x > before.x else -1
        x0, x1 = (before.right, after.x) if way > 0 else (before.x, after.right)
        y = before.centre[1]
        return arrow((x0 + way * gap * 0.16, y, x1 - way * gap * 0.14, y), tone, 7 * u, 0)
    x0, x1, y = before.centre[0], after.centre[0], before.bottom + gap / 2
    tip = after.y - gap * 0.12
    if abs(x0 - x1) < 1:
        return arrow((x0, before.bottom + gap * 0.14, x1, tip), tone, 7 * u, 0)
    way, bend = (1 if x1 > x0 else -1), gap * 0.3
    shaft = trace(
        *("M", x0, before.bottom + gap * 0.12, "Q", x0, y, x0 + way * bend, y),
        *("H", x1 - way * bend, "Q", x1, y, x1, tip - gap * 0.1),
    )
    return stroke(shaft, tone, 6 * u) + arrow((x1, tip - gap * 0.14, x1, tip), tone, 6 * u, 0)
