"""Estimate the hues of a thing from its named colour, and how well each pixel fits them. All in CIE LCh."""

from dataclasses import dataclass, replace

import numpy as np
import pyvips

from easel_sketch.edits.colour_model import otsu_bin
from easel_sketch.edits.pixels import Floats, Mask, ramp

WIDTH = 34.0  # degrees on each side of the named hue
BINS = 60
GREY = 14.0  # chroma below which a colour has no hue


@dataclass(frozen=True, slots=True)
class Hues:
    """A hue range in degrees: its middle, its reach to each side, and the least chroma."""

    middle: float
    below: float
    above: float
    least: float

    def wider(self, by: float) -> "Hues":
        return replace(self, below=self.below * by, above=self.above * by)


def near(lch: pyvips.Image, hues: Hues) -> pyvips.Image:
    """How well each pixel fits the hue range, 0 to 1."""
    return _within(((lch[2] - hues.middle) + 540.0) % 360.0 - 180.0, hues)


def in_shade(lch: pyvips.Image, hues: Hues, light: float) -> pyvips.Image:
    """As `near`, for darker pixels: their hue varies more, and that of weak colours says little."""
    weak = lch[1] / 26.0
    trust = (weak > 1).ifthenelse(1.0, (weak < 0.3).ifthenelse(0.3, weak))
    turn = (((lch[2] - hues.middle) + 540.0) % 360.0 - 180.0) * trust
    return _within(turn, hues) * ramp(lch[0], light * 0.85, light * 0.6)


def in_light(lch: pyvips.Image, hues: Hues, light: float) -> pyvips.Image:
    """As `near`, for pixels lighter than the thing: their hue varies a little more."""
    return near(lch, hues.wider(1.7)) * ramp(lch[0], light, light * 1.15)


def strong(lch: pyvips.Image, hues: Hues) -> pyvips.Image:
    """Whether a pixel's chroma is high enough, 0 to 1."""
    return ramp(lch[1], hues.least * 0.6, hues.least)


def faint(lch: pyvips.Image) -> pyvips.Image:
    """Whether a pixel could be a saturated colour in shadow: chroma falls with lightness, their ratio hardly."""
    return ramp(lch[1] / (lch[0] + 10.0), 0.16, 0.42) * ramp(lch[1], 2.0, 6.0)


def _within(turn: pyvips.Image, hues: Hues) -> pyvips.Image:
    return ramp(turn, hues.above, hues.above * 0.65) * ramp(turn * -1.0, hues.below, hues.below * 0.65)


def around(lch: Floats, named: float) -> Hues:
    """The hue range of a named hue, measured in the image.

    Two kinds of thing may have similar hues, such as a red hat and a face. A bimodal histogram is split (Otsu), and the
    more saturated and nearer part is taken.
    """
    hue = named - 15.0 if 125.0 < named < 165.0 else named  # most greens in photographs are yellowish
    turn = (lch[:, :, 2] - hue + 540.0) % 360.0 - 180.0
    near_hue = (np.abs(turn) < WIDTH) & (lch[:, :, 1] > GREY)
    if not near_hue.any():
        return Hues(hue, WIDTH, WIDTH, 24.0)
    turn, chroma = turn[near_hue], lch[:, :, 1][near_hue]
    weight = chroma**2
    middle = float(np.average(turn, weights=weight))
    below = above = WIDTH
    if (border := _border(turn, weight)) is not None:
        low = turn < border
        means = [float(np.average(turn[part], weights=weight[part])) for part in (low, ~low)]
        parts = zip((low, ~low), means, strict=True)
        scores = [float(weight[part].mean()) * np.exp(-((mean / WIDTH) ** 2)) for part, mean in parts]
        best = int(scores[1] > scores[0])
        middle, chroma = means[best], chroma[~low if best else low]
        side = max(10.0, abs(border - middle) + 3.0)
        below, above = (side, WIDTH) if best else (WIDTH, side)
    stronger = float(np.percentile(chroma, 80))
    return Hues(hue + middle, below, above, max(16.0, min(stronger * 0.5, 40.0)))


def _border(turn: Floats, weight: Floats) -> float | None:
    """The hue that separates two modes; None if there is only one."""
    counts, edges = np.histogram(turn, bins=BINS, range=(-WIDTH, WIDTH), weights=weight)
    at = otsu_bin(counts)
    border = float(edges[at])
    low = turn < border
    if min(low.sum(), (~low).sum()) < 0.02 * len(turn):
        return None
    apart = np.average(turn[~low], weights=weight[~low]) - np.average(turn[low], weights=weight[low])
    return border if apart > 11 and _valley(counts, at) < 0.6 else None


def _valley(counts: Floats, at: int) -> float:
    """The histogram's depth at the split, as a share of the lower peak: 0 if empty, 1 if as high."""
    soft = np.convolve(counts, np.ones(5), mode="same")
    peak = min(float(soft[:at].max(initial=0)), float(soft[at:].max(initial=0)))
    return float(soft[max(0, at - 6) : at + 7].min()) / max(peak, 1e-6)


def refined(lch: Floats, inside: Mask, hues: Hues) -> tuple[Hues, float]:
    """Narrow the hues to those of the thing's own regions, and return their lightness: neighbours of similar colour
    differ.
    """
    if inside.sum() < 30:
        return hues, 50.0
    turn = (lch[:, :, 2][inside] - hues.middle + 540.0) % 360.0 - 180.0
    middle = float(np.median(turn))
    reach = max(8.0, 4.2 * float(np.median(np.abs(turn - middle))) + 3.0)
    below, above = min(hues.below + middle, reach), min(hues.above - middle, reach)
    tight = replace(hues, middle=hues.middle + middle, below=max(below, 4.0), above=max(above, 4.0))
    return tight, float(np.median(lch[:, :, 0][inside]))
