"""Places beyond the land: space, the moon, Mars, and above the clouds."""

from dataclasses import replace

import numpy as np

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.ink import circle, glow, oval, path, stroke, trace
from easel_sketch.scenery.raster import relief, sky
from easel_sketch.scenery.raster.field import Field, blend, cells, enlarged, falloff, mixed, noise, ramp, wave
from easel_sketch.scenery.raster.relief import Layer
from easel_sketch.scenery.raster.view import View

_NEBULAE = (("#3a5bd0", "#b04fd0"), ("#1fa0a8", "#e0603f"), ("#7a3fd0", "#e85a9a"), ("#2f6fd0", "#f2a03f"))
_WORLDS = (("#d9a86a", "#7a4a34"), ("#7fb0d8", "#2a4a86"), ("#c98a9a", "#5a3470"), ("#9ac0a0", "#2f5a5a"))


def _night(view: View, tones: tuple[str, str, str] = ("#03040c", "#060a1c", "#0a0f26")) -> None:
    view.image[:] = ramp([(0, tones[0]), (0.6, tones[1]), (1, tones[2])], view.h)
    _stars(view, view.h)


def _stars(view: View, last: int) -> None:
    count = view.w * last // 1500
    y, x = view.rng.integers(0, last, count), view.rng.integers(0, view.w, count)
    bright = view.rng.random(count, np.float32)
    view.image[:, y, x] += bright * bright * bright * 235 + 14
    rng = view.rng
    large = (
        circle(rng.random() * view.w, rng.random() * last, view.h * rng.uniform(0.0006, 0.0018), "#ffffff")
        for _ in range(count // 40)
    )
    view.overlay("".join(large), 0, last)


def space(view: View) -> None:
    """Stars, a nebula, and a planet, with a ring or a moon."""
    w, h = view.w, view.h
    _night(view)
    cold, warm = _NEBULAE[view.plan.layout]
    cell = 4
    columns, rows = cells(w, cell), cells(h, cell)
    y, x = np.linspace(0, 1, rows, dtype=np.float32)[:, None], np.linspace(0, 1, columns, dtype=np.float32)[None]
    lean = 0.7 if view.left else -0.7
    away = (y - np.float32(0.5) - (x - np.float32(0.5)) * np.float32(lean)) / np.float32(0.34)
    clouds = noise(view.rng, columns, rows, 4, 3, 6)
    fine = noise(view.rng, columns, rows, 9, 7, 5)
    share = (
        np.clip((clouds - np.float32(0.36)) * 2.6, 0, 1)
        * falloff(np.asarray(away * away, np.float32))
        * np.clip(fine * 1.6 - 0.2, 0, 1)
    )
    tone = mixed(cold, warm, np.clip((fine - np.float32(0.4)) * 4, 0, 1))
    view.image += enlarged(tone * share * np.float32(0.95), cell, w, h)
    if not view.has("galaxy") or view.plan.things:
        _planet(
            view,
            view.side(0.36),
            h * (0.56, 0.5, 0.6, 0.46)[view.plan.layout],
            min(h, w * 0.8) * (0.26, 0.2, 0.3, 0.22)[view.plan.layout],
        )
    if view.has("galaxy"):
        _spiral(view, view.side(0.72 if view.plan.things else 0.5), h * 0.42, h * (0.2 if view.plan.things else 0.36))
    view.ground = (h * 0.7, h * 0.9)


def _planet(view: View, x: float, y: float, r: float) -> None:
    """A banded world, lit from one side, with a ring in every second image."""
    bright, dark = _WORLDS[view.plan.layout]
    part, across, down = _around(view, x, y, r)
    rows, columns = part.shape[1:]
    squared = across * across + down * down
    height = np.sqrt(np.clip(1 - squared, 0, 1))
    ringed = view.plan.layout % 2 == 0
    if ringed:
        view.overlay(_ring(x, y, r, bright, back=True))
        part = _around(view, x, y, r)[0]
    bands = (
        noise(view.rng, columns, rows, 2, 16, 4)
        + down * np.float32(0.1)
        + noise(view.rng, columns, rows, 6, 10, 3) * np.float32(0.3)
    )
    planes = mixed(dark, bright, np.clip((bands - np.float32(0.4)) * 2.4, 0, 1))
    way = np.float32(0.62 if view.left else -0.62)
    sun = np.clip(across * way - down * np.float32(0.36) + height * np.float32(0.62), 0, 1)
    planes *= np.float32(0.05) + sun * np.float32(1.12)
    blend(part, planes, np.clip((np.float32(1) - np.sqrt(squared)) * np.float32(r), 0, 1))
    if ringed:
        view.overlay(_ring(x, y, r, bright, back=False))
    else:
        mx, my = x + r * 1.5 * (1 if view.left else -1), y - r * 0.9
        view.overlay(
            circle(mx, my, r * 0.17, "#b9b4ac")
            + circle(mx - r * 0.06, my + r * 0.05, r * 0.15, "#05060f", 'opacity=".55"')
        )


def _around(view: View, x: float, y: float, r: float) -> tuple[Field, Field, Field]:
    """The pixels around a ball, and how far right of and below its centre they are, in radii."""
    top, left = max(0, int(y - r) - 2), max(0, int(x - r) - 2)
    part = view.image[:, top : int(y + r) + 3, left : int(x + r) + 3]
    rows, columns = part.shape[1:]
    down = (np.arange(top, top + rows, dtype=np.float32)[:, None] - np.float32(y)) / np.float32(r)
    across = (np.arange(left, left + columns, dtype=np.float32)[None] - np.float32(x)) / np.float32(r)
    return part, across, down


def _ring(x: float, y: float, r: float, tone: str, *, back: bool) -> str:
    """One half of a ring: behind a planet, or before it."""
    sweep, parts = "1" if back else "0", []
    for reach, wide, strength in ((1.45, 0.08, 0.6), (1.62, 0.12, 0.8), (1.84, 0.06, 0.5)):
        rx, ry = r * reach, r * reach * 0.26
        arc = trace("M", x - rx, y, "A", rx, ry, "0 0", sweep, x + rx, y)
        parts.append(
            stroke(arc, mix(tone, "#fff4dc", 0.4), r * wide * 0.7, f'opacity="{strength}" style="stroke-linecap:butt"')
        )
    return f'<g transform="rotate(-14 {x:.0f} {y:.0f})">{"".join(parts)}</g>'


def _spiral(view: View, x: float, y: float, r: float) -> None:
    """A spiral galaxy of points along two arms, brighter towards its core."""
    count = 2600
    turn = view.rng.random(count, np.float32)
    reach = np.sqrt(turn) * np.float32(r)
    arm = np.where(view.rng.random(count) < 0.5, np.float32(0), np.float32(0.5)) + turn * np.float32(1.15)
    arm = arm + (view.rng.random(count, np.float32) - np.float32(0.5)) * np.float32(0.16)
    px = (
        x
        + wave(arm) * reach * np.float32(1.5)
        + (view.rng.random(count, np.float32) - np.float32(0.5)) * np.float32(r * 0.1)
    )
    py = (
        y
        + wave(arm + np.float32(0.25)) * reach * np.float32(0.6)
        + (view.rng.random(count, np.float32) - np.float32(0.5)) * np.float32(r * 0.06)
    )
    halo = glow("core", "#fff3d6@1", "#c9a8ff@.45", "#6a7fe0@0")
    parts = [
        halo,
        oval(x, y, r * 1.3, r * 0.55, "url(#core)", 'opacity=".55"'),
        oval(x, y, r * 0.42, r * 0.2, "url(#core)"),
    ]
    for place in range(count):
        tone = ("#ffffff", "#cfd8ff", "#ffd9b0", "#d9b0ff")[place % 4]
        dot = r * (0.004 + 0.006 * float(1 - turn[place]))
        parts.append(circle(float(px[place]), float(py[place]), dot, tone, 'opacity=".8"'))
    view.overlay("".join(parts))


def moon(view: View) -> None:
    """Grey ground with craters under a black sky, and the Earth above it."""
    _w, h = view.w, view.h
    _night(view)
    _earth(
        view,
        view.side((0.66, 0.3, 0.56, 0.74)[view.plan.layout]),
        h * (0.26, 0.3, 0.34, 0.22)[view.plan.layout],
        h * (0.15, 0.2, 0.11, 0.17)[view.plan.layout],
    )
    _dusty(view, relief.material("ground", "moon"), hills=0.16, craters=True)


def mars(view: View) -> None:
    """Red dust, rocks and far tables under a pale orange sky."""
    _w, h = view.w, view.h
    tones = ("#1a1216", "#3a201c", "#6a3a28") if view.light.dark else ("#a8765a", "#cf9a72", "#ecc39a")
    view.image[:] = ramp(
        [(0, tones[0]), (view.horizon / h * 0.6, tones[1]), (view.horizon / h, tones[2]), (1, tones[2])], h
    )
    if view.light.dark:
        _stars(view, view.horizon)
    else:
        view.overlay(
            circle(view.sun.x, view.sun.y, view.sun.r * 0.6, "#fff4e6")
            + circle(view.sun.x, view.sun.y, view.sun.r * 2, "#ffe9d0", 'opacity=".3"')
        )
    _dusty(view, relief.material("ground", "mars"), hills=0.2, craters=False)


def _dusty(view: View, ground: str, *, hills: float, craters: bool) -> None:
    """Bare ground in hard light; its light does not depend on the hour's colours."""
    w, h, edge = view.w, view.h, view.horizon / view.h
    dark = view.light.dark and not craters
    own = replace(
        view.light,
        land=mix(ground, "#000000", 0.85),
        lit="#ffffff" if craters else "#ffd9b0",
        haze=mix(ground, "#000000" if craters else "#f0c8a0", 0.35 if craters else 0.5),
        shade="#101014",
        dim=0.55 if dark else 0.06,
        shine=0.16,
    )
    view.light = own
    relief.add(view, Layer(edge, hills, 4, 6, ground, 0.34, sharp=True, faces=1.1))
    relief.add(view, Layer(edge + 0.05, hills * 0.5, 5, 4, ground, 0.2, sharp=True, faces=0.9))
    relief.add(view, Layer(edge + 0.12, 0.05, 3, 5, ground, 0.06, level=True))
    parts = []
    for _ in range(16 if craters else 0):
        depth = float(view.rng.random()) ** 0.8
        x, y, r = (
            float(view.rng.random()) * w,
            h * (edge + 0.12 + (0.86 - edge) * depth),
            w * (0.012 + 0.07 * depth * float(view.rng.uniform(0.4, 1))),
        )
        flat, way = 0.2 + 0.1 * depth, -1 if view.left else 1
        parts.append(
            (
                y,
                oval(x, y, r, r * flat, own.on(ground))
                + oval(
                    x + way * r * 0.06, y + r * 0.02, r * 0.88, r * flat * 0.82, own.off(mix(ground, "#000000", 0.35))
                )
                + oval(x - way * r * 0.12, y + r * flat * 0.16, r * 0.7, r * flat * 0.56, own.off(ground)),
            )
        )
    for _ in range(60):
        depth = float(view.rng.random())
        x, y, r = (
            float(view.rng.random()) * w,
            h * (edge + 0.1 + (0.9 - edge) * depth),
            h * (0.002 + 0.016 * depth * float(view.rng.random())),
        )
        rock = trace(
            "M", x - r * 1.4, y, "L", x - r * 0.8, y - r * 0.9, "L", x + r * 0.3, y - r * 1.2, "L", x + r * 1.3, y, "Z"
        )
        parts.append(
            (
                y,
                path(rock, own.off(mix(ground, "#000000", 0.25)))
                + path(
                    trace("M", x - r * 0.8, y - r * 0.9, "L", x + r * 0.3, y - r * 1.2, "L", x, y - r * 0.4, "Z"),
                    own.on(ground),
                ),
            )
        )
    view.overlay("".join(drawn for _, drawn in sorted(parts)))
    view.ground = (h * (edge + 0.16), h * 0.92)


def _earth(view: View, x: float, y: float, r: float) -> None:
    """The Earth: oceans, green and brown land, white clouds, half in shadow."""
    part, across, down = _around(view, x, y, r)
    rows, columns = part.shape[1:]
    squared = across * across + down * down
    land = noise(view.rng, columns, rows, 3, 3, 5)
    planes = mixed("#0f3f86", "#2a74b8", noise(view.rng, columns, rows, 3, 3, 3))
    blend(
        planes,
        mixed("#3f7a3a", "#b08a54", np.clip((land - np.float32(0.5)) * 8, 0, 1)),
        np.clip((land - np.float32(0.52)) * 30, 0, 1),
    )
    clouds = noise(view.rng, columns, rows, 3, 7, 5)
    blend(planes, "#ffffff", np.clip((clouds - np.float32(0.53)) * 9, 0, 0.92))
    blend(planes, "#ffffff", np.clip((np.abs(down) - np.float32(0.86)) * 9, 0, 0.9) + across * 0)
    way = np.float32(0.6 if view.left else -0.6)
    lit = np.clip(across * way - down * np.float32(0.3) + np.sqrt(np.clip(1 - squared, 0, 1)) * np.float32(0.8), 0, 1)
    planes *= np.float32(0.04) + lit * np.float32(1.1)
    distance = np.sqrt(squared)
    blend(part, planes, np.clip((np.float32(1) - distance) * np.float32(r), 0, 1))
    view.overlay(
        glow("air", "#7fb8ff@0", "#7fb8ff@0", "#7fb8ff@0", "#7fb8ff@.5", "#7fb8ff@0")
        + circle(x, y, r * 1.3, "url(#air)")
    )


def clouds(view: View) -> None:
    """Only sky: heaped clouds above one another, lit from the sun."""
    w, h, light, cell = view.w, view.h, view.light, 4
    columns, rows = cells(w, cell), cells(h, cell)
    for place, (base, haze) in enumerate(((0.4, 0.5), (0.66, 0.28), (0.94, 0.06))):
        if view.has("clear") and place < 2:
            continue
        lumps = noise(view.rng, columns, rows, 5 - place, 4 - 0.6 * place, 6)
        y = np.linspace(0, 1, rows, dtype=np.float32)[:, None]
        there = np.clip(
            (lumps - np.float32(0.47) - np.abs(y - np.float32(base)) * np.float32(0.9 if place < 2 else 0.5)) * 9 + 0.6,
            0,
            1,
        )
        shift = max(1, rows // 26)
        above = np.concatenate([lumps[shift:], lumps[-shift:]], axis=0)
        lit = np.clip(np.float32(0.55) + (lumps - above) * np.float32(4.5) * -1, 0, 1)
        planes = mixed(mix(light.shade, light.sky[2], 0.25), mix(light.cloud, "#ffffff", 0.35), lit)
        blend(planes, light.sky[-2], np.float32(haze))
        blend(view.image, enlarged(planes, cell, w, h), enlarged(there * np.float32(0.94), cell, w, h))
    view.ground = (h * 0.5, h * 0.8)
    if view.detail and not light.dark:
        view.overlay(sky.birds(w, h, view.rng, mix(light.land, light.haze, 0.3)))
