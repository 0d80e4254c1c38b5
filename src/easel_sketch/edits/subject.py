"""Find the main subject of an image: by a trained model if one is installed, else by its contrast to the image's edges.

An unclear result is reported, and nothing is cut out.
"""

from dataclasses import dataclass

import numpy as np
import pyvips

from easel_sketch.edits import contrast, pixels, vision
from easel_sketch.edits.pixels import Floats

_LEAST_SEEN, _LEAST_CONTRAST = 0.85, 0.65  # least confidence of the model and of the contrast
_SMALLEST = 16  # least pixels of a side
_SHARES = (0.004, 0.95)  # of an image: a subject is larger than the first and smaller than the second
_VIEWED = 512  # longest side, in pixels, of the copy on which the mask's border is found
_DEEP = 5  # distance from the border, in pixels of the small copy, at which the mask is certain


@dataclass(frozen=True, slots=True)
class Subject:
    """A mask (0 to 1), its confidence (0 to 1), its share of the image, and whether a trained model made it."""

    mask: pyvips.Image
    confidence: float
    share: float
    seen: bool = False

    @property
    def clear(self) -> bool:
        least, most = _SHARES
        return self.confidence >= self._needed and least <= self.share <= most

    @property
    def why(self) -> str:
        """The sentence for an unclear subject."""
        told = f"confidence {self.confidence:.2f}, needs {self._needed:.2f}"
        hint = "" if self.seen else " With easel[vision] installed it would be looked for by a trained model."
        return f"The subject could not be told from its background ({told}), and a bad cut is worse than none.{hint}"

    @property
    def found(self) -> str:
        """The sentence for a clear subject."""
        how = "" if self.seen else " by its contrast"
        return (
            f"The subject was found{how} (confidence {self.confidence:.2f}) and fills {self.share:.0%} of the picture; "
            "look at its edges."
        )

    @property
    def _needed(self) -> float:
        return _LEAST_SEEN if self.seen else _LEAST_CONTRAST


def found(image: pyvips.Image) -> Subject:
    """Find the subject."""
    colour = pixels.without_alpha(image)
    seen = vision.available()
    view = pixels.thumbnail(colour, _VIEWED) if seen else pixels.thumbnail(colour)
    if min(view.width, view.height) < _SMALLEST:
        return Subject(pyvips.Image.black(colour.width, colour.height).cast("float"), 0.0, 0.0, seen)
    if seen:
        confidence, square = vision.segmented(colour)
        solid = pixels.array_of(pixels.resized(square, view.width, view.height))[:, :, 0]
        solid = (solid > 0.5).astype(np.float32)
    else:
        confidence, solid = contrast.segmented(view)
    mask = _refine(colour, pixels.array_of(view) / 255.0, solid)
    return Subject(mask, confidence, float(mask.avg()), seen)


def _refine(colour: pyvips.Image, view: Floats, solid: Floats) -> pyvips.Image:
    """The mask at full size; its border follows the image's edges, and is soft at hair (guided filter)."""
    a, b = pixels.guided_filter(view, solid, 5, 6e-4)
    full = colour / 255.0
    parts = [pixels.resized(np.ascontiguousarray(a[:, :, band]), colour.width, colour.height) for band in range(3)]
    mask = full[0] * parts[0] + full[1] * parts[1] + full[2] * parts[2] + pixels.resized(b, colour.width, colour.height)
    held = pixels.resized(pixels.box(solid, 1), colour.width, colour.height)  # limits the influence of texture
    near = pixels.ramp(mask * 0.6 + held * 0.4, 0.2, 0.8)
    deep = [
        pixels.resized((pixels.box(side, _DEEP) > 0.999).astype(np.float32), colour.width, colour.height)
        for side in (solid, 1 - solid)
    ]
    # Far from the border the mask is certain, whatever the texture.
    return (deep[0] > 0.5).ifthenelse(1.0, (deep[1] > 0.5).ifthenelse(0.0, near)).cast("float").copy_memory()
