"""A city across the water: rows of buildings with lit windows, neon signs, and their reflection."""

from dataclasses import dataclass

import numpy as np

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.commission import LOW
from easel_sketch.drawing.ink import path, rect, trace
from easel_sketch.scenery.raster import water
from easel_sketch.scenery.raster.field import Field, blend, colour, mixed
from easel_sketch.scenery.raster.view import View

_NEON = ("#19e3ff", "#ff2e88", "#ffd23f", "#9d5cff", "#38ffb0", "#ff6a3d")
_WARM = ("#ffdf9e", "#ffc271", "#8fe9ff", "#ffe9c7", "#ffb38f")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of buildings; lengths are shares of the image's height, `haze` how far away it is."""

    foot: float
    low: float
    high: float
    narrow: float
    wide: float
    haze: float
    lit: float
    gap: float
    aside: bool = False


@dataclass(frozen=True, slots=True)
class House:
    """One building in pixels."""

    x: int
    top: int
    w: int
    h: int


_ROWS = (
    Row(0.0, 0.1, 0.3, 0.022, 0.05, 0.66, 0.22, 0.006),
    Row(0.004, 0.12, 0.42, 0.03, 0.066, 0.4, 0.32, 0.01),
    Row(0.006, 0.1, 0.5, 0.04, 0.084, 0.16, 0.42, 0.026),
    Row(0.01, 0.06, 0.26, 0.05, 0.1, 0.04, 0.5, 0.06),
    Row(0.012, 0.44, 0.6, 0.11, 0.16, 0.0, 0.5, 0.02, aside=True),
)


