"""Our own drawings of what stands in landscapes, as SVG in the light of the hour.

Each takes the view, the place of its foot, its height in pixels, how much haze is before it, and a colour or "".
"""

from collections.abc import Callable

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.ink import across, circle, oval, path, polygon, rect, stroke, trace
from easel_sketch.scenery import plants
from easel_sketch.scenery.hours import Hour
from easel_sketch.scenery.raster import relief, vegetation
from easel_sketch.scenery.raster.boats import WINDOW, balloon, fishing_boat, rowboat, sailboat
from easel_sketch.scenery.raster.view import View

Craft = Callable[[View, float, float, float, float, str], str]


def cottage(view: View, x: float, foot: float, tall: float, haze: float, colour: str) -> str:
    """A house seen from a corner: gable in the light, roof, chimney, door and windows, lit after sunset."""
    light = view.light
    wall = colour or ("#efe6d6", "#d9a066", "#c8d3cf", "#e6cfae")[int(view.rng.integers(0, 4))]
    roof = "#8a4a38" if wall != "#d9a066" else "#4f4a4c"
    bright, dim, tiles = light.on(wall, haze), light.off(wall, haze), light.off(roof, haze)
    if colour and not light.dark:
        bright = mix(bright, wall, 0.45)
    if view.season == "winter":
        tiles = light.on("#f4f8fc", haze)
    gable, long, eave = tall * 0.62, tall * 1.05, foot - tall * 0.52
    ridge, left = foot - tall * 0.94, x - (gable + long) / 2
    corner, right = left + gable, left + gable + long
    over = tall * 0.06
    front = [(left, foot), (left, eave), (left + gable / 2, ridge), (corner, eave), (corner, foot)]
    slope = [
        (left + gable / 2 - over * 0.3, ridge - over * 0.5),
        (right - gable / 2 + over, ridge - over * 0.5),
        (right + over, eave + over * 0.4),
        (corner + over * 0.5, eave + over * 0.7),
    ]
    rim = [(left - over, eave + over), (left + gable / 2, ridge - over * 0.6), (corner + over, eave + over)]
    chimney = rect(right - gable * 0.75, ridge - tall * 0.16, tall * 0.11, tall * 0.24, light.off("#8f6a58", haze))
    glass = mix(WINDOW, light.haze, haze * 0.5) if light.dark or light.name == "dawn" else light.off("#50627a", haze)
    side = tall * 0.13
    panes = [(left + gable * 0.5 - side * 0.5, eave + side * 0.3), (corner + long * 0.16, eave + tall * 0.16)]
    panes.append((corner + long * 0.68, eave + tall * 0.16))
    parts = [chimney, polygon(front, bright), rect(corner, eave, long, foot - eave, dim), polygon(slope, tiles)]
    parts.append(stroke(trace("M", *rim[0], "L", *rim[1], "L", *rim[2]), mix(tiles, light.land, 0.25), tall * 0.045))
    for px, py in panes:
        parts += [rect(px, py, side, side * 1.2, glass), rect(px + side * 0.46, py, side * 0.08, side * 1.2, dim)]
    parts.append(rect(corner + long * 0.42, foot - tall * 0.36, tall * 0.16, tall * 0.36, light.off("#6d4a36", haze)))
    return "".join(parts)


def lighthouse(view: View, x: float, foot: float, tall: float, haze: float, colour: str) -> str:
    """A banded tower on a rock, with its lamp and, when it is dark, its beams."""
    light, y = view.light, foot
    pale, red = light.on("#f6f2ea", haze), light.on(colour or "#c8412f", haze)
    half, top = tall * 0.085, y - tall * 0.98
    parts = [_rock(view, x, y, tall, haze)]
    for band in range(5):
        upper, lower = top + tall * (0.12 + 0.13 * band), top + tall * (0.25 + 0.13 * band)
        w0, w1 = half * (0.66 + 0.08 * band), half * (0.74 + 0.08 * band)
        tone = pale if band % 2 else red
        parts.append(path(trace("M", x - w0, upper, "H", x + w0, "L", x + w1, lower, "H", x - w1, "Z"), tone))
        dim = mix(tone, light.off("#555566", haze), 0.45)
        side = -1 if view.left else 1
        parts.append(path(trace("M", x - side * w0, upper, "H", x, "V", lower, "H", x - side * w1, "Z"), dim))
    roof = trace("M", x - half * 0.62, top, "L", x, top - tall * 0.075, "L", x + half * 0.62, top, "Z")
    parts += [
        rect(x - half * 0.95, top + tall * 0.1, half * 1.9, tall * 0.025, light.off("#40404a", haze)),
        rect(x - half * 0.42, top, half * 0.84, tall * 0.1, "#ffe9a8"),
        path(roof, red),
    ]
    if light.dark or view.has("storm", "mist"):
        parts += [_beam(x, top, tall, side) for side in (-1, 1)]
    return "".join(parts)


