"""Places at the water: lake, fjord, beach, and a coast of cliffs."""

import numpy as np

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.ink import fall, path, stroke, trace
from easel_sketch.scenery import plants
from easel_sketch.scenery.raster import relief, sky, things, vegetation, water
from easel_sketch.scenery.raster.craft import pier
from easel_sketch.scenery.raster.field import blend, cells, enlarged, noise
from easel_sketch.scenery.raster.relief import Layer
from easel_sketch.scenery.raster.view import View


def lake(view: View) -> None:
    """Hills or mountains, a wooded far shore, still water, and the near bank in a corner."""
    edge, leaf = view.horizon / view.h, vegetation.leaves(view)
    if view.has("mountains", "snow") or (view.plan.layout == 3 and not view.has("hills")):
        rock = relief.material("ground", "rock")
        relief.add(view, Layer(edge, 0.24, 5, 6, rock, 0.7, sharp=True, snow=0.5, faces=0.8))
        relief.add(view, Layer(edge + 0.01, 0.36, 3, 7, rock, 0.32, sharp=True, snow=0.5, faces=1.2))
    else:
        relief.add(view, Layer(edge, 0.3, 2.4, 4, mix(leaf, "#8296a8", 0.45), 0.72, faces=0.6))
        relief.add(view, Layer(edge + 0.01, 0.2, 3.2, 4, mix(leaf, "#6b7f74", 0.3), 0.48, faces=0.8))
    relief.add(view, Layer(edge + 0.02, 0.09, 4, 4, leaf, 0.3, faces=0.7))
    if view.season in ("autumn", "spring", "summer"):
        vegetation.grove(view, edge + 0.03, 0.26, 0.07, 34)
    else:
        vegetation.conifers(view, edge + 0.03, 0.02, 0.28, 0.06, 70)
    shore = int(view.h * (edge + 0.045))
    view.bank = float(shore) - view.h * 0.01
    relief.fill(view, Layer(edge, 0.02, 3, 2, mix(leaf, "#b9a98a", 0.5), 0.2), relief.along(view, _low(edge), 0.004))
    things.on_shore(view)
    water.mirror(view, shore, mix(view.light.sky[1], view.light.land, 0.35), rough=0.1)
    if view.season == "winter" and view.has("ice", "frozen"):
        blend(view.image[:, shore:], view.light.on("#dcecf4"), 0.4)
    view.surface = (shore + view.h * 0.03, view.h * 0.86)
    if view.plan.layout == 2 and "pier" not in view.stood:
        view.overlay(pier(view, view.side(0.34), view.h, view.h * 0.1, 0.0, ""))
    else:
        _near_bank(view)


def _low(edge: float) -> tuple[tuple[float, float], ...]:
    return ((0, edge + 0.036), (0.3, edge + 0.028), (0.7, edge + 0.038), (1, edge + 0.03))


def _near_bank(view: View) -> None:
    """Grass and reeds in one corner or in both, by the layout."""
    w, h, light = view.w, view.h, view.light
    if view.plan.layout == 1:
        vegetation.shores(view)
        return
    ground = mix(vegetation.leaves(view), "#3a3626", 0.45)
    tone = mix(light.off(ground), light.land, 0.35)
    edge = 0 if view.plan.layout != 2 else w
    reach = w * (0.46 if edge == 0 else -0.46)
    parts = [plants.bank(edge, h * 0.9, edge + reach, h, tone)]
    for _ in range(60):
        x = edge + reach * float(view.rng.random()) ** 1.5 * 0.86
        foot = h * (0.915 + 0.07 * abs(x - edge) / abs(reach))
        tall = h * float(view.rng.uniform(0.03, 0.1))
        bend = tall * float(view.rng.uniform(-0.2, 0.3))
        parts.append(stroke(trace("M", x, foot, "q", bend * 0.2, -tall * 0.6, bend, -tall), tone, max(1.5, h * 0.002)))
    view.overlay("".join(parts), h * 0.76)


