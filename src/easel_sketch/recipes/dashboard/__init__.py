"""A dashboard: navigation, a header, tiles and three charts. Without numbers in the prompt it shows none."""

from collections.abc import Sequence

from easel_sketch.colour.mixing import mix, readable
from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, rect
from easel_sketch.drawing.ornament import grain_overlay, shadow
from easel_sketch.drawing.shown import shown
from easel_sketch.parts.glyph import glyph
from easel_sketch.parts.mark import fill_and_ink
from easel_sketch.parts.number import bare
from easel_sketch.parts.stack import Row, stack
from easel_sketch.recipes import card
from easel_sketch.recipes.dashboard.gauge import columns, curve, donut, rings
from easel_sketch.recipes.dashboard.metric import Metric, columns_for, metrics, tiles
from easel_sketch.recipes.dashboard.navigation import navigation

MOST_TEXTS = 12
# The charts by size, the largest first, for each image.
_CHARTS = (("line", "bar", "rings"), ("bar", "line", "pie"), ("line", "pie", "bar"), ("line", "rings", "bar"))
_DRAWN_AS = {"line": "chart-increasing", "bar": "bar-chart"}


def draw(job: Commission) -> str:
    title, items = _texts(job)
    found = metrics(items)
    if len(found) > MOST_TEXTS or sum(map(len, items)) > 420:
        return card.draw(job)
    u, palette, page = job.unit, job.palette, job.page
    bar, room = navigation(job)
    room = room.inset(36 * u, 30 * u)
    parts = [page.div("", f"background:{palette.ground};"), bar]
    head, body = room.rows((88 if job.aspect > 0.9 else 104) * u / room.h, 20 * u)
    parts.append(_head(job, head, title))
    upper, boxes = _arranged(job, body, len(found) or 3)
    parts.append(tiles(job, upper, found))
    parts.append(_charts(job, boxes, found))
    return "".join([*parts, grain_overlay(job, 0.2)])


def _texts(job: Commission) -> tuple[str, tuple[str, ...]]:
    """The header's title and the texts of the tiles. The first of several plain names is a tile as well."""
    title, items = job.brief.title, job.brief.items
    if title not in job.brief.quotes or not items:
        return title, items
    figured = [any(map(str.isdigit, text)) or bare(text) for text in items]
    if any(map(str.isdigit, title)) or not any(figured):
        return "", (title, *items)
    return title, items


def _arranged(job: Commission, body: Box, count: int) -> tuple[Box, list[Box]]:
    """The box of the tiles, and those of the charts with the largest first."""
    gap = 24 * job.unit
    rows = -(-count // columns_for(job, count))
    wide = job.aspect > 1.15
    share = min(0.5, (0.26 if rows == 1 else 0.2 * rows) if job.aspect > 0.9 else 0.13 * rows + 0.06)
    style = job.index % 4
    if style == 1 and rows == 1:
        large, rest = body.rows(0.46, gap)
        middle, low = rest.rows(share / 0.54, gap)
        return middle, [large, *low.columns(0.56, gap)]
    if style == 3:
        upper, lower = body.rows(share, gap)
        small, large = lower.rows(0.38 if wide else 0.34, gap)
        return upper, [large, *small.columns(0.42, gap)]
    upper, lower = body.rows(share, gap)
    if wide and style == 2:
        left, right = lower.columns(0.34, gap)
        return upper, [right, *left.rows(0.5, gap)]
    if wide:
        left, right = lower.columns(0.62, gap, mirrored=job.brief.right_to_left)
        return upper, [left, *right.rows(0.5, gap)]
    large, low = lower.rows(0.52, gap)
    return upper, [large, *low.columns(0.5, gap)]


def _head(job: Commission, box: Box, title: str) -> str:
    """The title, or two bars; a search field and an avatar at the far end."""
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
    if not title:
        wide = 220 * u
        x = words.right - wide if turned else words.x
        art += rect(x, box.centre[1] - 24 * u, wide, 20 * u, mix(ground, ink, 0.3), 10 * u)
        art += rect(
            x if not turned else x + wide * 0.36,
            box.centre[1] + 10 * u,
            wide * 0.64,
            14 * u,
            mix(ground, ink, 0.14),
            7 * u,
        )
        return job.page.svg(art)
    row = [Row(title, job.faces.head, 1, ink)]
    return job.page.svg(art) + stack(job, words, row, anchor="center", most=62)


def plots(job: Commission) -> tuple[str, ...]:
    """The three charts, the requested one first."""
    usual = _CHARTS[job.index % 4]
    asked = job.brief.variants.get("plot", ())
    return tuple(dict.fromkeys((*asked, *usual)))[:3]


def _charts(job: Commission, boxes: Sequence[Box], found: list[Metric]) -> str:
    plate = f"background:{job.palette.surface};border-radius:{26 * job.unit:.0f}px;{shadow(job, 0.7)}"
    cards = "".join(box.div("", plate) for box in boxes)
    drawn = []
    for kind, box in zip(plots(job), boxes, strict=True):
        inner = box.inset(min(38 * job.unit, box.w * 0.1), min(34 * job.unit, box.h * 0.12))
        made = {"line": curve, "bar": columns, "pie": donut, "rings": rings}[kind](job, inner, found)
        drawn.append(shown(made, _DRAWN_AS[kind]) if kind in _DRAWN_AS else made)
    return cards + job.page.svg("".join(drawn))
