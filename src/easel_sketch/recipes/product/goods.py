"""Products as SVG: flacon, bottle, jar, tube, box, candle, sphere. Each stands on (0, 0)."""

from collections.abc import Callable
from dataclasses import dataclass

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.ink import across, circle, path, polygon, rect, stroke, trace


@dataclass(frozen=True, slots=True)
class Stuff:
    """The colours of a product: body, contents or label, metal parts and shadow."""

    body: str
    label: str
    metal: str
    dark: str


@dataclass(frozen=True, slots=True)
class Goods:
    """How to draw a product for a height of `s`, and its width as a share of `s`."""

    draw: Callable[[float, Stuff], str]
    wide: float


def _sheen(x: float, y: float, w: float, h: float, tone: str, name: str, radius: float = 0) -> str:
    """A body lit from the left."""
    stops = (
        (0, mix(tone, "#000000", 0.14)),
        (0.1, mix(tone, "#ffffff", 0.5)),
        (0.24, mix(tone, "#ffffff", 0.16)),
        (0.6, tone),
        (0.86, mix(tone, "#000000", 0.2)),
        (1, mix(tone, "#000000", 0.08)),
    )
    marks = "".join(f'<stop offset="{at}" stop-color="{colour}"/>' for at, colour in stops)
    return f'<defs><linearGradient id="{name}" x1="0" x2="1" y1="0" y2="0">{marks}</linearGradient></defs>' + rect(
        x, y, w, h, f"url(#{name})", radius
    )


def _flacon(s: float, t: Stuff) -> str:
    """A square glass bottle with a thick base, liquid and a stopper."""
    w, h = s * 0.62, s * 0.6
    glass = mix(t.body, "#ffffff", 0.62)
    parts = [
        _sheen(-w / 2, -h, w, h, glass, "glass", s * 0.06),
        _sheen(
            -w / 2 + s * 0.045,
            -h + s * 0.07,
            w - s * 0.09,
            h - s * 0.15,
            mix(t.body, "#ffffff", 0.12),
            "juice",
            s * 0.03,
        ),
    ]
    parts += [
        rect(-s * 0.07, -h - s * 0.06, s * 0.14, s * 0.07, t.metal),
        _sheen(-s * 0.115, -s * 0.655, s * 0.23, s * 0.03, t.metal, "neck", s * 0.008),
        _sheen(-s * 0.13, -s * 0.92, s * 0.26, s * 0.27, mix(t.dark, t.body, 0.1), "stopper", s * 0.02),
    ]
    label = rect(-w * 0.26, -h * 0.62, w * 0.52, h * 0.36, mix(t.label, "#ffffff", 0.5), s * 0.006)
    lines = rect(-w * 0.13, -h * 0.5, w * 0.26, s * 0.014, t.dark, s * 0.007, 'opacity=".7"') + rect(
        -w * 0.08, -h * 0.42, w * 0.16, s * 0.009, t.dark, s * 0.004, 'opacity=".5"'
    )
    shine = polygon(
        [(-w * 0.42, -h * 0.12), (-w * 0.42, -h * 0.86), (-w * 0.3, -h * 0.92), (-w * 0.36, -h * 0.12)],
        "#ffffff",
        'opacity=".5"',
    )
    return "".join(parts) + label + lines + shine


def _bottle(s: float, t: Stuff) -> str:
    """A round bottle with shoulders, a label and a cap."""
    w = s * 0.34
    body = trace(
        *("M", -w / 2, 0.0, "V", -s * 0.58, "C", -w / 2, -s * 0.7, -s * 0.07, -s * 0.7, -s * 0.07, -s * 0.8),
        *("H", s * 0.07, "C", s * 0.07, -s * 0.7, w / 2, -s * 0.7, w / 2, -s * 0.58, "V", 0.0, "Z"),
    )
    dark, lit = mix(t.body, "#000000", 0.24), mix(t.body, "#ffffff", 0.45)
    shading = across("round", dark, lit, lit, t.body, t.body, t.body, mix(t.body, "#000000", 0.15), dark)
    parts = [shading, path(body, "url(#round)")]
    parts += [
        rect(-w / 2, -s * 0.46, w, s * 0.28, mix(t.label, "#ffffff", 0.4)),
        rect(-w * 0.26, -s * 0.37, w * 0.52, s * 0.02, t.dark, 2, 'opacity=".7"'),
        rect(-w * 0.17, -s * 0.31, w * 0.34, s * 0.012, t.dark, 2, 'opacity=".5"'),
    ]
    parts += [
        _sheen(-s * 0.085, -s * 0.97, s * 0.17, s * 0.17, t.metal, "cap", s * 0.015),
        rect(w * 0.18, -s * 0.46, w * 0.32, s * 0.28, "#000000", 0, 'opacity=".1"'),
    ]
    return "".join(parts)


