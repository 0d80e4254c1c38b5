"""Draw a mask's line where the picture has one: neighbours of like colour are to agree, as far as each is sure.

The quadratic form of it is solved by conjugate gradients, on a small picture.
"""

import numpy as np

from easel_sketch.edits.pixels import Rows

_ROUNDS = 60
_ALIKE = 5.0  # steps of colour, in CIE Lab, across which neighbours should agree


def spread(lab: Rows, likely: Rows, trust: float) -> Rows:
    """`likely`, after neighbours have agreed; `trust` is how much each pixel keeps of its own."""
    across = _links(np.diff(lab, axis=1))
    down = _links(np.diff(lab, axis=0))
    weight = (trust * np.abs(likely - 0.5) * 2 + 0.01).astype(np.float32) * 0.12

    def applied(x: Rows) -> Rows:
        out: Rows = weight * x
        flow = across * (x[:, 1:] - x[:, :-1])
        out[:, 1:] += flow
        out[:, :-1] -= flow
        flow = down * (x[1:] - x[:-1])
        out[1:] += flow
        out[:-1] -= flow
        return out

    x = likely.astype(np.float32).copy()
    left = weight * np.clip((likely - 0.5) * 3 + 0.5, 0, 1) - applied(x)
    towards = left.copy()
    error = float((left * left).sum())
    for _ in range(_ROUNDS):
        if error < 1e-9:
            break
        turned = applied(towards)
        size = error / max(float((towards * turned).sum()), 1e-12)
        x += size * towards
        left -= size * turned
        error, before = float((left * left).sum()), error
        towards = left + towards * (error / before)
    return np.clip(x, 0, 1).astype(np.float32)


def _links(difference: Rows) -> Rows:
    return np.asarray(np.exp(-(difference**2).sum(axis=2) / (2 * _ALIKE**2)) + 0.004, dtype=np.float32)
