"""Solids with shading, and flat shapes."""

import math

from easel_sketch.drawing.ink import circle, oval, path, polygon, rect, ring, stroke, trace
from easel_sketch.drawing.motifs.kit import BLUE, GOLD, GREEN, RED, Point, Tones, rim, spread, tones

_PURPLE, _TEAL, _ORANGE, _PINK = tones("#8a63c8"), tones("#2fa39a"), tones("#ee8a3a"), tones("#e0679a")
_CENTRE = (64.0, 65.0)


def _cube() -> str:
    tone = BLUE
    top, right, front, left, base = (64, 6), (117, 34), (64, 62), (11, 34), (64, 124)
    return (
        polygon([top, right, front, left], tone.light)
        + polygon([left, front, base, (11, 95)], tone.base)
        + polygon([front, right, (117, 95), base], tone.deep)
        + polygon([left, front, (64, 65), (11, 37)], "#ffffff", 'opacity=".3"')
    )


def _sphere() -> str:
    return _ball_of(RED, 59)


def _ball_of(tone: Tones, r: float) -> str:
    x, y = 64, 124 - r
    return (
        circle(x, y, r, tone.deep)
        + circle(x - r * 0.05, y - r * 0.06, r * 0.92, tone.dark)
        + circle(x - r * 0.1, y - r * 0.12, r * 0.82, tone.base)
        + circle(x - r * 0.25, y - r * 0.27, r * 0.5, tone.light, 'opacity=".45"')
        + oval(x - r * 0.38, y - r * 0.45, r * 0.2, r * 0.13, "#ffffff", _turned(-40, x - r * 0.38, y - r * 0.45))
    )


def _turned(angle: float, x: float, y: float) -> str:
    return f'opacity=".8" transform="rotate({angle:.0f} {x:.1f} {y:.1f})"'


def _cone() -> str:
    middle = (64.0, 106.0)

    def side(start: float, end: float, fill: str) -> str:
        return polygon([(64, 4), *rim(middle, 52, 18, start, end)], fill)

    return (
        side(0, 180, _ORANGE.base)
        + side(126, 180, _ORANGE.light)
        + side(-10, 66, _ORANGE.dark)
        + side(-10, 26, _ORANGE.deep)
    )


def _cylinder() -> str:
    top, foot, rx, ry = (64.0, 22.0), (64.0, 106.0), 46.0, 18.0

    def side(start: float, end: float, fill: str) -> str:
        return polygon([*rim(top, rx, ry, start, end), *reversed(rim(foot, rx, ry, start, end))], fill)

    return (
        side(0, 180, GREEN.base)
        + side(112, 156, GREEN.light)
        + side(0, 56, GREEN.dark)
        + side(0, 24, GREEN.deep)
        + oval(*top, rx, ry, GREEN.light)
        + oval(62, 21, rx * 0.8, ry * 0.74, "#ffffff", 'opacity=".25"')
    )


def _pyramid() -> str:
    apex, corner = (64, 10), (78, 124)
    return (
        polygon([apex, (4, 104), corner], GOLD.base)
        + polygon([apex, (4, 104), (24, 109)], GOLD.light)
        + polygon([apex, corner, (124, 98)], GOLD.deep)
    )


def _prism() -> str:
    return (
        polygon([(38, 26), (4, 124), (80, 124)], _TEAL.light)
        + polygon([(38, 26), (80, 124), (124, 98), (84, 6)], _TEAL.dark)
        + polygon([(38, 26), (84, 6), (88, 16), (42, 36)], _TEAL.base)
    )


def _torus() -> str:
    tone = _PINK

    def loop(rx: float, ry: float, x: float, y: float, hole: tuple[float, float, float, float], fill: str) -> str:
        def around(rx: float, ry: float, x: float, y: float) -> str:
            return trace("M", x - rx, y, "a", rx, ry, "0 1 0", 2 * rx, 0, "a", rx, ry, "0 1 0", -2 * rx, 0, "Z")

        return path(around(rx, ry, x, y) + around(*hole), fill, 'fill-rule="evenodd"')

    return (
        oval(64, 76, 40, 24, tone.deep)
        + loop(60, 46, 64, 78, (23, 11, 64, 69), tone.deep)
        + loop(59, 42, 63.5, 75, (25, 12, 64, 67), tone.base)
        + loop(50, 32, 61, 70, (31, 16.5, 62.5, 66.5), tone.light)
        + stroke(trace("M", 22, 62, "Q", 30, 46, 52, 43), "#ffffff", 6, 'opacity=".65"')
    )


def _polyhedron() -> str:
    """An icosahedron seen along one of its faces."""
    outer = [_polar(59, angle) for angle in (-90, -30, 30, 90, 150, 210)]
    inner = [_polar(35, angle) for angle in (-90, 30, 150)]
    faces = [tuple(inner)]
    for place in range(3):
        near, after = inner[place], inner[(place + 1) % 3]
        between = outer[2 * place + 1]
        faces += [(near, outer[2 * place], between), (near, between, after)]
        faces.append((after, between, outer[(2 * place + 2) % 6]))
    return "".join(
        polygon(face, tone := _facing(face), f'stroke="{tone}" stroke-width=".6" stroke-linejoin="round"')
        for face in faces
    )


