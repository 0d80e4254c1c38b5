"""A furnished room: furniture in a row, a window where the wall is free, lamp and rug."""

from collections.abc import Mapping
from dataclasses import dataclass

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.commission import LOW, Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, moved, oval, path, rect, ring, stroke, trace
from easel_sketch.drawing.shown import shown
from easel_sketch.parts.figure import ground_shadow
from easel_sketch.parts.icon_extent import on_ground
from easel_sketch.parts.named_things import Thing
from easel_sketch.recipes.still_life.furniture import PIECES
from easel_sketch.recipes.still_life.tableware import WARES
from easel_sketch.scenery.vector.interior import Decor, beam, floor, lamplight, wall, window
from easel_sketch.scenery.vector.stage import Stage

_FILLING = ("plant", "lamp", "bookshelf", "table")
_LEADS = {"bedroom": "bed", "kitchen": "kitchen", "desk": "desk"}
_ROOM_OF = {piece: room for room, piece in _LEADS.items()}
_ROOMS = ("room", "living-room", "bedroom", "kitchen", "office")
_SURFACES = {"table": 0.4, "low table": 0.4, "desk": 0.6, "kitchen": 0.68, "fireplace": 0.92}
_DRAWN = frozenset(
    (
        "window",
        "potted-plant",
        "couch-and-lamp",
        "bed",
        "chair",
        "diya-lamp",
        "light-bulb",
        "door",
        "house",
        "television",
    )
)


@dataclass(frozen=True, slots=True)
class _Row:
    """The pieces with their horizontal centres, scale and foot, and the edge between wall and floor."""

    spots: list[tuple[str, float]]
    scale: float
    foot: float
    top: float


def furnished_room(
    job: Commission, stage: Stage, decor: Decor, pieces: tuple[str, ...], small: list[Thing],
    named: Mapping[str, tuple[str, ...]],
    *,
    lead: bool = True,
) -> str:  # fmt: skip
    """The room without inhabitants as SVG. `named` are the drawings that the prompt's words for a piece stand for."""
    w, h = stage.w, stage.h
    row = _positioned(job, stage, _row(job, pieces, lead=lead))
    gap = _free(row, w, h)
    parts = [wall(stage, decor, row.top, job.index), floor(stage, decor, row.top)]
    parts.append(shown(window(stage, decor, gap, curtains=job.detail > LOW), "window", *named.get("window", ())))
    parts += [beam(stage, gap, row.top), shown(_pictures(job, decor, gap, row), *named.get("picture", ()))]
    parts.append(_pendant(job, decor, gap))
    rug = _rug(stage, decor, w / 2, row.foot + (h - row.foot) * 0.34, min(w * 0.42, row.scale * 1.1))
    parts.append(shown(rug, *named.get("rug", ())))
    for name, x in row.spots:
        lift = row.foot + (row.scale * 0.04 if PIECES[name].leads else 0.0)
        parts.append(ground_shadow(x, lift, PIECES[name].wide * row.scale, 0.18))
        drawn = moved(x, lift, PIECES[name].draw(row.scale, decor, job.rng))
        parts.append(shown(drawn, *named.get(name, ()), *named.get(_ROOM_OF.get(name, ""), ())))
    place = (job.brief.place,) if job.brief.place in _ROOMS else ()
    return shown("".join([*parts, _on_top(job, decor, pieces, small, row, named)]), *place)


def _positioned(job: Commission, stage: Stage, names: list[str]) -> _Row:
    top = stage.h * (0.74 if stage.w > stage.h else 0.76 if stage.w == stage.h else 0.79)
    spread = sum(PIECES[name].wide for name in names) + 0.05 * (len(names) - 1)
    scale = min(stage.h * 0.5, stage.w * 1.02 / spread, 620 * job.unit)
    return _Row(_spots(names, stage.w / 2, scale), scale, top + (stage.h - top) * 0.3, top)


def _row(job: Commission, names: tuple[str, ...], *, lead: bool) -> list[str]:
    """The pieces on the floor, the main one in the middle."""
    named = [_LEADS.get(name, name) for name in names]
    pieces = list(dict.fromkeys(name for name in named if name in PIECES))
    leads = [name for name in pieces if PIECES[name].leads] or ([("sofa", "armchair")[job.index % 2]] if lead else [])
    others = [name for name in pieces if not PIECES[name].leads]
    room = 3 if job.aspect > 1.15 else 2 if job.aspect > 0.9 else 1
    room = 0 if "minimal" in job.brief.style else room
    for name in (*_FILLING[job.index % 2 :], *_FILLING):
        if len(others) < room and name not in others and not (name == "table" and "desk" in leads):
            others.append(name)
    row = leads[:2]
    for place, name in enumerate(others[: max(3, room + 2)]):
        row = [*row, name] if (place % 2 == 0) != job.mirrored else [name, *row]
    return row


def _spots(names: list[str], middle: float, scale: float) -> list[tuple[str, float]]:
    wides = [PIECES[name].wide * scale for name in names]
    gap = 0.05 * scale
    x = middle - (sum(wides) + gap * (len(wides) - 1)) / 2
    spots = []
    for name, wide in zip(names, wides, strict=True):
        spots.append((name, x + wide / 2))
        x += wide + gap
    return spots


