"""A starburst disc, and a short offer set on it with its price or percentage emphasised."""

import re
from math import cos, pi, sin

from easel_sketch.colour.mixing import contrast
from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import polygon
from easel_sketch.parts.pill import on_fill
from easel_sketch.parts.stack import Row, stack

_FIGURE = re.compile(r"[-−+]?(?:[$€£¥₹₽]\s?\d[\d.,]*|\d[\d.,]*\s?(?:%|[$€£¥₹₽元円원]|折)|[一二三四五六七八九半]折)")
_WHITE = "#fffdf6"
_DISPLAY_CONTRAST = 3.1


def toothed(x: float, y: float, r: float, teeth: int, fill: str) -> str:
    """A disc with a zigzag edge."""
    points = []
    for i in range(teeth * 2):
        at, reach = pi * i / teeth, r * (1 if i % 2 else 0.92)
        points.append((x + cos(at) * reach, y + sin(at) * reach))
    return polygon(points, fill)


def has_figure(text: str) -> bool:
    """Whether a text names a price, a percentage or a discount."""
    return bool(_FIGURE.search(text))


def offer(job: Commission, x: float, y: float, r: float, text: str, fill: str) -> str:
    """The offer in a disc: its figure as large as possible, the words before and after on lines of their own."""
    ink = _WHITE if contrast(_WHITE, fill) >= _DISPLAY_CONTRAST else on_fill(job, fill)
    found = _FIGURE.search(text)
    pieces = (text[: found.start()], found[0], text[found.end() :]) if found else (text,)
    rows = [
        Row(piece.strip(), job.faces.head if size == 1 else job.faces.label, size, ink, 0.06, "white-space:nowrap;")
        for piece, size in zip(pieces, (0.36, 1, 0.36) if found else (1,), strict=True)
        if piece.strip()
    ]
    place = Box(x - r * 0.66, y - r * 0.6, r * 1.32, r * 1.2)
    return stack(job, place, rows, align="center", anchor="center", most=230)
