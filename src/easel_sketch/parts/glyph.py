"""Line icons of a user interface in one colour, around a point: arrows, a card, a house, a bell."""

from easel_sketch.drawing.ink import circle, rect, ring, stroke, trace

ACTIONS = ("out", "in", "sheet", "squares", "dots")
TABS = ("house", "glass", "plus", "mark", "person")


def glyph(name: str, x: float, y: float, s: float, tone: str, width: float) -> str:
    """The icon `name` around (x, y), with `s` as half its size."""
    path = _PATHS.get(name)
    drawn = stroke(path(x, y, s), tone, width) if path else ""
    return drawn + _filled(name, x, y, s, tone, width)


def _filled(name: str, x: float, y: float, s: float, tone: str, width: float) -> str:
    if name == "dots":
        return "".join(circle(x + step * s * 0.7, y, width * 0.9, tone) for step in (-1, 0, 1))
    if name == "squares":
        spots = ((-1, -1), (0.14, -1), (-1, 0.14), (0.14, 0.14))
        outline = f'stroke="{tone}" stroke-width="{width:.1f}"'
        return "".join(rect(x + a * s, y + b * s, s * 0.78, s * 0.78, "none", s * 0.2, outline) for a, b in spots)
    if name == "glass":
        return ring(x - s * 0.16, y - s * 0.16, s * 0.7, tone, width)
    if name == "person":
        return ring(x, y - s * 0.45, s * 0.48, tone, width)
    return ""


def _out(x: float, y: float, s: float) -> str:
    a, b = x - s * 0.7, x + s * 0.7
    return trace("M", a, y + s * 0.7, "L", b, y - s * 0.7, "M", x - s * 0.25, y - s * 0.7, "H", b, "V", y + s * 0.25)


def _in(x: float, y: float, s: float) -> str:
    a, b = x - s * 0.7, x + s * 0.7
    return trace("M", b, y - s * 0.7, "L", a, y + s * 0.7, "M", x + s * 0.25, y + s * 0.7, "H", a, "V", y - s * 0.25)


def _sheet(x: float, y: float, s: float) -> str:
    frame = trace("M", x - s, y - s * 0.7, "H", x + s, "V", y + s * 0.7, "H", x - s, "Z")
    return frame + trace("M", x - s, y - s * 0.2, "H", x + s, "M", x + s * 0.2, y + s * 0.3, "H", x + s * 0.6)


def _house(x: float, y: float, s: float) -> str:
    return trace(
        *("M", x - s, y, "L", x, y - s, "L", x + s, y, "M", x - s * 0.7, y - s * 0.2, "V", y + s, "H", x + s * 0.7),
        *("V", y - s * 0.2),
    )


def _magnifier(x: float, y: float, s: float) -> str:
    return trace("M", x + s * 0.36, y + s * 0.36, "L", x + s, y + s)


def _plus(x: float, y: float, s: float) -> str:
    return trace("M", x - s * 0.7, y, "H", x + s * 0.7, "M", x, y - s * 0.7, "V", y + s * 0.7)


def _bookmark(x: float, y: float, s: float) -> str:
    return trace(
        "M", x - s * 0.7, y - s, "H", x + s * 0.7, "V", y + s, "L", x, y + s * 0.4, "L", x - s * 0.7, y + s, "Z"
    )


def _person(x: float, y: float, s: float) -> str:
    return trace("M", x - s * 0.9, y + s, "A", s * 0.9, s * 0.8, 0, "0", "1", x + s * 0.9, y + s)


def _bell(x: float, y: float, s: float) -> str:
    dome = trace("M", x - s * 0.8, y + s * 0.55, "C", x - s * 0.4, y, x - s * 0.8, y - s, x, y - s)
    return (
        dome
        + trace("C", x + s * 0.8, y - s, x + s * 0.4, y, x + s * 0.8, y + s * 0.55, "Z")
        + trace("M", x - s * 0.2, y + s * 0.95, "H", x + s * 0.2)
    )


def _chevron(x: float, y: float, s: float) -> str:
    return trace("M", x - s * 0.35, y - s * 0.7, "L", x + s * 0.35, y, "L", x - s * 0.35, y + s * 0.7)


_PATHS = {
    "out": _out,
    "in": _in,
    "sheet": _sheet,
    "house": _house,
    "glass": _magnifier,
    "plus": _plus,
    "mark": _bookmark,
    "person": _person,
    "bell": _bell,
    "next": _chevron,
}
