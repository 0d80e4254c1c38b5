"""Mountains, hills, forest and desert: layers of ground, from the farthest to the nearest."""

from easel_sketch.colour.mixing import mix
from easel_sketch.scenery.raster import craft, relief, things, vegetation, water
from easel_sketch.scenery.raster.field import Field
from easel_sketch.scenery.raster.relief import Layer
from easel_sketch.scenery.raster.view import View


def mountains(view: View) -> None:
    """Ranges with snow and conifers at their feet; a lake, a meadow, a forest or one great peak by the layout."""
    edge, layout = view.horizon / view.h, view.plan.layout
    snow = 0.95 if view.season == "winter" or view.has("snow") else 0.42
    rock = relief.material("ground", "rock")
    relief.add(view, Layer(edge, 0.24, 6, 6, rock, 0.74, sharp=True, snow=snow * 0.8, faces=0.8))
    if layout == 3:
        x = view.side(0.4) / view.w
        slopes = ((0, edge + 0.02), (x - 0.2, edge - 0.14), (x, edge - 0.46), (x + 0.22, edge - 0.13), (1, edge + 0.02))
        peak = Layer(edge + 0.02, 0.46, 3.2, 7, rock, 0.28, sharp=True, snow=snow, faces=1.3)
        relief.fill(view, peak, relief.along(view, slopes, 0.035, 12))
    else:
        relief.add(view, Layer(edge + 0.02, 0.42, 3.2 - 0.5 * layout, 7, rock, 0.3, sharp=True, snow=snow, faces=1.2))
    vegetation.conifers(view, edge + 0.03, 0.07, 0.46, 0.045, 150)
    vegetation.conifers(view, edge + 0.055, 0.05, 0.26, 0.075, 90)
    if view.has("lake", "river", "reflection", "droplet") or layout == 1:
        things.on_shore(view)
        tint = mix(view.light.sky[1], view.light.land, 0.45)
        shore = int(view.h * (edge + 0.07))
        water.mirror(view, shore, tint, rough=0.12)
        view.surface = (shore + view.h * 0.05, view.h * 0.86)
        vegetation.shores(view)
        return
    for place in range(2 if layout == 2 else 1):
        vegetation.conifers(view, edge + 0.14 + 0.08 * place, 0.07, 0.12, 0.12 + 0.07 * place, 40 - 10 * place)
    vegetation.meadow(view)


def hills(view: View) -> None:
    """Far hills in the haze, fields with trees, and a meadow."""
    leaf = vegetation.leaves(view)
    edge = view.horizon / view.h
    relief.add(view, Layer(edge, 0.12, 4, 4, mix(leaf, "#8aa0b0", 0.5), 0.72, faces=0.5))
    for place in range(4):
        base = edge + 0.07 + 0.1 * place
        field = mix(leaf, "#d9c56b", 0.22 * (place % 2))
        haze = 0.46 - 0.13 * place
        top = relief.add(view, Layer(base, 0.1, 3 - 0.3 * place, 3, field, haze, faces=0.9, foot=base + 0.05))
        vegetation.scattered(view, top, max(0.0, haze - 0.08), 0.04 + 0.03 * place, 3 + 2 * view.detail)
        if place == 1:
            view.bank = float(top[int(view.side(0.3)) % view.w]) + view.h * 0.012
            _homestead(view)
    vegetation.meadow(view)


def _homestead(view: View) -> None:
    """A cottage or a windmill on a far hill in every second image, unless the plan has one."""
    x, h = view.side(0.3), view.h
    if view.plan.layout == 1 and "cottage" not in view.stood:
        view.overlay(craft.cottage(view, x, view.bank, h * 0.06, 0.26, ""))
    elif view.plan.layout == 3 and "windmill" not in view.stood:
        view.overlay(craft.windmill(view, x, view.bank, h * 0.13, 0.26, ""))


def forest(view: View) -> None:
    """Rows of trees, each nearer and darker: broad ones where a leafy season is named, else conifers; mist if named."""
    edge = view.horizon / view.h
    leaf = vegetation.leaves(view) if view.season else relief.material("leaves", "pine")
    relief.add(view, Layer(edge - 0.1, 0.12, 3, 4, mix(leaf, "#8aa0b0", 0.4), 0.86, faces=0.4))
    for place in range(4):
        base, haze = edge - 0.06 + 0.1 * place, 0.74 - 0.2 * place
        if view.season in ("spring", "summer", "autumn"):
            vegetation.grove(view, base, haze, 0.16 + 0.08 * place, 16 - 2 * place)
        else:
            vegetation.conifers(view, base, 0.05, haze, 0.16 + 0.07 * place, 46 - 7 * place)
        if place and view.has("mist"):
            relief.mist(view, base + 0.05)
    vegetation.near_trunks(view)
    vegetation.meadow(view)


def desert(view: View) -> None:
    """A far ridge and four waves of dunes, each with a lit side and a sharp shadow."""
    sand = relief.material("ground", "sand")
    edge = view.horizon / view.h
    relief.add(view, Layer(edge, 0.09, 4, 5, mix(sand, "#9a6a58", 0.4), 0.66, faces=0.6))
    for place in range(4):
        base = edge + 0.11 + 0.115 * place
        haze = 0.42 - 0.13 * place
        lumps = 2.6 - 0.35 * place
        relief.add(view, Layer(base, 0.11, lumps, 2, sand, haze, sharp=True, faces=1.6, foot=base + 0.1))


def tables(view: View, base: float, high: float) -> Field:
    """The outline of tables of rock with steep sides."""
    points, x = [(-0.2, base)], float(view.rng.uniform(-0.1, 0.08))
    while x < 1:
        wide, tall = float(view.rng.uniform(0.1, 0.24)), high * float(view.rng.uniform(0.55, 1.0))
        rising = ((0.0, 0.0), (0.018, 0.45), (0.03, 0.5), (0.036, 1.0))
        falling = ((0.0, 0.97), (0.01, 0.5), (0.04, 0.4), (0.06, 0.0))
        points += [(x + across, base - tall * up) for across, up in rising]
        points += [(x + wide + across, base - tall * up) for across, up in falling]
        x += wide + float(view.rng.uniform(0.1, 0.26))
    return relief.along(view, points, 0.006, 40)
