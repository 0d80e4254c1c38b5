"""Rooms with furniture of their own: what stands and hangs in a kitchen, a library, a bar, on a stage."""

from collections.abc import Mapping
from dataclasses import replace

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.commission import LOW, Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import fall, moved, oval, path, polygon, rect, stroke, trace
from easel_sketch.drawing.shown import shown
from easel_sketch.parts.figure import ground_shadow
from easel_sketch.recipes.still_life.fittings import FITTINGS
from easel_sketch.recipes.still_life.furniture import PIECES, Piece
from easel_sketch.recipes.still_life.room_plans import PLANS, SHOWN, Room, plan_of
from easel_sketch.recipes.still_life.study import STUDY
from easel_sketch.recipes.still_life.venues import VENUES
from easel_sketch.recipes.still_life.workplaces import WORKPLACES
from easel_sketch.scenery.vector.interior import Decor, beam, floor, lamplight, wall, window
from easel_sketch.scenery.vector.stage import Stage

_ALL: dict[str, Piece] = {**PIECES, **FITTINGS, **STUDY, **VENUES, **WORKPLACES}
# Pieces that may be cut off by the edge of the page.
_LONG = frozenset(
    {"bookwall", "kitchen", "wall cupboards", "bottle shelves", "bar counter", "lab bench", "lab shelf", "gallery",
     "mirror wall", "dumbbells", "blackboard", "tool wall", "cafe counter", "office desk", "workbench", "bed",
     "bathtub"}
)  # fmt: skip
_WHITE = frozenset({"bathtub", "toilet", "fridge", "washstand", "stove"})
_WOODEN = frozenset({"school desk", "office desk", "table", "cabinet", "wardrobe", "bookshelf", "bookwall"})
_LEAST_SEEN = 0.8  # share of a piece's width that must be on the page


def room_of(
    job: Commission, stage: Stage, decor: Decor, place: str, tints: Mapping[str, str], without: frozenset[str]
) -> str:
    """The wall, the floor and the furniture of a place as SVG, which shows its name.

    `tints` are the colours of drawings that furniture shows, `without` the drawings that are left out.
    """
    if special := {"stage": _theatre, "train-car": _railway_car}.get(place):
        return shown(special(job, stage, decor), place)
    return shown(_furnished(job, stage, decor, plan_of(place, job), tints, without), place)


def is_special(place: str) -> bool:
    return place in PLANS or place in ("stage", "train-car")


def _furnished(
    job: Commission, stage: Stage, decor: Decor, room: Room, tints: Mapping[str, str], without: frozenset[str]
) -> str:
    w, h = stage.w, stage.h
    top = h * (0.74 if w > h else 0.77)
    scale = min(h * 0.5, w * 0.55) * (1.0, 1.14, 0.92, 1.06)[job.index % 4]
    room_to_move = min(1.0, max(0.0, (w / scale / 2 - 0.9) * 1.7))
    middle = w / 2 + (0.0, 0.5, -0.42, 0.24)[job.index % 4] * room_to_move * scale
    foot = top + (h - top) * 0.22
    parts = [_wall(stage, decor, top, job.index, tiled=room.tiled), floor(stage, decor, top)]
    if room.window is not None and abs(middle + room.window * scale - w / 2) < w / 2 - scale * 0.3:
        gap = _window_box(middle + room.window * scale, scale, top, w)
        view = window(stage, decor, gap, curtains=job.detail > LOW and not room.tiled)
        parts += [shown(view, "window"), beam(stage, gap, top)]
    for name, x, y in room.hung:
        parts.append(_placed(job, _tinted(decor, name, tints), name, middle + x * scale, top - y * scale, scale, w))
    for name, x in room.stands:
        if without.isdisjoint(SHOWN.get(name, ())):
            own = _tinted(decor, name, tints)
            parts.append(_placed(job, own, name, middle + x * scale, foot, scale, w, stands=True))
    parts += [_pendant(middle + x * scale, h, scale, decor) for x in room.lights]
    return "".join(parts)


