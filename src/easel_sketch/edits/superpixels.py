"""Superpixels of a small image (SLIC, Achanta et al., 2012), and the colour differences between neighbours."""

from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from easel_sketch.edits.pixels import Floats

_COUNT = 300
_ITERATIONS = 6
_UPPER, _BELOW = 0.62, 5  # below this height the image border counts a fifth: people and things stand there
_COMPACT = 11.0  # weight of distance against colour difference


@dataclass(frozen=True, slots=True)
class Patches:
    """Each pixel's patch; each patch's mean colour, place (0 to 1), share of the pixels and share of the border."""

    label: NDArray[np.int32]
    colour: Floats
    place: Floats
    area: Floats
    border: Floats
    steps: Floats  # colour difference to each neighbour, infinite to all others

    @property
    def count(self) -> int:
        return len(self.area)


def patches(lab: Floats) -> Patches:
    height, width = lab.shape[:2]
    step = sqrt(height * width / _COUNT)
    down, across = max(2, round(height / step)), max(2, round(width / step))
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    cell_y = np.minimum((y * down / height).astype(np.int32), down - 1)
    cell_x = np.minimum((x * across / width).astype(np.int32), across - 1)
    weight = _COMPACT / step
    features = np.dstack([lab, x * weight, y * weight])
    label = cell_y * across + cell_x
    for _ in range(_ITERATIONS):
        centres = _means(features, label, down * across)
        label = _nearest(features, centres, cell_y, cell_x, down, across)
    return _summary(lab, label)


def _means(values: Floats, label: NDArray[Any], count: int) -> Floats:
    flat, bands = label.ravel(), values.reshape(-1, values.shape[-1])
    sizes = np.maximum(np.bincount(flat, minlength=count), 1)
    sums = [np.bincount(flat, weights=bands[:, band], minlength=count) / sizes for band in range(bands.shape[1])]
    return np.stack(sums, axis=1).astype(np.float32)


def _nearest(
    features: Floats, centres: Floats, cell_y: NDArray[Any], cell_x: NDArray[Any], down: int, across: int
) -> NDArray[np.int32]:
    """The nearest of the nine centres around each pixel."""
    best = np.full(cell_y.shape, np.inf, dtype=np.float32)
    label = np.zeros(cell_y.shape, dtype=np.int32)
    for dy in (-1, 0, 1):
        for dx in (-1, 0, 1):
            place = np.clip(cell_y + dy, 0, down - 1) * across + np.clip(cell_x + dx, 0, across - 1)
            apart = features - centres[place]
            away = np.einsum("ijk,ijk->ij", apart, apart)
            nearer = away < best
            best[nearer], label[nearer] = away[nearer], place[nearer]
    return label


def _summary(lab: Floats, label: NDArray[np.int32]) -> Patches:
    used, flat = np.unique(label, return_inverse=True)
    label, count = flat.reshape(label.shape).astype(np.int32), len(used)
    height, width = lab.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    place = _means(np.dstack([x / width, y / height]), label, count)
    colour = _means(lab, label, count)
    high = round(height * _UPPER)
    lower = np.concatenate([label[-1], label[high:, 0], label[high:, -1]])
    edge = np.concatenate([label[0], label[:high, 0], label[:high, -1], lower[::_BELOW]])
    area = np.bincount(label.ravel(), minlength=count) / label.size
    border = np.bincount(edge, minlength=count) / len(edge)
    return Patches(
        label, colour, place, area.astype(np.float32), border.astype(np.float32), _steps(label, colour, count)
    )


def _steps(label: NDArray[np.int32], colour: Floats, count: int) -> Floats:
    away = np.sqrt(((colour[:, None] - colour[None]) ** 2).sum(axis=2))
    steps = np.full((count, count), np.inf, dtype=np.float32)
    for one, other in ((label[:, :-1], label[:, 1:]), (label[:-1], label[1:])):
        apart = one != other
        a, b = one[apart], other[apart]
        steps[a, b] = away[a, b]
        steps[b, a] = away[b, a]
    np.fill_diagonal(steps, 0)
    return steps
