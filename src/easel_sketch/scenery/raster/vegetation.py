"""Ground with plants: rows of trees, meadows, and the dark banks in front of a lake."""

import numpy as np

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.ink import circle, stroke, trace
from easel_sketch.scenery import plants
from easel_sketch.scenery.raster import relief
from easel_sketch.scenery.raster.field import Field
from easel_sketch.scenery.raster.relief import Layer
from easel_sketch.scenery.raster.view import View

SNOW = "#dfe8ee"
_BLOOMS = ("#e8483f", "#f6c945", "#ffffff", "#e86fa6", "#8d6fd0", "#f28a3c")
# Fields of one kind of flower.
_FIELDS = {
    "lavender": ("#8a6fd0", "#7a5cc4", "#a288e0", "#6f55b5"),
    "sunflowers": ("#f6c02c", "#f2b01c", "#fad24a", "#eea81c"),
    "poppies": ("#e03a2c", "#d22f2a", "#ee5240", "#c82a26"),
}


def leaves(view: View) -> str:
    """The colour of leaves in the season of the prompt, or in summer."""
    return relief.material("leaves", view.season or "summer")


def conifers(view: View, base: float, rise: float, haze: float, tall: float, count: int) -> None:
    """A low layer with conifers on it. Lengths are shares of the height; `count` is for a page 1536 wide."""
    snowy = view.season == "winter"
    pine = relief.material("leaves", "pine")
    layer = Layer(base, rise, 4, 4, SNOW if snowy else pine, haze, faces=0.5, foot=base + 0.04)
    top = relief.outline(view, layer)
    bright, shade = relief.lit_and_shade(pine, view.light)
    dark = mix(shade, view.light.land, 0.4)
    lit = mix(dark, mix(bright, "#ffffff", 0.35 if snowy else 0.0), 0.4)
    tones = mix(dark, view.light.haze, haze), mix(lit, view.light.haze, haze)
    number = round(count * view.w / 1536 * (0.6 + 0.2 * view.detail))
    parts, high, first, last = [], tall * view.h, view.h, 0.0
    for x in sorted(float(x) for x in (np.arange(number) + view.rng.random(number)) / number * view.w):
        foot = float(top[min(view.w - 1, int(x))]) + high * 0.1
        size = high * (0.45 + 0.75 * view.rng.random())
        parts.append(plants.pine(x, foot, size, tones, view.rng))
        first, last = min(first, int(foot - size) - 2), max(last, foot)
    view.overlay("".join(parts), first, int(last) + 4)
    relief.fill(view, layer, top + np.float32(high * 0.06))


def grove(view: View, base: float, haze: float, tall: float, count: int) -> None:
    """A low layer with broad trees close together."""
    layer = Layer(base, 0.04, 4, 3, leaves(view), haze, faces=0.4, foot=base + 0.05)
    top = relief.outline(view, layer)
    high = tall * view.h
    places = sorted(float(x) for x in view.rng.random(max(3, round(count * view.w / 1536))))
    drawn = "".join(broad(view, x, float(top[int(x * (view.w - 1))]) + high * 0.05, high, haze) for x in places)
    view.overlay(drawn, int(top.min() - high * 1.4), int(top.max() + high * 0.2))
    relief.fill(view, layer, top + np.float32(view.h * 0.01))


def scattered(view: View, top: Field, haze: float, tall: float, count: int) -> None:
    """Scattered broad trees on the outline `top`; none where the plan asks for a lone one."""
    if view.has("lone"):
        return
    high = tall * view.h
    places = sorted(float(x) for x in view.rng.random(count))
    drawn = "".join(broad(view, x, float(top[int(x * (view.w - 1))]) + high * 0.06, high, haze) for x in places)
    view.overlay(drawn, int(top.min() - high * 1.5), int(top.max() + high))


