"""Layers of ground: the outline of mountains, hills and dunes, their lit and shaded slopes, snow, and haze."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from easel_sketch import library
from easel_sketch.colour.mixing import mix
from easel_sketch.scenery.hours import Hour
from easel_sketch.scenery.raster.field import Field, blend, cells, enlarged, falloff, mixed, noise
from easel_sketch.scenery.raster.view import View

SNOW = "#f4f8fc"


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of ground. Lengths are shares of the image's height, `haze` is how far away it is, from 0 to 1.

    `sharp` makes peaks of its lumps; `snow` covers that much of its height from the top; `foot` is where the haze
    below it is thickest; `strata` is how strongly it is layered; `level` ground has soft
    patches instead of slopes.
    """

    base: float
    rise: float
    lumps: float
    octaves: int
    material: str
    haze: float
    sharp: bool = False
    snow: float = 0.0
    faces: float = 1.0
    foot: float = 0.0
    strata: float = 0.0
    level: bool = False


def outline(view: View, layer: Layer) -> Field:
    """The upper edge of a layer: one height for each column, in pixels from the top."""
    rng, w = view.rng, view.w
    x = _crests(rng, layer, w) if layer.sharp else noise(rng, w, 2, layer.lumps, 1, layer.octaves)[0]
    x = (x - x.min()) / max(1e-6, float(x.max() - x.min()))
    top: Field = np.float32(layer.base * view.h) - x * np.float32(layer.rise * view.h)
    return top


def _crests(rng: np.random.Generator, layer: Layer, w: int) -> Field:
    """Sharp peaks: each octave of the noise is folded over."""
    total = np.zeros(w, np.float32)
    for octave in range(layer.octaves):
        lumps = noise(rng, w, 2, layer.lumps * 1.9**octave, 1, 1)[0]
        total += np.float32(0.46**octave) * (1 - np.abs(2 * lumps - 1))
    return total


def along(view: View, points: Sequence[tuple[float, float]], rough: float, lumps: float = 9) -> Field:
    """An outline through points, each across and down as shares of the image, with bumps of `rough` of its height."""
    x = np.linspace(0, 1, view.w, dtype=np.float32)
    top = np.interp(x, [across for across, _ in points], [down for _, down in points]).astype(np.float32)
    bumps = noise(view.rng, view.w, 2, lumps, 1, 5)[0] - np.float32(0.5)
    outlined: Field = (top + bumps * np.float32(rough * 2)) * np.float32(view.h)
    return outlined


def fill(view: View, layer: Layer, top: Field) -> None:
    """Draw a layer from its outline `top` to the lower edge of the image."""
    w, h = view.w, view.h
    first = max(0, int(top.min()) - 1)
    y = np.arange(first, h, dtype=np.float32)[:, None]
    there = y - (top[None] - np.float32(0.5))
    np.clip(there, 0, 1, out=there)
    body = _body(view, layer, top, first)
    blend(view.image[:, first:], enlarged(body, view.cell, w, h - first), there)


