"""A glass door with letters on it, and an arrow if one is asked for; behind the glass a hall."""

from dataclasses import dataclass

from easel_sketch.colour.mixing import mix, readable
from easel_sketch.colour.tone import lightness, toned
from easel_sketch.drawing.commission import LOW, Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import across, circle, fall, oval, polygon, rect
from easel_sketch.drawing.ornament import grain_overlay, shadow
from easel_sketch.drawing.shown import shown
from easel_sketch.parts.stack import Row, stack
from easel_sketch.recipes.sign.arrows import arrow, asked_arrow

_FRAMES = ("#2b3038", "#d8dcdf", "#6a4a33", "#8d7a4c")
_WALLS = ("#cfc8bd", "#3f5561", "#e3ded6", "#7b3f36")
_HALLS = ("#d7e6ea", "#f0dcb4", "#dfe8dc", "#f2d9a6")


@dataclass(frozen=True, slots=True)
class _Door:
    """The leaf with the sign, the other glass beside it, the level of the floor, and the colours."""

    leaf: Box
    others: tuple[Box, ...]
    floor: float
    frame: str
    wall: str
    hall: str


def glass(job: Commission) -> str:
    page, door = job.page, _door(job)
    panes = [_pane(job, door, box) for box in (*door.others, door.leaf)]
    art = "".join([_wall(job, door), *panes, _handle(job, door)])
    words = _sign_box(job, door)
    plated = job.index % 2 == 1
    plate = toned(job.palette.accent(0), min(0.45, lightness(job.palette.accent(0)))) if plated else ""
    back = words.inset(-26 * job.unit).div(
        "", f"background:{plate};border-radius:{12 * job.unit:.0f}px;{shadow(job, 1.2)}"
    )
    ground = plate or mix(door.hall, "#10202b", 0.62)
    ink = readable("#ffffff", ground, least=4.6)
    return "".join(
        [
            page.svg(shown("".join(art), "door")),
            back if plated else "",
            _letters(job, words, ink),
            grain_overlay(job, 0.4),
        ]
    )


def _door(job: Commission) -> _Door:
    page, style = job.page, job.index % 4
    accent = job.palette.accent(job.index)
    wall = mix(_WALLS[style], accent, 0.2)
    night = job.brief.setting.time in ("night", "dusk")
    hall = mix(_HALLS[style], "#1a2230", 0.25) if night else _HALLS[style]
    floor = page.h * 0.93
    if job.aspect > 1.15:
        wide = page.w * (0.5, 0.44, 0.56, 0.4)[style]
        x = page.w * (0.25, 0.09, 0.34, 0.5)[style]
        top = page.h * 0.045
        leaf = Box(x, top, wide, floor - top)
        gap = page.w * 0.012
        sides = {
            0: (
                Box(-page.w * 0.02, top, x - gap + page.w * 0.02, floor - top),
                Box(x + wide + gap, top, page.w, floor - top),
            ),
            1: (Box(x + wide + gap, top, wide, floor - top),),
            2: (Box(x - gap - page.w * 0.28, top, page.w * 0.28, floor - top),),
            3: (Box(x - gap - wide, top, wide, floor - top),),
        }[style]
        return _Door(leaf, sides, floor, _FRAMES[style], wall, hall)
    wide = page.w * (0.8, 0.72, 0.86, 0.76)[style]
    top = page.h * 0.06
    return _Door(Box((page.w - wide) / 2, top, wide, floor - top), (), floor, _FRAMES[style], wall, hall)


def _wall(job: Commission, door: _Door) -> str:
    """The wall around the door and the pavement before it."""
    page, u = job.page, job.unit
    pave = mix("#a8a39b", door.wall, 0.3)
    parts = [rect(0, 0, page.w, page.h, door.wall)]
    if job.detail > LOW:
        parts += [
            rect(0, page.h * share, page.w, 2.4 * u, mix(door.wall, "#000000", 0.12)) for share in (0.2, 0.4, 0.6, 0.8)
        ]
    parts += [
        fall("floor", mix(pave, "#ffffff", 0.12), mix(pave, "#000000", 0.2)),
        rect(0, door.floor, page.w, page.h - door.floor, "url(#floor)"),
        rect(0, door.floor, page.w, 6 * u, mix(pave, "#ffffff", 0.35)),
    ]
    return "".join(parts)


