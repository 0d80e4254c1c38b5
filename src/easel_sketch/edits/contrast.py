"""Find the main subject of an image without a trained model: what differs from everything along the image's edges.

Background probability of superpixels after Zhu et al. (robust background detection, 2014), refined by colour models and
smoothing.
"""

import numpy as np
import pyvips

from easel_sketch.edits import pixels
from easel_sketch.edits.colour_model import colour_distance, otsu_bin
from easel_sketch.edits.pixels import Floats, Mask
from easel_sketch.edits.smoothing import smoothed
from easel_sketch.edits.superpixels import Patches, patches

_SMOOTH = 7.0  # colour difference, in CIE Lab, within which neighbouring patches should agree
_REACH = 10.0  # accumulated difference within which a patch belongs to the same area
_HALFWAY = 0.33  # a lower threshold keeps subjects of two colours, such as a face and a dark coat, together
_STEP = 11.0  # a colour change, in CIE Lab, that counts as an edge
_FEW = 60  # least pixels of a sample
_PIECE, _HOLE = 0.12, 0.003  # least area of a piece relative to the largest, and of a hole relative to the image


def segmented(view: pyvips.Image) -> tuple[float, Floats]:
    """The confidence, 0 to 1, and the mask of the subject of a small image."""
    lab = pixels.array_of(view.colourspace("lab"))
    salience = _salience_map(lab)
    steps = _steps(lab)
    otsu = _otsu(salience)
    attempts = [_segment(lab, salience, steps, split) for split in dict.fromkeys((otsu, min(otsu, _HALFWAY)))]
    return max(attempts, key=lambda one: one[0])


def _segment(lab: Floats, salience: Floats, steps: Floats, split: float) -> tuple[float, Floats]:
    """The confidence and the mask when patches with a salience above `split` are the subject."""
    probability = smoothed(lab, _likely(lab, salience, split), 0.5)
    solid = _solid(probability > 0.5, salience)
    return _confidence(salience, probability, solid, steps), solid


def _steps(lab: Floats) -> Floats:
    """The local colour difference around each pixel."""
    soft = pixels.box(lab, 1)
    steps = np.zeros(lab.shape[:2], dtype=np.float32)
    for axis in (0, 1):
        apart = np.roll(soft, -2, axis=axis) - np.roll(soft, 2, axis=axis)
        steps = np.maximum(steps, np.sqrt(np.einsum("ijk,ijk->ij", apart, apart)))
    return steps


def _salience_map(lab: Floats) -> Floats:
    """The salience of each pixel's patch: 1 for the subject, 0 for the background."""
    parts = patches(lab)
    salient = _salience(parts)
    return np.asarray(salient[parts.label], dtype=np.float32)


def _salience(parts: Patches) -> Floats:
    costs = _path_costs(np.maximum(parts.steps - 3.0, 0.0))
    same = np.exp(-(costs**2) / (2 * _REACH**2))
    span = same @ parts.area  # area of the region that a patch belongs to, and that region's share of the image border
    along = same @ parts.border
    edged = along / np.sqrt(np.maximum(span, 1e-6))
    ground = 1 - np.exp(-(edged**2) / (2 * 0.45**2))
    apart = np.sqrt(((parts.colour[:, None] - parts.colour[None]) ** 2).sum(axis=2))
    far = np.sqrt(((parts.place[:, None] - parts.place[None]) ** 2).sum(axis=2))
    contrast = (apart * np.exp(-(far**2) / (2 * 0.4**2)) * (ground * parts.area)[None]).sum(axis=1)
    contrast /= max(float(np.percentile(contrast, 97)), 1e-6)
    return _optimised(parts, np.clip(contrast, 0, 1).astype(np.float32), ground.astype(np.float32))


def _path_costs(steps: Floats) -> Floats:
    """The cost of the cheapest path between any two patches (Floyd–Warshall)."""
    costs = steps.copy()
    for middle in range(len(costs)):
        np.minimum(costs, costs[:, middle, None] + costs[None, middle], out=costs)
    return costs


