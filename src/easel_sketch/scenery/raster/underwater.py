"""Under water: rays of light, a reef of corals and plants, and fish."""

import numpy as np

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.ink import circle, oval, path, rect, stroke, trace
from easel_sketch.scenery.raster import relief
from easel_sketch.scenery.raster.field import blend, cells, enlarged, noise, ramp
from easel_sketch.scenery.raster.view import View


def underwater(view: View) -> None:
    """Blue water with rays of light, a reef of corals, plants and fish."""
    w, h, rng = view.w, view.h, view.rng
    night = view.light.dark
    tones = ("#0f4f86", "#0a2f5c", "#051a38") if night else ("#5fd0e0", "#1f8fc0", "#0b4a86")
    view.image[:] = ramp([(0, tones[0]), (0.5, tones[1]), (1, tones[2])], h)
    _rays(view, 0.22 if night else 0.5)
    far = mix(tones[1], tones[2], 0.6)
    for base, haze in ((0.86, 0.3), (0.94, 0.7)):
        top = relief.along(view, ((0, base - 0.14), (0.3, base), (0.66, base + 0.02), (1, base - 0.12)), 0.03, 8)
        y = np.arange(h, dtype=np.float32)[:, None]
        blend(view.image, mix(far, "#03101f", haze), np.clip(y - top[None], 0, 1))
    sand = mix("#d9c79a", tones[2], 0.45)
    floor = relief.along(view, ((0, 0.94), (0.5, 0.965), (1, 0.93)), 0.008, 4)
    y = np.arange(int(h * 0.86), h, dtype=np.float32)[:, None]
    blend(view.image[:, int(h * 0.86) :], sand, np.clip(y - floor[None], 0, 1))
    corals = ("#ff6f61", "#f7a13d", "#d95fa8", "#8f6fe0", "#f2d24a", "#3fbf9f")
    parts = []
    for i in range(26):
        edge = 0.5 * float(rng.random()) ** 2
        x = (edge if i % 2 else 1 - edge) * w
        tone, tall = (
            mix(corals[int(rng.integers(0, 6))], tones[2], 0.12 + 0.3 * float(rng.random())),
            h * float(rng.uniform(0.07, 0.24)),
        )
        foot = float(floor[min(w - 1, int(x))]) + h * 0.03
        parts.append((_fan_coral, _tube_coral, _brain_coral, _weed)[i % 4](view, x, foot, tall, tone))
    view.overlay("".join(parts))
    fish = []
    for school in range(3):
        cx, cy, tone = (
            view.side(0.25 + 0.24 * school),
            h * float(rng.uniform(0.2, 0.62)),
            corals[(school * 2 + view.plan.layout) % 6],
        )
        for _ in range(7 - school):
            fx, fy = cx + w * float(rng.uniform(-0.12, 0.12)), cy + h * float(rng.uniform(-0.09, 0.09))
            fish.append(
                _fish(
                    fx,
                    fy,
                    h * float(rng.uniform(0.018, 0.04)),
                    mix(tone, tones[1], 0.15 * school),
                    -1 if view.left else 1,
                )
            )
    for _ in range(40):
        x, y0 = float(rng.random()) * w, float(rng.random()) * h * 0.9
        fish.append(
            circle(
                x, y0, h * float(rng.uniform(0.002, 0.008)), "none", 'stroke="#ffffff" stroke-width="1.5" opacity=".45"'
            )
        )
    view.overlay("".join(fish))
    view.ground, view.surface = (h * 0.36, h * 0.7), None


def _rays(view: View, strength: float) -> None:
    """Shafts of light from the surface."""
    cell = 6
    columns, rows = cells(view.w, cell), cells(view.h, cell)
    y, x = np.linspace(0, 1, rows, dtype=np.float32)[:, None], np.linspace(0, 1, columns, dtype=np.float32)[None]
    middle = np.float32(view.sun.x / view.w)
    fan = (x - middle) / (np.float32(0.5) + y * np.float32(1.1)) + np.float32(0.5)
    beams = noise(view.rng, 512, 2, 22, 1, 3)[0]
    at = np.clip(fan * 511, 0, 511).astype(np.intp)
    share = (
        np.clip((beams[at] - np.float32(0.5)) * 4, 0, 1)
        * np.clip(1 - y * np.float32(1.15), 0, 1)
        * np.float32(strength)
    )
    surface = np.clip(1 - y * np.float32(5.5), 0, 1) * np.float32(strength * 0.9)
    blend(
        view.image,
        "#e6fff8",
        enlarged(np.clip(share + surface * noise(view.rng, columns, rows, 16, 20, 3), 0, 0.8), cell, view.w, view.h),
    )


