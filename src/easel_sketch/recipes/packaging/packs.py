"""Packages by shape. Each function draws into a box and returns the box of the label."""

from collections.abc import Callable
from dataclasses import dataclass

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.commission import LOW, Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, oval, path, polygon, rect, stroke, trace


@dataclass(frozen=True, slots=True)
class Wrap:
    """The colours of a package: body, background of the texts, accent, and the darkest."""

    body: str
    face: str
    accent: str
    dark: str


@dataclass(frozen=True, slots=True)
class Pack:
    """How to draw a package, its aspect ratio, and whether it is fully printed."""

    draw: Callable[[Commission, Box, Wrap], tuple[str, Box]]
    wide: float
    printed: bool


def _sheen(job: Commission, shape: str) -> str:
    """A highlight at the left and a shadow at the right of a shape."""
    if job.detail == LOW:
        return ""
    stops = (
        (0, "#000", 0.22),
        (0.07, "#000", 0.04),
        (0.15, "#fff", 0.34),
        (0.27, "#fff", 0.0),
        (0.72, "#000", 0.0),
        (0.95, "#000", 0.26),
        (1, "#000", 0.12),
    )
    marks = "".join(
        f'<stop offset="{at}" stop-color="{tone}" stop-opacity="{strength}"/>' for at, tone, strength in stops
    )
    return f'<defs><linearGradient id="sheen" x1="0" y1="0" x2="1" y2="0">{marks}</linearGradient></defs>' + path(
        shape, "url(#sheen)"
    )


def _band(box: Box, top: float, bottom: float, bow: float) -> str:
    """A band around a cylinder: its edges are curved by `bow`."""
    y0, y1 = box.y + box.h * top, box.y + box.h * bottom
    return trace(
        *("M", box.x, y0, "Q", box.centre[0], y0 + bow, box.right, y0, "V", y1),
        *("Q", box.centre[0], y1 + bow, box.x, y1, "Z"),
    )


def _rounded(box: Box, r: float, foot: float) -> str:
    return trace(
        "M", box.x + r, box.y, "H", box.right - r, "Q", box.right, box.y, box.right, box.y + r, "V", box.bottom - foot,
        "Q", box.right, box.bottom, box.right - foot, box.bottom, "H", box.x + foot,
        "Q", box.x, box.bottom, box.x, box.bottom - foot,
        "V", box.y + r, "Q", box.x, box.y, box.x + r, box.y, "Z",
    )  # fmt: skip


def _jar(job: Commission, box: Box, wrap: Wrap) -> tuple[str, Box]:
    """A full glass jar with a ribbed lid and a paper label."""
    u = job.unit
    lid = Box(box.x + box.w * 0.08, box.y, box.w * 0.84, box.h * 0.13)
    glass = Box(box.x, lid.bottom + 6 * u, box.w, box.bottom - lid.bottom - 6 * u)
    shape, fill = (
        _rounded(glass, box.w * 0.14, box.w * 0.1),
        _rounded(
            Box(glass.x + 9 * u, glass.y + glass.h * 0.07, glass.w - 18 * u, glass.h * 0.93 - 9 * u),
            box.w * 0.12,
            box.w * 0.09,
        ),
    )
    metal = mix(wrap.accent, "#e9d9b0", 0.35)
    art = [
        path(shape, mix(wrap.body, "#ffffff", 0.6)),
        path(fill, wrap.body),
        path(_band(glass, 0.2, 0.88, box.h * 0.016), wrap.face),
    ]
    for share in (0.225, 0.855):
        y = glass.y + glass.h * share
        art.append(
            stroke(trace("M", glass.x, y, "Q", glass.centre[0], y + box.h * 0.016, glass.right, y), wrap.accent, 4 * u)
        )
    art += [_sheen(job, shape), rect(lid.x, lid.y, lid.w, lid.h, metal, 14 * u)]
    if job.detail:
        art += [
            rect(lid.x + lid.w * (i + 0.5) / 30, lid.y + lid.h * 0.2, 3 * u, lid.h * 0.6, mix(metal, wrap.dark, 0.2), 1)
            for i in range(30)
        ]
        art.append(rect(lid.x, lid.y, lid.w, lid.h * 0.18, mix(metal, "#ffffff", 0.4), 8 * u, 'opacity=".7"'))
    return "".join(art), Box(glass.x + box.w * 0.06, glass.y + glass.h * 0.25, box.w * 0.88, glass.h * 0.59)


