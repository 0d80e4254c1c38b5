"""The phone: backdrop, case, status bar and tab bar."""

from easel_sketch.colour.mixing import fade, mix
from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import rect
from easel_sketch.parts.glyph import TABS, glyph
from easel_sketch.parts.pill import on_fill

SHAPE = 0.482
_EDGE = 0.032


def backdrop(job: Commission, *, dark: bool) -> str:
    """Blurred spots in the palette's colours."""
    palette, page = job.palette, job.page
    base = (
        mix(mix(palette.ramp[0], palette.accent(0), 0.12), "#05060c", 0.4)
        if dark
        else mix(palette.ground, palette.accent(0), 0.14)
    )
    spots: tuple[tuple[float, float], ...] = ((0.1, 0.14), (0.94, 0.36), (0.84, 0.94), (0.06, 0.84))
    if job.mirrored:
        spots = tuple((1 - x, y) for x, y in spots)
    layers = ",".join(
        f"radial-gradient(circle at {x * 100:.0f}% {y * 100:.0f}%,"
        f"{fade(palette.accent(place), 0.42 if dark else 0.34)},{fade(palette.accent(place), 0)} 46%)"
        for place, (x, y) in enumerate(spots)
    )
    ground = page.div("", f"background:{base};")
    return ground + (page.div("", f"background-image:{layers};") if job.detail else "")


def case(box: Box) -> str:
    """The body with side buttons and shadow."""
    w = box.w
    key = f"background:#2a2d38;border-radius:{w * 0.008:.1f}px;"
    keys = Box(box.x - w * 0.009, box.y + box.h * 0.19, w * 1.018, box.h * 0.08).div("", key)
    shade = f"box-shadow:0 {w * 0.07:.0f}px {w * 0.17:.0f}px {fade('#000000', 0.42)};"
    rim = f"background:#0c0e15;border:{w * 0.009:.1f}px solid #434857;border-radius:{w * 0.15:.1f}px;"
    return keys + box.div("", rim + shade)


def screen(box: Box, face: str) -> tuple[str, Box]:
    """The screen's markup and its box."""
    lit = box.inset(box.w * _EDGE)
    return lit.div("", f"background:{face};border-radius:{box.w * 0.118:.1f}px;"), lit


def status(job: Commission, box: Box, lit: Box, ink: str) -> str:
    """The status bar: camera cutout, reception and battery."""
    w, y = box.w, lit.y + box.w * 0.068
    parts = [rect(lit.centre[0] - w * 0.125, y - w * 0.033, w * 0.25, w * 0.066, "#05060a", w * 0.033)]
    x, bar = lit.right - w * 0.2, w * 0.011
    parts += [
        rect(x + step * bar * 1.6, y + w * 0.014 - w * 0.008 * (step + 1), bar, w * 0.008 * (step + 1), ink, bar * 0.3)
        for step in range(4)
    ]
    left = lit.right - w * 0.125
    outline = f'stroke="{fade(ink, 0.6)}" stroke-width="{w * 0.004:.1f}"'
    parts.append(rect(left, y - w * 0.016, w * 0.052, w * 0.03, "none", w * 0.008, outline))
    parts.append(rect(left + w * 0.006, y - w * 0.011, w * 0.034, w * 0.02, ink, w * 0.004))
    return job.page.svg("".join(parts))


def tabs(job: Commission, box: Box, face: str, ink: str) -> str:
    """The tab bar with icons, and the home indicator."""
    step, s = box.w / len(TABS), box.h * 0.15
    parts = [rect(box.x, box.y, box.w, 1.5 * job.unit, mix(face, ink, 0.12))]
    active, inactive = job.palette.accent(0), mix(face, ink, 0.5)
    for place, name in enumerate(TABS):
        x, y, width = box.x + step * (place + 0.5), box.y + box.h * 0.4, box.h * 0.03
        if name == "plus":
            parts.append(rect(x - s * 1.7, y - s * 1.7, s * 3.4, s * 3.4, active, s * 1.7))
            parts.append(glyph(name, x, y, s, on_fill(job, active), width * 1.2))
        else:
            parts.append(glyph(name, x, y, s, active if place == 0 else inactive, width))
    parts.append(
        rect(
            box.centre[0] - box.w * 0.18, box.bottom - box.h * 0.1, box.w * 0.36, box.h * 0.045, mix(face, ink, 0.6), 4
        )
    )
    return job.page.svg("".join(parts))
