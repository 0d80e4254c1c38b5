"""Fill a hole of an image from what is around it, by PatchMatch (Barnes et al., 2009).

Needs `patchmatch-cython` (the extra `easel[vision]`). Nothing new is made: every patch is somewhere in the image.
"""

import functools
import importlib
import importlib.util
from collections.abc import Callable
from typing import Any

import numpy as np
import pyvips

from easel_sketch.edits import pixels, shape
from easel_sketch.edits.context import StepResult

_PATCH = 7  # pixels
_LARGEST = 0.4  # of the image, that is filled
_AROUND = 0.5  # how far around the hole patches are looked for, as a share of its longer side
_NEAREST = 64  # and the least, in pixels
_PIXELS = 40_000  # of a hole that are filled at full size; larger holes are filled on a smaller copy
_EFFORT = 60_000  # pixels times iterations for each size of the copy
MISSING = "Filling a hole needs easel[vision], which is not installed."


@functools.cache
def available() -> bool:
    return importlib.util.find_spec("patchmatch_cython") is not None


def removed(image: pyvips.Image, thing: str, hole: pyvips.Image, seed: int) -> StepResult:
    """The image with its hole (255 inside, 0 outside) filled; all other bytes stay."""
    called = f"remove “{thing}”" if thing else "fill what is inside the mask"
    share = hole.avg() / 255
    if not available():
        return image, f"Not done: {called}. {MISSING}"
    if not 0 < share <= _LARGEST:
        reason = f"The mask is {share:.0%} of the picture, and at most {_LARGEST:.0%} can be filled from the rest."
        return image, f"Not done: {called}. {reason}"
    colour = pixels.without_alpha(image)
    left, top, width, height = _around(hole)
    part, gap = (one.crop(left, top, width, height).copy_memory() for one in (colour, hole))
    done = colour.insert(gap.ifthenelse(_filled(part, gap, seed), part), left, top).copy(interpretation="srgb")
    done = done.bandjoin(255) if image.hasalpha() else done
    if image.hasalpha():
        done = done[:3].bandjoin((hole > 0).ifthenelse(255, image[image.bands - 1])).copy(interpretation="srgb")
    sentence = (
        f"Done: what is inside the mask ({share:.1%} of the picture) is filled with patches from around it. What was "
        "behind it is not known."
    )
    return done.copy_memory(), sentence


def _around(hole: pyvips.Image) -> tuple[int, int, int, int]:
    """The box of the hole and of what is near it: left, top, width, height."""
    left, top, width, height = shape.box(hole, above=128)
    room = max(_NEAREST, round(max(width, height) * _AROUND))
    x, y = max(0, left - room), max(0, top - room)
    return x, y, min(hole.width, left + width + room) - x, min(hole.height, top + height + room) - y


def _filled(part: pyvips.Image, gap: pyvips.Image, seed: int) -> pyvips.Image:
    by = min(1.0, (_PIXELS / max(gap.avg() / 255 * gap.width * gap.height, 1)) ** 0.5)
    small = part if by == 1 else part.resize(by, kernel="linear")
    empty = gap if by == 1 else gap.resize(by, kernel="linear")
    inside = pixels.array_of(empty)[:, :, 0] > 0
    source = np.ascontiguousarray(pixels.array_of(small).astype(np.uint8))
    answer = _inpaint()(source, inside, patch_size=_PATCH, solver_class=_solver(), seed=seed % 2**31 or 1)
    return pixels.enlarged(pixels.image_of(answer), part.width, part.height).cast("uchar")


def _inpaint() -> Callable[..., Any]:
    inpaint: Callable[..., Any] = importlib.import_module("patchmatch_cython").inpaint_pyramid
    return inpaint


@functools.cache
def _solver() -> Any:
    """PatchMatch with fewer iterations where there are many pixels: those of a size begin with the smaller one's."""
    base: Any = importlib.import_module("patchmatch_cython.cython_solver").CythonSolver

    class Bounded(base):  # type: ignore[misc]
        def __call__(self, iterations: int = 5, **settings: Any) -> Any:
            most = _EFFORT // max(int(np.count_nonzero(self.mask)), 1)
            return super().__call__(iterations=max(1, min(iterations, most)), **settings)

    return Bounded
