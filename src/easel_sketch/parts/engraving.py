"""Engraved ornament: flourishes, corner pieces, guilloche borders, rosettes and seals."""

from math import cos, pi, sin

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, path, polygon, ring, star, stroke, trace
from easel_sketch.parts.burst import toothed


def flourish(job: Commission, x: float, y: float, reach: float, ink: str) -> str:
    """A lozenge between two tapering rules."""
    u = job.unit
    drawn = [polygon([(x - 9 * u, y), (x, y - 9 * u), (x + 9 * u, y), (x, y + 9 * u)], ink)]
    for side in (-1, 1):
        far = x + side * reach
        near = x + side * 20 * u
        drawn.append(path(trace("M", near, y - 1.6 * u, "L", far, y, "L", near, y + 1.6 * u, "Z"), ink))
        if job.detail:
            drawn.append(circle(x + side * 18 * u, y, 2.6 * u, ink))
            drawn.append(circle(far + side * 7 * u, y, 2.4 * u, ink))
    return "".join(drawn)


def corners(box: Box, size: float, ink: str, paper: str) -> str:
    """A curl in each corner of a frame, on a patch of paper that covers the frame's lines."""
    drawn = []
    for x, sx in ((box.x, 1), (box.right, -1)):
        for y, sy in ((box.y, 1), (box.bottom, -1)):
            drawn.append(f'<g transform="translate({x:.1f} {y:.1f}) scale({sx} {sy})">{_curl(size, ink, paper)}</g>')
    return "".join(drawn)


def _curl(size: float, ink: str, paper: str) -> str:
    s, thick = size, size * 0.055
    patch = circle(0, 0, s * 0.62, paper)
    across = trace("M", s * 1.5, 0, "C", s * 0.9, 0, s * 0.7, s * 0.05, s * 0.5, s * 0.3)
    across += trace("C", s * 0.34, s * 0.52, s * 0.62, s * 0.72, s * 0.76, s * 0.5)
    down = trace("M", 0, s * 1.5, "C", 0, s * 0.9, s * 0.05, s * 0.7, s * 0.3, s * 0.5)
    down += trace("C", s * 0.52, s * 0.34, s * 0.72, s * 0.62, s * 0.5, s * 0.76)
    return patch + stroke(across + down, ink, thick) + circle(s * 0.16, s * 0.16, s * 0.09, ink)


def guilloche(job: Commission, box: Box, ink: str, width: float) -> str:
    """Interlaced waves along the four sides of `box`."""
    u, lines = job.unit, []
    for phase in range(4):
        for start, end, level, across in (
            (box.x, box.right, box.y, True),
            (box.x, box.right, box.bottom, True),
            (box.y, box.bottom, box.x, False),
            (box.y, box.bottom, box.right, False),
        ):
            lines.append(_wave(start, end, level, phase * pi / 2, width / 2, 44 * u, across=across))
    return stroke("".join(lines), ink, 1.2 * u)


def _wave(start: float, end: float, level: float, phase: float, swing: float, length: float, *, across: bool) -> str:
    count = max(8, round((end - start) / length)) * 8
    points = []
    for i in range(count + 1):
        along, off = start + (end - start) * i / count, level + sin(pi * i / 4 + phase) * swing
        points.append((along, off) if across else (off, along))
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def rosette(x: float, y: float, r: float, ink: str, width: float) -> str:
    """Loops around a centre."""
    points, petals = [], 12
    for i in range(petals * 24 + 1):
        at = 2 * pi * i / (petals * 24)
        reach = r * (0.68 + 0.32 * cos(at * petals * 1.5))
        points.append((x + cos(at * 2) * reach, y + sin(at * 2) * reach))
    return stroke("M" + "L".join(f"{px:.1f} {py:.1f}" for px, py in points) + "Z", ink, width)


def seal(job: Commission, x: float, y: float, r: float, metal: str, band: str) -> str:
    """A toothed seal with two ribbons and a star in its centre."""
    tails = "".join(
        polygon(
            [
                (x + side * r * 0.08, y + r * 0.4),
                (x + side * r * 0.72, y + r * 0.4),
                (x + side * r * 0.78, y + r * 1.72),
                (x + side * r * 0.47, y + r * 1.46),
                (x + side * r * 0.18, y + r * 1.72),
            ],
            band if side < 0 else mix(band, "#000000", 0.16),
        )
        for side in (-1, 1)
    )
    light, dark = mix(metal, "#ffffff", 0.42), mix(metal, "#000000", 0.28)
    face = toothed(x, y, r, 28, metal) + ring(x, y, r * 0.8, light, r * 0.03) + circle(x, y, r * 0.72, light)
    face += ring(x, y, r * 0.72, dark, r * 0.02)
    if job.detail:
        face += rosette(x, y, r * 0.66, mix(metal, light, 0.35), r * 0.012)
    return tails + face + polygon(star(5, x, y, r * 0.5), dark)