def _fan_coral(view: View, x: float, foot: float, tall: float, tone: str) -> str:
    parts = []
    for i in range(9):
        reach = -0.6 + 0.15 * i
        ex, ey = x + tall * reach, foot - tall * (1 - 0.5 * reach * reach)
        parts.append(trace("M", x, foot, "Q", x + tall * reach * 0.2, foot - tall * 0.5, ex, ey))
        parts.append(
            trace(
                "M", (x + ex) / 2, (foot + ey) / 2 - tall * 0.06, "l", tall * 0.1 * (1 if i % 2 else -1), -tall * 0.22
            )
        )
    return stroke(" ".join(parts), tone, tall * 0.07)


def _tube_coral(view: View, x: float, foot: float, tall: float, tone: str) -> str:
    parts = []
    for dx, share in ((-0.3, 0.6), (-0.14, 0.9), (0.03, 1.0), (0.2, 0.74), (0.34, 0.5)):
        left, wide, top = x + tall * (dx - 0.08), tall * 0.17, foot - tall * share
        parts.append(rect(left, top, wide, tall * share, tone, wide * 0.4))
        parts.append(oval(left + wide / 2, top + wide * 0.2, wide * 0.42, wide * 0.2, mix(tone, "#06142c", 0.5)))
    return "".join(parts)


def _brain_coral(view: View, x: float, foot: float, tall: float, tone: str) -> str:
    r = tall * 0.55
    lines = "".join(
        trace(
            *("M", x - r * (0.7 - 0.1 * i), foot - r * (0.14 + 0.18 * i)),
            *("q", r * 0.35, -r * 0.2, r * (0.7 - 0.1 * i), 0.0, "t", r * (0.6 - 0.06 * i), 0.0),
        )
        for i in range(4)
    )
    dome = trace("M", x - r, foot, "C", x - r, foot - r * 1.2, x + r, foot - r * 1.2, x + r, foot, "Z")
    return path(dome, tone) + stroke(lines, mix(tone, "#06142c", 0.35), r * 0.06)


def _weed(view: View, x: float, foot: float, tall: float, tone: str) -> str:
    green, parts = mix("#2f9a5a", tone, 0.12), []
    for dx in (-0.18, -0.05, 0.08, 0.2):
        high, sway = tall * float(view.rng.uniform(0.8, 1.5)), tall * 0.16
        parts.append(
            trace("M", x + dx * tall, foot, "q", sway, -high * 0.25, 0.0, -high * 0.5, "t", sway * 0.4, -high * 0.5)
        )
    return stroke(" ".join(parts), green, tall * 0.06)


def _fish(x: float, y: float, r: float, tone: str, way: int) -> str:
    body = trace(
        *("M", x + way * r * 1.5, y),
        *("C", x + way * r * 0.6, y - r * 1.1, x - way * r, y - r * 0.7, x - way * r * 1.3, y),
        *("C", x - way * r, y + r * 0.7, x + way * r * 0.6, y + r * 1.1, x + way * r * 1.5, y, "Z"),
    )
    tail = trace(
        *("M", x - way * r * 1.1, y, "L", x - way * r * 2, y - r * 0.7, "L", x - way * r * 1.75, y),
        *("L", x - way * r * 2, y + r * 0.7, "Z"),
    )
    stripe = trace(
        *("M", x + way * r * 0.3, y - r * 0.68, "Q", x + way * r * 0.1, y, x + way * r * 0.3, y + r * 0.68),
        *("L", x, y + r * 0.66, "Q", x - way * r * 0.2, y, x, y - r * 0.66, "Z"),
    )
    return (
        path(tail, mix(tone, "#10203a", 0.2))
        + path(body, tone)
        + path(stripe, "#ffffff", 'opacity=".7"')
        + circle(x + way * r * 0.95, y - r * 0.16, r * 0.13, "#10182a")
    )