def _body(view: View, layer: Layer, top: Field, first: int) -> Field:
    """The colours of a layer from row `first` on, one per cell: slopes, snow, haze."""
    light, rng, h, cell = view.light, view.rng, view.h, view.cell
    columns = cells(len(top), cell)
    line = top[np.minimum(np.arange(columns) * cell + cell // 2, len(top) - 1)]
    y = (np.arange(cells(h - first, cell), dtype=np.float32) + np.float32(0.5)) * cell + np.float32(first)
    faces = (
        _patches(rng, columns, len(y)) if layer.level else _faces(rng, layer, line, y[:, None], h, view.sun.x / cell)
    )
    bright, shade = lit_and_shade(layer.material, light)
    body = mixed(shade, bright, faces)
    if layer.strata:
        _layered(body, light, rng, layer, y[:, None], h)
    if layer.snow:
        _snowed(body, light, rng, layer, line, y[:, None], faces, layer.rise * h)
    _hazed(body, light, layer, y[:, None], h)
    return body


def add(view: View, layer: Layer) -> Field:
    """Draw one layer, and return its outline."""
    top = outline(view, layer)
    fill(view, layer, top)
    return top


def material(group: str, name: str) -> str:
    """The colour of a ground or of leaves in white light."""
    return str(library.table("hours")[group][name])


def lit_and_shade(material: str, light: Hour) -> tuple[str, str]:
    """The colours of a material at an hour: of slopes in the light, and of those turned away."""
    base = mix(material, light.land, light.dim)
    return mix(base, light.lit, light.shine), mix(base, mix(light.land, light.shade, 0.45), 0.5)


def _faces(rng: np.random.Generator, layer: Layer, top: Field, y: Field, h: int, sun_x: float) -> Field:
    """How much light falls on each cell, from its slope towards the sun, shifted by noise further down."""
    rows, columns = len(y), len(top)
    reach = max(2, columns // 90)
    padded = np.pad(top, reach, mode="edge")
    slope = padded[2 * reach :] - padded[: -2 * reach]
    steep = np.clip(slope / (np.abs(slope).max() + np.float32(1e-6)) * np.float32(2.2), -1, 1)
    depth = np.clip((y - top[None]) / np.float32(max(1.0, layer.rise * h)), 0, 2.5)
    stray = noise(rng, columns, rows, layer.lumps * 3.2, layer.lumps * 2.2 * rows / columns, 4) - np.float32(0.5)
    strayed = np.arange(columns, dtype=np.float32)[None] + stray * depth * np.float32(columns * 0.2)
    at = np.clip(strayed, 0, columns - 1).astype(np.intp)
    # Lit and shaded sides change over gradually around the sun's position.
    toward = np.clip((np.arange(columns, dtype=np.float32) - np.float32(sun_x)) / np.float32(columns * 0.22), -1, 1)
    lit = np.float32(0.5) - steep[at] * (toward * np.float32(0.5 * layer.faces))[None] + stray * np.float32(0.4)
    if layer.sharp and layer.octaves > 3:
        lit -= _gullies(rng, layer, columns, rows) * np.sign(toward)[None]
    faces: Field = np.clip(lit, 0, 1)
    return faces


def _patches(rng: np.random.Generator, columns: int, rows: int) -> Field:
    """Patches of light on level ground: wide, and low."""
    lumps = noise(rng, columns, rows, 3.5, 13, 5) - np.float32(0.5)
    patches: Field = np.clip(np.float32(0.62) + lumps * np.float32(1.5), 0, 1)
    return patches


def _gullies(rng: np.random.Generator, layer: Layer, w: int, h: int) -> Field:
    """Small lit and shaded strips that run down a mountain."""
    folds = 1 - np.abs(2 * noise(rng, w, h, layer.lumps * 7, layer.lumps * 2.4 * h / w, 4) - 1)
    slope = np.zeros_like(folds)
    slope[:, 1:-1] = folds[:, 2:] - folds[:, :-2]
    steepest = max(1e-6, float(np.abs(slope).max()))
    return np.clip(slope / np.float32(steepest) * np.float32(1.7), -0.5, 0.5)


def _layered(body: Field, light: Hour, rng: np.random.Generator, layer: Layer, y: Field, h: int) -> None:
    """Beds of paler and darker rock, nearly level."""
    rows, columns = body.shape[1:]
    bent = noise(rng, columns, rows, 3, 2, 2) * np.float32(0.05)
    beds = rng.random(64, np.float32)
    at = np.clip((y / np.float32(h) + bent) * 40, 0, 63).astype(np.intp)
    bed = beds[at]
    strong = np.float32(layer.strata)
    blend(body, light.off(mix(layer.material, "#5a1f14", 0.5)), np.clip(bed * 2 - 1.1, 0, 1) * strong)
    blend(body, light.on(mix(layer.material, "#f2cf9c", 0.55)), np.clip(0.75 - bed * 2, 0, 1) * strong)


def _snowed(
    body: Field, light: Hour, rng: np.random.Generator, layer: Layer, top: Field, y: Field, faces: Field, rise: float
) -> None:
    """Snow from the crest down to a ragged line, thinner on the steep sides."""
    rows, columns = body.shape[1:]
    ragged = noise(rng, columns, rows, layer.lumps * 9, layer.lumps * 5, 4) - np.float32(0.5)
    below_crest = (y - top.min()) / np.float32(rise * 1.25)
    below_line = (y - top[None]) / np.float32(rise * 2.86)
    covered = np.clip((np.float32(layer.snow) + ragged * np.float32(1.15) - below_crest - below_line) * 9, 0, 1)
    bright, shade = lit_and_shade(SNOW, light)
    blend(body, mixed(mix(shade, light.shade, 0.25), bright, np.clip(faces * np.float32(1.2), 0, 1)), covered)


def _hazed(body: Field, light: Hour, layer: Layer, y: Field, h: int) -> None:
    """Haze in front of the layer, thickest at its foot."""
    rise = max(1.0, layer.rise * h)
    depth = np.clip((y - np.float32((layer.foot or layer.base) * h - rise)) / np.float32(rise), 0, 1)
    blend(body, light.haze, np.clip((depth * depth * np.float32(0.55) + np.float32(0.62)) * layer.haze, 0, 0.97))


def mist(view: View, base: float) -> None:
    """A bank of mist around a height."""
    first, last = max(0, int(view.h * (base - 0.1))), min(view.h, int(view.h * (base + 0.1)))
    rows = last - first
    y = np.linspace(-1, 1, rows, dtype=np.float32)[:, None]
    lumps = noise(view.rng, cells(view.w, 6), cells(rows, 6), 4, 3, 3)
    share = enlarged(lumps, 6, view.w, rows) * falloff(y * y * 6) * np.float32(0.9)
    blend(view.image[:, first:last], mix(view.light.haze, "#ffffff", 0.25), share)