def fjord(view: View) -> None:
    """Steep walls on both sides, each nearer one higher and darker, and calm water between them."""
    edge, rock = view.horizon / view.h, mix(relief.material("ground", "rock"), "#4f6a5a", 0.45)
    far = mix(rock, "#7f93a8", 0.4)
    relief.add(view, Layer(edge, 0.2, 4, 6, far, 0.78, sharp=True, snow=0.6, faces=0.8))
    gap = 0.44 if view.left else 0.56
    gap += (0.0, 0.05, -0.05, 0.02)[view.plan.layout]
    for place in range(3):
        haze, reach = 0.6 - 0.22 * place, 0.1 + 0.09 * place
        high = 0.3 + 0.12 * place
        left = (
            (0, edge - high),
            ((gap - reach) * 0.55, edge - high * 0.72),
            (gap - reach, edge + 0.01),
            (1, edge + 0.05),
        )
        right = (
            (0, edge + 0.05),
            (gap + reach, edge + 0.01),
            (1 - (1 - gap - reach) * 0.5, edge - high * 0.66),
            (1, edge - high),
        )
        points = left if (place % 2 == 0) == view.left else right
        layer = Layer(edge, high, 5, 6, rock, haze, sharp=True, snow=0.3 if place < 2 else 0.0, faces=1.2)
        top = relief.along(view, points, 0.035, 11)
        relief.fill(view, layer, np.maximum(top, np.float32(0)))
        across = right if points is left else left
        other = tuple((x, y + high * 0.3 if y < edge else y) for x, y in across)
        relief.fill(view, layer, relief.along(view, other, 0.03, 11))
    view.bank = float(view.horizon)
    things.on_shore(view)
    tint = mix(mix(view.light.sky[1], "#1f5f6e", 0.35), view.light.land, 0.3)
    water.mirror(view, view.horizon, tint, rough=0.12)
    view.surface = (view.horizon + view.h * 0.05, view.h * 0.86)


def beach(view: View) -> None:
    """The sea, breakers, wet and dry sand; palms or dunes."""
    w, h, light = view.w, view.h, view.light
    if view.plan.layout % 2 or view.has("coast", "hills", "mountains"):
        relief.add(view, Layer(view.horizon / h, 0.08, 3, 5, "#5f8478", 0.62, faces=0.6))
    view.bank = float(view.horizon)
    things.on_shore(view)
    water.mirror(view, view.horizon, water.tint_of(view, "#1d8fa3"), rough=0.7)
    if light.low:
        water.reflect_sun(view)
    sand = relief.material("ground", "beach")
    flip = view.plan.layout in (1, 2)

    def across(share: float) -> float:
        return w * (1 - share if flip else share)

    def shore(low: float, bow: float) -> str:
        y0, y1 = h * (0.68 + low), h * (0.86 + low)
        return trace(
            *("M", across(0), y0, "C", across(0.3), y0 - h * bow, across(0.6), y1 + h * bow, across(1), y1, "V", h),
            *("L", across(0), h, "Z"),
        )

    wet, foam = mix(light.off(sand), light.sky[-2], 0.35), light.on("#ffffff")
    parts = [
        path(shore(-0.05, 0.03), foam, 'opacity=".55"'),
        path(shore(-0.035, 0.035), water.tint_of(view, "#4fb3b0"), 'opacity=".6"'),
        path(shore(-0.012, 0.03), foam, 'opacity=".9"'),
        path(shore(0.0, 0.03), wet),
        fall("sand", light.on(sand), light.off(sand)),
        path(shore(0.055, 0.045), "url(#sand)"),
    ]
    view.overlay("".join(parts), h * 0.55)
    _grain(view, int(h * 0.74), light.off(sand))
    view.surface = (view.horizon + h * 0.02, h * 0.66)
    view.ground = (h * 0.84, h * 0.94)
    if view.has("snow"):
        return
    if view.plan.layout != 3 or view.has("palm-tree", "tropical"):
        _palms(view, across(0.08), across(1) > across(0))
    else:
        tone = light.off("#8f9a5c")
        tuft = plants.grass(round(w * 0.5), h + 4, view.rng, tall=h * 0.12, count=90, tone=tone)
        view.overlay(tuft if not flip else f'<g transform="translate({w * 0.5:.0f} 0)">{tuft}</g>', h * 0.8)
    view.stood.add("palm-tree")


def _grain(view: View, first: int, tone: str) -> None:
    """Faint ripples in the sand."""
    rows, columns = cells(view.h - first, 3), cells(view.w, 3)
    lumps = noise(view.rng, columns, rows, 14, 60, 3)
    y = np.linspace(0, 1, rows, dtype=np.float32)[:, None]
    share = np.clip((lumps - np.float32(0.55)) * 5, 0, 1) * np.clip(y * 2 - 0.9, 0, 1) * np.float32(0.35)
    blend(view.image[:, first:], tone, enlarged(share, 3, view.w, view.h - first))


