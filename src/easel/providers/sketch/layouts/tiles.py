"""Rows of equal tiles: with pictures alone, or with a number, a picture and words that all share one size."""

from easel.providers.sketch import icons, typeset
from easel.providers.sketch.colour import mix
from easel.providers.sketch.commission import LOW, Commission
from easel.providers.sketch.geometry import Box
from easel.providers.sketch.ink import circle
from easel.providers.sketch.ornament import badge, shadow
from easel.providers.sketch.typeset import Fitted

_GAP = 20


def picture_tiles(job: Commission, box: Box, names: list[str]) -> str:
    """Numbered tiles with nothing but an icon each, matching the numbers in the panel."""
    u = job.unit
    columns = 2 if len(names) > 1 else 1
    parts = []
    for place, (cell, name) in enumerate(
        zip(box.grid(columns, -(-len(names) // columns), _GAP * u), names, strict=False)
    ):
        tone = job.palette.accent(place)
        fill = mix(job.palette.surface, tone, 0.13 if not job.palette.dark else 0.2)
        parts.append(cell.div("", f"background:{fill};border-radius:{22 * u:.1f}px;{shadow(job, 0.7)}"))
        size = min(cell.w * 0.5, cell.h * 0.62)
        x, y = cell.w / 2, cell.h / 2
        drawing = circle(x, y, size * 0.7, mix(fill, job.palette.surface, 0.7)) if job.detail else ""
        parts.append(cell.svg(drawing + icons.placed(name, x, y, size)))
        inset = 38 * u
        parts.append(badge(job, cell.x + inset, cell.y + inset, 46 * u, place + 1, tone))
    return "".join(parts)


def text_tiles(job: Commission, box: Box, names: list[str], columns: int, *, numbered: bool) -> Fitted:
    """Tiles with words. The scale of the result is their type size in pixels."""
    u = job.unit
    texts = job.brief.items
    gap = _GAP * u if len(texts) <= 12 else 10 * u
    columns = max(1, min(columns, len(texts)))
    rows = [list(range(i, min(i + columns, len(texts)))) for i in range(0, len(texts), columns)]
    wide = (box.w - gap * (columns - 1)) / columns
    roomy = len(texts) <= 12

    def made(size: float, stretch: str = "") -> str:
        lines = []
        style = f"display:flex;flex-direction:row;gap:{gap:.1f}px;width:{box.w:.1f}px;{stretch}"
        for row in rows:
            cell = (box.w - gap * (len(row) - 1)) / len(row) if len(row) < columns else wide
            tiles = "".join(_tile(job, texts[i], names[i], i, size, cell, roomy=roomy, numbered=numbered) for i in row)
            lines.append(f'<div style="{style}">{tiles}</div>')
        return "".join(lines)

    spacing = gap * (len(rows) - 1)
    # Beyond this size the pictures beside the words would have to go.
    most = min(46 * u, wide / 7.4) if roomy else 46 * u
    fitted = typeset.fit(job.canvas, made, box.w, box.h - spacing, most=most, least=7 * u)
    html = box.div(made(fitted.scale, "flex-grow:1;"), f"flex-direction:column;gap:{gap:.1f}px;")
    return Fitted(html, fitted.scale, fitted.height + spacing, fitted.fits)


def _tile(
    job: Commission, text: str, name: str, place: int, size: float, wide: float, *, roomy: bool, numbered: bool
) -> str:
    """One tile: a number on its corner of the row, an icon when there is room, the words."""
    u, palette = job.unit, job.palette
    tone = palette.accent(place)
    pad = min(20 * u, max(8 * u, size * 0.6))
    short = len(text) <= 48
    face = job.voice.label if short else job.voice.body
    scale = size if short or not roomy else size * 0.82
    plate = scale * 2.15 if roomy and job.detail >= LOW else 0.0
    plate = plate if wide > plate * 3.4 else 0.0
    inner = wide - 2 * pad - (plate + pad * 0.8 if plate else 0) - 6 * u
    words = typeset.block(text, face, scale, palette.ink, f"width:{inner:.1f}px;")
    picture = _plate(job, name, plate, tone, pad, place + 1, numbered=numbered) if plate else ""
    edge = "border-right" if job.brief.right_to_left else "border-left"
    turned = "row-reverse" if job.brief.right_to_left else "row"
    style = (
        f"display:flex;flex-direction:{turned};align-items:center;width:{wide:.1f}px;flex-shrink:0;"
        f"padding:{pad:.1f}px;background:{palette.surface};border-radius:{16 * u:.1f}px;"
        f"{shadow(job, 0.7)}{edge}:{6 * u:.1f}px solid {tone};"
    )
    return f'<div style="{style}">{picture}{words}</div>'


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
