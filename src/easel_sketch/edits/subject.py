"""Find the clear subject of a picture: what stands out from all that the edges of the picture hold.

A patch that is far, in colour, from everything that runs along the edges is the subject's (robust background detection,
Zhu et al., 2014); colours learnt from that and the picture's own edges then draw the line. No trained model is at
work: when it is unsure it says so, and nothing is cut.
"""

from dataclasses import dataclass

import numpy as np
import pyvips

from easel_sketch.edits import pixels
from easel_sketch.edits.likeness import misfit, parted
from easel_sketch.edits.pixels import Mask, Rows
from easel_sketch.edits.spread import spread
from easel_sketch.edits.superpixels import Patches, patches

_SURE = 0.65
_SMOOTH = 7.0  # steps of colour this small, in CIE Lab, are no border
_REACH = 10.0  # and a patch this far along them belongs to the same area
_HALFWAY = 0.33  # a subject of two kinds, a face and a dark coat, is still one: both differ from the ground
_STEP = 11.0  # a change of colour, in CIE Lab, that is seen as a border
_SMALLEST, _FEW = 16, 60  # pixels of a side, and of a sample, below which nothing can be learnt
_DEEP = 5  # pixels of the small copy
_PIECE, _HOLE = 0.12, 0.003  # smaller pieces are somebody else's, smaller holes are none


@dataclass(frozen=True, slots=True)
class Subject:
    """How much each pixel belongs to it (0 to 1), how sure that is (0 to 1), and its share of the picture."""

    mask: pyvips.Image
    sure: float
    share: float

    @property
    def why(self) -> str:
        """Why it is not clear."""
        return "No person or thing stands out clearly enough from what is around it, and a bad cut is worse than none."

    @property
    def clear(self) -> bool:
        return self.sure >= _SURE


def found(image: pyvips.Image) -> Subject:
    """The subject of a picture, as well as colours alone tell it."""
    colour = pixels.colours(image)
    view = pixels.small(colour)
    if min(view.width, view.height) < _SMALLEST:
        return Subject(pyvips.Image.black(colour.width, colour.height).cast("float"), 0.0, 0.0)
    lab = pixels.rows(view.colourspace("lab"))
    rough = _rough(lab)
    steps = _steps(lab)
    otsu = _otsu(rough)
    tries = [_drawn(lab, rough, steps, split) for split in dict.fromkeys((otsu, min(otsu, _HALFWAY)))]
    sure, solid = max(tries, key=lambda one: one[0])
    mask = _fine(colour, pixels.rows(view) / 255.0, solid)
    return Subject(mask, sure, float(mask.avg()))


def _drawn(lab: Rows, rough: Rows, steps: Rows, split: float) -> tuple[float, Rows]:
    """The subject when patches above `split` are taken to be it, and how sure that is."""
    drawn = spread(lab, _likely(lab, rough, split), 0.5)
    solid = _solid(drawn > 0.5, rough)
    return _sureness(rough, drawn, solid, steps), solid


def _steps(lab: Rows) -> Rows:
    """How much the colour changes around each pixel, over a few pixels."""
    soft = pixels.box(lab, 1)
    steps = np.zeros(lab.shape[:2], dtype=np.float32)
    for axis in (0, 1):
        apart = np.roll(soft, -2, axis=axis) - np.roll(soft, 2, axis=axis)
        steps = np.maximum(steps, np.sqrt(np.einsum("ijk,ijk->ij", apart, apart)))
    return steps


def _rough(lab: Rows) -> Rows:
    """Patch by patch: 1 where the subject is, 0 where the ground is, and between where that is open."""
    parts = patches(lab)
    salient = _salience(parts)
    return np.asarray(salient[parts.label], dtype=np.float32)


def _salience(parts: Patches) -> Rows:
    ways = _ways(np.maximum(parts.steps - 3.0, 0.0))
    same = np.exp(-(ways**2) / (2 * _REACH**2))
    span = same @ parts.area  # the area a patch is part of, and how much of the picture's edge that area holds
    along = same @ parts.border
    edged = along / np.sqrt(np.maximum(span, 1e-6))
    ground = 1 - np.exp(-(edged**2) / (2 * 0.45**2))
    apart = np.sqrt(((parts.colour[:, None] - parts.colour[None]) ** 2).sum(axis=2))
    far = np.sqrt(((parts.place[:, None] - parts.place[None]) ** 2).sum(axis=2))
    contrast = (apart * np.exp(-(far**2) / (2 * 0.4**2)) * (ground * parts.area)[None]).sum(axis=1)
    contrast /= max(float(np.percentile(contrast, 97)), 1e-6)
    return _settled(parts, np.clip(contrast, 0, 1).astype(np.float32), ground.astype(np.float32))


def _ways(steps: Rows) -> Rows:
    """The cheapest way between any two patches, as the sum of its steps (Floyd and Warshall)."""
    ways = steps.copy()
    for middle in range(len(ways)):
        np.minimum(ways, ways[:, middle, None] + ways[None, middle], out=ways)
    return ways