def _palms(view: View, x: float, rightwards: bool) -> None:
    w, h, light = view.w, view.h, view.light
    tones = light.off("#7d5a3e"), mix(light.off("#2f7a50"), light.on("#3f9a58"), 0.2 if light.dark else 0.6)
    way = 1 if rightwards else -1
    parts = [
        plants.palm(x + way * w * aside, h * foot, h * tall, way * lean, tones, view.rng)
        for aside, foot, tall, lean in ((-0.05, 0.9, 0.52, 0.12), (0.02, 0.96, 0.66, 0.22))
    ]
    view.overlay("".join(parts))


def coast(view: View) -> None:
    """Cliffs above the sea, green on top, with surf at their feet."""
    edge, rock = view.horizon / view.h, relief.material("ground", "rock")
    warm = mix(rock, "#a08a6a", 0.5)
    relief.add(view, Layer(edge, 0.05, 3, 4, "#6b7f7a", 0.7, faces=0.6))
    water.mirror(view, view.horizon, water.tint_of(view), rough=0.85)
    if view.light.low:
        water.reflect_sun(view)
    flip = not view.left

    def at(points: tuple[tuple[float, float], ...]) -> tuple[tuple[float, float], ...]:
        return tuple((1 - x, y) for x, y in reversed(points)) if flip else points

    leaf = mix(vegetation.leaves(view), "#7f8a4f", 0.25)
    shift = (0.0, 0.04, -0.04, 0.02)[view.plan.layout]
    for foot, reach, high, haze in ((edge + 0.1, 0.66 + shift, 0.16, 0.42), (edge + 0.26, 0.44 + shift, 0.32, 0.08)):
        crest = (
            (0, foot - high),
            (reach * 0.5, foot - high * 0.98),
            (reach * 0.86, foot - high * 0.82),
            (reach, foot),
            (1, foot + 0.3),
        )
        face = tuple((x, y + high * 0.11) for x, y in crest[:3]) + crest[3:]
        top = relief.along(view, at(crest), 0.012, 14)
        layer = Layer(foot, high, 7, 6, leaf, haze, faces=0.5)
        bottom = relief.along(
            view, at(((0, foot), (reach * 0.9, foot), (reach, foot + 0.001), (reach + 0.003, 0.0), (1, 0.0))), 0.006, 20
        )
        _between(view, layer, top, bottom)
        body = Layer(foot, high, 9, 6, warm, haze, sharp=True, faces=1.4, strata=0.4)
        _between(view, body, relief.along(view, at(face), 0.016, 22), bottom)
        _surf(view, at(((0, foot), (reach, foot))), haze)
        view.bank = (foot - high * 0.86) * view.h
    things.on_shore(view)
    view.surface = (view.horizon + view.h * 0.06, view.h * 0.9)
    if view.detail:
        view.overlay(sky.birds(view.w, view.h, view.rng, mix(view.light.land, view.light.haze, 0.4)))


def _between(view: View, layer: Layer, top: np.ndarray, bottom: np.ndarray) -> None:
    """Fill a layer from its outline down to `bottom` only."""
    first = max(0, int(top.min()) - 1)
    kept = view.image[:, first:].copy()
    relief.fill(view, layer, np.maximum(top, np.float32(first)))
    y = np.arange(first, view.h, dtype=np.float32)[:, None]
    blend(view.image[:, first:], kept, np.clip(y - bottom[None], 0, 1))


def _surf(view: View, points: tuple[tuple[float, float], ...], haze: float) -> None:
    (x0, y0), (x1, _) = points[0], points[-1]
    left, right = min(x0, x1) * view.w, max(x0, x1) * view.w
    foam, parts = view.light.on("#ffffff", haze * 0.6), []
    for _ in range(70):
        x = left + (right - left) * float(view.rng.random())
        y = y0 * view.h + view.h * float(view.rng.uniform(-0.004, 0.012))
        parts.append(
            trace("M", x, y, "q", view.w * 0.012, -view.h * 0.008, view.w * float(view.rng.uniform(0.01, 0.03)), 0.0)
        )
    view.overlay(
        stroke(" ".join(parts), foam, view.h * 0.004, 'opacity=".75"'),
        y0 * view.h - view.h * 0.03,
        y0 * view.h + view.h * 0.04,
    )