def _jar(s: float, t: Stuff) -> str:
    """A wide jar of cream."""
    w = s * 0.9
    parts = [
        _sheen(-w / 2, -s * 0.46, w, s * 0.46, mix(t.body, "#ffffff", 0.4), "pot", s * 0.07),
        _sheen(-w * 0.52, -s * 0.68, w * 1.04, s * 0.24, t.metal, "lid", s * 0.03),
    ]
    return "".join(
        [
            *parts,
            rect(-w * 0.2, -s * 0.3, w * 0.4, s * 0.03, t.dark, 2, 'opacity=".65"'),
            rect(-w * 0.12, -s * 0.22, w * 0.24, s * 0.018, t.dark, 2, 'opacity=".45"'),
        ]
    )


def _tube(s: float, t: Stuff) -> str:
    body = polygon(
        [(-s * 0.22, -s * 0.96), (s * 0.22, -s * 0.96), (s * 0.15, -s * 0.16), (-s * 0.15, -s * 0.16)], t.body
    )
    light = polygon(
        [(-s * 0.17, -s * 0.92), (-s * 0.1, -s * 0.92), (-s * 0.08, -s * 0.18), (-s * 0.12, -s * 0.18)],
        "#ffffff",
        'opacity=".4"',
    )
    crimp = rect(-s * 0.225, -s, s * 0.45, s * 0.06, mix(t.body, "#000000", 0.12))
    return (
        body
        + light
        + crimp
        + _sheen(-s * 0.13, -s * 0.17, s * 0.26, s * 0.17, t.metal, "cap", s * 0.02)
        + rect(-s * 0.1, -s * 0.62, s * 0.2, s * 0.025, t.label, 2)
        + rect(-s * 0.06, -s * 0.55, s * 0.12, s * 0.015, t.label, 2)
    )


def _box(s: float, t: Stuff) -> str:
    """A carton in perspective."""
    w, d, h, up = s * 0.46, s * 0.26, s * 0.8, s * 0.1
    front = polygon([(-w * 0.72, -h), (w * 0.28, -h + up * 0.6), (w * 0.28, 0), (-w * 0.72, -up * 0.6)], t.body)
    side = polygon(
        [(w * 0.28, -h + up * 0.6), (w * 0.28 + d, -h), (w * 0.28 + d, -up * 0.6), (w * 0.28, 0)],
        mix(t.body, "#000000", 0.22),
    )
    top = polygon(
        [(-w * 0.72, -h), (w * 0.28, -h + up * 0.6), (w * 0.28 + d, -h), (-w * 0.72 + d, -h - up * 0.6)],
        mix(t.body, "#ffffff", 0.3),
    )
    label = polygon(
        [
            (-w * 0.58, -h * 0.72),
            (w * 0.14, -h * 0.72 + up * 0.45),
            (w * 0.14, -h * 0.36 + up * 0.45),
            (-w * 0.58, -h * 0.36),
        ],
        mix(t.label, "#ffffff", 0.4),
    )
    return side + top + front + label


def _candle(s: float, t: Stuff) -> str:
    flame = path(
        trace(
            *("M", 0.0, -s, "C", s * 0.08, -s * 0.86, s * 0.05, -s * 0.78, 0.0, -s * 0.77),
            *("C", -s * 0.05, -s * 0.78, -s * 0.08, -s * 0.86, 0.0, -s, "Z"),
        ),
        "#ffb845",
    )
    glow = circle(0, -s * 0.84, s * 0.3, "#ffdf9a", 'opacity=".35"')
    return (
        glow
        + _sheen(-s * 0.3, -s * 0.64, s * 0.6, s * 0.64, mix(t.body, "#ffffff", 0.3), "tumbler", s * 0.05)
        + stroke(trace("M", 0.0, -s * 0.64, "V", -s * 0.77), t.dark, s * 0.014)
        + flame
        + rect(-s * 0.17, -s * 0.42, s * 0.34, s * 0.2, mix(t.label, "#ffffff", 0.5), 3)
    )


def _sphere(s: float, t: Stuff) -> str:
    """A sphere, for products of unknown shape."""
    r = s * 0.42
    stops = ((0, mix(t.body, "#ffffff", 0.75)), (0.45, t.body), (1, mix(t.body, "#000000", 0.42)))
    marks = "".join(f'<stop offset="{at}" stop-color="{tone}"/>' for at, tone in stops)
    return f'<defs><radialGradient id="ball" cx=".34" cy=".28" r=".8">{marks}</radialGradient></defs>' + circle(
        0, -r, r, "url(#ball)"
    )


GOODS = {
    "flacon": Goods(_flacon, 0.62),
    "jar": Goods(_jar, 0.94),
    "tube": Goods(_tube, 0.45),
    "candle": Goods(_candle, 0.6),
    "bottle": Goods(_bottle, 0.34),
    "box": Goods(_box, 0.72),
    "sphere": Goods(_sphere, 0.84),
}