def _settled(parts: Patches, contrast: Rows, ground: Rows) -> Rows:
    """What each patch is, once it agrees with its neighbours of like colour: one system of linear equations."""
    near = np.where(np.isfinite(parts.steps), np.exp(-(parts.steps**2) / (2 * _SMOOTH**2)) + 0.02, 0.0)
    np.fill_diagonal(near, 0)
    system = np.diag(near.sum(axis=1) + contrast + 2.0 * ground) - near
    return np.clip(np.linalg.solve(system, contrast), 0, 1).astype(np.float32)


def _likely(lab: Rows, rough: Rows, split: float) -> Rows:
    """Pixel by pixel, by the colours that the surest parts of subject and ground have."""
    inside, outside = rough > split, rough <= split
    likely = np.clip(rough / max(2 * split, 1e-6), 0, 1)
    for _ in range(2):
        if min(inside.sum(), outside.sum()) < _FEW:
            break
        odds = misfit(lab, lab[outside]) - misfit(lab, lab[inside])
        likely = 1 / (1 + np.exp(-np.clip(odds * 0.35, -30, 30)))
        likely = likely * 0.65 + np.clip(rough / max(2 * split, 1e-6), 0, 1) * 0.35
        smooth = pixels.box(likely.astype(np.float32), 2)
        inside, outside = smooth > 0.55, smooth < 0.45
    return np.asarray(likely, dtype=np.float32)


def _otsu(values: Rows) -> float:
    """The value that parts the numbers best in two."""
    counts, edges = np.histogram(values, bins=64)
    return float(edges[parted(counts)])


def _solid(inside: Mask, rough: Rows) -> Rows:
    """The large pieces of a mask without specks; holes are closed unless the ground is seen through them."""
    smooth = pixels.rows(pixels.picture(inside.astype(np.uint8) * 255, "b-w").rank(5, 5, 12))[:, :, 0] > 127
    labels, areas = pixels.pieces(smooth)
    kept = (areas > _PIECE * max(int(areas.max()), 1))[labels] & smooth
    labels, areas = pixels.pieces(~kept)
    seen = np.bincount(labels.ravel(), weights=np.where(kept, 0, rough).ravel(), minlength=len(areas))
    ground = (areas > _HOLE * kept.size) & (seen < 0.3 * np.maximum(areas, 1))
    ground |= np.isin(np.arange(len(areas)), np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]]))
    return np.asarray(kept | ~ground[labels], dtype=np.float32)


def _fine(colour: pyvips.Image, view: Rows, solid: Rows) -> pyvips.Image:
    """The mask at the picture's own size: its border follows the picture's, and is soft where hair is."""
    a, b = pixels.guide(view, solid, 5, 6e-4)
    full = colour / 255.0
    parts = [pixels.resized(np.ascontiguousarray(a[:, :, band]), colour.width, colour.height) for band in range(3)]
    mask = full[0] * parts[0] + full[1] * parts[1] + full[2] * parts[2] + pixels.resized(b, colour.width, colour.height)
    held = pixels.resized(pixels.box(solid, 1), colour.width, colour.height)  # keeps texture from fraying the border
    near = pixels.ramp(mask * 0.6 + held * 0.4, 0.2, 0.8)
    deep = [
        pixels.resized((pixels.box(side, _DEEP) > 0.999).astype(np.float32), colour.width, colour.height)
        for side in (solid, 1 - solid)
    ]
    # Far from the border there is no doubt, whatever the texture there.
    return (deep[0] > 0.5).ifthenelse(1.0, (deep[1] > 0.5).ifthenelse(0.0, near)).cast("float").copy_memory()


def _sureness(rough: Rows, drawn: Rows, solid: Rows, steps: Rows) -> float:
    """0 to 1: is there one thing, of a sensible size, unlike its ground, with a border where the picture has one?"""
    inside = solid > 0.5
    share = float(inside.mean())
    if not 0.015 < share < 0.82:
        return 0.0
    part = min(share, 1 - share)
    open_ = float(((drawn > 0.25) & (drawn < 0.75)).mean()) / part
    missed = float((~inside & (rough > 0.36)).mean()) / part  # stands out, and is not of it
    caught = float((inside & (rough < 0.25)).mean()) / part  # does not stand out, and is of it
    apart = float(rough[inside].mean() - rough[~inside].mean())
    edge = np.concatenate([inside[0], inside[: len(inside) // 2, 0], inside[: len(inside) // 2, -1]]).mean()
    value = apart * 1.3 + 0.9 * _edged(inside, steps) - 0.5 - open_ * 0.4 - missed * 0.5 - caught * 0.5 - edge * 0.9
    return float(np.clip(value, 0, 1))


def _edged(inside: Mask, steps: Rows) -> float:
    """The share of a mask's border that runs along a border of the picture."""
    border = np.zeros_like(inside)
    border[1:-1, 1:-1] = inside[1:-1, 1:-1] & ~(
        inside[:-2, 1:-1] & inside[2:, 1:-1] & inside[1:-1, :-2] & inside[1:-1, 2:]
    )
    return float((steps[border] > _STEP).mean()) if border.any() else 0.0
