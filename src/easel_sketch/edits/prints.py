"""Prints of an image: dots, inks and paper."""

from collections.abc import Callable, Mapping
from math import cos, radians, sin

import numpy as np
import pyvips

from easel_sketch.colour.mixing import channels, luminance, mix
from easel_sketch.edits import pixels
from easel_sketch.edits.pixels import clipped
from easel_sketch.edits.steps import Finish

_INKS = ("#14224d", "#ff6f61")
_WARM_WHITE = [248, 243, 232]


def _dots(cover: pyvips.Image, degrees: float, cell: float) -> pyvips.Image:
    """A halftone screen, 0 to 1: round dots on a grid rotated by `degrees`, sized by the ink coverage."""
    place = pyvips.Image.xyz(cover.width, cover.height)
    turn, across = cos(radians(degrees)), sin(radians(degrees))
    u = (place[0] * turn + place[1] * across) * (360.0 / cell)
    v = (place[1] * turn - place[0] * across) * (360.0 / cell)
    wave = (u.cos() + v.cos()) / 4.0 + 0.5
    edge = 1.7 / cell
    return pixels.ramp(cover.gaussblur(cell / 5) - (wave * -1.0 + 1.0), -edge, edge)


def _cell(image: pyvips.Image, across: int) -> float:
    """The dot spacing in pixels for `across` dots along the longest side."""
    return max(4.0, float(max(image.width, image.height)) / across)


def _halftone(image: pyvips.Image, _step: Finish, _seed: int) -> pyvips.Image:
    """Four inks at the usual screen angles."""
    rest = image * (-1.0 / 255.0) + 1.0
    black = _channel_minimum(rest) * 0.55
    cell = _cell(image, 170)
    sheet = pyvips.Image.black(image.width, image.height, bands=3) + _WARM_WHITE
    inks = (
        (rest[0] - black, 15, (0.02, 0.62, 0.88)),
        (rest[1] - black, 75, (0.9, 0.1, 0.5)),
        (rest[2] - black, 0, (1.0, 0.9, 0.1)),
        (black, 45, (0.1, 0.1, 0.11)),
    )
    for cover, degrees, ink in inks:
        dots = _dots(cover * 1.12, degrees, cell)
        sheet = sheet * (dots.bandjoin([dots, dots]) * [channel - 1.0 for channel in ink] + 1.0)
    return sheet


def _channel_minimum(image: pyvips.Image) -> pyvips.Image:
    low = (image[0] < image[1]).ifthenelse(image[0], image[1])
    return (low < image[2]).ifthenelse(low, image[2])


def _newsprint(image: pyvips.Image, _step: Finish, seed: int) -> pyvips.Image:
    spread = _stretched(image).cast("float")
    dots = _dots(spread * (-0.92 / 255.0) + 0.95, 45, _cell(image, 190))
    sheet = _sheet(image, seed, [226, 219, 202], 9.0)
    return sheet * (dots * -0.84 + 1.0)


