"""Rooms as SVG: wall, floor, a window with the light of the hour, curtains, and the light on the floor."""

from dataclasses import dataclass, replace

from easel_sketch.colour.mixing import mix
from easel_sketch.colour.palette import Palette
from easel_sketch.colour.tone import lightness, toned
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, fall, glow, moved, path, polygon, rect, stroke, trace
from easel_sketch.scenery.vector.grounds import Weather
from easel_sketch.scenery.vector.outdoors import behind
from easel_sketch.scenery.vector.stage import Stage


@dataclass(frozen=True, slots=True)
class Decor:
    """The colours of a room."""

    wall: str
    trim: str
    floor: str
    wood: str
    main: str
    second: str
    third: str
    pale: str
    dark: str
    leaf: str
    night: bool

    def deep(self, share: float = 0.2) -> str:
        return mix(self.main, self.dark, share)


def decor_of(palette: Palette, *, night: bool, index: int) -> Decor:
    """Colours for wall, wood and cloth that match a palette; dimmed at night."""
    lead = palette.accent(index)
    wall = toned(mix(palette.accent(index + 1), lead, 0.3), 0.86 if not palette.dark else 0.42, 0.45)
    wood = mix("#b07a4c", palette.accent(0), 0.08)
    main, second, third = (
        toned(palette.accent(index + i), min(0.7, max(0.5, lightness(palette.accent(index + i)))), 0.95)
        for i in range(3)
    )
    dim = 0.34 if night else 0.0

    def at_night(colour: str) -> str:
        return mix(colour, "#1b2347", dim)

    return Decor(
        wall=at_night(wall), trim=at_night(mix(wall, "#ffffff", 0.62)), floor=at_night(mix(wood, "#f3dcb8", 0.36)),
        wood=at_night(wood), main=at_night(main), second=at_night(second), third=at_night(third),
        pale=at_night("#fbf4e8"), dark=mix(palette.ramp[0], "#1b1620", 0.4),
        leaf=at_night(mix("#4f8f5b", palette.accent(0), 0.12)),
        night=night,
    )  # fmt: skip


def wall(stage: Stage, decor: Decor, floor: float, style: int) -> str:
    """The back wall down to `floor`: striped paper, panels or dots, a skirting board."""
    w, u = stage.w, stage.u
    lit = mix(decor.wall, "#ffffff", 0.12 if not decor.night else 0.02)
    parts = [
        fall("wall", lit, decor.wall, mix(decor.wall, decor.dark, 0.08)),
        rect(0, 0, w, floor, "url(#wall)" if stage.detail else decor.wall),
    ]
    tone = mix(decor.wall, "#ffffff", 0.22 if not decor.night else 0.08)
    if stage.detail and style % 3 == 0:
        step = 64 * u
        parts += [rect(i * step, 0, step / 2, floor, tone, 0, 'opacity=".5"') for i in range(int(w / step) + 1)]
    elif stage.detail and style % 3 == 1:
        parts.append(_panels(stage, decor, floor))
    elif stage.detail:
        step = 74 * u
        parts += [
            _sprig((c + 0.5 * (r % 2)) * step, (r + 0.5) * step, 9 * u, tone)
            for r in range(int(floor / step) + 1)
            for c in range(int(w / step) + 2)
        ]
    parts.append(rect(0, floor - 26 * u, w, 26 * u, decor.trim))
    parts.append(rect(0, floor - 28 * u, w, 3 * u, mix(decor.trim, decor.dark, 0.2)))
    return "".join(parts)


def _panels(stage: Stage, decor: Decor, floor: float) -> str:
    u, count = stage.u, max(3, round(stage.w / (330 * stage.u)))
    wide, top = stage.w / count, floor - 300 * u
    parts = [
        rect(0, top, stage.w, floor - top, mix(decor.wall, decor.trim, 0.55)),
        rect(0, top - 8 * u, stage.w, 14 * u, decor.trim),
    ]
    for i in range(count):
        box = Box(i * wide + 26 * u, top + 34 * u, wide - 52 * u, 208 * u)
        edge = f'stroke="{mix(decor.wall, decor.dark, 0.14)}" stroke-width="{3 * u:.1f}"'
        parts.append(rect(box.x, box.y, box.w, box.h, "none", 4 * u, edge))
    return "".join(parts)


def _sprig(x: float, y: float, r: float, tone: str) -> str:
    return circle(x, y, r * 0.34, tone) + "".join(
        circle(x + dx * r, y + dy * r, r * 0.26, tone)
        for dx, dy in ((0, -0.8), (0.76, -0.25), (-0.76, -0.25), (0.47, 0.65), (-0.47, 0.65))
    )