def _optimised(parts: Patches, contrast: Floats, ground: Floats) -> Floats:
    """The salience optimised for agreement between similar neighbours: one linear system."""
    near = np.where(np.isfinite(parts.steps), np.exp(-(parts.steps**2) / (2 * _SMOOTH**2)) + 0.02, 0.0)
    np.fill_diagonal(near, 0)
    system = np.diag(near.sum(axis=1) + contrast + 2.0 * ground) - near
    return np.clip(np.linalg.solve(system, contrast), 0, 1).astype(np.float32)


def _likely(lab: Floats, salience: Floats, split: float) -> Floats:
    """The probability of each pixel by colour models of subject and background."""
    inside, outside = salience > split, salience <= split
    likely = np.clip(salience / max(2 * split, 1e-6), 0, 1)
    for _ in range(2):
        if min(inside.sum(), outside.sum()) < _FEW:
            break
        odds = colour_distance(lab, lab[outside]) - colour_distance(lab, lab[inside])
        likely = 1 / (1 + np.exp(-np.clip(odds * 0.35, -30, 30)))
        likely = likely * 0.65 + np.clip(salience / max(2 * split, 1e-6), 0, 1) * 0.35
        smooth = pixels.box(likely.astype(np.float32), 2)
        inside, outside = smooth > 0.55, smooth < 0.45
    return np.asarray(likely, dtype=np.float32)


def _otsu(values: Floats) -> float:
    """The threshold that splits the values best in two."""
    counts, edges = np.histogram(values, bins=64)
    return float(edges[otsu_bin(counts)])


def _solid(inside: Mask, salience: Floats) -> Floats:
    """The large components of a mask; holes are filled unless the background shows through them."""
    smooth = pixels.array_of(pixels.image_of(inside.astype(np.uint8) * 255, "b-w").rank(5, 5, 12))[:, :, 0] > 127
    labels, areas = pixels.components(smooth)
    kept = (areas > _PIECE * max(int(areas.max()), 1))[labels] & smooth
    labels, areas = pixels.components(~kept)
    seen = np.bincount(labels.ravel(), weights=np.where(kept, 0, salience).ravel(), minlength=len(areas))
    ground = (areas > _HOLE * kept.size) & (seen < 0.3 * np.maximum(areas, 1))
    ground |= np.isin(np.arange(len(areas)), np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]]))
    return np.asarray(kept | ~ground[labels], dtype=np.float32)


def _confidence(salience: Floats, probability: Floats, solid: Floats, steps: Floats) -> float:
    """0 to 1: one thing of a sensible size, unlike its background, with its border along edges of the image."""
    inside = solid > 0.5
    share = float(inside.mean())
    if not 0.015 < share < 0.82:
        return 0.0
    part = min(share, 1 - share)
    undecided = float(((probability > 0.25) & (probability < 0.75)).mean()) / part
    missed = float((~inside & (salience > 0.36)).mean()) / part  # salient but outside
    caught = float((inside & (salience < 0.25)).mean()) / part  # not salient but inside
    apart = float(salience[inside].mean() - salience[~inside].mean())
    edge = np.concatenate([inside[0], inside[: len(inside) // 2, 0], inside[: len(inside) // 2, -1]]).mean()
    value = (
        apart * 1.3 + 0.9 * _on_edges(inside, steps) - 0.5 - undecided * 0.4 - missed * 0.5 - caught * 0.5 - edge * 0.9
    )
    return float(np.clip(value, 0, 1))


def _on_edges(inside: Mask, steps: Floats) -> float:
    """The share of a mask's border that runs along an edge of the image."""
    border = np.zeros_like(inside)
    border[1:-1, 1:-1] = inside[1:-1, 1:-1] & ~(
        inside[:-2, 1:-1] & inside[2:, 1:-1] & inside[1:-1, :-2] & inside[1:-1, 2:]
    )
    return float((steps[border] > _STEP).mean()) if border.any() else 0.0