def _tinted(decor: Decor, name: str, tints: Mapping[str, str]) -> Decor:
    """The colours of a piece: those of the room, or the one that the prompt gives it."""
    tint = next((tints[drawing] for drawing in SHOWN.get(name, ()) if tints.get(drawing)), "")
    if not tint:
        return decor
    own = replace(decor, main=tint, second=tint)
    return replace(own, pale=tint) if name in _WHITE else replace(own, wood=tint) if name in _WOODEN else own


def _placed(
    job: Commission, decor: Decor, name: str, x: float, foot: float, scale: float, w: float, *, stands: bool = False
) -> str:
    """A piece, unless too little of it would be on the page."""
    piece = _ALL[name]
    half = piece.wide * scale / 2
    if min(x + half, w) - max(x - half, 0) < 2 * half * (0.1 if name in _LONG else _LEAST_SEEN):
        return ""
    shadow = ground_shadow(x, foot, 2 * half, 0.16) if stands else ""
    return shadow + shown(moved(x, foot, piece.draw(scale, decor, job.rng)), *SHOWN.get(name, ()))


def _window_box(x: float, scale: float, top: float, w: float) -> Box:
    wide = scale * 0.62
    x = min(max(x, wide * 0.75), w - wide * 0.75)
    high = min(scale * 0.7, top * 0.5)
    return Box(x - wide / 2, max(top - scale * 1.4, top * 0.08), wide, high)


def _wall(stage: Stage, decor: Decor, top: float, style: int, *, tiled: bool) -> str:
    plain = wall(stage, decor, top, style)
    if not tiled or not stage.detail:
        return plain
    step, line = 56 * stage.u, mix(decor.wall, "#ffffff", 0.34 if not decor.night else 0.12)
    start = top - step * 7
    rows = "".join(rect(0, start + i * step, stage.w, 3 * stage.u, line) for i in range(8))
    columns = "".join(
        rect((i + 0.5 * (row % 2)) * step * 1.6, start + row * step, 3 * stage.u, step, line)
        for row in range(7)
        for i in range(int(stage.w / step / 1.6) + 1)
    )
    return (
        plain
        + rect(0, start, stage.w, step * 7, mix(decor.wall, "#ffffff", 0.16 if not decor.night else 0.03))
        + rows
        + columns
    )


def _pendant(x: float, h: float, scale: float, decor: Decor) -> str:
    foot, r = h * 0.15, scale * 0.13
    dome = trace(
        "M", x - r, foot, "Q", x - r * 0.9, foot - r, x, foot - r * 1.05, "Q", x + r * 0.9, foot - r, x + r, foot, "Z"
    )
    cord = stroke(trace("M", x, 0.0, "V", foot - r), decor.dark, scale * 0.008)
    return (
        lamplight(x, foot, scale * 0.42, 0.5) + cord + path(dome, decor.second) + oval(x, foot, r, r * 0.16, "#ffe9b8")
    )


