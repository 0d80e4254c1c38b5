"""A shop front: the name above the door, other texts on the window, goods on display."""

from dataclasses import dataclass

from easel_sketch.colour.mixing import mix, readable
from easel_sketch.colour.tone import lightness, toned
from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, fall, path, polygon, rect, stroke, trace
from easel_sketch.drawing.ornament import grain_overlay
from easel_sketch.drawing.shown import shown
from easel_sketch.parts.icon_extent import on_ground
from easel_sketch.parts.named_things import in_scene, thing
from easel_sketch.parts.stack import Row, stack

_NOT_GOODS = frozenset(
    {"window", "door", "house", "department-store", "convenience-store", "shopping-bags", "shop-front"}
)


@dataclass(frozen=True, slots=True)
class _Front:
    """The boxes and colours of the front."""

    fascia: Box
    awning: Box
    window: Box
    door: Box
    pavement: float
    wall: str
    trim: str
    glass: str
    night: bool


def shopfront(job: Commission) -> str:
    page, u = job.page, job.unit
    front = _front(job)
    art = [
        _wall(job, front),
        _window(job, front),
        _door(job, front),
        _plants(job, front),
        _awning(job, front),
        _lamps(job, front),
    ]
    ink = readable("#fff6e4", front.trim, least=4.6)
    edge = mix(front.trim, "#ffffff", 0.35)
    board = front.fascia.div(
        "", f"background:{front.trim};border:{5 * u:.1f}px solid {edge};border-radius:{8 * u:.1f}px;"
    )
    texts = job.brief.texts
    row = [Row(text.words, job.faces.head, 1, ink) for text in texts[:1]]
    name = stack(job, front.fascia.inset(36 * u, 14 * u), row, align="center", anchor="center", most=150) if row else ""
    return "".join(
        [
            page.svg(shown("".join(art), "shop-front", "door", "window")),
            board,
            name,
            _on_glass(job, front),
            grain_overlay(job, 0.5),
        ]
    )


def _front(job: Commission) -> _Front:
    page, palette, u = job.page, job.palette, job.unit
    night = job.brief.setting.time in ("night", "dusk") or job.index % 4 == 3
    lead = palette.accent(job.index)
    wall = toned(lead, min(0.62, max(0.46, lightness(lead))), 0.85)
    wall = mix(wall, "#141230", 0.45) if night else wall
    fascia = Box(page.w * 0.07, page.h * 0.08, page.w * 0.86, page.h * (0.2 if page.h <= page.w else 0.15))
    awning = Box(page.w * 0.05, fascia.bottom + 10 * u, page.w * 0.9, page.h * 0.12)
    low, wide = page.h * 0.9, page.w * (0.55 if page.w > page.h * 0.8 else 0.52)
    window = Box(page.w * 0.09, awning.bottom - page.h * 0.02, wide, low - awning.bottom - page.h * 0.1)
    door = Box(page.w * 0.7, awning.bottom - page.h * 0.02, page.w * 0.2, low - awning.bottom + page.h * 0.02)
    if job.mirrored:
        window, door = (Box(page.w - box.right, box.y, box.w, box.h) for box in (window, door))
    glass = "#ffdf9e" if night else mix("#dff1f2", palette.ground, 0.3)
    return _Front(fascia, awning, window, door, low, wall, mix(toned(lead, 0.27), "#1a1420", 0.25), glass, night)


