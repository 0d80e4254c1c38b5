"""Ground with plants: rows of trees, meadows, and the dark banks in front of a lake."""

import numpy as np

from easel_sketch.colour.mixing import mix
from easel_sketch.scenery import plants
from easel_sketch.scenery.raster import relief
from easel_sketch.scenery.raster.field import Field
from easel_sketch.scenery.raster.relief import Layer
from easel_sketch.scenery.raster.view import View

SNOW = "#dfe8ee"


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
    drawn = "".join(_broad(view, x, float(top[int(x * (view.w - 1))]) + high * 0.05, high, haze) for x in places)
    view.overlay(drawn, int(top.min() - high * 1.4), int(top.max() + high * 0.2))
    relief.fill(view, layer, top + np.float32(view.h * 0.01))


def scattered(view: View, top: Field, haze: float, tall: float, count: int) -> None:
    """Scattered broad trees on the outline `top`."""
    high = tall * view.h
    places = sorted(float(x) for x in view.rng.random(count))
    drawn = "".join(_broad(view, x, float(top[int(x * (view.w - 1))]) + high * 0.06, high, haze) for x in places)
    view.overlay(drawn, int(top.min() - high * 1.5), int(top.max() + high))


def _broad(view: View, x: float, foot: float, high: float, haze: float) -> str:
    """One broad tree in the colours of the season."""
    leaf = leaves(view)
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
    _, shade = relief.lit_and_shade(ground, view.light)
    tone = mix(shade, view.light.land, 0.5)
    view.overlay(
        plants.grass(view.w, view.h + 4, view.rng, tall=view.h * 0.05, count=round(view.w / 7), tone=tone),
        int(view.h * 0.9),
    )


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
