"""Flags that wave from a pole, from what `flags.toml` says is on them."""

import functools
import math
from collections.abc import Callable, Iterator, Sequence

from easel_sketch import library
from easel_sketch.drawing.ink import polygon, star
from easel_sketch.drawing.motifs.kit import GOLD, STEEL, Point, block, knob, rim

_WIDE = 1.5  # of a sheet that is 1 high
_LEFT, _TOP, _UNIT = 15.0, 13.0, 72.0
_SWELL = 5.0
_PIECES = 24  # short straight pieces that a sheet's width of edge is drawn as
_LEAF = (
    (0.75, 0.1), (0.69, 0.22), (0.62, 0.19), (0.65, 0.42), (0.56, 0.33), (0.54, 0.38), (0.44, 0.36), (0.47, 0.46),
    (0.42, 0.49), (0.58, 0.63), (0.57, 0.69), (0.73, 0.67), (0.735, 0.86),
)  # fmt: skip

Shape = tuple[Sequence[Point], str]


def _cloth(u: float, v: float) -> Point:
    """Where a point of the sheet is on the waving cloth."""
    share = u / _WIDE
    return _LEFT + u * _UNIT, _TOP + v * _UNIT + _SWELL * min(1, 2.5 * share) * math.sin(math.tau * 1.05 * share)


def _waving(corners: Sequence[Point], fill: str, extra: str = "") -> str:
    """A polygon of the sheet on the cloth."""
    points: list[Point] = []
    for (u0, v0), (u1, v1) in zip(corners, (*corners[1:], corners[0]), strict=True):
        pieces = max(1, math.ceil(abs(u1 - u0) / _WIDE * _PIECES))
        points += [_cloth(u0 + (u1 - u0) * at / pieces, v0 + (v1 - v0) * at / pieces) for at in range(pieces)]
    return polygon(points, fill, extra)


def _flag(shapes: Sequence[Shape]) -> str:
    cloth = "".join(_waving(corners, fill) for corners, fill in shapes)
    return block(7, 8, 8, 124, STEEL) + knob(11, 8, 5, GOLD) + cloth + _folds()


def _folds() -> str:
    """The light on the cloth: bright where it rises, dark where it falls."""
    lit, shaded = 'opacity=".16"', 'opacity=".1"'
    bands = (
        (0.0, 0.1, shaded), (0.2, 0.5, shaded), (0.28, 0.42, shaded), (0.55, 0.95, lit), (0.65, 0.85, lit),
        (1.1, 1.5, shaded), (1.25, 1.5, shaded),
    )  # fmt: skip
    return "".join(
        _waving(_sheet(left, right), "#ffffff" if extra == lit else "#141c3c", extra) for left, right, extra in bands
    )


def _sheet(left: float = 0, right: float = _WIDE, top: float = 0, foot: float = 1) -> tuple[Point, ...]:
    return (left, top), (right, top), (right, foot), (left, foot)


def _shapes(line: str) -> Iterator[Shape]:
    """The polygons that a line of the table stands for."""
    kind, *words = line.split()
    colours = [word for word in words if word.startswith("#")]
    numbers = [float(word) for word in words if not word.startswith("#")]
    if kind in ("-", "|"):
        yield from _bands(kind, words)
    elif kind == "cross":
        x, y, w = numbers
        yield _sheet(x - w / 2, x + w / 2), colours[0]
        yield _sheet(top=y - w / 2, foot=y + w / 2), colours[0]
    elif kind == "stars":
        for at in range(1, len(numbers), 2):
            yield star(5, numbers[at], numbers[at + 1], numbers[0], depth=0.38), colours[0]
    else:
        yield from _DRAWERS[kind](numbers, colours[0] if colours else "")


def _bands(kind: str, words: Sequence[str]) -> Iterator[Shape]:
    parts: list[tuple[float, str]] = []
    weight = 1.0
    for word in words:
        if word.startswith("#"):
            parts.append((weight, word))
            weight = 1.0
        else:
            weight = float(word)
    whole, at = sum(share for share, _ in parts), 0.0
    for share, colour in parts:
        # A band reaches a little under the next one, so that no seam is seen between them.
        start, at = at, at + share / whole
        end = min(1.0, at + 0.02)
        yield (_sheet(top=start, foot=end) if kind == "-" else _sheet(start * _WIDE, end * _WIDE)), colour


def _stars(points: int, depth: float) -> Callable[[Sequence[float], str], Iterator[Shape]]:
    def draw(numbers: Sequence[float], colour: str) -> Iterator[Shape]:
        x, y, r, *turn = numbers
        yield star(points, x, y, r, turn[0] if turn else 0, depth), colour

    return draw


def _disc(numbers: Sequence[float], colour: str) -> Iterator[Shape]:
    x, y, r = numbers
    yield rim((x, y), r, r, 0, 350, 36), colour


def _line(start: Point, end: Point, width: float, colour: str) -> Shape:
    """A straight line, cut at the edges of the sheet."""
    (x0, y0), (x1, y1) = start, end
    length = math.hypot(x1 - x0, y1 - y0)
    dx, dy = -(y1 - y0) / length * width / 2, (x1 - x0) / length * width / 2
    return [(x0 + dx, y0 + dy), (x1 + dx, y1 + dy), (x1 - dx, y1 - dy), (x0 - dx, y0 - dy)], colour