def _wall(job: Commission, front: _Front) -> str:
    """Bricks, cornice, base and pavement."""
    page, u, parts = job.page, job.unit, [rect(0, 0, job.page.w, job.page.h, front.wall)]
    high = 30 * u
    for row in range(int(front.pavement / high) + 1 if job.detail else 0):
        y = row * high
        parts.append(rect(0, y, page.w, 1.8 * u, mix(front.wall, "#000000", 0.16)))
        parts += [
            rect((column + 0.5 * (row % 2)) * high * 2.4, y, 1.8 * u, high, mix(front.wall, "#000000", 0.13))
            for column in range(int(page.w / high / 2.4) + 2)
        ]
    parts.append(
        rect(page.w * 0.03, front.fascia.y - 20 * u, page.w * 0.94, 14 * u, mix(front.trim, "#ffffff", 0.2), 3 * u)
    )
    parts.append(
        rect(
            page.w * 0.05,
            front.fascia.y,
            page.w * 0.9,
            front.pavement - front.fascia.y,
            mix(front.trim, front.wall, 0.25),
        )
    )
    stone = mix("#b9b2a8", "#1a1833", 0.5 if front.night else 0.0)
    parts += [
        fall("pave", stone, mix(stone, "#000000", 0.2)),
        rect(0, front.pavement, page.w, page.h - front.pavement, "url(#pave)"),
        rect(0, front.pavement, page.w, 7 * u, mix(stone, "#ffffff", 0.35)),
    ]
    parts += [
        stroke(
            trace(
                *("M", page.w * (i + 0.5) / 8, front.pavement + 8 * u),
                *("L", page.w / 2 + (page.w * (i + 0.5) / 8 - page.w / 2) * 1.25, page.h),
            ),
            mix(stone, "#000000", 0.22),
            2 * u,
        )
        for i in range(8)
    ]
    return "".join(parts)


def _window(job: Commission, front: _Front) -> str:
    """The framed window with goods on its sill."""
    u, box = job.unit, front.window
    parts = [
        rect(box.x - 14 * u, box.y, box.w + 28 * u, box.h + 16 * u, front.trim, 5 * u),
        rect(box.x, box.y, box.w, box.h, front.glass),
    ]
    parts.append(
        fall("inside", f"{mix(front.glass, front.wall, 0.3)}@.75", f"{front.glass}@0")
        + rect(box.x, box.y, box.w, box.h * 0.6, "url(#inside)")
    )
    sill = box.bottom - box.h * 0.1
    parts.append(
        rect(box.x, sill, box.w, box.h * 0.1, mix("#a5744a", front.trim, 0.25))
        + rect(box.x, sill, box.w, 5 * u, mix("#c79768", front.trim, 0.1))
    )
    goods = _goods(job)
    size = min(box.h * 0.34, box.w / (len(goods) + 0.6) if goods else 0)
    for place, name in enumerate(goods):
        parts.append(on_ground(job.canvas, name, box.x + box.w * (place + 0.5) / len(goods), sill + 2, size))
    if job.detail:
        for dx, wide in ((0.1, 0.12), (0.26, 0.04)):
            x = box.x + box.w * dx
            parts.append(
                polygon(
                    [
                        (x + box.h * 0.3, box.y),
                        (x + box.h * 0.3 + box.w * wide, box.y),
                        (x + box.w * wide, box.bottom),
                        (x, box.bottom),
                    ],
                    "#ffffff",
                    'opacity=".2"',
                )
            )
    return "".join(
        [*parts, rect(box.centre[0] - 5 * u, box.y, 10 * u, box.h, front.trim) if len(job.brief.texts) < 2 else ""]
    )


def _goods(job: Commission) -> list[str]:
    """The named things, else those of the theme that fit on a sill."""
    named = [
        item.name
        for item in in_scene(job)
        if item.name not in _NOT_GOODS and item.place not in ("far", "tree", "building")
    ]
    lent = [name for name in job.theme.icons if thing(name).place == "table"] if job.theme.scene == "table" else []
    return list(dict.fromkeys([*named, *lent]))[:5] if named or lent else []


def _door(job: Commission, front: _Front) -> str:
    u, box = job.unit, front.door
    tone = toned(job.palette.accent(job.index + 1), 0.45)
    tone = mix(tone, "#141230", 0.35) if front.night else tone
    parts = [
        rect(box.x - 12 * u, box.y, box.w + 24 * u, front.pavement - box.y, front.trim),
        rect(box.x, box.y, box.w, front.pavement - box.y, tone, 4 * u),
    ]
    pane = Box(box.x + box.w * 0.17, box.y + box.h * 0.12, box.w * 0.66, box.h * 0.48)
    parts += [
        rect(pane.x, pane.y, pane.w, pane.h, front.glass, pane.w * 0.1),
        polygon(
            [
                (pane.x + pane.w * 0.5, pane.y),
                (pane.x + pane.w * 0.8, pane.y),
                (pane.x + pane.w * 0.3, pane.bottom),
                (pane.x, pane.bottom),
            ],
            "#ffffff",
            'opacity=".2"',
        ),
    ]
    parts.append(rect(pane.x, pane.bottom + box.h * 0.07, pane.w, box.h * 0.2, mix(tone, "#000000", 0.18), 5 * u))
    return "".join(
        [*parts, circle(box.x + box.w * (0.9 if not job.mirrored else 0.1), box.y + box.h * 0.66, 8 * u, "#e7c26a")]
    )