def city(view: View) -> None:
    neon = view.has("neon")
    for depth, row in enumerate(_ROWS if view.detail > LOW else _ROWS[1:]):
        _built(view, row, depth, neon=neon)
    shore, light = view.horizon, view.light
    tint = mix(light.sky[0], light.land, 0.4)
    water.mirror(view, shore + round(view.h * 0.012), tint, rough=0.22)
    above = view.glow[:, : shore // 4][:, ::-1]
    view.add_glow(above * np.float32(0.5), shore // 4)


def _built(view: View, row: Row, depth: int, *, neon: bool) -> None:
    """Draw one row: fronts, hazier towards the ground, lit windows, and signs on the nearer rows."""
    houses = _plots(view, row)
    if not houses:
        return
    foot = view.horizon + round(row.foot * view.h)
    first = max(0, min(house.top for house in houses) - round(view.h * 0.16))
    shapes = "".join(_outline(view, house, foot) for house in houses)
    mask = view.rendered(shapes, first, foot)[..., 3] * np.float32(1 / 255)
    y = np.arange(first, foot, dtype=np.float32)[:, None]
    fog = np.clip((y - (foot - row.high * view.h)) / (row.high * view.h), 0, 1)
    fog = fog * fog * np.float32(0.55 - 0.06 * depth)
    body = mix(view.light.land, view.light.haze, row.haze)
    if view.light.name == "day":
        body = mix(body, "#7f9fc0", 0.72 - 0.07 * depth)
    part = view.image[:, first:foot]
    blend(part, mixed(body, view.light.haze, fog), mask)
    lamps = _windows(view, row, houses, first, foot)
    lamps *= mask * (1 - fog * np.float32(0.6)) * np.float32(1 - row.haze * 0.7)
    part += lamps * np.float32(0.9 if view.light.dark else 0.28)
    if view.light.dark:
        _glow(view, lamps, mask, first)
    if depth and (neon or view.light.name in ("dusk", "night")):
        _signs(view, houses, depth, foot, bright=neon)


def _plots(view: View, row: Row) -> list[House]:
    houses: list[House] = []
    foot = view.horizon + round(row.foot * view.h)
    x = -float(view.rng.uniform(0.01, 0.04)) * view.w
    while x < view.w:
        w = float(view.rng.uniform(row.narrow, row.wide)) * max(view.w, view.h)
        middle = (x + w / 2) / view.w
        clear = abs(middle - view.sun.x / view.w)
        grand = 0.62 + 0.5 * _near(middle, 0.3, 0.16) + 0.42 * _near(middle, 0.86, 0.12) - 0.32 * _near(clear, 0.0, 0.1)
        tall = (row.low + (row.high - row.low) * float(view.rng.random()) ** 2) * view.h * grand
        if not row.aside or middle < 0.11 or middle > 0.87:
            houses.append(House(round(x), round(foot - tall), max(4, round(w)), round(tall)))
        x += w + float(view.rng.uniform(-0.004, row.gap)) * view.w
    return houses


def _near(place: float, middle: float, width: float) -> float:
    return 1 / (1 + ((place - middle) / width) ** 2) ** 2


def _outline(view: View, house: House, foot: int) -> str:
    """One of six roofs: flat, stepped, sloped, rounded, spired, tapered; often with a mast."""
    x, top, w = float(house.x), float(house.top), float(house.w)
    kind = int(view.rng.integers(0, 6))
    block = rect(x, top, w, foot - top, "#fff")
    if kind == 0:
        block = path(trace("M", x, foot, "V", top + w * 0.3, "L", x + w, top, "V", foot, "Z"), "#fff")
    elif kind == 1:
        block += rect(x + w * 0.2, top - w * 0.24, w * 0.6, w * 0.26, "#fff") + rect(
            x + w * 0.38, top - w * 0.44, w * 0.24, w * 0.24, "#fff"
        )
    elif kind == 2:
        block = rect(x, top, w, foot - top + 30, "#fff", w * 0.2)
    elif kind == 3:
        step = top - w * 0.3
        spire = trace(
            *("M", x + w * 0.32, top, "V", step, "H", x + w * 0.45, "L", x + w * 0.5, top - w * 1.3),
            *("L", x + w * 0.55, step, "H", x + w * 0.68, "V", top, "Z"),
        )
        block += path(spire, "#fff")
    elif kind == 4:
        block = path(trace("M", x, foot, "L", x + w * 0.1, top, "H", x + w * 0.9, "L", x + w, foot, "Z"), "#fff")
    if view.rng.random() < 0.5:
        mast = x + w * float(view.rng.uniform(0.3, 0.7))
        block += rect(mast, top - w * 0.7, max(1.0, w * 0.03), w * 0.75, "#fff")
    return block


def _windows(view: View, row: Row, houses: list[House], first: int, foot: int) -> Field:
    """The light of every window, on black."""
    light = np.zeros((3, foot - first, view.w), np.float32)
    grain = max(1.0, view.h / 1024)
    near = 1 - row.haze
    wide, high = (max(1, round(size * grain)) for size in (2 + 2.6 * near, 3 + 2.6 * near))
    across, down = wide + max(1, round(2.4 * grain)) + (near > 0.7), high + max(1, round(3 * grain))
    for house in houses:
        columns, lines = (house.w - 2 * across) // across, (house.h - 2 * down) // down
        if columns < 1 or lines < 1:
            continue
        on = view.rng.random((lines, columns)) < row.lit * float(view.rng.uniform(0.35, 1.35))
        bright = (on * (0.35 + 0.65 * view.rng.random((lines, columns)))).astype(np.float32)
        pane = np.zeros((down, across), np.float32)
        pane[:high, :wide] = 1
        tone = colour(_WARM[int(view.rng.integers(0, len(_WARM)))])
        glass = np.kron(bright, pane)[None] * tone[:, None, None]
        left, top = house.x + across, house.top + down - first
        x0, y0 = max(0, left), max(0, top)
        x1, y1 = min(view.w, left + glass.shape[2]), min(foot - first, top + glass.shape[1])
        if x1 > x0 and y1 > y0:
            light[:, y0:y1, x0:x1] = glass[:, y0 - top : y1 - top, x0 - left : x1 - left]
    return light


def _glow(view: View, lamps: Field, mask: Field, first: int) -> None:
    """Add lit windows to the glow, and take from it what this row of buildings hides."""
    hidden = mask[::4, ::4]
    rows = view.glow[:, first // 4 : first // 4 + len(hidden)]
    rows *= 1 - hidden[: rows.shape[1]]
    view.add_glow(lamps[:, ::4, ::4] * np.float32(0.9), first // 4)


def _signs(view: View, houses: list[House], depth: int, foot: int, *, bright: bool) -> None:
    """Neon edges, bands and upright signs. They are bars: nothing imitates lettering."""
    parts = []
    often = 0.62 if bright else 0.2
    thick = max(1.4, view.h / 1024 * (1.4 + 0.6 * depth))
    for house in houses:
        tone = _NEON[int(view.rng.integers(0, len(_NEON)))]
        kind, there = float(view.rng.random()), float(view.rng.random()) < often
        if not there or house.h < view.h * 0.08:
            continue
        if kind < 0.4:
            edge = house.x + (2 if view.rng.random() < 0.5 else house.w - 4)
            parts.append(rect(edge, house.top + 8, thick, house.h * float(view.rng.uniform(0.35, 0.8)), tone, 1))
        elif kind < 0.55:
            parts.append(rect(house.x + 3, house.top + 4, house.w - 6, thick, tone, 1))
        elif house.w > view.h * 0.035:
            parts.append(_upright(view, house, tone))
    if not parts:
        return
    first = max(0, min(house.top for house in houses) - 4)
    before = view.image[:, first:foot:4, ::4].copy()
    view.overlay("".join(parts), first, foot)
    after = view.image[:, first:foot:4, ::4]
    changed = np.abs(after - before).max(axis=0) > 12
    view.add_glow(after * changed * np.float32(1.2 if bright else 0.6), first // 4)


def _upright(view: View, house: House, tone: str) -> str:
    wide = house.w * 0.3
    tall = min(house.h * 0.5, wide * float(view.rng.uniform(2.4, 4)))
    x, y = house.x + house.w * 0.5 - wide / 2, house.top + house.h * 0.12
    frame = rect(x, y, wide, tall, "#120722", 3, f'stroke="{tone}" stroke-width="{max(1.2, wide * 0.07):.1f}"')
    count = int(view.rng.integers(4, 8))
    step = tall * 0.86 / count
    parts = [frame]
    for place in range(count):
        long = wide * 0.5 * float(view.rng.uniform(0.5, 1))
        parts.append(rect(x + wide * 0.25, y + tall * 0.08 + place * step, long, step * 0.5, tone, 1))
    return "".join(parts)
