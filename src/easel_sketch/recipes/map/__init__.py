"""A fictional map: a town with a river, or an island, with a pin for each label."""

from collections.abc import Sequence

from easel_sketch.colour.mixing import mix, readable
from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import LOW, Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, path, trace
from easel_sketch.drawing.ornament import grain_overlay, shadow
from easel_sketch.parts.mark import fill_and_ink
from easel_sketch.parts.stack import Row, stack
from easel_sketch.reading import lookup
from easel_sketch.reading.roles import HEADLINE
from easel_sketch.recipes import card
from easel_sketch.recipes.map.island import island
from easel_sketch.recipes.map.terrain import Tones, antique, modern, town
from easel_sketch.type import typeset

MOST_TEXTS = 10
_ICONS = 5
_TYPE = 34


def draw(job: Commission) -> str:
    texts = job.brief.texts
    if job.brief.exceeds(MOST_TEXTS, 260):
        return card.draw(job)
    old = job.brief.variant("map") == "old"
    tones = antique() if old else modern(job)
    titled = bool(texts) and texts[0].role == HEADLINE and len(texts) != 1
    named = [text.words for text in (texts[1:] if titled else texts)]
    spots = _spots(job, len(named) or _ICONS)
    ground = island(job, tones, [spot for _, spot in spots]) if old else town(job, tones)
    parts = [job.page.svg(ground), _frame(job, tones, old=old)]
    if titled:
        parts.append(_title(job, texts[0].words, tones))
    parts += _pins(job, spots, named, tones)
    return "".join([*parts, _compass(job) if old else "", grain_overlay(job, 0.45 if old else 0.2)])


def _frame(job: Commission, tones: Tones, *, old: bool) -> str:
    """Two lines around an antique map; none around a modern one."""
    if not old:
        return ""
    u = job.unit
    outer = f"border:{7 * u:.1f}px solid {tones.ink};"
    inner = f"border:{2.5 * u:.1f}px solid {tones.ink};"
    return job.page.inset(18 * u).div("", outer) + job.page.inset(33 * u).div("", inner)


def _compass(job: Commission) -> str:
    u, page = job.unit, job.page
    x = 116 * u if job.mirrored else page.w - 116 * u
    return page.svg(icons.placed("compass", x, 122 * u, 118 * u))


def _title(job: Commission, text: str, tones: Tones) -> str:
    """A plate fitted to the title in one upper corner; the compass is in the other."""
    u, page = job.unit, job.page
    most = page.w - 290 * u
    wide = typeset.widths(job.canvas, [text], job.faces.head)[0]
    size = min(84 * u, 100 * (most - 90 * u) / max(1.0, wide))
    size = max(size, 40 * u)
    across = min(most, wide * size / 100 + 90 * u)
    high = (size * 1.2 + 44 * u) * (1 if wide * size / 100 <= most - 80 * u else 2)
    right = job.mirrored
    box = Box(page.w - 66 * u - across if right else 66 * u, 64 * u, across, high)
    edge = f"border-{'right' if right else 'left'}:{12 * u:.1f}px solid {fill_and_ink(job, 0)[0]};"
    plate = box.div("", f"background:{tones.plate};border-radius:{20 * u:.0f}px;{shadow(job)}{edge}")
    row = [Row(text, job.faces.head, 1, readable(job.palette.ink, tones.plate, least=7))]
    return plate + stack(job, box.inset(34 * u, 10 * u), row, align="center", anchor="center", most=size / u)


def _cells(job: Commission, count: int) -> list[Box]:
    """One cell of the page per pin, so that labels cannot overlap."""
    page, u = job.page, job.unit
    land = Box(60 * u, page.h * 0.22, page.w - 120 * u, page.h * 0.72)
    rows = 1 if count == 1 else 2 if count < 7 and job.aspect > 0.8 else -(-count // 2) if job.aspect <= 0.8 else 3
    shares = [count // rows + (1 if place < count % rows else 0) for place in range(rows)]
    if job.index % 2:
        shares.reverse()
    high, cells = land.h / rows, []
    for row, share in enumerate(shares):
        lean = (0.06 if row % 2 else -0.06) * land.w / max(1, share) * (1 if job.index % 2 == 0 else -1)
        line = Box(land.x, land.y + row * high, land.w, high).grid(share, 1, 0)
        cells += [Box(cell.x + lean * 0.5, cell.y, cell.w, cell.h) for cell in line]
    return cells


def _spots(job: Commission, count: int) -> list[tuple[Box, tuple[float, float]]]:
    """Each cell with the position of its pin's point."""
    cells = _cells(job, count)
    heights = ((cell.y + cell.h * (0.62 if place % 2 == 0 else 0.72)) for place, cell in enumerate(cells))
    return [(cell, (cell.centre[0], y)) for cell, y in zip(cells, heights, strict=True)]


def _pins(
    job: Commission, spots: Sequence[tuple[Box, tuple[float, float]]], named: Sequence[str], tones: Tones
) -> list[str]:
    u = job.unit
    found = lookup.for_labels(named, job.icons) if named else [job.icon(place) for place in range(len(spots))]
    first = spots[0][0]
    r = min(54 * u, first.h * 0.16, first.w * 0.2)
    drawn = []
    for place, ((cell, (x, y)), name) in enumerate(zip(spots, found, strict=True)):
        drawn.append(job.page.svg(_pin(job, x, y, r, place, name)))
        if named:
            drawn.append(_label(job, cell, x, y + 12 * u, named[place], tones))
    return drawn


def _pin(job: Commission, x: float, y: float, r: float, place: int, name: str) -> str:
    tone = fill_and_ink(job, place)[0]
    top = y - r * 1.9
    drop = trace(
        *("M", x, y, "C", x - r * 0.5, y - r * 0.9, x - r, y - r * 1.2, x - r, top),
        *("A", r, r, 0, "0", "1", x + r, top, "C", x + r, y - r * 1.2, x + r * 0.5, y - r * 0.9, x, y, "Z"),
    )
    rim = f'stroke="#ffffff" stroke-width="{r * 0.09:.1f}" stroke-linejoin="round"'
    shade = f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="{r * 0.5:.1f}" ry="{r * 0.16:.1f}" fill="#000" opacity=".25"/>'
    pin = (shade if job.detail > LOW else "") + path(drop, tone, rim) + circle(x, top, r * 0.72, "#ffffff")
    return pin + (icons.placed(name, x, top, r * 1.04) if name else circle(x, top, r * 0.34, tone))


def _label(job: Commission, cell: Box, x: float, y: float, text: str, tones: Tones) -> str:
    """A plate below the pin, fitted to its text."""
    u = job.unit
    size = _TYPE * u
    wide = typeset.widths(job.canvas, [text], job.faces.label)[0] * size / 100 + 52 * u
    most = cell.w - 18 * u
    high = (66 if wide <= most else 96) * u
    across = min(wide, most)
    left = min(max(24 * u, x - across / 2), job.page.w - across - 24 * u)
    box = Box(left, min(y, job.page.h - high - 24 * u), across, high)
    edge = f"border:{1.5 * u:.1f}px solid {mix(tones.plate, tones.ink, 0.16)};"
    plate = box.div("", f"background:{tones.plate};border-radius:{16 * u:.0f}px;{shadow(job, 0.6)}{edge}")
    row = [Row(text, job.faces.label, 1, readable(job.palette.ink, tones.plate, least=7))]
    return plate + stack(job, box.inset(20 * u, 6 * u), row, align="center", anchor="center", most=_TYPE)
