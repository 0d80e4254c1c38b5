"""Smooth a mask so that neighbouring pixels of similar colour agree.

Minimises a quadratic form by conjugate gradients, on a small image.
"""

import numpy as np

from easel_sketch.edits.pixels import Floats

_ITERATIONS = 60
_ALIKE = 5.0  # colour difference, in CIE Lab, within which neighbours should agree


def smoothed(lab: Floats, likely: Floats, trust: float) -> Floats:
    """`likely` after smoothing; `trust` is how strongly pixels keep their own value."""
    across = _links(np.diff(lab, axis=1))
    down = _links(np.diff(lab, axis=0))
    weight = (trust * np.abs(likely - 0.5) * 2 + 0.01).astype(np.float32) * 0.12

    def multiply(x: Floats) -> Floats:
        out: Floats = weight * x
        flow = across * (x[:, 1:] - x[:, :-1])
        out[:, 1:] += flow
        out[:, :-1] -= flow
        flow = down * (x[1:] - x[:-1])
        out[1:] += flow
        out[:-1] -= flow
        return out

    x = likely.astype(np.float32).copy()
    residual = weight * np.clip((likely - 0.5) * 3 + 0.5, 0, 1) - multiply(x)
    direction = residual.copy()
    error = float((residual * residual).sum())
    for _ in range(_ITERATIONS):
        if error < 1e-9:
            break
        product = multiply(direction)
        step = error / max(float((direction * product).sum()), 1e-12)
        x += step * direction
        residual -= step * product
        error, before = float((residual * residual).sum()), error
        direction = residual + direction * (error / before)
    return np.clip(x, 0, 1).astype(np.float32)


def _links(difference: Floats) -> Floats:
    return np.asarray(np.exp(-(difference**2).sum(axis=2) / (2 * _ALIKE**2)) + 0.004, dtype=np.float32)
