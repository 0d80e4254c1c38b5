"""Grids of equal tiles: with icons alone, or with number, icon and text in a common type size."""

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import LOW, Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle
from easel_sketch.drawing.ornament import arrow, badge, shadow
from easel_sketch.parts.mark import fill_and_ink
from easel_sketch.type import typeset
from easel_sketch.type.typeset import Fitted

_GAP = 20


def icon_tiles(job: Commission, box: Box, names: list[str], figure: str) -> str:
    """Numbered tiles that each show one relation of the panel: what goes into its figure and what comes out."""
    columns = 2 if len(names) > 1 else 1
    cells = box.grid(columns, -(-len(names) // columns), _GAP * job.unit)
    return "".join(
        _relation(job, cell, place, name, figure) for place, (cell, name) in enumerate(zip(cells, names, strict=False))
    )


def _relation(job: Commission, cell: Box, place: int, name: str, figure: str) -> str:
    """A tile with two icons and an arrow between them."""
    u, palette = job.unit, job.palette
    tone = fill_and_ink(job, place)[0]
    fill = mix(palette.surface, tone, 0.1 if not palette.dark else 0.16)
    plate = cell.div("", f"background:{fill};border-radius:{22 * u:.1f}px;{shadow(job, 0.7)}")
    tall = cell.h > cell.w * 0.8
    y, size = cell.h * (0.58 if tall else 0.53), min(cell.h * 0.5, cell.w * (0.28 if tall else 0.25))
    first, second = (name, figure) if leads_in(place) else (figure, name)
    spots = (cell.w * 0.25, cell.w * 0.75) if tall else (cell.w * 0.32, cell.w * 0.77)
    art = "" if job.detail == LOW else circle(spots[1], y, size * 0.68, mix(fill, tone, 0.16))
    art += icons.placed(first, spots[0], y, size) + icons.placed(second, spots[1], y, size)
    reach = size * 0.74
    art += arrow((spots[0] + reach * 0.86, y, spots[1] - reach * 1.02, y), tone, 5 * u, 0)
    dot = badge(job, cell.x + 32 * u, cell.y + 32 * u, 40 * u, place + 1, tone)
    return plate + cell.svg(art) + dot


def leads_in(place: int) -> bool:
    """Whether the arrow at this position of the panel points to the figure rather than away from it."""
    return place < 2


def text_tiles(job: Commission, box: Box, names: list[str], columns: int, *, numbered: bool) -> Fitted:
    """Tiles with texts. The result's scale is their type size in pixels."""
    u = job.unit
    texts = job.brief.items
    gap = _GAP * u if len(texts) <= 12 else 10 * u
    columns = max(1, min(columns, len(texts)))
    rows = [list(range(i, min(i + columns, len(texts)))) for i in range(0, len(texts), columns)]
    wide = (box.w - gap * (columns - 1)) / columns
    roomy = len(texts) <= 12

    def made(size: float, stretch: str = "") -> str:
        lines = []
        way = "row-reverse" if job.brief.right_to_left else "row"
        style = f"display:flex;flex-direction:{way};gap:{gap:.1f}px;width:{box.w:.1f}px;{stretch}"
        for row in rows:
            cell = (box.w - gap * (len(row) - 1)) / len(row) if len(row) < columns else wide
            tiles = "".join(_tile(job, texts[i], names[i], i, size, cell, roomy=roomy, numbered=numbered) for i in row)
            lines.append(f'<div style="{style}">{tiles}</div>')
        return "".join(lines)

    spacing = gap * (len(rows) - 1)
    # In larger type there would be no room for the icons beside the texts.
    most = min(46 * u, wide / 8.2) if roomy else 46 * u
    fitted = typeset.fit(job.canvas, made, box.w, box.h - spacing, most=most, least=7 * u)
    html = box.div(made(fitted.scale, "flex-grow:1;"), f"flex-direction:column;gap:{gap:.1f}px;")
    return Fitted(html, fitted.scale, fitted.height + spacing, fitted.fits)


def _tile(
    job: Commission, text: str, name: str, place: int, size: float, wide: float, *, roomy: bool, numbered: bool
) -> str:
    """One tile: a numbered icon if there is room, and the text."""
    u, palette = job.unit, job.palette
    tone = fill_and_ink(job, place)[0]
    pad = min(20 * u, max(8 * u, size * 0.6))
    short = len(text) <= 48
    face = job.faces.label if short else job.faces.body
    scale = size if short or not roomy else size * 0.82
    plate = scale * 2.6 if roomy else 0.0
    plate = plate if wide > plate * 3 else 0.0
    inner = wide - 2 * pad - (plate + pad * 0.8 if plate else 0) - 6 * u
    words = typeset.block(text, face, scale, palette.ink, f"width:{inner:.1f}px;")
    icon_html = _plate(job, name, plate, tone, pad, place + 1, numbered=numbered) if plate else ""
    edge = "border-right" if job.brief.right_to_left else "border-left"
    turned = "row-reverse" if job.brief.right_to_left else "row"
    style = (
        f"display:flex;flex-direction:{turned};align-items:center;width:{wide:.1f}px;flex-shrink:0;"
        f"padding:{pad:.1f}px;background:{palette.surface};border-radius:{16 * u:.1f}px;"
        f"{shadow(job, 0.7)}{edge}:{6 * u:.1f}px solid {tone};"
    )
    return f'<div style="{style}">{icon_html}{words}</div>'


def _plate(job: Commission, name: str, size: float, tone: str, gap: float, number: int, *, numbered: bool) -> str:
    side = "margin-left" if job.brief.right_to_left else "margin-right"
    style = (
        f"position:relative;display:flex;width:{size:.1f}px;height:{size:.1f}px;flex-shrink:0;border-radius:50%;"
        f"align-items:center;justify-content:center;background:{mix(job.palette.surface, tone, 0.18)};"
        f"{side}:{gap * 0.8:.1f}px;"
    )
    if not name:
        return f'<div style="{style}">{badge(job, size / 2, size / 2, size, number, tone)}</div>'
    dot = badge(job, size * 0.1, size * 0.12, size * 0.46, number, tone) if numbered else ""
    return f'<div style="{style}">{icons.svg(name, size * 0.66)}{dot}</div>'
