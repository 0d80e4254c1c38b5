"""An infographic: title, illustrated panel, numbered tiles, and a chain of icons at the bottom.

The more text there is, the smaller the panel; very long texts replace it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from easel_sketch import scenery
from easel_sketch.colour.mixing import mix
from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import LOW, Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle
from easel_sketch.drawing.ornament import grain_overlay, paper, shadow
from easel_sketch.parts.blank import blanks
from easel_sketch.parts.flow import flow
from easel_sketch.parts.header import header, keyword
from easel_sketch.parts.mark import lead_icon
from easel_sketch.parts.oval import Oval, arrows
from easel_sketch.parts.panel import led_by_sun, panel
from easel_sketch.parts.stack import Row, stack
from easel_sketch.parts.tag import named_icons
from easel_sketch.parts.tiles import icon_tiles, text_tiles
from easel_sketch.reading import lookup
from easel_sketch.recipes.infographic import named, points
from easel_sketch.recipes.infographic.chain import chain
from easel_sketch.recipes.infographic.donut import donut
from easel_sketch.type.typeset import Fitted

_MARGIN = 46
_GAP = 24
_COMFORTABLE_SIZE = 19
_MOST_TILES = 40


@dataclass(frozen=True, slots=True)
class _Layout:
    """One way to divide the body between the panel and the tiles."""

    share: float
    columns: int
    chain: bool


def draw(job: Commission) -> str:
    u = job.unit
    page = job.page.inset(_MARGIN * u)
    names = () if job.brief.items else named_icons(job)
    top, body = header(job, page, icons=len(names) < named.LEAST)
    if not job.brief.items and (asked := blanks(job.brief.points)):
        drawn = points.draw(job, body, len(asked))
    elif len(names) >= named.LEAST:
        drawn = named.draw(job, body, names)
    else:
        drawn = _labelled(job, body) if job.brief.items else _icons_only(job, body)
    return "".join([paper(job), top, drawn, grain_overlay(job)])


def _icons_only(job: Commission, body: Box) -> str:
    """Without labels: a large panel and tiles with icons."""
    u = job.unit
    body, foot = _with_chain(job, body)
    satellites = _satellites(job)
    extra = [job.icon(5 + i) for i in range(5)]
    side_count = 2 if job.detail == LOW else 4
    if job.aspect > 1.15:
        left, side = body.columns(0.615, _GAP * u, mirrored=job.mirrored)
        upper, lower = side.rows(0.46, _GAP * u)
    else:
        left, side = body.rows(0.6 if job.aspect < 0.9 else 0.56, _GAP * u)
        upper, lower = side.columns(0.48, _GAP * u, mirrored=job.mirrored)
    if job.index % 4 > 1:
        upper, lower = _swapped(upper, lower)
    parts = [
        panel(job, left, satellites, numbered=True),
        _cycle_card(job, upper, [_figure(job), *extra[: 4 if job.detail else 3]]),
        icon_tiles(job, lower, satellites[:side_count], _figure(job)),
        chain(job, foot),
    ]
    return "".join(parts)


def _satellites(job: Commission) -> list[str]:
    """The icons around the main one, without itself."""
    if scenery.SCENES[job.theme.scene].has_figure:
        return led_by_sun(job, list(job.icons[:5]))[:4]
    return [name for name in job.icons if name != lead_icon(job)][:4] or list(job.icons)


def _figure(job: Commission) -> str:
    """The icon that the panel shows; if its scene draws it already, another one."""
    return job.icon(4) if scenery.SCENES[job.theme.scene].has_figure else lead_icon(job)


def _swapped(first: Box, second: Box) -> tuple[Box, Box]:
    """Exchange two neighbouring boxes; each keeps its size."""
    if first.x == second.x:
        top = Box(first.x, first.y, second.w, second.h)
        return Box(first.x, second.bottom - first.h, first.w, first.h), top
    left, right = sorted((first, second), key=lambda box: box.x)
    moved = {left.x: Box(right.right - left.w, left.y, left.w, left.h), right.x: Box(left.x, right.y, right.w, right.h)}
    return moved[first.x], moved[second.x]


def _labelled(job: Commission, body: Box) -> str:
    """The most illustrated layout whose texts are comfortable to read, else the one with the largest texts."""
    names = lookup.for_labels(job.brief.items, job.icons[1:] or job.icons)
    best: Fitted | None = None
    for layout in _layouts(job):
        drawn = _body_in_layout(job, body, layout, names)
        if drawn and drawn.scale >= _COMFORTABLE_SIZE * job.unit:
            return drawn.html
        if drawn and (best is None or drawn.scale > best.scale):
            best = drawn
    if best:
        return best.html
    inks = (job.palette.ink, job.palette.text_accent())
    align = "right" if job.brief.right_to_left else "left"
    return flow(job, body, job.brief.items, inks, align=align, anchor="flex-start")


def _body_in_layout(job: Commission, body: Box, layout: _Layout, names: list[str]) -> Fitted | None:
    """The body in this layout, if its texts fit."""
    room, foot = _with_chain(job, body) if layout.chain else (body, None)
    drawing, words_box = _split_body(job, room, layout)
    numbered = len(job.brief.items) <= 4 and drawing is not None
    tiles = text_tiles(job, words_box, names, layout.columns, numbered=numbered)
    if not tiles.fits:
        return None
    parts = [tiles.html]
    if drawing:
        shown = names if numbered or all(names) else list(job.icons[1:])
        parts.insert(0, panel(job, drawing, shown[:4], numbered=numbered))
    return replace(tiles, html="".join([*parts, chain(job, foot) if foot else ""]))


def _layouts(job: Commission) -> Iterator[_Layout]:
    count = len(job.brief.items)
    if count > _MOST_TILES:
        return
    wide = job.aspect > 1.15
    if count <= 4:
        yield _Layout(0.6 if wide else 0.56, 1 if wide and count <= 4 else 2, job.detail > LOW)
    if count <= 10:
        yield _Layout(0.54 if wide else 0.46, 1 if wide and count <= 5 else 2, chain=False)
        yield _Layout(0.38 if wide else 0.32, 2, chain=False)
    most = 5 if wide else 3
    for columns in range(min(2, most), most + 1):
        yield _Layout(0, columns, chain=False)


def _split_body(job: Commission, room: Box, layout: _Layout) -> tuple[Box | None, Box]:
    if not layout.share:
        return None, room
    gap = _GAP * job.unit
    if job.aspect > 1.15:
        return room.columns(layout.share, gap, mirrored=job.mirrored)
    return room.rows(layout.share, gap)


def _with_chain(job: Commission, body: Box) -> tuple[Box, Box]:
    high = 104 * job.unit
    gap = _GAP * job.unit
    return Box(body.x, body.y, body.w, body.h - high - gap), Box(body.x, body.bottom - high, body.w, high)


def _cycle_card(job: Commission, box: Box, names: list[str]) -> str:
    """A card with the keyword and its icon, beside a cycle of icons."""
    u, palette = job.unit, job.palette
    card = box.div("", f"background:{palette.surface};border-radius:{22 * u:.1f}px;{shadow(job)}")
    inner = box.inset(26 * u, 24 * u)
    wide = inner.w > inner.h * 1.2
    share = 1 - min(inner.h, inner.w * 0.55) / inner.w if wide else 0.4
    words, ring = inner.columns(share, 0, mirrored=job.brief.right_to_left) if wide else inner.rows(share, 0)
    word = keyword(job.brief.title)
    heading, art = "", ""
    if word:
        head, words = words.rows(0.26, 10 * u)
        heading = stack(
            job, Box(head.x, head.y, head.w - 16 * u, head.h), [Row(word, job.faces.head, 1, palette.ink)], most=38
        )
    x, y, size = *words.centre, min(words.w, words.h) * 0.86
    if job.detail > LOW:
        art += circle(x, y, size * 0.5, palette.tint(1, 0.2)) + circle(x, y, size * 0.4, palette.tint(1, 0.34))
    art += icons.placed(names[0], x, y, size * 0.72)
    x, y, r = *ring.centre, min(ring.w, ring.h) / 2
    art += donut(job, x, y, r, names[1:], clockwise=not job.mirrored) + _circular_arrows(job, x, y, r * 0.25)
    return card + heading + job.page.svg(art)


def _circular_arrows(job: Commission, x: float, y: float, r: float) -> str:
    """Two arrows around a circle."""
    oval = Oval(x, y, r, r, 2, not job.mirrored)
    stops = [Box(sx, sy, 0, 0) for sx, sy in oval.spots]
    tone = mix(job.palette.ink, job.palette.surface, 0.15)
    return arrows(job, oval, stops, r * 0.17, colours=(tone,))