def _rock(view: View, x: float, y: float, tall: float, haze: float) -> str:
    crest = y - tall * 0.2
    shape = trace(
        *("M", x - tall * 0.62, y + 2, "Q", x - tall * 0.34, y - tall * 0.2, x - tall * 0.1, crest),
        *("Q", x + tall * 0.3, y - tall * 0.2, x + tall * 0.56, y + 2, "Z"),
    )
    return path(shape, view.light.off("#5d5a55", haze))


def _beam(x: float, top: float, tall: float, side: int) -> str:
    far = x + side * tall * 3.4
    shape = trace("M", x, top + tall * 0.05, "L", far, top - tall * 0.2, "V", top + tall * 0.34, "Z")
    stops = ("#ffe9a8@.4", "#ffe9a8@0")
    name = f"beam{side}"
    return across(name, *(stops if side > 0 else stops[::-1])) + path(shape, f"url(#{name})")


def windmill(view: View, x: float, foot: float, tall: float, haze: float, colour: str) -> str:
    """A tower mill: tapered body, cap, gallery and four latticed sails."""
    light, t = view.light, tall
    wall, cap = colour or "#e9e0d0", light.off("#7a4432", haze)
    neck, hub = foot - t * 0.62, (x, foot - t * 0.64)
    body = [(x - t * 0.17, foot), (x - t * 0.1, neck), (x + t * 0.1, neck), (x + t * 0.17, foot)]
    half = [(x, foot), (x, neck), (x + t * 0.1, neck), (x + t * 0.17, foot)]
    side = light.off(wall, haze)
    parts = [polygon(body, light.on(wall, haze)), polygon(half, mix(light.on(wall, haze), side, 0.7))]
    parts.append(path(trace("M", x - t * 0.12, neck, "Q", x, neck - t * 0.2, x + t * 0.12, neck, "Z"), cap))
    glass = WINDOW if light.dark else light.off("#46505c", haze)
    parts += [
        rect(x - t * 0.035, foot - t * 0.14, t * 0.07, t * 0.14, cap),
        rect(x - t * 0.025, foot - t * 0.4, t * 0.05, t * 0.07, glass),
    ]
    cloth, spar = light.on("#f6efe0", haze), light.off("#5a4434", haze)
    for quarter in range(4):
        turn = f'transform="rotate({18 + 90 * quarter} {hub[0]:.1f} {hub[1]:.1f})"'
        blade = rect(hub[0] + t * 0.015, hub[1] - t * 0.36, t * 0.085, t * 0.28, cloth)
        lattice = "".join(
            rect(hub[0] + t * 0.015, hub[1] - t * (0.35 - 0.055 * i), t * 0.085, t * 0.008, spar) for i in range(5)
        )
        arm = rect(hub[0] - t * 0.008, hub[1] - t * 0.37, t * 0.018, t * 0.37, spar)
        parts.append(f"<g {turn}>{blade}{lattice}{arm}</g>")
    return "".join([*parts, circle(*hub, t * 0.022, spar)])


def bridge(view: View, x: float, foot: float, tall: float, haze: float, colour: str) -> str:
    """A stone bridge of three arches from bank to bank."""
    light, half, t = view.light, view.span, tall
    stone = colour or "#a89a88"
    deck, crown = foot - t * 0.72, foot - t * 0.98
    arches, left = [], x - half
    for share, wide in ((0.24, 0.15), (0.5, 0.19), (0.76, 0.15)):
        middle, reach = left + half * 2 * share, half * 2 * wide / 2
        rise = t * (0.62 if wide < 0.17 else 0.78)
        arches.append(
            trace(
                *("M", middle - reach, foot + 2, "V", foot - rise * 0.35),
                *("A", reach, rise * 0.62, "0 0 1", middle + reach, foot - rise * 0.35, "V", foot + 2, "Z"),
            )
        )
    outline = trace("M", left, foot + 2, "V", deck, "Q", x, crown - t * 0.24, x + half, deck, "V", foot + 2, "Z")
    body = f'<path d="{outline} {" ".join(arches)}" fill="{light.off(stone, haze)}" fill-rule="evenodd"/>'
    rail = stroke(
        trace("M", left - 4, deck, "Q", x, crown - t * 0.24, x + half + 4, deck), light.on(stone, haze), t * 0.09
    )
    lips = "".join(stroke(arch.rsplit("V", 1)[0].rstrip(), light.on(stone, haze), t * 0.035) for arch in arches)
    return body + lips + rail


