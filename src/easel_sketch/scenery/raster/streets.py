"""A street and a canal between two rows of houses that run into depth."""

import numpy as np

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.ink import oval, polygon, stroke, trace
from easel_sketch.scenery.raster import relief, vegetation
from easel_sketch.scenery.raster.boats import WINDOW, rowboat
from easel_sketch.scenery.raster.craft import lamp, shadow
from easel_sketch.scenery.raster.field import Field, blend, noise
from easel_sketch.scenery.raster.view import View

_WALLS = ("#c9694a", "#e6cfa0", "#a8483a", "#8aa5b5", "#f0e8d6", "#cf9a55", "#7f9a86", "#d9b3a0", "#b8c4c0")
_ROOFS = ("#6d4036", "#4f4a50", "#7a4f38")


def point(view: View, across: float, up: float, far: float) -> tuple[float, float]:
    """A point in depth: `across` and `up` in pixels at `far` 1; it runs to the vanishing point."""
    return _vanishing(view) + across / far, view.horizon - up / far


def _vanishing(view: View) -> float:
    return view.w * (0.5, 0.42, 0.58, 0.47)[view.plan.layout]


def _houses(view: View, kerb: float, ground: float, *, mirrored: bool = False) -> str:
    """Rows of houses at both sides, the farthest first. `kerb` is how far from the middle, `ground` how far below."""
    rng, parts = view.rng, []
    for side in (-1, 1):
        far, row = 0.62 + 0.1 * float(rng.random()), []
        while far < 9:
            deep = far * float(rng.uniform(0.24, 0.36))
            row.append(
                (
                    far,
                    far + deep,
                    view.h * float(rng.uniform(0.56, 0.8)),
                    int(rng.integers(0, 9)),
                    int(rng.integers(0, 3)),
                )
            )
            far += deep
        for near, end, tall, wall, roof in reversed(row):
            parts.append(
                (
                    -near,
                    _house(
                        view, side, kerb, ground, (near, end), tall, (_WALLS[wall], _ROOFS[roof]), mirrored=mirrored
                    ),
                )
            )
    return "".join(drawn for _, drawn in sorted(parts))


def _house(
    view: View,
    side: int,
    kerb: float,
    ground: float,
    span: tuple[float, float],
    tall: float,
    tones: tuple[str, str],
    *,
    mirrored: bool,
) -> str:
    """One front that runs into depth, with windows, a door and a roof; or its reflection below the ground."""
    light, (near, end) = view.light, span
    haze = min(0.72, 0.1 * near * near / 3)
    lit_side = (side < 0) != view.left
    wall = light.on(tones[0], haze) if lit_side else light.off(tones[0], haze)
    roof = light.off(tones[1], haze)

    def at(share: float, up: float, out: float = 0.0) -> tuple[float, float]:
        far = near + (end - near) * share
        x, y = point(view, side * (kerb + out), up - ground, far)
        base = view.horizon + ground / far
        return (x, 2 * base - y) if mirrored else (x, y)

    parts = [polygon([at(0, 0), at(0, tall), at(1, tall), at(1, 0)], wall)]
    peak = tall * 1.16
    parts.append(
        polygon(
            [
                at(0, tall, -tall * 0.02),
                at(0.08, peak, tall * 0.2),
                at(0.92, peak, tall * 0.2),
                at(1, tall, -tall * 0.02),
            ],
            roof,
        )
    )
    parts.append(
        polygon([at(0, tall), at(0, tall * 0.975), at(1, tall * 0.975), at(1, tall)], mix(wall, "#ffffff", 0.25))
    )
    glass = light.off("#465a6c", haze)
    frame = mix(wall, "#ffffff", 0.35)
    floors, columns = 3, 2 if end - near < near * 0.3 else 3
    for floor in range(floors):
        for column in range(columns):
            left = (column + 0.26) / columns
            right, low = left + 0.48 / columns, tall * (0.1 + 0.29 * floor)
            high = low + tall * 0.18
            if floor == 0 and column == columns - 1:
                parts.append(
                    polygon(
                        [at(left, 0), at(left, tall * 0.24), at(right, tall * 0.24), at(right, 0)],
                        light.off("#5a3a2c", haze),
                    )
                )
                continue
            on = view.light.dark and view.rng.random() < 0.62
            parts.append(
                polygon(
                    [
                        at(left - 0.03, low - tall * 0.012),
                        at(left - 0.03, high + tall * 0.014),
                        at(right + 0.03, high + tall * 0.014),
                        at(right + 0.03, low - tall * 0.012),
                    ],
                    frame,
                )
            )
            parts.append(
                polygon(
                    [at(left, low), at(left, high), at(right, high), at(right, low)],
                    mix(WINDOW, light.haze, haze) if on else glass,
                )
            )
    return "".join(parts)


