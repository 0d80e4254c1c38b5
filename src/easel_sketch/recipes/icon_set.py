"""A set of icons in one style: duotone on plates of one shape, as many as the prompt asks for."""

import functools
from dataclasses import dataclass
from math import log, prod

from easel_sketch.colour.mixing import mix, readable
from easel_sketch.colour.tint import named_colour
from easel_sketch.colour.tone import lightness, toned
from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, oval, rect
from easel_sketch.drawing.ornament import grain_overlay, paper
from easel_sketch.drawing.shown import shown
from easel_sketch.parts.named_things import is_drawn, named_in
from easel_sketch.parts.stack import Row, stack
from easel_sketch.recipes import card

MOST_ICONS, DEFAULT_ICONS = 30, 9
_LISTED = 3  # from this number on the named things are the whole set


@dataclass(frozen=True, slots=True)
class Icon:
    """The drawing on a plate, its colour if one is asked for, and the expression that it shows."""

    name: str
    tint: str = ""
    face: str = ""

    @property
    def is_face(self) -> bool:
        """Whether it is an emoji of a face, which keeps its own colours."""
        return self.name.endswith("-face") and bool(self.face)


def draw(job: Commission) -> str:
    labels = [text.words for text in job.brief.texts]
    if len(labels) > MOST_ICONS or sum(map(len, labels)) > 600 or job.insets:
        return card.draw(job)
    chosen = icons_of(job, labels)
    count = len(chosen)
    columns = job.brief.grid[0] if job.brief.grid else _columns(count, job.aspect)
    rows = -(-count // columns)
    room = job.page.inset(job.unit * (60 if count < 16 else 40))
    gap = 0.14
    cell = min(room.w / (columns + gap * (columns - 1)), room.h / (rows * (1.24 if labels else 1) + gap * (rows - 1)))
    parts = [] if job.transparent else [paper(job)]
    for place, box in enumerate(_boxes(job, count, columns, cell, tall=1.24 if labels else 1.0, gap=gap)):
        parts.append(_tile(job, box, cell, chosen[place], labels[place] if place < len(labels) else ""))
    return "".join([*parts, grain_overlay(job, 0.25)])


def _boxes(job: Commission, count: int, columns: int, cell: float, *, tall: float, gap: float) -> list[Box]:
    """The cells of a centred grid; a shorter last row is centred as well."""
    rows = -(-count // columns)
    step, rise = cell * (1 + gap), cell * (tall + gap)
    top = job.page.centre[1] - (rows * rise - cell * gap) / 2
    boxes = []
    for place in range(count):
        row, column = divmod(place, columns)
        here = min(columns, count - row * columns)
        left = job.page.centre[0] - (here * step - cell * gap) / 2
        column = here - 1 - column if job.brief.right_to_left else column
        boxes.append(Box(left + column * step, top + row * rise, cell, cell * tall))
    return boxes


def _columns(count: int, aspect: float) -> int:
    """The number of columns that suits the page's aspect ratio with the fewest gaps."""

    def worth(columns: int) -> float:
        rows = -(-count // columns)
        return (
            abs(log(columns / rows / aspect)) + 0.25 * (count % columns > 0) + 0.2 * (0 < count % columns < columns / 2)
        )

    return min(range(1, count + 1), key=worth)


def icons_of(job: Commission, labels: list[str]) -> list[Icon]:
    """The icon of every named thing, without a name for a label that has none; filled up from the theme."""
    if labels:
        return [Icon(next((item.name for item in named_in(label)), "")) for label in labels]
    named = [
        Icon(one.drawing, named_colour(one.colour), one.face) for one in job.brief.subjects if is_drawn(one.drawing)
    ]
    asked = prod(job.brief.grid) if job.brief.grid else job.brief.count
    count = min(MOST_ICONS, asked or (len(named) if len(named) >= _LISTED else max(DEFAULT_ICONS, len(named))))
    listed = {icon.name for icon in named}
    spare = [Icon(name) for name in dict.fromkeys((*job.theme.icons, *job.icons)) if name not in listed]
    return [*dict.fromkeys(named), *spare][:count]


@functools.cache
def _ramp(first: str, second: str, dark: bool) -> tuple[str, ...]:
    """A ramp between two colours: shadows in the first, highlights near white on a dark plate."""
    deep = toned(first, min(lightness(first), 0.36), 1.1)
    middle = toned(second, min(0.72, max(0.58, lightness(second))), 1.05)
    lights = (
        (mix(middle, "#ffffff", 0.55), "#fffdf8")
        if dark
        else (mix(middle, "#ffffff", 0.3), mix(middle, "#ffffff", 0.62))
    )
    return (deep, mix(deep, middle, 0.55), middle, *lights)


def _tile(job: Commission, box: Box, cell: float, icon: Icon, label: str) -> str:
    palette = job.palette
    style = job.index % 4
    lead, second = palette.accent(0), palette.accent(1)
    x, y = box.x + cell / 2, box.y + cell / 2
    fill = (
        mix(palette.surface, second, 0.22) if not palette.dark else mix(palette.surface, second, 0.3),
        toned(lead, 0.46),
        mix("#ffffff", lead, 0.16),
        toned(second, 0.86),
    )[style]
    if style in (0, 1):
        plate = rect(box.x, box.y, cell, cell, fill, cell * 0.24)
    elif style == 2:
        plate = circle(x, y, cell / 2, fill)
    else:
        plate = rect(box.x, box.y, cell, cell, fill, cell * 0.08)
    if job.detail:
        plate += rect(
            box.x + cell * 0.02,
            box.y + cell * 0.02,
            cell * 0.96,
            cell * 0.96,
            "none",
            cell * 0.22 if style < 2 else cell * 0.48 if style == 2 else cell * 0.07,
            f'stroke="{mix(fill, "#ffffff", 0.4)}" stroke-width="{cell * 0.012:.1f}"',
        )
        plate += oval(x, y + cell * 0.32, cell * 0.24, cell * 0.028, palette.ramp[0], 'opacity=".14"')
    if not icon.name:
        initial = stack(
            job,
            Box(box.x, box.y, cell, cell),
            [Row(label[:1], job.faces.head, 1, readable(lead, fill, least=4.6))],
            align="center",
            anchor="center",
            most=cell / job.unit * 0.5,
        )
        return job.page.svg(plate) + _labelled(job, box, cell, label) + initial
    own = icon.is_face or icon.tint
    ramp = None if own else _ramp(lead, second, style == 1 or palette.dark)
    drawn = icons.placed(icon.name, x, y - cell * 0.01, cell * (0.74 if icon.is_face else 0.62), ramp, tint=icon.tint)
    drawn = plate + (shown(drawn, icon.face) if icon.is_face else drawn)
    return job.page.svg(drawn) + (_labelled(job, box, cell, label) if label else "")


def _labelled(job: Commission, box: Box, cell: float, label: str) -> str:
    palette = job.palette
    ground = "#ffffff" if job.transparent else palette.ground
    ink = readable(palette.ink, ground, least=7)
    words = Box(box.x - cell * 0.06, box.y + cell * 1.03, cell * 1.12, cell * 0.21)
    return stack(job, words, [Row(label, job.faces.label, 1, ink)], align="center", anchor="center", most=32)
