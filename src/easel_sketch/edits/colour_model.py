"""A simple colour model: how well colours fit a set of samples."""

import numpy as np

from easel_sketch.edits.pixels import Floats

_TYPES = 6
_SAMPLES = 3000


def colour_distance(lab: Floats, samples: Floats) -> Floats:
    """Each pixel's least distance to a cluster of the samples, weighted by the cluster's variance."""
    centres, spreads = _clusters(samples)
    costs = []
    for centre, width in zip(centres, spreads, strict=True):
        apart = (lab - centre) / width
        costs.append(np.einsum("ijk,ijk->ij", apart, apart) + 2 * float(np.log(width).sum()))
    return np.asarray(np.min(costs, axis=0), dtype=np.float32)


def _clusters(samples: Floats) -> tuple[Floats, Floats]:
    """k-means, started deterministically with samples far from the centres so far. Returns centres and deviations."""
    few = samples[:: max(1, len(samples) // _SAMPLES)]
    centres = [few.mean(axis=0)]
    for _ in range(_TYPES - 1):
        away = np.min([((few - centre) ** 2).sum(axis=1) for centre in centres], axis=0)
        centres.append(few[int(np.argsort(away)[int(len(away) * 0.97)])])
    middle = np.array(centres)
    for _ in range(6):
        nearest = ((few[:, None] - middle) ** 2).sum(axis=2).argmin(axis=1)
        middle = np.array([few[nearest == i].mean(axis=0) if (nearest == i).any() else c for i, c in enumerate(middle)])
    spreads = np.array(
        [
            few[nearest == i].std(axis=0) if (nearest == i).sum() > 8 else [8.0] * samples.shape[1]
            for i in range(len(middle))
        ]
    )
    return middle.astype(np.float32), np.maximum(spreads, 3.0).astype(np.float32)


def otsu_bin(counts: Floats) -> int:
    """The bin before which Otsu's method splits a histogram."""
    place = np.arange(len(counts))
    below = np.cumsum(counts)
    above = below[-1] - below
    sums = np.cumsum(counts * place)
    both = (below > 0) & (above > 0)
    if not both.any():
        return len(counts) // 2
    apart = sums[both] / below[both] - (sums[-1] - sums[both]) / above[both]
    return int(place[both][np.argmax(below[both] * above[both] * apart**2)]) + 1