def _far_end(view: View) -> None:
    """What closes the view: hazy trees."""
    leaf = mix(vegetation.leaves(view), "#8296a8", 0.4)
    relief.add(view, relief.Layer(view.horizon / view.h + 0.02, 0.07, 6, 4, leaf, 0.62, faces=0.5))


def _lane(view: View, left: float, right: float, ground: float, fill: str, near: float = 0.6, end: float = 9) -> str:
    """A strip of the ground between two lines that run to the vanishing point."""
    corners = ((left, end), (right, end), (right, near), (left, near))
    return polygon([point(view, across, -ground, far) for across, far in corners], fill)


def street(view: View) -> None:
    """Houses, pavements, lamps and trees at both sides of a street."""
    w, h, light = view.w, view.h, view.light
    _far_end(view)
    kerb, ground = w * 0.62, h * 0.34
    asphalt, stone = light.off("#6a6a70"), light.on("#b3a89a")
    lane = kerb * 0.66
    parts = [_lane(view, -kerb, kerb, ground, stone), _lane(view, -lane, lane, ground, asphalt)]
    parts += [_lane(view, side, side * 1.04, ground, mix(stone, "#ffffff", 0.3)) for side in (-lane, lane)]
    far = 0.66
    while far < 8:
        parts.append(_lane(view, -w * 0.012, w * 0.012, ground, mix(asphalt, "#ffffff", 0.6), far, far * 1.13))
        far *= 1.3
    parts.append(_houses(view, kerb, ground))
    parts += _furniture(view, kerb * 0.82, ground)
    view.overlay("".join(parts))
    if light.dark:
        _warm_windows(view)
    view.stood |= {"street-light", "deciduous-tree", "cottage"}
    view.ground = (view.horizon + h * 0.16, h * 0.92)


def _warm_windows(view: View) -> None:
    """Let lit windows and lamps bloom."""
    few = view.image[:, ::4, ::4]
    warm = (few[0] > 215) & (few[2] < 190) & (few[0] - few[2] > 50)
    view.add_glow(few * warm * 0.8)


def _furniture(view: View, kerb: float, ground: float) -> list[str]:
    """Lamps and trees along the pavement, the farthest first."""
    parts = []
    for place, far in enumerate((6.0, 4.2, 3.0, 2.2, 1.6, 1.15)):
        for side in (-1, 1):
            (x, y), haze = point(view, side * kerb, -ground, far), min(0.5, 0.08 * far)
            if place % 2:
                parts.append(lamp(view, x, y, view.h * 0.46 / far, haze, ""))
            else:
                parts.append(shadow(view.light, x, y, view.h * 0.2 / far))
                parts.append(vegetation.broad(view, x / view.w, y, view.h * 0.42 / far, haze))
    return parts