def _awning(job: Commission, front: _Front) -> str:
    """A striped awning with a scalloped edge and its shadow."""
    box, count, parts = front.awning, 14, []
    wide = box.w / count
    tone = toned(job.palette.accent(job.index + 1), 0.55)
    parts.append(rect(box.x, box.bottom - wide * 0.4, box.w, wide * 0.7, "#000000", 0, 'opacity=".18"'))
    for i in range(count):
        fill = tone if i % 2 else "#fff8ea"
        fill = mix(fill, "#1a1833", 0.3) if front.night else fill
        x, foot = box.x + i * wide, box.bottom - wide * 0.5
        parts.append(
            path(
                trace(
                    *("M", x + wide * 0.06, box.y, "H", x + wide * 0.94, "L", x + wide, foot),
                    *("A", wide / 2, wide / 2, 0, "0", "1", x, foot, "Z"),
                ),
                fill,
            )
        )
    return "".join(parts) + rect(box.x, box.y, box.w, box.h * 0.14, "#000000", 0, 'opacity=".16"')


def _lamps(job: Commission, front: _Front) -> str:
    """Two lamps above the name."""
    u, parts = job.unit, []
    for share in (0.25, 0.75):
        x, y = front.fascia.x + front.fascia.w * share, front.fascia.y - 14 * u
        parts.append(
            stroke(
                trace("M", x, y + 4 * u, "C", x, y - 30 * u, x + 26 * u, y - 30 * u, x + 26 * u, y - 8 * u),
                "#201a22",
                5 * u,
            )
            + path(trace("M", x + 8 * u, y + 6 * u, "Q", x + 26 * u, y - 26 * u, x + 44 * u, y + 6 * u, "Z"), "#201a22")
        )
        if front.night:
            parts.append(
                polygon(
                    [
                        (x + 10 * u, y + 6 * u),
                        (x + 42 * u, y + 6 * u),
                        (x + 130 * u, front.fascia.bottom),
                        (x - 78 * u, front.fascia.bottom),
                    ],
                    "#ffe6a8",
                    'opacity=".22"',
                )
            )
    return "".join(parts)


def _plants(job: Commission, front: _Front) -> str:
    """A clipped tree in a tub beside the door."""
    if not job.detail:
        return ""
    u, box = job.unit, front.door
    x = box.x - 52 * u if not job.mirrored else box.right + 52 * u
    foot, leaf = front.pavement + 20 * u, mix("#4f8a58", "#141230", 0.4 if front.night else 0.0)
    parts = [
        polygon(
            [(x - 30 * u, foot - 54 * u), (x + 30 * u, foot - 54 * u), (x + 22 * u, foot), (x - 22 * u, foot)],
            mix("#b5673c", front.trim, 0.2),
        ),
        rect(x - 4 * u, foot - 120 * u, 8 * u, 70 * u, "#5a4030"),
    ]
    return "".join(
        [
            *parts,
            circle(x, foot - 142 * u, 44 * u, leaf),
            circle(x - 12 * u, foot - 154 * u, 22 * u, mix(leaf, "#ffffff", 0.14)),
        ]
    )


def _on_glass(job: Commission, front: _Front) -> str:
    texts = job.brief.texts[1:]
    if not texts:
        return ""
    u, box = job.unit, front.window
    ink = readable(
        front.trim, front.glass, mix(front.glass, "#ffffff", 0.25), mix(front.glass, front.wall, 0.25), least=4.6
    )
    pane = Box(box.x + 26 * u, box.y + box.h * 0.1, box.w - 52 * u, box.h * (0.46 if _goods(job) else 0.72))
    rows = [
        Row(text.words, job.faces.head if len(texts) == 1 and len(text.words) < 24 else job.faces.label, 1, ink, 0.5)
        for text in texts
    ]
    return stack(job, pane, rows, align="center", anchor="center", most=64)
