"""The illustrated panel of a page: a scene, its main icon, and smaller ones connected with it by arrows."""

from collections.abc import Sequence

from easel_sketch import scenery
from easel_sketch.colour.mixing import mix
from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import Commission, Inset
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, glow
from easel_sketch.drawing.ornament import arrow, badge, between, disc, shadow
from easel_sketch.drawing.shown import shown
from easel_sketch.parts.mark import fill_and_ink, lead_icon
from easel_sketch.parts.tag import feeds, name_of, pointer, scene_parts, tag
from easel_sketch.parts.tiles import leads_in
from easel_sketch.reading.requests import LABELS
from easel_sketch.scenery.vector.stage import Stage, daylight

# Positions of the smaller icons as shares of the panel; the fourth is used only with labels.
_SUN = "sun"
_PLACES = ((0.15, 0.2), (0.86, 0.21), (0.86, 0.6), (0.16, 0.85))
_UNDER_THE_SUN = ((0.86, 0.21), (0.86, 0.6), (0.16, 0.85), (0.15, 0.52))
_LOWEST = 0.78
_TALL = ((0.17, 0.15), (0.83, 0.17), (0.82, 0.62), (0.18, 0.84))


def panel(job: Commission, box: Box, satellites: list[str], *, numbered: bool, figure: str = "") -> str:
    """The theme's scene in a rounded frame; or the input images, if there are any.

    With a `figure` only what feeds it is linked to it, and the smaller icons leave room for labels below them.
    """
    if job.insets:
        return input_images(job, box)
    scene = scenery.SCENES[job.theme.scene]
    stage = Stage(box.w, box.h, daylight(job.palette), job.palette.accents, job.rng, job.detail, job.palette.dark)
    radius = f"border-radius:{26 * job.unit:.1f}px;"
    drawing = scene.draw(stage)
    focus = (box.w * scene.x, box.h * scene.y)
    size = min(box.w, box.h) * scene.size
    if scene.has_figure:
        drawing = shown(drawing, _SUN)
    else:
        drawing += _spot(stage, focus, size) + icons.placed(figure or lead_icon(job), *focus, size)
    frame = box.div("", f"{radius}background:{job.palette.surface};{shadow(job)}")
    spots = _labelled_places(job, box, satellites) if figure else _places(job, box, satellites)
    feeding = feeds(job.theme.scene) if figure else satellites
    linked = [spot for spot, name in zip(spots, satellites, strict=False) if name in feeding]
    parts = [frame, box.svg(drawing + _arrows(job, box, focus, size, linked), f"{radius}overflow:hidden;")]
    parts += _satellites(job, box, spots, satellites, numbered=numbered)
    return "".join(parts)


def named_panel(job: Commission, box: Box, satellites: list[str], figure: str) -> str:
    """The panel with a label at every icon and at the parts of its scene that have names."""
    u = job.unit
    drawn = [panel(job, box, satellites, numbered=False, figure=figure)]
    if job.insets:
        return drawn[0]
    scene, plate = scenery.SCENES[job.theme.scene], _disc_size(job, box)
    lines, tags = [], []
    for place, ((x, y), name) in enumerate(zip(_labelled_places(job, box, satellites), satellites, strict=True)):
        below = plate * (0.62 if _is_sun(job, name) else 0.5) + 16 * u
        tags.append((box.x + x, box.y + y + below, name_of(job, name), fill_and_ink(job, place)[0]))
    for part, (x, y, at_x, at_y) in scene_parts(job):
        spot, at = (box.x + box.w * x, box.y + box.h * y), (box.x + box.w * at_x, box.y + box.h * at_y)
        tags.append((*at, part, job.palette.accent(0)))
        lines.append(pointer(job, at, spot, job.palette.accent(0)) if at != spot else "")
    if not scene.has_figure:
        size = min(box.w, box.h) * scene.size
        y = box.y + box.h * scene.y + size * 0.5 + 14 * u
        tags.append((box.x + box.w * scene.x, y, name_of(job, figure), job.palette.accent(0)))
    return "".join([*drawn, job.page.svg(shown("".join(lines), LABELS)), *(tag(job, *spot, box) for spot in tags)])


def input_images(job: Commission, box: Box) -> str:
    """The input images, uncropped, in justified rows that cover the most area."""
    options = (_in_rows(job, box, rows) for rows in range(1, min(4, len(job.insets)) + 1))
    return max(options, key=lambda option: option[0])[1]