def _bottle(job: Commission, box: Box, wrap: Wrap) -> tuple[str, Box]:
    x, w, y, h = box.x, box.w, box.y, box.h
    neck = w * 0.32
    left, right = box.centre[0] - neck / 2, box.centre[0] + neck / 2
    shape = trace(
        *("M", left, y + h * 0.05, "H", right, "V", y + h * 0.22),
        *("C", right, y + h * 0.32, box.right, y + h * 0.31, box.right, y + h * 0.42, "V", box.bottom - w * 0.06),
        *("Q", box.right, box.bottom, box.right - w * 0.08, box.bottom, "H", x + w * 0.08),
        *("Q", x, box.bottom, x, box.bottom - w * 0.06, "V", y + h * 0.42),
        *("C", x, y + h * 0.31, left, y + h * 0.32, left, y + h * 0.22, "Z"),
    )
    glass = mix(wrap.body, wrap.dark, 0.35)
    art = [
        path(shape, glass),
        path(_band(box, 0.45, 0.93, h * 0.008), wrap.face),
        _sheen(job, shape),
        rect(left - 5, y, neck + 10, h * 0.115, wrap.accent, w * 0.03),
    ]
    art.append(rect(left - 5, y + h * 0.09, neck + 10, h * 0.008, mix(wrap.accent, wrap.dark, 0.3)))
    return "".join(art), Box(x + w * 0.05, y + h * 0.465, w * 0.9, h * 0.45)


def _can(job: Commission, box: Box, wrap: Wrap) -> tuple[str, Box]:
    shape = _band(Box(box.x, box.y + box.h * 0.05, box.w, box.h * 0.92), 0, 1, box.h * 0.03)
    x, ry = box.centre[0], box.w * 0.1
    lid = oval(x, box.y + box.h * 0.05, box.w / 2, ry, "#c9ced1")
    lid += oval(x, box.y + box.h * 0.045, box.w * 0.43, ry * 0.72, "#aeb5b9")
    bands = path(_band(box, 0.05, 0.15, box.h * 0.03), wrap.accent) + path(
        _band(box, 0.9, 0.97, box.h * 0.03), wrap.accent
    )
    return path(shape, wrap.body) + bands + _sheen(job, shape) + lid, Box(
        box.x + box.w * 0.05, box.y + box.h * 0.21, box.w * 0.9, box.h * 0.68
    )