def canal(view: View) -> None:
    """Town houses on both banks of a canal, their reflections, boats and bridges."""
    w, h, light = view.w, view.h, view.light
    _far_end(view)
    kerb, ground, water = w * 0.66, h * 0.2, w * 0.5
    deep = 0.3 * h
    parts = [
        polygon(
            [
                point(view, -kerb, -ground, 9),
                point(view, kerb, -ground, 9),
                point(view, kerb, -ground, 0.4),
                point(view, -kerb, -ground, 0.4),
            ],
            light.on("#a89a88"),
        )
    ]
    state = view.rng.bit_generator.state
    parts.append(_houses(view, kerb, ground))
    parts += _canal_trees(view, kerb * 0.9, ground)
    view.overlay("".join(parts))
    basin = [
        point(view, -water, -ground, 9),
        point(view, water, -ground, 9),
        point(view, water, -deep, 0.4),
        point(view, -water, -deep, 0.4),
    ]
    top = int(view.horizon + ground / 9) - 1
    view.rng.bit_generator.state = state
    mirrored = _houses(view, kerb, ground, mirrored=True)
    sky = polygon([(0, 0), (w, 0), (w, h), (0, h)], light.sky[-2])
    reflected = view.rendered(sky + mirrored, top, h)
    inside = view.rendered(polygon(basin, "#fff"), top, h)[..., 3] * np.float32(1 / 255)
    rows = _rippled(view, np.asarray(reflected[..., :3], np.float32).transpose(2, 0, 1))
    tint = mix(mix(light.sky[1], "#2f5f5a", 0.5), light.land, 0.35)
    blend(rows, tint, 0.34)
    blend(view.image[:, top:], rows, inside)
    walls, boats = [], []
    for side in (-1, 1):
        quay = [
            point(view, side * water, -ground, 9),
            point(view, side * water, -ground, 0.4),
            point(view, side * water, -deep, 0.4),
            point(view, side * water, -ground * 1.02, 9),
        ]
        walls.append(polygon(quay, light.off("#7a6a5c")))
        walls.append(stroke(trace("M", *quay[0], "L", *quay[1]), light.on("#d6cab8"), h * 0.006))
    for far, across in ((3.4, -0.62), (2.2, 0.6), (1.5, -0.56)):
        x, y = point(view, water * across, -deep * 0.94, far)
        boats.append(oval(x, y + h * 0.004, h * 0.2 / far, h * 0.012 / far, light.land, 'opacity=".35"'))
        boats.append(
            rowboat(view, x, y, h * 0.085 / far, min(0.3, 0.06 * far), ("#8a3b2c", "#2f6f6a", "#c9963c")[int(far) % 3])
        )
    view.overlay("".join([*walls, _footbridge(view, water, ground), *boats]), view.horizon - h * 0.2)
    if light.dark:
        _warm_windows(view)
    view.stood |= {"rowboat", "bridge", "cottage", "deciduous-tree"}
    view.surface = (view.horizon + h * 0.2, h * 0.9)


def _rippled(view: View, rows: Field) -> Field:
    """Rows shifted to and fro, more towards the viewer."""
    count = rows.shape[1]
    slips = (noise(view.rng, count, 2, 46, 1, 3)[0] - np.float32(0.5)) * np.linspace(1, 13, count, dtype=np.float32)
    for row in range(count):
        rows[:, row] = np.roll(rows[:, row], int(slips[row]), axis=1)
    return rows


def _canal_trees(view: View, kerb: float, ground: float) -> list[str]:
    parts = []
    for far in (5.0, 3.4, 2.3, 1.6):
        for side in (-1, 1):
            if view.rng.random() < 0.75:
                x, y = point(view, side * kerb, -ground, far)
                parts.append(vegetation.broad(view, x / view.w, y, view.h * 0.4 / far, min(0.5, 0.08 * far)))
    return parts


def _footbridge(view: View, water: float, ground: float) -> str:
    """A brick bridge across the canal, far off."""
    light, far = view.light, 4.4
    (x0, y), (x1, _) = point(view, -water * 1.08, -ground, far), point(view, water * 1.08, -ground, far)
    rise, middle = view.h * 0.03, (x0 + x1) / 2
    deck = trace("M", x0, y, "Q", middle, y - rise * 2.3, x1, y, "V", y + rise * 0.8, "H", x0, "Z")
    half = (x1 - x0) * 0.36
    arch = trace("M", middle - half, y + rise * 0.9, "Q", middle, y - rise * 1.9, middle + half, y + rise * 0.9, "Z")
    body = f'<path d="{deck} {arch}" fill="{light.off("#8f5f4c", 0.3)}" fill-rule="evenodd"/>'
    return body + stroke(
        trace("M", x0, y - rise * 0.5, "Q", middle, y - rise * 2.9, x1, y - rise * 0.5),
        light.on("#d6c8b4", 0.3),
        rise * 0.16,
    )
