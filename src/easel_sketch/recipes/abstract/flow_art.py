"""Abstract compositions with soft edges: waves, a gradient mesh, and layers of cut paper."""

from itertools import pairwise
from math import cos, sin, tau

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.commission import LOW, Commission
from easel_sketch.drawing.ink import circle, path, rect, stroke, trace
from easel_sketch.parts.inks import Inks

_STEP = 28


def waves(job: Commission, inks: Inks) -> str:
    """Wide bands across the page, each with a gradient and a highlight along its crest."""
    w, h = job.page.w, job.page.h
    count = (6, 8, 10)[job.detail]
    tilt = (0.26, -0.22, 0.12, -0.3)[job.index % 4]
    phase = job.rng.random() * tau
    parts = [_gradient("base", inks.blend(0.0), mix(inks.blend(0.2), "#ffffff", 0.3)), rect(0, 0, w, h, "url(#base)")]
    for i in range(count):
        share = (i + 1) / count
        y = h * (0.06 + 0.94 * (i / count))
        line = _wave_line(job, y, h * (0.085 + 0.03 * sin(i * 1.7)), phase + i * 0.55, tilt)
        near = inks.blend(share)
        name = f"band{i}"
        parts.append(
            _gradient(name, near, mix(inks.blend(max(0.0, share - 0.45)), "#ffffff", 0.16), turned=bool(i % 2))
        )
        body = _smooth_path(line)
        if job.detail:
            parts.append(
                stroke(body, "#000000", 34 * job.unit, 'opacity=".05"')
                + stroke(body, "#000000", 14 * job.unit, 'opacity=".07"')
            )
        parts.append(path(body + trace("V", h + 10, "H", line[0][0], "Z"), f"url(#{name})"))
        if job.detail > LOW:
            parts.append(stroke(body, "#ffffff", 2.6 * job.unit, 'opacity=".35"'))
    return "".join(parts)


def _gradient(name: str, first: str, last: str, *, turned: bool = False) -> str:
    a, b = (last, first) if turned else (first, last)
    return (
        f'<defs><linearGradient id="{name}" x1="0" y1="0" x2="1" y2=".35"><stop offset="0" stop-color="{a}"/>'
        f'<stop offset=".55" stop-color="{mix(a, b, 0.5)}"/><stop offset="1" stop-color="{b}"/></linearGradient></defs>'
    )


def _wave_line(job: Commission, y: float, swing: float, phase: float, tilt: float) -> list[tuple[float, float]]:
    w = job.page.w
    points = []
    for i in range(_STEP + 1):
        share = i / _STEP
        fall = (share - 0.5) * tilt * job.page.h
        points.append(
            (
                w * (share * 1.1 - 0.05),
                y + fall + swing * (sin(share * 4.6 + phase) + 0.45 * sin(share * 9.4 + phase * 1.7)),
            )
        )
    return points


def _smooth_path(points: list[tuple[float, float]]) -> str:
    """A smooth curve between the points."""
    steps = trace("M", *points[0])
    for (x0, y0), (x1, y1) in pairwise(points[1:]):
        steps += trace("Q", x0, y0, (x0 + x1) / 2, (y0 + y1) / 2)
    return steps + trace("L", *points[-1])


def mesh(job: Commission, inks: Inks) -> str:
    """Large blurred spots that blend into each other."""
    w, h, s = job.page.w, job.page.h, max(job.page.w, job.page.h)
    base = inks.blend(0.5)
    parts = [rect(0, 0, w, h, base)]
    spots = (
        (0.08, 0.1, 0.62),
        (0.92, 0.16, 0.6),
        (0.2, 0.9, 0.62),
        (0.86, 0.86, 0.66),
        (0.5, 0.42, 0.42),
        (0.62, 0.62, 0.36),
        (0.36, 0.16, 0.34),
        (0.12, 0.55, 0.36),
    )
    for i, (x, y, r) in enumerate(spots[: (5, 7, 8)[job.detail]]):
        tone = inks.flow[(i + job.index) % len(inks.flow)]
        tone = (
            mix(tone, "#ffffff", 0.42)
            if i in (4, 6) and not inks.dark
            else mix(tone, inks.ink, 0.2)
            if i == 7
            else tone
        )
        x, y = (1 - x if job.mirrored else x), (1 - y if job.index // 2 % 2 else y)
        name = f"light{i}"
        parts.append(
            _light(name, tone)
            + circle(
                w * (x + job.rng.uniform(-0.05, 0.05)), h * (y + job.rng.uniform(-0.05, 0.05)), s * r, f"url(#{name})"
            )
        )
    return "".join(parts)


def _light(name: str, tone: str) -> str:
    stops = "".join(
        f'<stop offset="{at}" stop-color="{tone}" stop-opacity="{strength}"/>'
        for at, strength in ((0, 0.98), (0.3, 0.78), (0.6, 0.34), (0.82, 0.1), (1, 0))
    )
    return f'<defs><radialGradient id="{name}" cx=".5" cy=".5" r=".5">{stops}</radialGradient></defs>'


def papercut(job: Commission, inks: Inks) -> str:
    """Sheets of paper with an opening, one inside the other, each with a shadow on the next."""
    w, h = job.page.w, job.page.h
    layers = (5, 7, 9)[job.detail]
    x, y = w * (0.58 if not job.mirrored else 0.42), h * (0.5, 0.46, 0.56, 0.5)[job.index % 4]
    parts = [rect(0, 0, w, h, mix(inks.blend(1.0), "#ffffff", 0.5 if not inks.dark else 0.0))]
    for i in range(layers):
        share = 1 - i / (layers - 1)
        rx, ry = w * (0.09 + 0.055 * i * 9 / layers), h * (0.07 + 0.052 * i * 9 / layers)
        hole = _blob(job, x, y, rx, ry, i)
        sheet = trace("M", -20.0, -20.0, "H", w + 20, "V", h + 20, "H", -20.0, "Z") + hole
        tone = inks.blend(share)
        if job.detail:
            parts.append(
                f'<path d="{hole}" fill="none" stroke="#000000" stroke-width="{44 * job.unit:.1f}" opacity=".06"/>'
            )
            parts.append(
                f'<path d="{hole}" fill="none" stroke="#000000" stroke-width="{20 * job.unit:.1f}" opacity=".09"/>'
            )
        parts.append(path(sheet, tone, 'fill-rule="evenodd"'))
        parts.append(stroke(hole, mix(tone, "#ffffff", 0.35), 2.4 * job.unit))
    return "".join(parts)


def _blob(job: Commission, x: float, y: float, rx: float, ry: float, turn: int) -> str:
    """A closed smooth outline around (x, y)."""
    count = 40
    points = []
    for i in range(count):
        at = tau * i / count
        swell = 1 + 0.13 * sin(3 * at + turn * 0.5 + job.index) + 0.08 * sin(5 * at - turn * 0.8)
        points.append((x + cos(at) * rx * swell, y + sin(at) * ry * swell))
    middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in zip(points, [*points[1:], points[0]], strict=True)]
    steps = trace("M", *middles[-1])
    for corner, end in zip(points, middles, strict=True):
        steps += trace("Q", *corner, *end)
    return steps + "Z"
