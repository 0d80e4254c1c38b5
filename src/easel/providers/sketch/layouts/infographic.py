"""A page that explains: a strong title, an illustrated panel, numbered tiles, and a chain along the foot.

Few words make the drawing large; many words make it small, and at last take its place.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from easel.providers.sketch import lookup
from easel.providers.sketch.commission import LOW, Commission
from easel.providers.sketch.geometry import Box
from easel.providers.sketch.layouts.chain import chain
from easel.providers.sketch.layouts.flow import flow
from easel.providers.sketch.layouts.header import header
from easel.providers.sketch.layouts.panel import led_by_sun, panel
from easel.providers.sketch.layouts.tiles import picture_tiles, text_tiles
from easel.providers.sketch.ornament import cycle, paper, shadow, tooth

_MARGIN = 46
_GAP = 24
_COMFORT = 19
_MOST_TILES = 40


@dataclass(frozen=True, slots=True)
class _Plan:
    """One way to share the body between drawing and words."""

    share: float
    columns: int
    chain: bool


def infographic(job: Commission) -> str:
    u = job.unit
    page = job.page.inset(_MARGIN * u)
    top, body = header(job, page)
    drawn = _worded(job, body) if job.brief.items else _pictured(job, body)
    return "".join([paper(job), top, drawn, tooth(job)])


def _pictured(job: Commission, body: Box) -> str:
    """No labels to set: the drawing takes most of the page, the tiles hold pictures."""
    u = job.unit
    body, foot = _with_chain(job, body)
    satellites = led_by_sun(job, list(job.icons[:5]))[:4]
    extra = [job.icon(4 + i) for i in range(5)]
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
        panel(job, left, satellites, numbered=True, caption=_keyword(job)),
        _cycle_card(job, upper, extra[: 5 if job.detail else 4]),
        picture_tiles(job, lower, satellites[:side_count]),
        chain(job, foot),
    ]
    return "".join(parts)


def _swapped(first: Box, second: Box) -> tuple[Box, Box]:
    """Two neighbours in each other's place, each keeping its own size."""
    if first.x == second.x:
        top = Box(first.x, first.y, second.w, second.h)
        return Box(first.x, second.bottom - first.h, first.w, first.h), top
    left, right = sorted((first, second), key=lambda box: box.x)
    moved = {left.x: Box(right.right - left.w, left.y, left.w, left.h), right.x: Box(left.x, right.y, right.w, right.h)}
    return moved[first.x], moved[second.x]


def _worded(job: Commission, body: Box) -> str:
    """Try the richest arrangement first and settle for the first whose words are comfortable to read."""
    u = job.unit
    names = lookup.for_labels(job.brief.items, job.icons[1:] or job.icons)
    for plan in _plans(job):
        room, foot = _with_chain(job, body) if plan.chain else (body, None)
        drawing, words_box = _shared(job, room, plan)
        numbered = len(job.brief.items) <= 4 and drawing is not None
        tiles = text_tiles(job, words_box, names, plan.columns, numbered=numbered)
        if tiles.fits and (tiles.scale >= _COMFORT * u or plan.share == 0):
            parts = [tiles.html]
            if drawing:
                shown = names if numbered or all(names) else list(job.icons[1:])
                parts.insert(0, panel(job, drawing, shown[:4], numbered=numbered))
            return "".join([*parts, chain(job, foot) if foot else ""])
    inks = (job.palette.ink, job.palette.text_accent())
    return flow(
        job, body, job.brief.items, inks, align="right" if job.brief.right_to_left else "left", anchor="flex-start"
    )


def _plans(job: Commission) -> Iterator[_Plan]:
    count = len(job.brief.items)
    if count > _MOST_TILES:
        return
    wide = job.aspect > 1.15
    if count <= 4:
        yield _Plan(0.6 if wide else 0.56, 1 if wide and count <= 4 else 2, job.detail > LOW)
    if count <= 10:
        yield _Plan(0.54 if wide else 0.46, 1 if wide and count <= 5 else 2, chain=False)
        yield _Plan(0.38 if wide else 0.32, 2, chain=False)
    most = 5 if wide else 3
    for columns in range(min(2, most), most + 1):
        yield _Plan(0, columns, chain=False)


def _shared(job: Commission, room: Box, plan: _Plan) -> tuple[Box | None, Box]:
    if not plan.share:
        return None, room
    gap = _GAP * job.unit
    if job.aspect > 1.15:
        return room.columns(plan.share, gap, mirrored=job.mirrored)
    return room.rows(plan.share, gap)


def _keyword(job: Commission) -> str:
    """The longest word of the title, to name the figure in the panel by."""
    parts = job.brief.title.split()
    longest = max(parts, key=len, default="")
    return longest if len(parts) > 1 and 10 <= len(longest) <= 24 else ""


def _with_chain(job: Commission, body: Box) -> tuple[Box, Box]:
    high = 104 * job.unit
    gap = _GAP * job.unit
    return Box(body.x, body.y, body.w, body.h - high - gap), Box(body.x, body.bottom - high, body.w, high)


def _cycle_card(job: Commission, box: Box, names: list[str]) -> str:
    card = box.div("", f"background:{job.palette.surface};border-radius:{22 * job.unit:.1f}px;{shadow(job)}")
    return card + box.svg(cycle(job, box.w, box.h, names, 1))