def palm(view: View, x: float, foot: float, tall: float, haze: float, colour: str) -> str:
    light = view.light
    tones = (
        light.off("#7a5a40", haze),
        light.on("#3d8a50", haze * 0.9) if not light.dark else light.off("#2f6a48", haze),
    )
    return plants.palm(x, foot, tall, float(view.rng.uniform(-0.2, 0.2)), tones, view.rng)


def pine(view: View, x: float, foot: float, tall: float, haze: float, colour: str) -> str:
    bright, shade = relief.lit_and_shade(relief.material("leaves", "pine"), view.light)
    snowy = mix(bright, "#ffffff", 0.4) if view.season == "winter" else bright
    dark = mix(mix(shade, view.light.land, 0.3), view.light.haze, haze)
    return plants.pine(x, foot, tall, (dark, mix(mix(shade, snowy, 0.5), view.light.haze, haze)), view.rng)


def broad(view: View, x: float, foot: float, tall: float, haze: float, colour: str) -> str:
    return vegetation.broad(view, x / view.w, foot, tall, haze)


def lamp(view: View, x: float, foot: float, tall: float, haze: float, colour: str) -> str:
    """A street lamp, with its light after sunset."""
    light, t = view.light, tall
    iron, top = light.off("#2f3338", haze), foot - tall
    on = light.dark or view.has("mist")
    parts = [
        rect(x - t * 0.014, top + t * 0.14, t * 0.028, t * 0.86, iron),
        rect(x - t * 0.04, foot - t * 0.06, t * 0.08, t * 0.06, iron),
    ]
    if on:
        parts += [
            circle(x, top + t * 0.08, t * share, "#ffd98a", f'opacity="{o}"')
            for share, o in ((0.42, 0.1), (0.24, 0.16))
        ]
    glass = [
        (x - t * 0.05, top + t * 0.02),
        (x + t * 0.05, top + t * 0.02),
        (x + t * 0.035, top + t * 0.14),
        (x - t * 0.035, top + t * 0.14),
    ]
    parts.append(polygon(glass, "#fff0c0" if on else light.on("#dfe6ea", haze)))
    return "".join(
        [
            *parts,
            polygon([(x - t * 0.065, top + t * 0.025), (x, top - t * 0.04), (x + t * 0.065, top + t * 0.025)], iron),
        ]
    )


def fence(view: View, x: float, foot: float, tall: float, haze: float, colour: str) -> str:
    wood, step = view.light.off(colour or "#b08a5c", haze), tall * 1.2
    posts = "".join(rect(x + (i - 4) * step, foot - tall, tall * 0.16, tall, wood) for i in range(9))
    rails = "".join(rect(x - 4.3 * step, foot - tall * up, step * 8.8, tall * 0.13, wood) for up in (0.82, 0.45))
    return posts + rails


def pier(view: View, x: float, foot: float, tall: float, haze: float, colour: str) -> str:
    """A wooden pier that runs from the viewer into the water."""
    light, w, h = view.light, view.w, view.h
    wood = colour or "#8a6748"
    near, far = w * 0.13, w * 0.03
    end = view.bank + h * 0.1
    deck = [(x - far, end), (x + far, end), (x + near, h), (x - near, h)]
    parts = [polygon(deck, light.on(wood, haze))]
    count = 22
    for i in range(count):
        share = (i / count) ** 2.2
        y, half = end + (h - end) * share, far + (near - far) * share
        parts.append(rect(x - half, y, half * 2, max(1.0, 5 * share), light.off(mix(wood, "#3a2a1c", 0.4), haze)))
    for i in range(5):
        share = (i / 4.6) ** 2
        y, half, post = end + (h - end) * share, far + (near - far) * share, h * (0.01 + 0.03 * share)
        parts += [
            rect(x + side * half - post * 0.2, y - post, post * 0.4, post * 2.4, light.off(wood, haze))
            for side in (-1, 1)
        ]
    return "".join(parts)


CRAFT: dict[str, Craft] = {
    "cottage": cottage,
    "lighthouse": lighthouse,
    "sailboat": sailboat,
    "fishing-boat": fishing_boat,
    "rowboat": rowboat,
    "windmill": windmill,
    "hot-air-balloon": balloon,
    "bridge": bridge,
    "palm-tree": palm,
    "evergreen-tree": pine,
    "deciduous-tree": broad,
    "street-light": lamp,
    "fence": fence,
    "pier": pier,
}


def shadow(light: Hour, x: float, foot: float, wide: float) -> str:
    """The soft shadow of something on the ground."""
    return oval(x, foot, wide * 0.5, wide * 0.07, light.land, 'opacity=".28"')
