"""Places that run into depth through the country: a road, a railway; and a tennis court."""

import itertools

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.ink import circle, oval, path, polygon, rect, stroke, trace
from easel_sketch.scenery.raster import land, relief, vegetation
from easel_sketch.scenery.raster.craft import shadow
from easel_sketch.scenery.raster.streets import point
from easel_sketch.scenery.raster.view import View


def _open_country(view: View) -> str:
    """The country that a road or a railway runs through; its name."""
    place = "desert" if view.has("desert") else "forest" if view.has("forest") else "hills"
    edge, leaf = view.horizon / view.h, vegetation.leaves(view)
    if view.has("mountains", "snow"):
        relief.add(
            view, relief.Layer(edge + 0.01, 0.28, 5, 6, relief.material("ground", "rock"), 0.6, sharp=True, snow=0.5)
        )
    if place == "desert":
        sand = relief.material("ground", "sand")
        relief.fill(
            view,
            relief.Layer(edge + 0.02, 0.1, 6, 5, relief.material("ground", "red-rock"), 0.5, sharp=True, strata=0.5),
            land.tables(view, edge + 0.01, 0.1),
        )
        relief.add(view, relief.Layer(edge + 0.02, 0.01, 3, 3, sand, 0.2, foot=edge + 0.05, level=True))
        return place
    relief.add(view, relief.Layer(edge + 0.01, 0.12, 3, 4, mix(leaf, "#8aa0b0", 0.5), 0.66, faces=0.6))
    line = relief.along(view, ((0, edge), (0.5, edge + 0.016), (1, edge)), 0.01, 5)
    vegetation.row_of_trees(view, line, 0.34, 0.2 if place == "forest" else 0.06, 40 if place == "forest" else 20)
    ground = relief.Layer(edge + 0.02, 0.4, 3, 3, mix(leaf, "#b8bf5a", 0.3), 0.14, foot=edge + 0.06, level=True)
    relief.fill(view, ground, relief.along(view, ((0, edge + 0.015), (1, edge + 0.018)), 0.004, 3))
    return place


def road(view: View) -> None:
    """A road with a broken line to the horizon."""
    w, h, light = view.w, view.h, view.light
    place = _open_country(view)
    ground, lane = h * 0.5, w * 0.34
    tar = light.off("#5a5a60")
    parts = [_strip(view, lane * 1.16, ground, light.on("#b8a888")), _strip(view, lane, ground, tar)]
    edge = mix(tar, "#ffffff", 0.75)
    parts += [_strip(view, lane * 0.012, ground, edge, aside=side * lane * 0.93) for side in (-1, 1)]
    far = 0.9
    while far < 40:
        parts.append(_strip(view, lane * 0.02, ground, mix(tar, "#f2c94a", 0.8), near=far, far=far * 1.16))
        far *= 1.36
    view.overlay("".join(parts), view.horizon)
    _roadside(view, lane, ground, place)
    view.ground = (view.horizon + h * 0.14, h * 0.9)


def _strip(
    view: View, half: float, ground: float, tone: str, *, aside: float = 0.0, near: float = 0.9, far: float = 46.0
) -> str:
    corners = ((aside - half, far), (aside + half, far), (aside + half, near), (aside - half, near))
    return polygon([point(view, across, -ground, depth) for across, depth in corners], tone)


def _roadside(view: View, lane: float, ground: float, place: str) -> None:
    """Poles with wires at one side; trees or bushes at the other."""
    light, h, parts = view.light, view.h, []
    heads = []
    for far in (16.0, 10.0, 6.6, 4.4, 3.0, 2.0, 1.36):
        x, y = point(view, -lane * 1.5, -ground, far)
        tall, haze = h * 0.72 / far, min(0.5, 0.03 * far)
        tone = light.off("#5a4a3c", haze)
        parts += [
            rect(x - tall * 0.012, y - tall, tall * 0.024, tall, tone),
            rect(x - tall * 0.09, y - tall * 0.92, tall * 0.18, tall * 0.02, tone),
        ]
        heads.append((x, y - tall * 0.92))
        bx, by = point(view, lane * (1.5 + float(view.rng.random())), -ground, far)
        if place == "desert":
            parts.append(oval(bx, by, h * 0.06 / far, h * 0.034 / far, light.off("#7a7f4a", haze)))
        else:
            parts.append(vegetation.broad(view, bx / view.w, by, h * 0.5 / far, haze))
    for (x0, y0), (x1, y1) in itertools.pairwise(heads):
        parts.append(
            stroke(
                trace("M", x0, y0, "Q", (x0 + x1) / 2, (y0 + y1) / 2 + h * 0.01, x1, y1),
                light.off("#3a3430", 0.1),
                max(1.0, h * 0.0012),
            )
        )
    view.overlay("".join(parts))