def _facing(face: tuple[Point, ...]) -> str:
    """The tone of a facet by where its middle lies from the upper left to the lower right."""
    x = sum(point[0] for point in face) / len(face) - _CENTRE[0]
    y = sum(point[1] for point in face) / len(face) - _CENTRE[1]
    depth = (0.6 * x + 0.8 * y) / 50
    shades = (tones(_PURPLE.light).light, _PURPLE.light, _PURPLE.base, _PURPLE.dark, _PURPLE.deep)
    return shades[min(4, max(0, round(2 + depth * 2.6)))]


def _polar(r: float, angle: float) -> Point:
    return _CENTRE[0] + r * math.cos(math.radians(angle)), _CENTRE[1] + r * math.sin(math.radians(angle))


def _regular(corners: int, fill: str, r: float = 59) -> str:
    """A regular polygon that stands on a side."""
    turn = 90 + 180 / corners
    points = [_polar(r, turn + 360 * place / corners) for place in range(corners)]
    drop = 124 - max(y for _, y in points)
    return polygon([(x, y + drop) for x, y in points], fill)


def _spiral() -> str:
    turns, count = 3.25, 130
    points = [_polar(2 + 52 * place / count, 360 * turns * place / count) for place in range(count + 1)]
    return stroke("M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in points), _TEAL.base, 9)


def _lines() -> str:
    return "".join(rect(6, y, 116, 12, BLUE.base, 6) for y in spread(6, 112, 5))


def _grid() -> str:
    return "".join(rect(x, 4, 5, 120, BLUE.base, 2) + rect(4, x, 120, 5, BLUE.base, 2) for x in spread(4, 119, 6))


def _arch() -> str:
    return path(trace("M", 6, 124, "V", 62, "A", 58, 58, "0 0 1", 122, 62, "V", 124, "H", 94, "V", 62) + (
        trace("", "A", 30, 30, "0 0 0", 34, 62, "V", 124, "Z")
    ), _ORANGE.base)  # fmt: skip


def _cross() -> str:
    return rect(42, 4, 44, 120, RED.base, 3) + rect(4, 42, 120, 44, RED.base, 3)


def _concentric() -> str:
    return "".join(ring(64, 64, r, _PURPLE.base, 8) for r in (56, 40, 24)) + circle(64, 64, 10, _PURPLE.base)


def _ball() -> str:
    """A rubber ball with a band."""
    band = path(
        "M6 54 C26 78 92 84 121 52 C125 66 123 76 119 86 C92 106 36 104 10 88 C5 76 4 66 6 54 Z",
        "#ffffff",
        'opacity=".9"',
    )
    shade = path(
        "M121 52 C125 66 123 76 119 86 C110 92 100 96 90 98 C100 88 104 78 104 66 C112 62 117 58 121 52 Z",
        "#1c2348",
        'opacity=".16"',
    )
    return _ball_of(RED, 60) + band + shade


DRAWN = {
    "cube": _cube,
    "sphere": _sphere,
    "cone": _cone,
    "cylinder": _cylinder,
    "pyramid": _pyramid,
    "prism": _prism,
    "torus": _torus,
    "polyhedron": _polyhedron,
    "ball": _ball,
    "circle": lambda: circle(64, 64, 60, BLUE.base),
    "square": lambda: rect(8, 12, 112, 112, RED.base, 2),
    "triangle": lambda: polygon([(64, 12), (4, 124), (124, 124)], GOLD.base),
    "rectangle": lambda: rect(4, 46, 120, 78, GREEN.base, 2),
    "oval": lambda: oval(64, 82, 60, 42, _PURPLE.base),
    "diamond-shape": lambda: polygon([(64, 4), (112, 64), (64, 124), (16, 64)], _TEAL.base),
    "pentagon": lambda: _regular(5, _ORANGE.base, 62),
    "hexagon": lambda: _regular(6, _TEAL.base, 60),
    "octagon": lambda: _regular(8, RED.base, 62),
    "polygon": lambda: _regular(7, _PURPLE.base, 61),
    "cross-shape": _cross,
    "ring-shape": lambda: ring(64, 64, 49, _PINK.base, 22),
    "line": lambda: stroke(trace("M", 10, 118, "L", 118, 10), BLUE.base, 11),
    "lines": _lines,
    "curve": lambda: stroke("M10 116 C10 30 62 30 64 64 S116 100 118 12", _PINK.base, 11),
    "spiral": _spiral,
    "concentric-circles": _concentric,
    "grid-shape": _grid,
    "half-circle": lambda: path(trace("M", 4, 124, "A", 60, 60, "0 0 1", 124, 124, "Z"), _ORANGE.base),
    "arch-shape": _arch,
}