def _theatre(job: Commission, stage: Stage, decor: Decor) -> str:
    """A stage with red curtains, spotlights and boards."""
    w, h = stage.w, stage.h
    cloth = ("#a3222f", "#7b2a6b", "#1f4f7a", "#8f2438")[job.index % 4]
    dark, top = mix(cloth, "#14060a", 0.55), h * 0.7
    parts = [rect(0, 0, w, top, mix(dark, "#0c0a14", 0.4))]
    count = 11
    for i in range(count):
        x = w * i / count
        parts.append(rect(x, 0, w / count * 0.62, top, mix(dark, cloth, 0.28 + 0.1 * (i % 2)), 0, 'opacity=".8"'))
    parts += [
        fall("boards", mix(decor.wood, decor.dark, 0.35), mix(decor.wood, "#ffffff", 0.06)),
        rect(0, top, w, h - top, "url(#boards)"),
    ]
    parts += [
        polygon(
            [
                (w * 0.5 + (i - 0.5) * w * 0.05, top),
                (w * 0.5 + (i + 0.5) * w * 0.05, top),
                (w * 0.5 + (i + 0.5) * w * 0.09, h),
                (w * 0.5 + (i - 0.5) * w * 0.09, h),
            ],
            decor.dark,
            f'opacity="{0.08 if i % 2 else 0.16}"',
        )
        for i in range(-11, 12)
    ]
    spots = ((0.24, 0.44), (0.76, 0.56)) if job.index % 2 == 0 else ((0.5, 0.5),)
    for at, aim in spots:
        cone = [
            (w * at - w * 0.015, 0),
            (w * at + w * 0.015, 0),
            (w * aim + w * 0.19, h * 0.9),
            (w * aim - w * 0.19, h * 0.9),
        ]
        parts.append(polygon(cone, "#fff1c4", 'opacity=".16"'))
    parts.append(oval(w * 0.5, h * 0.9, w * 0.28, h * 0.07, "#fff1c4", 'opacity=".3"'))
    for side in (-1, 1):
        edge, inner = (0.0, w * 0.2) if side < 0 else (w, w * 0.8)
        drape = trace(
            *("M", edge, 0.0, "H", inner + side * w * -0.04),
            *("Q", inner + side * w * 0.01, h * 0.5, inner + side * w * 0.07, h * 0.62),
            *("Q", inner + side * w * 0.05, h * 0.8, inner + side * w * 0.03, h * 0.84, "H", edge, "Z"),
        )
        parts.append(path(drape, cloth))
        for i in range(4):
            x = edge + (inner - edge) * (0.2 + 0.22 * i)
            parts.append(
                stroke(
                    trace("M", x, 0.0, "Q", x, h * 0.5, x + side * w * 0.03 * i * 0.5, h * 0.82),
                    dark,
                    w * 0.008,
                    'opacity=".5"',
                )
            )
        parts.append(
            rect(
                min(edge, inner + side * w * 0.07), h * 0.615, abs(inner + side * w * 0.07 - edge), h * 0.022, "#e2b54a"
            )
        )
    scallops = "".join(trace("Q", w * (i + 0.5) / 6, h * 0.2, w * (i + 1) / 6, h * 0.11) for i in range(6))
    parts.append(
        path(trace("M", 0.0, 0.0, "V", h * 0.11) + scallops + trace("V", 0.0, "Z"), mix(cloth, "#ffffff", 0.06))
    )
    parts.append(stroke(trace("M", 0.0, h * 0.11) + scallops, "#e2b54a", h * 0.01))
    return "".join(parts)


def _railway_car(job: Commission, stage: Stage, decor: Decor) -> str:
    """The inside of a railway car: windows, seats, a rack and rails to hold."""
    w, h, u = stage.w, stage.h, stage.u
    top, panel = h * 0.8, mix(decor.pale, decor.main, 0.12)
    parts = [
        rect(0, 0, w, top, panel),
        floor(stage, decor, top),
        rect(0, h * 0.56, w, top - h * 0.56, mix(decor.second, decor.pale, 0.4)),
    ]
    count = 3 if w > h else 2
    cell = w / count
    for i in range(count):
        box = Box(cell * i + cell * 0.14, h * 0.17, cell * 0.72, h * 0.33)
        parts.append(f"<g>{window(stage, decor, box, curtains=False).replace('panes', f'panes{i}')}</g>")
    parts.append(rect(0, h * 0.54, w, 8 * u, mix(panel, decor.dark, 0.2)))
    scale = min(h * 0.42, cell * 0.8)
    parts += [
        moved(cell * (i + 0.5), top + (h - top) * 0.3, WORKPLACES["seat row"].draw(scale, decor, job.rng))
        for i in range(count)
    ]
    parts.append(rect(0, h * 0.075, w, 12 * u, "#b9bec4", 6 * u))
    for i in range(count * 3):
        x = w * (i + 0.5) / (count * 3)
        parts.append(
            stroke(trace("M", x, h * 0.08, "v", h * 0.05), "#6c7480", 5 * u)
            + oval(x, h * 0.145, 13 * u, 15 * u, "none", f'stroke="#6c7480" stroke-width="{5 * u:.1f}"')
        )
    parts += [rect(cell * i - 6 * u, 0, 12 * u, top + (h - top) * 0.3, "#c4cad1", 6 * u) for i in range(1, count)]
    return "".join(parts)