def _free(row: _Row, w: float, h: float) -> Box:
    """The window's box: above the widest range of low furniture."""
    lead, x = max(row.spots, key=lambda spot: PIECES[spot[0]].wide - PIECES[spot[0]].high * 0.4)
    clear = row.top - PIECES[lead].high * row.scale
    wide = min(w * (0.3 if w >= h else 0.46), max(row.scale * 0.74, w * 0.24))
    high = max(min(clear - h * 0.2, wide * 1.3), h * 0.22)
    y = max(h * 0.12, (clear - high) * 0.5) if w >= h else max(h * 0.12, clear - high - h * 0.13)
    return Box(min(max(x - wide / 2, w * 0.1), w * 0.9 - wide), y, wide, high)


def _pictures(job: Commission, decor: Decor, gap: Box, row: _Row) -> str:
    """Framed pictures on the free wall beside the window."""
    parts, u = [], job.unit
    for place, (name, x) in enumerate(row.spots):
        tall = PIECES[name].high * row.scale
        free = row.top - tall - 90 * u
        crowded = PIECES[name].leads and len(row.spots) > 4
        if abs(x - gap.centre[0]) < gap.w * 0.9 or free < 190 * u or crowded:
            continue
        size = min(190 * u, free * 0.6, PIECES[name].wide * row.scale * 0.8)
        y = max(70 * u, (row.top - tall) * 0.5 - size / 2)
        x = min(max(x, size * 0.6), job.page.w - size * 0.6)
        parts.append(_picture(decor, Box(x - size * 0.4, y, size * 0.8, size), place + job.index))
    return "".join(parts)


def _pendant(job: Commission, decor: Decor, gap: Box) -> str:
    """A ceiling lamp in a high room."""
    if job.aspect > 0.9:
        return ""
    u, x = job.unit, job.page.w * (0.2 if gap.centre[0] > job.page.w / 2 else 0.8)
    foot = job.page.h * 0.2
    dome = trace(
        "M", x - 92 * u, foot, "Q", x - 84 * u, foot - 92 * u, x, foot - 96 * u, "Q", x + 84 * u, foot - 92 * u
    )
    dome += " " + trace(x + 92 * u, foot, "Z")
    cord = stroke(trace("M", x, 0.0, "V", foot - 92 * u), decor.dark, 4 * u)
    glow_ = lamplight(x, foot, 300 * u, 0.55 if decor.night else 0.35)
    return glow_ + cord + path(dome, decor.second) + oval(x, foot, 92 * u, 13 * u, mix("#ffe9b8", decor.second, 0.15))


def _picture(decor: Decor, box: Box, style: int) -> str:
    frame = rect(box.x, box.y, box.w, box.h, (decor.wood, decor.dark, "#fdf8ee")[style % 3], 2)
    inner = box.inset(box.w * 0.09)
    x, y = inner.centre
    back = rect(inner.x, inner.y, inner.w, inner.h, mix(decor.pale, decor.third, 0.12))
    art = (
        circle(x, y - inner.h * 0.1, inner.w * 0.24, decor.main)
        + rect(inner.x, y + inner.h * 0.12, inner.w, inner.h * 0.38, mix(decor.second, decor.pale, 0.2)),
        ring(x, y, inner.w * 0.28, decor.second, inner.w * 0.1) + circle(x, y, inner.w * 0.1, decor.main),
        stroke(trace("M", x, inner.bottom - inner.h * 0.1, "V", y - inner.h * 0.2), decor.leaf, inner.w * 0.05)
        + "".join(
            circle(x + side * inner.w * 0.16, y + inner.h * dy, inner.w * 0.11, decor.leaf)
            for side, dy in ((-1, 0.1), (1, -0.02), (-1, -0.16), (1, -0.26))
        ),
    )[style % 3]
    return rect(box.x + 4, box.y + 6, box.w, box.h, decor.dark, 2, 'opacity=".14"') + frame + back + art


def _rug(stage: Stage, decor: Decor, x: float, y: float, half: float) -> str:
    tall = half * 0.17
    parts = [oval(x, y, half, tall, decor.second)]
    for share, tone in ((0.86, decor.pale), (0.8, decor.second), (0.5, mix(decor.second, decor.pale, 0.35))):
        if stage.detail:
            parts.append(oval(x, y, half * share, tall * share, tone))
    return "".join(parts)


def _on_top(
    job: Commission, decor: Decor, pieces: tuple[str, ...], small: list[Thing], row: _Row,
    named: Mapping[str, tuple[str, ...]],
) -> str:  # fmt: skip
    """Named tableware and small things on pieces with a top; a vase if nothing is named."""
    scale, foot = row.scale, row.foot
    tops = [(name, x) for name, x in row.spots if name in _SURFACES]
    if not tops:
        return ""
    wares = [name for name in pieces if name in WARES and not (name == "books" and "bookshelf" in pieces)]
    names = [item.name for item in small if item.name not in _DRAWN]
    queue = [*wares, *names] or ["vase"]
    parts: list[str] = []
    for place, name in enumerate(queue[:6]):
        surface, middle = tops[place % len(tops)]
        lift = scale * 0.04 if PIECES[surface].leads else 0.0
        here = len(queue[:6]) // len(tops) + (place % len(tops) < len(queue[:6]) % len(tops))
        turn = place // len(tops)
        x = middle + (turn + 0.5 - here / 2) * PIECES[surface].wide * scale * 0.8 / max(1, here)
        y = foot + lift - _SURFACES[surface] * scale
        size = scale * (0.42 if surface in ("table", "low table") else 0.46)
        if name in WARES:
            parts.append(shown(moved(x, y + 2, WARES[name].draw(size, decor, job.rng)), *named.get(name, ())))
        else:
            icon = size * (0.8 if name in ("laptop", "desktop-computer") else 0.5)
            parts.append(on_ground(job.canvas, name, x, y + 2, icon))
    return "".join(parts)