def _sheet(image: pyvips.Image, seed: int, colour: list[int], rough: float) -> pyvips.Image:
    """Paper: fine fibres and low-frequency noise."""
    fine = pyvips.Image.gaussnoise(image.width, image.height, sigma=rough * 2, mean=0, seed=seed).gaussblur(0.9)
    small = pyvips.Image.gaussnoise(
        max(2, image.width // 16), max(2, image.height // 16), sigma=rough, mean=0, seed=seed + 1
    )
    clouds = pixels.enlarged(small.gaussblur(1.5), image.width, image.height)
    return clipped(fine * 0.9 + clouds * 1.2 + colour)


def _paper(image: pyvips.Image, _step: Finish, seed: int) -> pyvips.Image:
    sheet = _sheet(image, seed, [247, 243, 234], 12.0)
    relief = pyvips.Image.gaussnoise(image.width, image.height, sigma=26, mean=0, seed=seed + 2).gaussblur(1.6)
    slope = relief - relief.embed(1, 1, image.width, image.height, extend="copy")
    soft = image * 0.94 + 10
    return clipped(soft * sheet / 252.0 + slope * 2.0)


def _posterised(image: pyvips.Image, _step: Finish, _seed: int) -> pyvips.Image:
    """Six inks taken from the image's colours; small specks are filtered out."""
    lab = image.colourspace("lab")
    centres = _dominant_colours(pixels.array_of(pixels.thumbnail(lab, 96)).reshape(-1, 3), 6)
    calm = lab.gaussblur(1.6)
    vivid = centres * [1.0, 1.35, 1.35]
    vivid[:, 0] = np.interp(centres[:, 0], [centres[:, 0].min(), centres[:, 0].max()], [10.0, 95.0])
    nearest = None
    for place, centre in enumerate(centres):
        away = ((calm - centre.tolist()) ** 2) * [0.6, 1.0, 1.0]
        far = away[0] + away[1] + away[2]
        if nearest is None:
            nearest, which = far, far * 0
        else:
            closer = far < nearest
            which, nearest = closer.ifthenelse(place, which), closer.ifthenelse(far, nearest)
    flat = which.cast("uchar").rank(5, 5, 12)
    table = pixels.image_of(vivid[None].astype(np.float32), "lab").colourspace("srgb")
    return flat.maplut(table).copy(interpretation="srgb").gaussblur(0.6)


def _dominant_colours(samples: pixels.Floats, count: int) -> pixels.Floats:
    """k-means, started deterministically along the lightness axis."""
    ordered = samples[np.argsort(samples[:, 0])]
    centres = ordered[(np.linspace(0.04, 0.96, count) * (len(ordered) - 1)).astype(int)]
    for _ in range(12):
        nearest = ((samples[:, None] - centres[None]) ** 2).sum(axis=2).argmin(axis=1)
        centres = np.array(
            [samples[nearest == i].mean(axis=0) if (nearest == i).any() else c for i, c in enumerate(centres)]
        )
    return np.asarray(centres, dtype=np.float32)


def _duotone(image: pyvips.Image, step: Finish, _seed: int) -> pyvips.Image:
    """Map greys from the darker ink to the lighter."""
    inks = (*step.colours, "#fff3e4")[:2] if step.colours else _INKS
    dark, light = sorted(inks, key=luminance)
    return _mapped(_stretched(image), [channels(dark), channels(light), channels(mix(light, "#ffffff", 0.4))], 1.25)


def _stretched(image: pyvips.Image) -> pyvips.Image:
    """Greys from black to white, clipped at the first and last percentile."""
    grey = image.colourspace("b-w").cast("uchar")
    low, high = grey.percent(1), grey.percent(99)
    return clipped((grey - low) * (255.0 / max(high - low, 1))).cast("uchar")


def _mapped(image: pyvips.Image, stops: list[tuple[int, int, int]], bend: float = 1.0) -> pyvips.Image:
    """Map greys to a gradient of `stops`; `bend` above 1 moves it towards the first."""
    grey = image.colourspace("b-w")
    steps = np.linspace(0, 1, 256) ** bend * (len(stops) - 1)
    table = np.stack([np.interp(steps, range(len(stops)), [stop[band] for stop in stops]) for band in range(3)], axis=1)
    return grey.cast("uchar").maplut(pixels.image_of(table[None].astype(np.uint8)))


def _risograph(image: pyvips.Image, step: Finish, seed: int) -> pyvips.Image:
    """Two slightly misregistered inks: one for dark, one for warm or saturated areas."""
    inks = (*step.colours, "#2f5fd0", "#ff5c6c")[:2]
    grey = image.colourspace("b-w").cast("float") / 255.0
    vivid = clipped((image[0] * 1.0 - image[2]) * 1.4 + 60) / 255.0
    cell = _cell(image, 230)
    first = _dots(clipped((grey * -1.15 + 1.05) * 255) / 255.0, 75, cell)
    shifted = vivid.embed(3, 2, image.width, image.height, extend="copy")
    second = _dots(shifted * (grey * -0.4 + 0.95), 30, cell)
    sheet = _sheet(image, seed, _WARM_WHITE, 6.0)
    for dots, ink in ((second, inks[1]), (first, inks[0])):
        sheet = sheet * (dots.bandjoin([dots, dots]) * [channel / 255.0 - 1.0 for channel in channels(ink)] + 1.0)
    return sheet


def _cyanotype(image: pyvips.Image, _step: Finish, seed: int) -> pyvips.Image:
    blue = _mapped(image, [(12, 30, 66), (22, 62, 120), (88, 136, 184), (190, 212, 226), (243, 244, 236)])
    return _paper(blue.copy(interpretation="srgb"), _step, seed)


Filter = Callable[[pyvips.Image, Finish, int], pyvips.Image]

PRINTS: Mapping[str, Filter] = {
    "halftone": _halftone,
    "newsprint": _newsprint,
    "posterize": _posterised,
    "duotone": _duotone,
    "risograph": _risograph,
    "cyanotype": _cyanotype,
    "paper": _paper,
}
