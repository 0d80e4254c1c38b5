"""An infographic whose every part carries its name: a panel beside cards, or a ring of parts around the subject.

Nothing leads from one part to another: the prompt does not say how they are related.
"""

from collections.abc import Sequence

from easel_sketch import scenery
from easel_sketch.colour.mixing import mix
from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import LOW, Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, ring, stroke, trace
from easel_sketch.drawing.ornament import disc, shadow
from easel_sketch.drawing.shown import shown
from easel_sketch.parts.common_size import common_size
from easel_sketch.parts.mark import fill_and_ink
from easel_sketch.parts.oval import Oval
from easel_sketch.parts.panel import led_by_sun, named_panel
from easel_sketch.parts.stack import Row, stack
from easel_sketch.parts.tag import figure_of, name_of, scene_parts, tag
from easel_sketch.reading.requests import LABELS

LEAST = 4  # fewer parts with names give no layout
_GAP = 24
_MOST_CARDS = 4
_TYPE = 34


def draw(job: Commission, body: Box, names: Sequence[str]) -> str:
    """Every second variation is a ring; the third has its panel at the other side, or below the cards."""
    if job.index % 2 or (job.aspect < 0.8 and job.index % 4 == 2):
        return around(job, body, names)
    in_scene = {part for part, _ in scene_parts(job)}
    figured = scenery.SCENES[job.theme.scene].has_figure
    figure = figure_of(job, names)
    others = [name for name in names if name != figure and name_of(job, name) not in in_scene]
    near = led_by_sun(job, others)[: 3 if figured else 4]
    cards = [name for name in others if name not in near][:_MOST_CARDS]
    if not cards:
        return named_panel(job, body, near, figure)
    gap, turned = _GAP * job.unit, job.index % 4 == 2
    if job.aspect > 1.15:
        art, side = body.columns(0.66, gap, mirrored=turned != job.brief.right_to_left)
    else:
        side, art = body.rows(0.3, gap)
    return named_panel(job, art, near, figure) + "".join(_cards(job, side, cards))


def _cards(job: Commission, box: Box, names: Sequence[str]) -> list[str]:
    """An icon on each card, over its name."""
    u, palette = job.unit, job.palette
    columns = min(2, len(names)) if box.h > box.w else len(names)
    cells = box.grid(columns, -(-len(names) // columns), _GAP * u)[: len(names)]
    rooms = [Box(cell.x + 10 * u, cell.y + cell.h * 0.73, cell.w - 20 * u, cell.h * 0.22) for cell in cells]
    rows = [[Row(name_of(job, name), job.faces.label, 1, palette.ink)] for name in names]
    most = common_size(job, zip(rooms, rows, strict=True), _TYPE)
    drawn = []
    for place, (cell, name) in enumerate(zip(cells, names, strict=True)):
        tone = fill_and_ink(job, place)[0]
        fill = mix(palette.surface, tone, 0.16 if palette.dark else 0.1)
        x, y, size = cell.centre[0], cell.y + cell.h * 0.4, min(cell.h * 0.5, cell.w * 0.6)
        art = circle(x, y, size * 0.64, mix(fill, tone, 0.18)) if job.detail > LOW else ""
        drawn.append(cell.div("", f"background:{fill};border-radius:{22 * u:.1f}px;{shadow(job, 0.7)}"))
        drawn.append(job.page.svg(shown(art + icons.placed(name, x, y, size), LABELS)))
        drawn.append(stack(job, rooms[place], rows[place], align="center", anchor="center", most=most))
    return drawn


def around(job: Commission, body: Box, names: Sequence[str]) -> str:
    """The subject in the middle of its parts."""
    u, lead = job.unit, figure_of(job, names)
    parts = [name for name in names if name != lead][: 6 if job.index % 4 == 3 else 5]
    count = len(parts)
    plate = min(min(body.w, body.h) * 0.26, 210 * u)
    label = 44 * u
    room = Box(body.x, body.y, body.w, body.h - label)
    rx, ry = min((room.w - plate * 1.4) / 2, (room.h - plate) * 1.05), (room.h - plate) / 2
    oval = Oval(*room.centre, rx, ry, count, clockwise=not job.mirrored, start=0.5 if job.index % 4 == 3 else 0)
    x, y, r = oval.x, oval.y, min(rx, ry) - plate * 0.5 - 46 * u
    tones = [fill_and_ink(job, place)[0] for place in range(count)]
    line = mix(job.palette.ground, job.palette.ink, 0.22)
    art = "".join(stroke(trace("M", x, y, "L", sx, sy), line, 4 * u) for sx, sy in oval.spots)
    art += circle(x, y, r, job.palette.surface) + circle(x, y, r * 0.95, job.palette.tint(0, 0.16))
    art += ring(x, y, r, tones[0], 5 * u) + icons.placed(lead, x, y - r * 0.1, r * 1.2)
    drawn = [job.page.svg(shown(art, LABELS)), tag(job, x, y + r * 0.76, name_of(job, lead), tones[0], body)]
    for tone, (sx, sy), name in zip(tones, oval.spots, parts, strict=True):
        drawn.append(disc(job, sx, sy, plate, name, tone))
        drawn.append(tag(job, sx, sy + plate * 0.5 + 20 * u, name_of(job, name), tone, body))
    return "".join(drawn)
