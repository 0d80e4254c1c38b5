"""Round and die-cut cards: a badge on paper, and stickers on a transparent background."""

from math import cos, pi, sin

from easel_sketch.colour.mixing import fade, mix
from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, polygon, ring
from easel_sketch.drawing.ornament import paper, shadow
from easel_sketch.recipes.card.plain import Ground, on

_PETALS = (24, 18, 30, 36)
_MOST_LETTERS = 80


def badge(job: Commission) -> Ground:
    """A round badge on plain paper."""
    return _round(job, paper(job))


def sticker(job: Commission) -> Ground:
    """A die-cut shape with a white edge, which separates it from any background."""
    long = len(job.brief.title) + sum(map(len, job.brief.items)) > _MOST_LETTERS
    return _cut_card(job) if long or job.insets else _round(job, "")


def _cut_card(job: Commission) -> Ground:
    u, palette = job.unit, job.palette
    plate = job.page.inset(50 * u)
    edge = plate.div("", f"background:#ffffff;border-radius:{70 * u:.1f}px;{shadow(job, 1.2)}")
    body = plate.inset(18 * u)
    rim = f"border-radius:{54 * u:.1f}px;border:{5 * u:.1f}px solid {palette.accent(0)};"
    return on(job, edge + body.div("", f"background:{palette.ground};{rim}"), body.inset(56 * u), palette.ground)


def _round(job: Commission, back: str) -> Ground:
    u, palette, page = job.unit, job.palette, job.page
    x, y = page.centre
    r = min(page.w, page.h) * 0.455
    petals = _PETALS[job.index % len(_PETALS)]
    tone = mix(palette.accent(0), palette.ground, 0.1 if palette.dark else 0.0)
    face = mix(palette.surface, palette.accent(1), 0.12)
    art = [
        _scallop(x, y, r, petals, "#ffffff"),
        _scallop(x, y, r * 0.955, petals, tone),
        circle(x, y, r * 0.87, face),
        ring(x, y, r * 0.835, tone, 3.5 * u),
    ]
    if job.detail:
        beads = f'stroke-dasharray="1 {9 * u:.0f}" stroke-linecap="round"'
        art.append(ring(x, y, r * 0.805, palette.accent(1), 2 * u, beads))
    drop = f"filter:drop-shadow(0 {5 * u:.0f}px {9 * u:.0f}px {fade('#000000', 0.3)});" if job.detail else ""
    w, h = r * 1.12, r * 1.24
    return on(job, back + page.svg("".join(art), drop), Box(x - w / 2, y - h / 2, w, h), face, rounded=True)


def _scallop(x: float, y: float, r: float, petals: int, fill: str) -> str:
    """A circle with a scalloped edge."""
    points = []
    for i in range(petals * 8):
        at = 2 * pi * i / (petals * 8)
        reach = r * (0.982 + 0.018 * cos(at * petals))
        points.append((x + cos(at) * reach, y + sin(at) * reach))
    return polygon(points, fill)