def floor(stage: Stage, decor: Decor, top: float) -> str:
    """Floor boards seen from the front, wider towards the viewer."""
    w, h, u = stage.w, stage.h, stage.u
    parts = [
        fall("floor", mix(decor.floor, decor.dark, 0.16), decor.floor),
        rect(0, top, w, h - top, "url(#floor)" if stage.detail else decor.floor),
    ]
    if stage.detail:
        line = mix(decor.floor, decor.dark, 0.2)
        y, step = top, 16 * u
        while y < h:
            parts.append(rect(0, y, w, 2 * u, line, 0, 'opacity=".55"'))
            joints = 2 + int(stage.rng.random() * 3)
            parts += [rect(stage.rng.random() * w, y, 2 * u, step, line, 0, 'opacity=".5"') for _ in range(joints)]
            y, step = y + step, step * 1.3
    return "".join(parts)


def window(stage: Stage, decor: Decor, box: Box, *, curtains: bool) -> str:
    """A window with panes, its sill, sky and hills behind it, and curtains."""
    u = stage.u
    outside = replace(stage, w=box.w, h=box.h, dark=decor.night)
    view = behind(outside, "hills", Weather(sun_x=0.7, sun_y=0.3, sun_r=0.13, horizon=0.78))
    frame, edge = mix("#ffffff", decor.trim, 0.5), 14 * u
    clip = f'<clipPath id="panes"><rect width="{box.w:.1f}" height="{box.h:.1f}"/></clipPath>'
    scene = f"<defs>{clip}</defs>" + moved(box.x, box.y, view, extra='clip-path="url(#panes)"')
    parts = [rect(box.x - edge, box.y - edge, box.w + 2 * edge, box.h + 2 * edge, frame, 4 * u), scene]
    parts.append(
        rect(box.centre[0] - 5 * u, box.y, 10 * u, box.h, frame)
        + rect(box.x, box.y + box.h * 0.42, box.w, 9 * u, frame)
    )
    if stage.detail:
        corners = ((0.06, box.bottom), (0.3, box.y), (0.42, box.y), (0.18, box.bottom))
        sheen = [(box.x + box.w * share, y) for share, y in corners]
        parts.append(polygon(sheen, "#ffffff", 'opacity=".12"'))
    sill = Box(box.x - edge * 2.4, box.bottom + edge, box.w + edge * 4.8, 20 * u)
    parts.append(
        rect(sill.x, sill.y, sill.w, sill.h, frame, 4 * u)
        + rect(sill.x, sill.bottom, sill.w, 6 * u, decor.dark, 0, 'opacity=".12"')
    )
    return "".join(parts) + (_curtains(stage, decor, box) if curtains else "")


def _curtains(stage: Stage, decor: Decor, box: Box) -> str:
    u, tone = stage.u, decor.second
    top, foot, wide = box.y - 46 * u, box.bottom + 62 * u, box.w * 0.27
    half, low = top + (foot - top) * 0.5, top + (foot - top) * 0.7
    parts = [rect(box.x - wide * 0.7, top - 8 * u, box.w + wide * 1.4, 10 * u, mix(decor.wood, decor.dark, 0.3), 5 * u)]
    for side in (-1, 1):
        outer = box.x - wide * 0.62 if side < 0 else box.right + wide * 0.62
        inner = outer - side * wide
        cloth = trace(
            *("M", outer, top, "H", inner, "C", inner + side * wide * 0.1, half),
            *(inner + side * wide * 0.5, low, inner + side * wide * 0.26, foot, "H", outer, "Z"),
        )
        parts.append(path(cloth, tone))
        for i in range(3 if stage.detail else 0):
            x = outer - side * wide * (0.2 + 0.22 * i)
            fold = trace("M", x, top, "C", x, half, x + side * wide * 0.12, low, x + side * wide * 0.05, foot)
            parts.append(stroke(fold, mix(tone, decor.dark, 0.22), 4 * u, 'opacity=".6"'))
    return "".join(parts)


def beam(stage: Stage, box: Box, floor_: float) -> str:
    """The window's light on the floor."""
    if not stage.detail:
        return ""
    lean = box.w * 0.5
    patch = [
        (box.x + lean * 0.3, floor_),
        (box.right + lean * 0.3, floor_),
        (box.right + lean * 1.3, stage.h),
        (box.x + lean, stage.h),
    ]
    return polygon(patch, stage.light.halo, 'opacity=".22"')


def lamplight(x: float, y: float, r: float, strength: float) -> str:
    """A pool of warm light around a lamp."""
    name = f"lamp{x:.0f}"
    return glow(name, f"#ffdf9a@{strength}", f"#ffdf9a@{strength * 0.4:.2f}", "#ffdf9a@0") + circle(
        x, y, r, f"url(#{name})"
    )