def _in_rows(job: Commission, box: Box, count: int) -> tuple[float, str]:
    """The area covered by images in `count` rows, and their markup."""
    gap = 20 * job.unit
    each = -(-len(job.insets) // count)
    rows = [job.insets[i : i + each] for i in range(0, len(job.insets), each)]
    room = (box.h - gap * (len(rows) - 1)) / len(rows)
    heights = [_row_height(row, box.w, room, gap) for row in rows]
    y = box.y + (box.h - sum(heights) - gap * (len(rows) - 1)) / 2
    parts, covered = [], 0.0
    for row, h in zip(rows, heights, strict=True):
        wide = [h * inset.size.width / inset.size.height for inset in row]
        x = box.x + (box.w - sum(wide) - gap * (len(row) - 1)) / 2
        for inset, w in zip(row, wide, strict=True):
            image = f'<img src="{inset.key}" style="width:{w:.1f}px;height:{h:.1f}px" />'
            parts.append(Box(x, y, w, h).div(image, "" if job.transparent else shadow(job)))
            x, covered = x + w + gap, covered + w * h
        y += h + gap
    return covered, "".join(parts)


def _row_height(row: Sequence[Inset], w: float, room: float, gap: float) -> float:
    spread = sum(inset.size.width / inset.size.height for inset in row)
    return min(room, (w - gap * (len(row) - 1)) / spread)


def _spot(stage: Stage, focus: tuple[float, float], size: float) -> str:
    """A glow under the main icon that separates it from the scene."""
    if not stage.detail:
        return ""
    tone = mix(stage.light.bright, stage.light.halo, 0.4)
    strength = 0.2 if stage.dark else 0.85
    return glow("spot", f"{tone}@{strength}", f"{tone}@{strength * 0.55:.2f}", f"{tone}@0") + circle(
        *focus, size * 0.72, "url(#spot)"
    )


def led_by_sun(job: Commission, names: list[str]) -> list[str]:
    """Move a sun to the front of the names if the scene draws its own sun, which takes the first place."""
    if scenery.SCENES[job.theme.scene].has_figure and _SUN in job.icons:
        return [_SUN, *(name for name in names if name != _SUN)]
    return names


def _places(job: Commission, box: Box, names: list[str]) -> list[tuple[float, float]]:
    shares = _TALL if box.w < box.h * 1.15 else _PLACES
    if scenery.SCENES[job.theme.scene].has_figure and names[:1] != [_SUN]:
        shares = _UNDER_THE_SUN
    return [(box.w * x, box.h * y) for x, y in shares[: len(names)]]


def _labelled_places(job: Commission, box: Box, names: list[str]) -> list[tuple[float, float]]:
    """The places with room for a label below each."""
    return [(x, min(y, box.h * _LOWEST)) for x, y in _places(job, box, names)]


def _is_sun(job: Commission, name: str) -> bool:
    return name == _SUN and scenery.SCENES[job.theme.scene].has_figure


def _disc_size(job: Commission, box: Box) -> float:
    return min(box.w * 0.17, box.h * 0.2, 150 * job.unit)


def _arrows(
    job: Commission, box: Box, focus: tuple[float, float], size: float, spots: Sequence[tuple[float, float]]
) -> str:
    parts, plate = [], _disc_size(job, box)
    for place, spot in enumerate(spots):
        tone = fill_and_ink(job, place)[0]
        ends = between(spot, focus, plate * 0.78, size * (0.36 if job.theme.scene == "garden" else 0.54))
        bend = (0.16, -0.2, 0.2, -0.22)[place]
        x0, y0, x1, y1 = ends if leads_in(place) else (ends[2], ends[3], ends[0], ends[1])
        if abs(x1 - x0) + abs(y1 - y0) > 34 * job.unit:
            parts.append(arrow((x0, y0, x1, y1), tone, 7 * job.unit, bend, job.palette.surface))
    return "".join(parts)


def _satellites(
    job: Commission, box: Box, spots: Sequence[tuple[float, float]], names: list[str], *, numbered: bool
) -> list[str]:
    parts, plate = [], _disc_size(job, box)
    for place, ((x, y), name) in enumerate(zip(spots, names, strict=False)):
        tone = fill_and_ink(job, place)[0]
        if not name:
            parts.append(badge(job, box.x + x, box.y + y, plate * 0.84, place + 1, tone, rim=True))
            continue
        if not _is_sun(job, name):
            parts.append(disc(job, box.x + x, box.y + y, plate, name, tone))
        if numbered:
            lift = plate * (0.5 if _is_sun(job, name) else 0.38)
            parts.append(badge(job, box.x + x - lift, box.y + y - lift, plate * 0.36, place + 1, tone))
    return parts
