"""One picture in the colours of another: mean and spread of each axis of CIE Lab (Reinhard et al., 2001)."""

import pyvips

from easel_sketch.edits import pixels

_LIGHT, _TINT = 0.6, 0.92  # how far light and colours go towards the other picture
_STEEP = (0.5, 1.7)  # a spread is never changed by more than this


def in_colours_of(image: pyvips.Image, other: pyvips.Image) -> pyvips.Image:
    lab = pixels.colours(image).colourspace("lab")
    lent = pixels.small(pixels.colours(other), 256).colourspace("lab")
    bands = []
    for band, share in zip(range(3), (_LIGHT, _TINT, _TINT), strict=True):
        mean, spread = lab[band].avg(), max(lab[band].deviate(), 1e-3)
        to_mean, to_spread = lent[band].avg(), lent[band].deviate()
        steep = min(max(to_spread / spread, _STEEP[0]), _STEEP[1])
        moved = (lab[band] - mean) * steep + to_mean
        bands.append(lab[band] * (1 - share) + moved * share)
    done = bands[0].bandjoin(bands[1:]).copy(interpretation="lab").colourspace("srgb")
    return pixels.with_alpha_of(done, image)
