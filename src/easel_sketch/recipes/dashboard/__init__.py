"""A dashboard: an icon bar, tiles, a large curve, bars and rings. Without numbers in the prompt it shows none."""

from easel_sketch.colour.mixing import mix, readable
from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, rect
from easel_sketch.drawing.ornament import grain_overlay, shadow
from easel_sketch.parts.glyph import glyph
from easel_sketch.parts.mark import fill_and_ink, lead_icon
from easel_sketch.parts.pill import on_fill
from easel_sketch.parts.stack import Row, stack
from easel_sketch.recipes import card
from easel_sketch.recipes.dashboard.gauge import columns, curve, rings
from easel_sketch.recipes.dashboard.metric import Metric, columns_for, metrics, tiles

MOST_TEXTS = 12
_RAIL = ("squares", "mark", "sheet", "person", "bell")


def draw(job: Commission) -> str:
    shown = metrics(job.brief.items)
    if len(shown) > MOST_TEXTS or sum(map(len, job.brief.items)) > 420:
        return card.draw(job)
    u, palette, page = job.unit, job.palette, job.page
    wide = job.aspect > 0.9
    turned = job.mirrored
    rail = (
        Box(page.w - 96 * u if turned else 0, 0, 96 * u, page.h) if wide else Box(0, page.h - 104 * u, page.w, 104 * u)
    )
    room = Box(0 if turned or not wide else rail.w, 0, page.w - rail.w if wide else page.w, page.h if wide else rail.y)
    room = room.inset(36 * u, 32 * u)
    parts = [page.div("", f"background:{palette.ground};"), _rail(job, rail)]
    head, body = room.rows((92 if wide else 104) * u / room.h, 20 * u)
    parts.append(_head(job, head))
    rows = -(-(len(shown) or 3) // columns_for(job, len(shown) or 3))
    share = min(0.5, (0.28 if rows == 1 else 0.2 * rows) if wide else 0.13 * rows + 0.06)
    upper, lower = body.rows(share, 24 * u)
    parts.append(tiles(job, upper, shown))
    parts.append(_charts(job, lower, shown, beside=job.aspect > 1.15))
    return "".join([*parts, grain_overlay(job, 0.2)])


def _head(job: Commission, box: Box) -> str:
    """The title; a search field and an avatar at the far end."""
    u, palette, turned = job.unit, job.palette, job.brief.right_to_left
    ground = palette.ground
    ink = readable(palette.ink, ground, least=7)
    r = box.h * 0.34
    far = box.x + r if turned else box.right - r
    tools = 330 * u if job.aspect > 1.15 else r * 2 + 20 * u
    art = circle(far, box.centre[1], r, fill_and_ink(job, 1)[0]) + glyph(
        "person", far, box.centre[1], r * 0.42, fill_and_ink(job, 1)[1], r * 0.11
    )
    if job.aspect > 1.15:
        high = r * 1.7
        x = box.x + 2 * r + 24 * u if turned else box.right - 2 * r - 24 * u - 210 * u
        y = box.centre[1]
        edge = f'stroke="{palette.line}" stroke-width="{2 * u:.1f}"'
        art += rect(x, y - high / 2, 210 * u, high, palette.surface, high / 2, edge)
        art += glyph("glass", x + 34 * u, y, 12 * u, mix(palette.surface, ink, 0.5), 3 * u)
    words = Box(box.x + (tools if turned else 0), box.y, box.w - tools, box.h)
    row = [Row(job.brief.title, job.faces.head, 1, ink)] if job.brief.title else []
    return job.page.svg(art) + (stack(job, words, row, anchor="center", most=62) if row else "")


def _rail(job: Commission, box: Box) -> str:
    """The icon bar: the subject's icon and navigation icons, the first one active."""
    u, palette = job.unit, job.palette
    upright = box.h > box.w
    face = mix(palette.surface, palette.accent(0), 0.08)
    tone = palette.accent(0)
    middle = box.centre[0] if upright else box.centre[1]
    step = 88 * u if upright else box.w / (len(_RAIL) + 1)
    spots = [
        (middle, (72 + 100 * (i > 0)) * u + max(0, i - 1) * step) if upright else (step * (i + 0.5), middle)
        for i in range(len(_RAIL) + 1)
    ]
    x, y = spots[0]
    art = rect(x - 32 * u, y - 32 * u, 64 * u, 64 * u, palette.tint(0, 0.3), 18 * u) + icons.placed(
        lead_icon(job), x, y, 44 * u
    )
    quiet = mix(face, palette.ink, 0.55)
    for place, (name, (x, y)) in enumerate(zip(_RAIL, spots[1:], strict=True)):
        if place == 0:
            art += rect(x - 30 * u, y - 30 * u, 60 * u, 60 * u, tone, 18 * u)
        art += glyph(name, x, y, 13 * u, on_fill(job, tone) if place == 0 else quiet, 3.4 * u)
    return box.div("", f"background:{face};") + job.page.svg(art)


def _charts(job: Commission, box: Box, shown: list[Metric], *, beside: bool) -> str:
    u = job.unit
    gap = 24 * u
    if beside:
        left, right = box.columns(0.62, gap, mirrored=job.mirrored)
        right, last = right.rows(0.5, gap)
    else:
        left, low = box.rows(0.52, gap)
        right, last = low.columns(0.5, gap, mirrored=job.mirrored)
    if job.index // 2 % 2:
        right, last = last, right
    plate = f"background:{job.palette.surface};border-radius:{26 * u:.0f}px;{shadow(job, 0.7)}"
    cards = "".join(metric.div("", plate) for metric in (left, right, last))
    drawn = (
        curve(job, left.inset(40 * u, 38 * u)),
        columns(job, right.inset(32 * u), shown),
        rings(job, last.inset(28 * u), shown),
    )
    return cards + job.page.svg("".join(drawn))
