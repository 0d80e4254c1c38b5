"""SVG elements as strings."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import cos, radians, sin


def circle(x: float, y: float, r: float, fill: str, extra: str = "") -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="{fill}" {extra}/>'


def ring(x: float, y: float, r: float, stroke: str, width: float, extra: str = "") -> str:
    return circle(x, y, r, "none", f'stroke="{stroke}" stroke-width="{width:.1f}" {extra}')


def oval(x: float, y: float, rx: float, ry: float, fill: str, extra: str = "") -> str:
    return f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="{rx:.1f}" ry="{ry:.1f}" fill="{fill}" {extra}/>'


def rect(x: float, y: float, w: float, h: float, fill: str, radius: float = 0, extra: str = "") -> str:
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(w, 0):.1f}" height="{max(h, 0):.1f}" rx="{radius:.1f}" '
        f'fill="{fill}" {extra}/>'
    )


def trace(*steps: str | float) -> str:
    """The `d` attribute of a path from letters and numbers: trace("M", x, y, "H", right, "Z")."""
    return " ".join(step if isinstance(step, str) else f"{step:.1f}" for step in steps)


def path(d: str, fill: str = "none", extra: str = "") -> str:
    return f'<path d="{d}" fill="{fill}" {extra}/>'


def stroke(d: str, colour: str, width: float, extra: str = "") -> str:
    return (
        f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{width:.1f}" stroke-linecap="round" '
        f'stroke-linejoin="round" {extra}/>'
    )


def polygon(points: Iterable[tuple[float, float]], fill: str, extra: str = "") -> str:
    return f'<polygon points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}" fill="{fill}" {extra}/>'


def star(points: int, x: float, y: float, r: float, turn: float = 0, depth: float = 0.42) -> list[tuple[float, float]]:
    """The corners of a star with an even angle between its points; `depth` is the radius of its inner corners."""
    angles = (radians(turn - 90 + 180 * place / points) for place in range(2 * points))
    reaches = (r * (depth if place % 2 else 1) for place in range(2 * points))
    return [(x + reach * cos(angle), y + reach * sin(angle)) for reach, angle in zip(reaches, angles, strict=True)]


def smooth(points: Sequence[tuple[float, float]]) -> str:
    """A smooth curve through the points, for the body of a path already moved to the first."""
    steps = []
    for (x0, y0), (x1, y1) in pairwise(points):
        middle = (x0 + x1) / 2
        steps.append(f"C{middle:.1f} {y0:.1f} {middle:.1f} {y1:.1f} {x1:.1f} {y1:.1f}")
    return "".join(steps)


def moved(x: float, y: float, drawing: str, turn: float = 0, extra: str = "") -> str:
    """Translate a drawing to (x, y) and rotate it there by `turn` degrees."""
    turned = f" rotate({turn:.1f})" if turn else ""
    return f'<g transform="translate({x:.1f} {y:.1f}){turned}" {extra}>{drawing}</g>'


def with_own_ids(drawing: str) -> str:
    """The drawing with other element ids, so that a copy's gradients do not replace those of the original."""
    return drawing.replace('id="', 'id="o-').replace("url(#", "url(#o-").replace('href="#', 'href="#o-')


def fall(name: str, *stops: str) -> str:
    """A vertical gradient, used as fill='url(#name)'. A stop is a colour with an optional opacity: '#rrggbb@0.5'."""
    return _gradient("linearGradient", name, stops, 'x1="0" y1="0" x2="0" y2="1"')


def glow(name: str, *stops: str) -> str:
    """A radial gradient."""
    return _gradient("radialGradient", name, stops, 'cx=".5" cy=".5" r=".5"')


def across(name: str, *stops: str) -> str:
    """A horizontal gradient."""
    return _gradient("linearGradient", name, stops, 'x1="0" y1="0" x2="1" y2="0"')


def _gradient(kind: str, name: str, stops: Sequence[str], extra: str) -> str:
    last = max(1, len(stops) - 1)
    marks = "".join(_stop(colour, place / last) for place, colour in enumerate(stops))
    return f'<defs><{kind} id="{name}" {extra}>{marks}</{kind}></defs>'


def _stop(colour: str, offset: float) -> str:
    colour, _, opacity = colour.partition("@")
    return f'<stop offset="{offset:.2f}" stop-color="{colour}" stop-opacity="{opacity or 1}"/>'