def _bar(numbers: Sequence[float], colour: str) -> Iterator[Shape]:
    x0, y0, x1, y1, width = numbers
    corners, _ = _line((x0, y0), (x1, y1), width, colour)
    yield _cut(corners, max(x0, x1, 0.001), max(y0, y1)) if x0 != x1 and y0 != y1 else corners, colour


def _cut(corners: Sequence[Point], right: float, foot: float) -> list[Point]:
    """A polygon cut at the sheet from its upper left corner to (right, foot)."""
    points = list(corners)
    for axis, limit, sign in ((0, 0.0, 1), (0, right, -1), (1, 0.0, 1), (1, foot, -1)):
        points = _cut_at(points, axis, limit, sign)
    return points


def _cut_at(points: Sequence[Point], axis: int, limit: float, sign: int) -> list[Point]:
    kept: list[Point] = []
    for here, after in zip(points, (*points[1:], points[0]), strict=True):
        inside, next_inside = sign * (here[axis] - limit) >= 0, sign * (after[axis] - limit) >= 0
        if inside:
            kept.append(here)
        if inside != next_inside:
            share = (limit - here[axis]) / (after[axis] - here[axis])
            kept.append((here[0] + (after[0] - here[0]) * share, here[1] + (after[1] - here[1]) * share))
    return kept


def _pentagram(numbers: Sequence[float], colour: str) -> Iterator[Shape]:
    x, y, r = numbers
    tips = rim((x, y), r, r, -90, 198, 5)
    for place in range(5):
        yield _line(tips[place], tips[(place + 2) % 5], 0.045, colour)


def _hexagram(numbers: Sequence[float], colour: str) -> Iterator[Shape]:
    x, y, r = numbers
    for turn in (-90, 90):
        tips = rim((x, y), r, r, turn, turn + 240, 3)
        for place in range(3):
            yield _line(tips[place], tips[(place + 1) % 3], 0.04, colour)


def _leaf(_: Sequence[float], colour: str) -> Iterator[Shape]:
    mirrored = [(_WIDE - x, y) for x, y in reversed(_LEAF[1:])]
    yield [*_LEAF, *mirrored], colour


def _wheel(_: Sequence[float], colour: str) -> Iterator[Shape]:
    middle = (0.75, 0.5)
    yield [*rim(middle, 0.15, 0.15, 0, 360, 37), *rim(middle, 0.125, 0.125, 360, 0, 37)], colour
    for x, y in rim(middle, 0.13, 0.13, 0, 345, 24):
        yield _line(middle, (x, y), 0.009, colour)
    yield rim(middle, 0.03, 0.03, 0, 330, 12), colour


def _arc(numbers: Sequence[float], colour: str) -> Iterator[Shape]:
    """A curved band within a disc: the middle and radius of the curve, its width, then the disc's middle and radius."""
    x, y, r, width, cx, cy, limit = numbers
    inside = [p for p in rim((x, y), r, r, 180, 360, 240) if math.hypot(p[0] - cx, p[1] - cy) <= limit]
    outer = [(x + (p[0] - x) * (1 + width / r), y + (p[1] - y) * (1 + width / r)) for p in inside]
    yield [*inside, *reversed(outer)], colour


def _taegeuk(_: Sequence[float], __: str) -> Iterator[Shape]:
    """The two halves of South Korea's disc and its trigrams."""
    middle, r, turn, red, blue, black = (0.75, 0.5), 0.25, 33.7, "#cd2e3a", "#0047a0", "#1a1a1a"
    dx, dy = r / 2 * math.cos(math.radians(turn)), r / 2 * math.sin(math.radians(turn))
    yield rim(middle, r, r, turn, turn + 180, 24), blue
    yield rim(middle, r, r, turn + 180, turn + 360, 24), red
    yield rim((middle[0] - dx, middle[1] - dy), r / 2, r / 2, 0, 350, 30), red
    yield rim((middle[0] + dx, middle[1] + dy), r / 2, r / 2, 0, 350, 30), blue
    for angle, broken in ((turn + 180, ()), (turn, (0, 1, 2)), (-turn, (0, 2)), (180 - turn, (1,))):
        out = (math.cos(math.radians(angle)), math.sin(math.radians(angle)))
        along = (-out[1], out[0])
        for number in range(3):
            at = 0.385 + 0.063 * number
            here = (middle[0] + out[0] * at, middle[1] + out[1] * at)
            for start, end in ((-0.125, -0.012), (0.012, 0.125)) if number in broken else ((-0.125, 0.125),):
                ends = [(here[0] + along[0] * d, here[1] + along[1] * d) for d in (start, end)]
                yield _line(ends[0], ends[1], 0.042, black)


_DRAWERS: dict[str, Callable[[Sequence[float], str], Iterator[Shape]]] = {
    "poly": lambda numbers, colour: iter([(list(zip(numbers[::2], numbers[1::2], strict=True)), colour)]),
    "disc": _disc,
    "bar": _bar,
    "star": _stars(5, 0.382),
    "star7": _stars(7, 0.45),
    "sun12": _stars(12, 0.6),
    "sun16": _stars(16, 0.55),
    "pentagram": _pentagram,
    "hexagram": _hexagram,
    "leaf": _leaf,
    "wheel": _wheel,
    "arc": _arc,
    "taegeuk": _taegeuk,
}


def _country(name: str) -> str:
    return _flag([shape for line in library.table("flags")[name]["draw"] for shape in _shapes(line)])


DRAWN: dict[str, Callable[[], str]] = {
    "flag": lambda: _flag([(_sheet(), "#e2574c")]),
    **{f"flag-{name}": functools.partial(_country, name) for name in library.table("flags")},
}
