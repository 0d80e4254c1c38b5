"""The weather in front of and behind a place: rainbow, lightning, northern lights, fog, rain, snow."""

import numpy as np

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.ink import ring, stroke, trace
from easel_sketch.scenery.raster.field import Field, blend, cells, enlarged, noise
from easel_sketch.scenery.raster.view import View

_BOW = ("#e8453c", "#f28a2e", "#f7d548", "#58b957", "#3f8fe0", "#5a5bd0", "#8f4fc0")


def behind(view: View) -> None:
    """What is in the sky, before the land is drawn."""
    if view.has("rainbow"):
        _rainbow(view)
    if view.has("storm"):
        _lightning(view)


def before(view: View) -> None:
    """What is in the air in front of everything."""
    if view.has("mist") and view.plan.place not in ("space", "underwater", "moon"):
        _fog(view)
    if view.has("rain", "storm"):
        _rain(view)
    if view.has("snowfall"):
        _snow(view)


def aurora(view: View) -> None:
    """Curtains of green and violet light, brightest at their lower edges."""
    cell = 4
    columns, rows = cells(view.w, cell), cells(view.horizon, cell)
    y = np.linspace(0, 1, rows, dtype=np.float32)[:, None]
    light: Field = np.zeros((3, rows, columns), np.float32)
    for place, (green, violet) in enumerate((("#3fe08a", "#8b5cf0"), ("#52f0b0", "#5a78f0"), ("#7df07a", "#b04fd0"))):
        fold = noise(view.rng, columns, 2, 3.2, 1, 3)[0]
        edge = (np.float32(0.86 - 0.2 * place) - fold * np.float32(0.5))[None]
        rays = noise(view.rng, columns, 2, 46, 1, 2)[0][None]
        above = (edge - y) / (np.float32(0.22) + rays * np.float32(0.5))
        strength = np.clip(1 - above, 0, 1) * np.clip(above * 14 + 1, 0, 1)
        strength = strength * strength * (np.float32(0.3) + rays * np.float32(0.9)) * np.float32(0.8)
        share = np.clip(above, 0, 1)
        for band in range(3):
            low, high = (int(tone[1 + 2 * band : 3 + 2 * band], 16) for tone in (green, violet))
            light[band] += strength * (low + (high - low) * share)
    view.image[:, : view.horizon] += enlarged(light * np.float32(0.72), cell, view.w, view.horizon)


def _rainbow(view: View) -> None:
    w, h = view.w, view.h
    x, y = view.side(0.46), float(view.horizon) + h * 0.04
    r, wide = min(w * 0.46, view.horizon * 0.86), h * 0.0105
    bands = (ring(x, y, r - place * wide, tone, wide * 1.15, 'opacity="0.5"') for place, tone in enumerate(_BOW))
    view.overlay("".join(bands), 0, view.horizon + 2)


def _lightning(view: View) -> None:
    """Two forked bolts from the clouds to the horizon."""
    parts = []
    for share, reach in ((0.32, 1.0), (0.5, 0.7)):
        x, y, foot = view.side(share), view.h * 0.02, view.horizon * reach
        points = [(x, y)]
        while y < foot:
            x += view.w * float(view.rng.uniform(-0.022, 0.022))
            y += view.h * float(view.rng.uniform(0.018, 0.045))
            points.append((x, y))
            if view.rng.random() < 0.22:
                parts.append(_branch(view, x, y))
        bolt = trace("M", *points[0]) + "".join(" " + trace("L", *point) for point in points[1:])
        thick = max(1.5, view.h * 0.0032) * reach
        parts += [stroke(bolt, "#cfd8ff", thick * 4, 'opacity=".3"'), stroke(bolt, "#fbfaff", thick)]
    view.overlay("".join(parts), 0, view.horizon + 2)
    glow = view.image[:, : view.horizon]
    glow += np.float32(10)


def _branch(view: View, x: float, y: float) -> str:
    steps = [trace("M", x, y)]
    way = 1 if view.rng.random() < 0.5 else -1
    for _ in range(4):
        x += way * view.w * float(view.rng.uniform(0.004, 0.02))
        y += view.h * float(view.rng.uniform(0.01, 0.03))
        steps.append(trace("L", x, y))
    return stroke(" ".join(steps), "#e4e8ff", max(1.0, view.h * 0.0015), 'opacity=".8"')


def _fog(view: View) -> None:
    """Banks of fog, thickest around the horizon."""
    cell = 6
    columns, rows = cells(view.w, cell), cells(view.h, cell)
    y = np.linspace(0, 1, rows, dtype=np.float32)[:, None]
    away = (y - np.float32(min(0.62, view.horizon / view.h))) / np.float32(0.34)
    banks = noise(view.rng, columns, rows, 3, 9, 4)
    share = np.clip(1 - away * away, 0, 1) * (np.float32(0.12) + banks * np.float32(0.95))
    blend(view.image, mix(view.light.haze, "#ffffff", 0.22), enlarged(np.clip(share, 0, 0.82), cell, view.w, view.h))


def _rain(view: View) -> None:
    w, h, parts = view.w, view.h, []
    for _ in range((120, 220, 360)[view.detail]):
        x, y, long = float(view.rng.random()) * w, float(view.rng.random()) * h, h * float(view.rng.uniform(0.02, 0.06))
        parts.append(trace("M", x, y, "l", -long * 0.2, long))
    view.overlay(stroke(" ".join(parts), "#e8eef6", max(1.0, h * 0.0013), 'opacity=".42"'))


def _snow(view: View) -> None:
    w, h, parts = view.w, view.h, []
    for _ in range((120, 260, 420)[view.detail]):
        x, y, r = (
            float(view.rng.random()) * w,
            float(view.rng.random()) * h,
            h * float(view.rng.uniform(0.0012, 0.0052)),
        )
        parts.append(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{r:.1f}"/>')
    view.overlay(f'<g fill="#ffffff" opacity=".85">{"".join(parts)}</g>')
