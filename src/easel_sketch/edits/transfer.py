"""Apply the colours of another image: mean and deviation of each axis of CIE Lab (Reinhard et al., 2001)."""

import pyvips

from easel_sketch.edits import pixels

_LIGHT, _TINT = 0.6, 0.92  # strength of the change in lightness and in a and b
_STEEP = (0.5, 1.7)  # limits of the factor on the deviation


def in_colours_of(image: pyvips.Image, other: pyvips.Image) -> pyvips.Image:
    lab = pixels.without_alpha(image).colourspace("lab")
    source = pixels.thumbnail(pixels.without_alpha(other), 256).colourspace("lab")
    bands = []
    for band, share in zip(range(3), (_LIGHT, _TINT, _TINT), strict=True):
        mean, spread = lab[band].avg(), max(lab[band].deviate(), 1e-3)
        to_mean, to_spread = source[band].avg(), source[band].deviate()
        factor = min(max(to_spread / spread, _STEEP[0]), _STEEP[1])
        moved = (lab[band] - mean) * factor + to_mean
        bands.append(lab[band] * (1 - share) + moved * share)
    done = bands[0].bandjoin(bands[1:]).copy(interpretation="lab").colourspace("srgb")
    return pixels.with_alpha_of(done, image)
