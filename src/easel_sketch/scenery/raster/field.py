"""Arrays of pixels and of numbers for pixels: noise, gradients, falloff, waves, and blending of colours.

A field has one number for each cell of `cell` by `cell` pixels; soft ones are computed in large cells and enlarged.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyvips
from numpy.typing import NDArray

from easel_sketch.colour.mixing import channels

Field = NDArray[np.float32]


def colour(hex_: str) -> Field:
    """A colour as three numbers from 0 to 255."""
    return np.array(channels(hex_), np.float32)


def cells(length: int, cell: int) -> int:
    """How many cells of `cell` pixels cover `length` pixels."""
    return -(-length // cell)


def enlarged(field: Field, cell: int, w: int, h: int) -> Field:
    """A field, or planes of it, `cell` times larger each way, interpolated, cut to `w` by `h`.

    Every `cell`-th pixel is the same mixture of two neighbours, so a slice is done at a time.
    """
    return _taller(np.swapaxes(_taller(np.swapaxes(field, -1, -2), cell, w), -1, -2), cell, h)


def _taller(field: Field, cell: int, h: int) -> Field:
    padded = np.concatenate([field[..., :1, :], field, field[..., -1:, :]], axis=-2)
    rows = field.shape[-2]
    large = np.empty((*field.shape[:-2], rows * cell, field.shape[-1]), np.float32)
    for phase in range(cell):
        place = (phase + 0.5) / cell + 0.5
        first, share = int(place), np.float32(place - int(place))
        upper, lower = padded[..., first : first + rows, :], padded[..., first + 1 : first + 1 + rows, :]
        if first + 1 + rows > padded.shape[-2]:
            lower = upper
        np.subtract(lower, upper, out=large[..., phase::cell, :])
        large[..., phase::cell, :] *= share
        large[..., phase::cell, :] += upper
    return large[..., :h, :]


def blurred(field: Field, sigma: float) -> Field:
    """Each plane blurred; meant for small fields."""
    planes = field.reshape(-1, *field.shape[-2:])
    return np.stack([_blurred(plane, sigma) for plane in planes]).reshape(field.shape)


def _blurred(plane: Field, sigma: float) -> Field:
    image = pyvips.Image.new_from_array(np.ascontiguousarray(plane, np.float32)).gaussblur(sigma, min_ampl=0.1)
    return np.frombuffer(image.write_to_memory(), np.float32).reshape(plane.shape)


def noise(rng: np.random.Generator, w: int, h: int, across: float, down: float, octaves: int) -> Field:
    """Cloudy noise around 0.5, mostly between 0.2 and 0.8, with `across` by `down` lumps in the coarsest octave."""
    total: Field = np.zeros((h, w), np.float32)
    weight = 0.0
    for octave in range(octaves):
        share = 0.5**octave
        columns, rows = (max(2, round(count * 2**octave) + 1) for count in (across, down))
        lumps = rng.random((min(rows, h), min(columns, w)), np.float32)
        total += np.float32(share) * _smoothly(lumps, w, h)
        weight += share
    return total / np.float32(weight)


def _smoothly(lumps: Field, w: int, h: int) -> Field:
    """Lumps interpolated over a field."""
    rows, y = _steps(lumps.shape[0], h)
    columns, x = _steps(lumps.shape[1], w)
    upper, lower = lumps[rows], lumps[rows + 1]
    lines = upper + (lower - upper) * y[:, None]
    left, right = lines[:, columns], lines[:, columns + 1]
    spread: Field = left + (right - left) * x[None]
    return spread


def _steps(count: int, length: int) -> tuple[NDArray[np.intp], Field]:
    """For each of `length` places, the lump before it and the eased distance to the next, from 0 to 1."""
    at = np.arange(length, dtype=np.float32) * np.float32((count - 1) / max(1, length))
    before = np.minimum(at.astype(np.intp), count - 2)
    t = at - before
    return before, (t * t * (3 - 2 * t)).astype(np.float32)


def ramp(stops: Sequence[tuple[float, str]], length: int) -> Field:
    """Planes of one column: `length` colours that pass through the stops, each a place from 0 to 1 and a colour."""
    at = np.linspace(0, 1, length)
    places = [place for place, _ in stops]
    parts = [np.interp(at, places, [channels(hex_)[band] for _, hex_ in stops]) for band in range(3)]
    return np.stack(parts).astype(np.float32)[..., None]


def falloff(squared: Field) -> Field:
    """1 in the middle, falling smoothly to 0; `squared` is the square of the distance in radii."""
    fallen: Field = np.reciprocal(squared + 1)
    return fallen * fallen


def wave(turns: Field) -> Field:
    """An approximate sine of `turns` whole turns, from -1 to 1."""
    t = turns - np.floor(turns)
    half = np.where(t < 0.5, t, t - 0.5)
    arch = 16 * half * (0.5 - half)
    return np.where(t < 0.5, arch, -arch).astype(np.float32)


def mixed(dark: str, bright: str, share: Field) -> Field:
    """Planes of a mixture of two colours; `share` 0 is the first."""
    first, second = channels(dark), channels(bright)
    return np.stack([share * np.float32(b - a) + np.float32(a) for a, b in zip(first, second, strict=True)])


def blend(planes: Field, tone: str | NDArray[Any], share: Any) -> None:
    """Mix `share` (0 to 1) of a colour, or of other planes, into planes, in place."""
    other = colour(tone) if isinstance(tone, str) else tone
    for band in range(3):
        plane = planes[band]
        change = other[band] - plane
        change *= share
        plane += change