def _pouch(job: Commission, box: Box, wrap: Wrap) -> tuple[str, Box]:
    """A stand-up pouch: ribbed seal, tear notch, creases, rounded gusset, fully printed."""
    x, y, w, h, right = box.x, box.y, box.w, box.h, box.right
    shape = trace(
        *("M", x + w * 0.05, y, "H", right - w * 0.05, "L", right - w * 0.045, y + h * 0.1),
        *("C", right - w * 0.03, y + h * 0.3, right, y + h * 0.55, right - w * 0.015, y + h * 0.88),
        *("Q", right - w * 0.03, box.bottom, right - w * 0.12, box.bottom, "H", x + w * 0.12),
        *("Q", x + w * 0.03, box.bottom, x + w * 0.015, y + h * 0.88),
        *("C", x, y + h * 0.55, x + w * 0.03, y + h * 0.3, x + w * 0.045, y + h * 0.1, "Z"),
    )
    art = [path(shape, wrap.body)]
    art.append(f'<defs><clipPath id="pouch"><path d="{shape}"/></clipPath></defs>')
    gusset = trace(
        *("M", x, box.bottom, "V", y + h * 0.86, "Q", box.centre[0], y + h * 0.96, right, y + h * 0.86),
        *("V", box.bottom, "Z"),
    )
    inside = [rect(x, y, w, h * 0.085, mix(wrap.body, wrap.dark, 0.16)), path(gusset, mix(wrap.body, wrap.dark, 0.22))]
    if job.detail:
        inside += [
            rect(x, y + h * (0.012 + 0.014 * i), w, h * 0.004, mix(wrap.body, wrap.dark, 0.34)) for i in range(5)
        ]
        inside.append(rect(x, y + h * 0.115, w, h * 0.006, mix(wrap.body, "#ffffff", 0.35)))
        for side in (-1, 1):
            edge = x + w * 0.07 if side < 0 else right - w * 0.07
            crease = trace(
                *("M", edge, y + h * 0.13),
                *("C", edge - side * w * 0.05, y + h * 0.4, edge - side * w * 0.01, y + h * 0.6),
                *(edge + side * w * 0.02, y + h * 0.87),
            )
            inside.append(
                stroke(crease, wrap.dark, w * 0.012, 'opacity=".16"')
                + stroke(
                    crease, "#ffffff", w * 0.006, f'opacity=".35" transform="translate({-side * w * 0.012:.1f} 0)"'
                )
            )
    inside.append(rect(x, y + h * 0.865, w, h * 0.012, wrap.accent, 0, 'opacity=".0"'))
    art.append(f'<g clip-path="url(#pouch)">{"".join(inside)}</g>')
    art += [
        _sheen(job, shape),
        circle(box.centre[0], y + h * 0.155, w * 0.026, mix(wrap.body, wrap.dark, 0.3))
        + circle(box.centre[0], y + h * 0.155, w * 0.012, mix(wrap.body, wrap.dark, 0.5)),
    ]
    art += [
        rect(x + w * 0.14, y + h * 0.205, w * 0.72, h * 0.006, wrap.accent),
        rect(x + w * 0.14, y + h * 0.83, w * 0.72, h * 0.006, wrap.accent),
    ]
    return "".join(art), Box(x + w * 0.11, y + h * 0.215, w * 0.78, h * 0.605)


def _box(job: Commission, box: Box, wrap: Wrap) -> tuple[str, Box]:
    """A carton in perspective: front, side and top."""
    side, up = box.w * 0.17, box.h * 0.055
    front = Box(box.x, box.y + up, box.w - side, box.h - up)
    flank = polygon(
        [(front.right, front.y), (box.right, box.y), (box.right, box.bottom - up * 1.1), (front.right, front.bottom)],
        mix(wrap.body, wrap.dark, 0.32),
    )
    lid = polygon(
        [(front.x, front.y), (front.x + side, box.y), (box.right, box.y), (front.right, front.y)],
        mix(wrap.body, "#ffffff", 0.3),
    )
    art = [flank, lid, rect(front.x, front.y, front.w, front.h, wrap.body)]
    art += [
        rect(front.x, front.y, front.w, front.h * 0.06, wrap.accent),
        rect(front.x, front.bottom - front.h * 0.06, front.w, front.h * 0.06, wrap.accent),
    ]
    art.append(
        polygon(
            [
                (front.right, front.y),
                (box.right, box.y),
                (box.right, box.y + front.h * 0.06),
                (front.right, front.y + front.h * 0.06),
            ],
            mix(wrap.accent, wrap.dark, 0.35),
        )
    )
    if job.detail:
        art.append(
            polygon(
                [(front.x, front.y), (front.x + front.w * 0.34, front.y), (front.x, front.y + front.h * 0.6)],
                "#ffffff",
                'opacity=".1"',
            )
        )
    return "".join(art), Box(front.x + front.w * 0.03, front.y + front.h * 0.08, front.w * 0.94, front.h * 0.84)


PACKS = {
    "jar": Pack(_jar, 0.8, False),
    "bottle": Pack(_bottle, 0.42, False),
    "can": Pack(_can, 0.6, True),
    "pouch": Pack(_pouch, 0.72, True),
    "box": Pack(_box, 0.76, True),
}