def _pane(job: Commission, door: _Door, box: Box) -> str:
    """A framed pane: the hall behind it in depth, reflections on it."""
    u = job.unit
    edge = 26 * u
    inner = Box(box.x + edge, box.y + edge, box.w - 2 * edge, box.h - edge * 1.9)
    deep = mix(door.hall, "#10202b", 0.62)
    name = f"hall{round(box.x)}"
    parts = [
        rect(box.x, box.y, box.w, box.h, door.frame, 6 * u),
        fall(name, mix(deep, "#000000", 0.12), deep, mix(deep, door.hall, 0.18)),
        rect(inner.x, inner.y, inner.w, inner.h, f"url(#{name})"),
    ]
    if job.detail > LOW:
        lamp = mix(door.hall, "#fff3d0", 0.5)
        for share, size in ((0.24, 1.0), (0.5, 0.8), (0.76, 1.0)):
            x, y = inner.x + inner.w * share, inner.y + inner.h * 0.07
            parts.append(oval(x, y, inner.w * 0.075 * size, inner.h * 0.012, lamp, 'opacity=".5"'))
            parts.append(circle(x, y, inner.w * 0.11, lamp, 'opacity=".07"'))
        base = inner.bottom - inner.h * 0.13
        parts.append(rect(inner.x, base, inner.w, inner.bottom - base, mix(deep, door.hall, 0.3), 0, 'opacity=".55"'))
        for start, wide, share in ((0.06, 0.16, 0.13), (0.26, 0.05, 0.1), (0.7, 0.1, 0.07)):
            x, lean = inner.x + inner.w * start, inner.w * 0.22
            right = min(inner.right, x + lean + inner.w * wide)
            parts.append(
                polygon(
                    [
                        (min(inner.right, x + lean), inner.y),
                        (right, inner.y),
                        (x + inner.w * wide, inner.bottom),
                        (x, inner.bottom),
                    ],
                    "#ffffff",
                    f'opacity="{share}"',
                )
            )
    rim = f'stroke="{mix(door.frame, "#ffffff", 0.25)}" stroke-width="{3 * u:.1f}"'
    return "".join(parts) + rect(inner.x, inner.y, inner.w, inner.h, "none", 2 * u, rim)


def _handle(job: Commission, door: _Door) -> str:
    """A long bar of steel at the edge that opens."""
    u, leaf = job.unit, door.leaf
    right = job.index % 4 in (0, 1)
    x = leaf.right - 62 * u if right else leaf.x + 44 * u
    y, high = leaf.y + leaf.h * 0.46, leaf.h * 0.34
    steel = across("steel", "#8b949c", "#f3f6f8", "#9aa3ab")
    feet = "".join(
        rect(x - 4 * u, y + high * share - 9 * u, 26 * u, 18 * u, "#6d757d", 4 * u) for share in (0.12, 0.88)
    )
    shade = rect(x + 7 * u, y + 8 * u, 18 * u, high, "#0b1218", 9 * u, 'opacity=".3"')
    return shade + steel + feet + rect(x, y, 18 * u, high, "url(#steel)", 9 * u)


def _sign_box(job: Commission, door: _Door) -> Box:
    """The box of letters and arrow at eye level, clear of the handle."""
    u, leaf = job.unit, door.leaf
    side = 96 * u
    high = leaf.h * (0.56 if asked_arrow(job) else 0.42)
    return Box(leaf.x + side, leaf.y + leaf.h * 0.12, leaf.w - 2 * side, high)


def _letters(job: Commission, box: Box, ink: str) -> str:
    name = asked_arrow(job)
    words, low = box.rows(0.66, 30 * job.unit) if name else (box, box)
    texts = job.brief.texts
    rows = [
        Row(text.words, job.faces.head if place == 0 else job.faces.label, 1 if place == 0 else 0.6, ink, 0.4)
        for place, text in enumerate(texts)
    ]
    drawn = job.page.svg(arrow(name, low, ink)) if name else ""
    return (stack(job, words, rows, align="center", anchor="center", most=120) if rows else "") + drawn