def row_of_trees(view: View, top: Field, haze: float, tall: float, count: int, *, jungle: bool = False) -> None:
    """Trees on an outline: conifers and broad ones; palms among them in a jungle. Columns below the image have none."""
    high, parts = tall * view.h, []
    lowest, highest = 0.0, float(view.h)
    for x in sorted(float(x) for x in (np.arange(count) + view.rng.random(count)) / count):
        foot = float(top[min(view.w - 1, int(x * view.w))]) + high * 0.06
        at, reach = min(view.w - 1, int(x * view.w)), max(2, view.w // 120)
        steep = abs(float(top[min(view.w - 1, at + reach)]) - float(top[max(0, at - reach)])) > view.h * 0.045
        if foot > view.h or steep:
            continue
        lowest, highest = max(lowest, foot), min(highest, foot)
        size = high * float(view.rng.uniform(0.6, 1.2))
        if jungle and view.rng.random() < 0.4:
            tones = view.light.off("#6a4f38", haze), view.light.on("#3f8a4a", haze)
            parts.append(plants.palm(x * view.w, foot, size * 1.3, float(view.rng.uniform(-0.2, 0.2)), tones, view.rng))
        elif jungle or view.season in ("autumn", "spring", "summer") or view.rng.random() < 0.3:
            parts.append(broad(view, x, foot, size, haze))
        else:
            parts.append(plants.pine(x * view.w, foot, size, pines(view, haze), view.rng))
    view.overlay("".join(parts), highest - high * 1.8, lowest + high * 0.2)


def pines(view: View, haze: float) -> tuple[str, str]:
    """The two tones of a conifer."""
    bright, shade = relief.lit_and_shade(relief.material("leaves", "pine"), view.light)
    dark = mix(shade, view.light.land, 0.3)
    lit = mix(dark, mix(bright, "#ffffff", 0.4 if view.season == "winter" else 0.0), 0.45)
    return mix(dark, view.light.haze, haze), mix(lit, view.light.haze, haze)


def blossoms(view: View, first: float, count: int = 0) -> None:
    """Flowers in the grass from row `first` to the lower edge, larger and farther apart towards the viewer."""
    if view.season in ("autumn", "winter") or not (count or view.season == "spring" or view.has("flowers")):
        return
    named = next((tones for name, tones in _FIELDS.items() if view.has(name)), None)
    picked = named or [_BLOOMS[int(i)] for i in view.rng.permutation(6)[:4]]
    parts = []
    for _ in range((count or 260) * (2 if named else 1)):
        depth = float(view.rng.random()) ** 0.7
        x, y, r = (
            float(view.rng.random()) * view.w,
            first + (view.h - first) * depth,
            view.h * (0.0016 + 0.0075 * depth * depth),
        )
        tone = picked[int(view.rng.integers(0, 4))]
        head = view.light.on(tone, 0.15 * (1 - depth))
        if depth > 0.55:
            parts.append((depth, stroke(trace("M", x, y, "l", r * 0.4, r * 4), view.light.off("#4d7a3e"), r * 0.4)))
            petals = "".join(
                circle(x + dx * r, y + dy * r, r * 0.72, head)
                for dx, dy in ((0, -0.8), (0.76, -0.25), (0.47, 0.65), (-0.47, 0.65), (-0.76, -0.25))
            )
            parts.append((depth, petals + circle(x, y, r * 0.5, view.light.on("#f2b632"))))
        else:
            parts.append((depth, circle(x, y, r, head)))
    view.overlay("".join(part for _, part in sorted(parts)), first - view.h * 0.02)


def broad(view: View, x: float, foot: float, high: float, haze: float) -> str:
    """One broad tree in the colours of the season."""
    leaf = leaves(view)
    if view.season == "spring" and view.has("blossom"):
        leaf = "#f2b6c8" if view.rng.random() < 0.7 else "#f8dbe2"
    if view.season == "autumn":
        leaf = mix(leaf, "#e0b23c" if view.rng.random() < 0.5 else "#a8452c", 0.35)
    bright, shade = relief.lit_and_shade(leaf, view.light)
    trunk = mix(view.light.land, "#4a3424", 0.4)
    one, two, three = (mix(tone, view.light.haze, haze * 0.9) for tone in (trunk, shade, mix(bright, shade, 0.25)))
    return plants.tree(x * view.w, foot, high * float(view.rng.uniform(0.8, 1.25)), (one, two, three), view.rng)


def meadow(view: View) -> None:
    """The nearest ground, with grass on it."""
    ground = "#e6eef4" if view.season == "winter" else leaves(view)
    relief.add(view, Layer(0.95, 0.075, 2, 3, ground, 0.02, faces=0.4, foot=1.2))
    blossoms(view, view.h * 0.9)
    meadow_grass(view)


def meadow_grass(view: View, *, gap: bool = False) -> None:
    """Grass along the lower edge; with a gap in the middle where a path comes to the viewer."""
    ground = "#e6eef4" if view.season == "winter" else leaves(view)
    _, shade = relief.lit_and_shade(ground, view.light)
    tone, wide = mix(shade, view.light.land, 0.4), view.w * 0.3 if gap else view.w
    blades = [plants.grass(round(wide), view.h + 4, view.rng, tall=view.h * 0.05, count=round(wide / 7), tone=tone)]
    if gap:
        other = plants.grass(round(wide), view.h + 4, view.rng, tall=view.h * 0.05, count=round(wide / 7), tone=tone)
        blades.append(f'<g transform="translate({view.w - wide:.0f} 0)">{other}</g>')
    view.overlay("".join(blades), int(view.h * 0.9))


def shores(view: View) -> None:
    """Dark banks in both lower corners, with conifers and grass."""
    w, h, dark = view.w, view.h, view.light.land
    tone = mix(dark, SNOW, 0.25) if view.season == "winter" and not view.light.dark else dark
    tones = dark, mix(dark, view.light.lit, 0.13)
    parts = []
    for side in (-1, 1):
        edge = 0 if side < 0 else w
        reach = w * float(view.rng.uniform(0.22, 0.42))
        y = h * float(view.rng.uniform(0.87, 0.92))
        for _ in range(5):
            x = edge - side * reach * float(view.rng.uniform(0.02, 0.5))
            tall = h * float(view.rng.uniform(0.16, 0.34)) * (1 - 0.5 * abs(x - edge) / reach)
            parts.append(plants.pine(x, y + h * 0.03, tall, tones, view.rng))
        parts.append(plants.bank(edge, y, edge - side * reach, h, tone))
    parts.append(plants.grass(w, h + 4, view.rng, tall=h * 0.055, count=round(w / 9), tone=dark))
    view.overlay("".join(parts), int(h * 0.5))


def near_trunks(view: View) -> None:
    """Trunks at both sides, so near that their tops are outside the image."""
    tone = mix(view.light.land, "#000000", 0.1)
    wide = min(view.w, view.h) * 0.07
    for left in (-0.06, 0.84):
        trunks = plants.trunks(round(view.w * 0.22), -20, view.h + 10, view.rng, count=2, wide=wide, tone=tone)
        view.overlay(f'<g transform="translate({left * view.w:.0f} 0)">{trunks}</g>')