def railway(view: View) -> None:
    """Two rails on sleepers that run to the horizon."""
    w, h, light = view.w, view.h, view.light
    place = _open_country(view)
    ground, gauge = h * 0.5, w * 0.17
    parts = [
        _strip(view, gauge * 1.75, ground, light.off("#8a8078")),
        _strip(view, gauge * 1.5, ground, light.on("#9a9088")),
    ]
    far = 0.92
    ties = []
    while far < 34:
        ties.append(
            _strip(view, gauge * 1.28, ground, light.off("#5f4634", min(0.5, 0.02 * far)), near=far, far=far * 1.035)
        )
        far *= 1.085
    parts += ties[::-1]
    for side in (-1, 1):
        parts.append(_strip(view, gauge * 0.06, ground, light.off("#4a4a50"), aside=side * gauge))
        parts.append(_strip(view, gauge * 0.026, ground, light.on("#d6dae0"), aside=side * gauge * 1.01))
    view.overlay("".join(parts), view.horizon)
    _roadside(view, w * 0.3, ground, place)


def tennis_court(view: View) -> None:
    """A court from behind the base line: lines in perspective, the net, trees behind a fence."""
    w, h, light = view.w, view.h, view.light
    edge = view.horizon / h
    vegetation.row_of_trees(view, relief.along(view, ((0, edge + 0.03), (1, edge + 0.03)), 0.01, 5), 0.2, 0.2, 30)
    field, around = (("#b8573a", "#3f7a52"), ("#2f7f5f", "#8a4a38"), ("#3a6fb0", "#3f8a5a"), ("#4f9a4a", "#3f7f3f"))[
        view.plan.layout
    ]
    parts = [rect(0, h * (edge + 0.03), w, h, light.on(around))]
    fence = light.off("#3f5a4c", 0.2)
    parts.append(rect(0, h * (edge - 0.1), w, h * 0.13, fence, 0, 'opacity=".5"'))
    parts += [rect(w * i / 14 - 1.5, h * (edge - 0.11), 3, h * 0.15, fence) for i in range(15)]

    def at(x: float, y: float) -> tuple[float, float]:
        """A point of the court: x from -1 to 1 across, y from 0 (far) to 1 (near) along."""
        far = 2.5 - 1.55 * y
        return w * 0.5 + x * w * 0.4 / far, h * (edge - 0.09) + h * 0.62 / far

    def line(x0: float, y0: float, x1: float, y1: float) -> str:
        thick = h * 0.0052 * (0.5 + max(y0, y1))
        return stroke(trace("M", *at(x0, y0), "L", *at(x1, y1)), light.on("#ffffff"), thick)

    parts.append(
        polygon(
            [at(-1.3, -0.1), at(1.3, -0.1), at(1.3, 1.12), at(-1.3, 1.12)], mix(light.on(field), light.on(around), 0.3)
        )
    )
    parts.append(polygon([at(-1, 0), at(1, 0), at(1, 1), at(-1, 1)], light.on(field)))
    for x in (-1.0, -0.75, 0.75, 1.0):
        parts.append(line(x, 0, x, 1))
    parts += [
        line(-1, 0, 1, 0),
        line(-1, 1, 1, 1),
        line(-0.75, 0.23, 0.75, 0.23),
        line(-0.75, 0.77, 0.75, 0.77),
        line(0, 0.23, 0, 0.77),
    ]
    (x0, y0), (x1, _) = at(-1.12, 0.5), at(1.12, 0.5)
    tall = h * 0.085
    mesh = light.off("#22282c")
    parts.append(
        polygon(
            [(x0, y0 - tall), (w * 0.5, y0 - tall * 0.88), (x1, y0 - tall), (x1, y0), (x0, y0)], mesh, 'opacity=".45"'
        )
    )
    for i in range(41):
        x = x0 + (x1 - x0) * i / 40
        parts.append(rect(x, y0 - tall * 0.9, 1, tall * 0.9, mesh, 0, 'opacity=".5"'))
    parts += [rect(x0, y0 - tall * (0.2 + 0.2 * i), x1 - x0, 1, mesh, 0, 'opacity=".5"') for i in range(4)]
    parts.append(
        path(
            trace(
                *("M", x0, y0 - tall, "Q", w * 0.5, y0 - tall * 0.84, x1, y0 - tall, "V", y0 - tall * 0.86),
                *("Q", w * 0.5, y0 - tall * 0.7, x0, y0 - tall * 0.86, "Z"),
            ),
            light.on("#ffffff"),
        )
    )
    parts += [rect(x - w * 0.004, y0 - tall * 1.08, w * 0.008, tall * 1.1, light.off("#2f3a34")) for x in (x0, x1)]
    bx, by = at(0.3, 0.86)
    parts += [shadow(light, bx + h * 0.01, by + h * 0.012, h * 0.04), circle(bx, by, h * 0.014, light.on("#d9e84a"))]
    view.overlay("".join(parts))
    view.ground = (h * 0.5, h * 0.9)
