"""The background of a card by its kind: paper, frame, and matching text colours."""

from math import cos, pi, sin

from easel_sketch.colour.mixing import fade, mix, readable
from easel_sketch.drawing.commission import LOW, Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, path, polygon, rect
from easel_sketch.drawing.ornament import paper, shadow
from easel_sketch.recipes.card.badge import badge, sticker
from easel_sketch.recipes.card.plain import Ground, on, plate, sheet


def ground(job: Commission) -> Ground:
    """The background for the card's kind; plain kinds alternate."""
    if job.transparent:
        return sticker(job)
    makers = {"banner": _burst, "packaging": _label, "sign": _board, "slide": sheet, "sticker": badge}
    return makers.get(job.brief.kind, sheet if job.index % 2 else plate)(job)


def _board(job: Commission) -> Ground:
    """A sign board with a rim and four screws."""
    u, palette, page = job.unit, job.palette, job.page
    face = mix(palette.ramp[1], palette.ramp[0], 0.35)
    plate = page.inset(56 * u)
    body = plate.div("", f"background:{face};border-radius:{34 * u:.1f}px;{shadow(job, 2)}")
    rim = plate.inset(16 * u).div("", f"border:{5 * u:.1f}px solid {palette.ramp[4]};border-radius:{22 * u:.1f}px;")
    nails = "".join(
        circle(x, y, 7 * u, palette.ramp[3])
        for x in (plate.x + 46 * u, plate.right - 46 * u)
        for y in (plate.y + 46 * u, plate.bottom - 46 * u)
    )
    return on(job, paper(job) + body + rim + page.svg(nails), plate.inset(70 * u), face, pale=palette.ramp[4])


def _burst(job: Commission) -> Ground:
    """Sun rays in the leading colour."""
    u, palette, page = job.unit, job.palette, job.page
    tone = mix(palette.accent(0), "#000000", 0.14)
    x, y, r = page.w / 2, page.h * 0.46, max(page.w, page.h)
    rays = [rect(0, 0, page.w, page.h, tone)]
    count = 14 if job.detail == LOW else 26
    for i in range(count):
        a, b = 2 * pi * i / count, 2 * pi * (i + 0.5) / count
        rays.append(
            polygon(
                [(x, y), (x + cos(a) * r, y + sin(a) * r), (x + cos(b) * r, y + sin(b) * r)], mix(tone, "#000000", 0.1)
            )
        )
    rays += _confetti(job)
    rim = page.inset(26 * u).div(
        "", f"border:{6 * u:.1f}px solid {readable(palette.accent(2), tone, least=2.4)};border-radius:{26 * u:.1f}px;"
    )
    return on(job, page.svg("".join(rays)) + rim, page.inset(84 * u), tone, pale="#fffaf0")


def _confetti(job: Commission) -> list[str]:
    if job.detail == LOW:
        return []
    page, rng = job.page, job.rng
    parts = []
    for i in range(34 * job.detail):
        x, y = rng.uniform(0, page.w), rng.uniform(0, page.h)
        if abs(x / page.w - 0.5) > 0.36 or abs(y / page.h - 0.5) > 0.4:
            parts.append(circle(x, y, rng.uniform(4, 13) * job.unit, job.palette.accent(1 + i % 4), 'opacity=".9"'))
    return parts


def _label(job: Commission) -> Ground:
    """An ornate label: double rules, notched corners, a coloured band."""
    u, palette, page = job.unit, job.palette, job.page
    plate = page.inset(64 * u)
    notch = 58 * u
    outer = _notched(plate, notch)
    inner, fine = _notched(plate.inset(20 * u), notch * 0.9), _notched(plate.inset(31 * u), notch * 0.85)
    art = (
        path(outer, palette.surface)
        + path(inner, "none", f'stroke="{palette.accent(0)}" stroke-width="{5 * u:.1f}"')
        + path(fine, "none", f'stroke="{palette.accent(1)}" stroke-width="{2 * u:.1f}"')
    )
    back = page.div("", f"background:{mix(palette.accent(0), palette.ink, 0.35)};") + _weave(job)
    drop = f"filter:drop-shadow(0 {10 * u:.0f}px {20 * u:.0f}px {fade('#000000', 0.35)});" if job.detail else ""
    return on(job, back + page.svg(art, drop), plate.inset(84 * u), palette.surface)


def _notched(box: Box, r: float) -> str:
    x0, y0, x1, y1 = box.x, box.y, box.right, box.bottom
    turn = f"A{r:.1f} {r:.1f} 0 0 0"
    return (
        f"M{x0 + r:.1f} {y0:.1f}H{x1 - r:.1f}{turn} {x1:.1f} {y0 + r:.1f}V{y1 - r:.1f}{turn} {x1 - r:.1f} {y1:.1f}"
        f"H{x0 + r:.1f}{turn} {x0:.1f} {y1 - r:.1f}V{y0 + r:.1f}{turn} {x0 + r:.1f} {y0:.1f}Z"
    )


def _weave(job: Commission) -> str:
    if job.detail == LOW:
        return ""
    step = 34 * job.unit
    mark = fade(job.palette.surface, 0.12)
    clear = fade(job.palette.surface, 0)
    u = job.unit
    rings = f"{clear} {9 * u:.1f}px,{mark} {10 * u:.1f}px,{mark} {11.5 * u:.1f}px,{clear} {12.5 * u:.1f}px"
    style = f"background-image:radial-gradient(circle at 50% 50%,{rings});"
    return job.page.div("", f"{style}background-size:{step:.1f}px {step:.1f}px;")
