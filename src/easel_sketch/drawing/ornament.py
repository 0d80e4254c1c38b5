"""Small elements of a layout: shadows, badges, discs, arrows, rules, paper."""

import functools
import struct
import zlib
from math import atan2, cos, hypot, pi, sin
from random import Random

from easel_sketch.colour.mixing import contrast, fade, mix
from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import HIGH, LOW, Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, glow, polygon, rect, stroke

GRAIN = "grain"
_TILE = 256


def shadow(job: Commission, depth: float = 1.0) -> str:
    """The CSS of a soft shadow under a card; only a border at low quality."""
    if job.detail == LOW:
        return f"border:{1.4 * job.unit:.1f}px solid {job.palette.line};"
    strength = 0.42 if job.palette.dark else 0.1
    u = job.unit * depth
    return (
        f"border:{1.2 * job.unit:.1f}px solid {fade(job.palette.ink, 0.08)};"
        f"box-shadow:0 {5 * u:.1f}px {18 * u:.1f}px {fade(mix(job.palette.ink, '#000000', 0.5), strength)};"
    )


def badge(job: Commission, x: float, y: float, size: float, number: int, fill: str, *, rim: bool = False) -> str:
    """A numbered dot centred on (x, y); `rim` adds a pale edge for use on a drawing."""
    ink = max(("#ffffff", mix(job.palette.ink, "#000000", 0.3)), key=lambda c: contrast(c, fill))
    face = job.faces.label.css(size * 0.54, ink)
    middle = f"border-radius:50%;background:{fill};align-items:center;justify-content:center;"
    if rim:
        middle += f"border:{size * 0.06:.1f}px solid {job.palette.surface};{_drop_shadow(size) if job.detail else ''}"
    label = f'<div style="{face}line-height:1;font-weight:800;font-family:Inter">{number}</div>'
    return Box(x - size / 2, y - size / 2, size, size).div(label, middle)


def _drop_shadow(size: float) -> str:
    return f"box-shadow:0 {size * 0.05:.1f}px {size * 0.16:.1f}px {fade('#000000', 0.2)};"


def disc(job: Commission, x: float, y: float, size: float, icon: str, edge: str) -> str:
    """An icon on a round plate with a coloured edge."""
    plate = f"border-radius:50%;background:{job.palette.surface};border:{max(2.0, size * 0.045):.1f}px solid {edge};"
    plate += _drop_shadow(size) if job.detail else ""
    plate += "align-items:center;justify-content:center;"
    return Box(x - size / 2, y - size / 2, size, size).div(icons.svg(icon, size * 0.62), plate)


def arrow(ends: tuple[float, float, float, float], colour: str, width: float, bend: float = 0.2, halo: str = "") -> str:
    """A curved arrow from (x0, y0) to (x1, y1); `bend` is its sagitta as a share of its length."""
    x0, y0, x1, y1 = ends
    dx, dy = x1 - x0, y1 - y0
    cx, cy = (x0 + x1) / 2 - dy * bend, (y0 + y1) / 2 + dx * bend
    along = atan2(y1 - cy, x1 - cx)
    head = width * 3.4
    bx, by = x1 - cos(along) * head * 0.7, y1 - sin(along) * head * 0.7
    wings = [(x1 + cos(along + turn) * head, y1 + sin(along + turn) * head) for turn in (pi * 0.84, -pi * 0.84)]
    shaft = f"M{x0:.1f} {y0:.1f}Q{cx:.1f} {cy:.1f} {bx:.1f} {by:.1f}"

    def drawn(tone: str, extra: float) -> str:
        joined = f'stroke="{tone}" stroke-width="{width * 0.6 + extra:.1f}" stroke-linejoin="round"'
        return stroke(shaft, tone, width + extra) + polygon([(x1, y1), *wings], tone, joined)

    return (drawn(halo, width * 0.9) if halo else "") + drawn(colour, 0)


def between(
    start: tuple[float, float], end: tuple[float, float], gap0: float, gap1: float
) -> tuple[float, float, float, float]:
    """The segment from `start` to `end`, shortened by `gap0` and `gap1` at its ends."""
    (x0, y0), (x1, y1) = start, end
    length = max(1.0, hypot(x1 - x0, y1 - y0))
    ux, uy = (x1 - x0) / length, (y1 - y0) / length
    return x0 + ux * gap0, y0 + uy * gap0, x1 - ux * gap1, y1 - uy * gap1


def rule(job: Commission, x: float, y: float, w: float, h: float) -> str:
    """A short bar in three accents above a title."""
    parts = (
        rect(w * left, 0, w * wide, h, job.palette.accent(i))
        for i, (left, wide) in enumerate(((0, 0.5), (0.5, 0.3), (0.8, 0.2)))
    )
    clip = f"border-radius:{h / 2:.1f}px;overflow:hidden;"
    return Box(x, y, w, h).svg("".join(parts), clip)


def paper(job: Commission) -> str:
    """The background of a page: flat at low quality, else with soft light and dots."""
    page, palette, u = job.page, job.palette, job.unit
    ground = page.div("", f"background:{palette.ground};")
    if job.detail == LOW:
        return ground
    w, h = page.w, page.h
    lit = [
        glow("warm", f"{mix(palette.ground, palette.accent(1), 0.16)}@1", f"{palette.ground}@0"),
        circle(w * (0.06 if job.mirrored else 0.96), h * 0.02, w * 0.42, "url(#warm)"),
        glow("cool", f"{mix(palette.ground, palette.accent(2), 0.12)}@1", f"{palette.ground}@0"),
        circle(w * (0.98 if job.mirrored else 0.02), h * 1.0, w * 0.4, "url(#cool)"),
    ]
    step = 30 * u
    dot = fade(palette.ink, 0.07)
    clear = fade(palette.ink, 0)
    dots = (
        f"background-image:radial-gradient(circle at 50% 50%,{dot} {1.5 * u:.1f}px,{clear} {2.2 * u:.1f}px);"
        f"background-size:{step:.1f}px {step:.1f}px;"
    )
    return ground + page.svg("".join(lit)) + page.div("", dots)


def grain_overlay(job: Commission, strength: float = 0.32) -> str:
    """Fine noise over the page, at high quality only; none on a transparent page, which would become visible."""
    if job.detail < HIGH or job.transparent:
        return ""
    style = f"background-image:url('{GRAIN}');background-repeat:repeat;background-size:{_TILE}px {_TILE}px;"
    return job.page.div("", f"{style}opacity:{strength};mix-blend-mode:soft-light;")


@functools.cache
def grain() -> bytes:
    """A tile of noise as a PNG, the same in every process."""
    rng = Random(7)  # noqa: S311  noise, not secrets
    rows = b"".join(b"\0" + b"".join(bytes((rng.randrange(256), 70)) for _ in range(_TILE)) for _ in range(_TILE))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", _TILE, _TILE, 8, 4, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
