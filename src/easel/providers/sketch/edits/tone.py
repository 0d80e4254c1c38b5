"""Light and mood of a whole picture: a few curves, in the order a photographer would apply them."""

from collections.abc import Callable, Mapping

import pyvips


def toned(image: pyvips.Image, name: str) -> pyvips.Image:
    """The picture under another light; its transparency stays."""
    colour = (image[:3] if image.hasalpha() else image).colourspace("srgb")
    done = TONES[name](colour).rint().cast("uchar").copy(interpretation="srgb")
    return (done.bandjoin(image[3]) if image.hasalpha() else done).copy_memory()


def _grey(image: pyvips.Image) -> pyvips.Image:
    grey = image.colourspace("b-w")
    return grey.bandjoin([grey, grey])


def _gain(image: pyvips.Image, red: float, green: float, blue: float, lift: float = 0.0) -> pyvips.Image:
    return _clipped(image * [red, green, blue] + lift)


def _contrast(image: pyvips.Image, amount: float) -> pyvips.Image:
    """Around the picture's own middle, so that it gets neither brighter nor darker."""
    middle = image.colourspace("b-w").avg()
    return _clipped((image - middle) * amount + middle)


def _power(image: pyvips.Image, exponent: float) -> pyvips.Image:
    return ((image / 255.0) ** exponent) * 255.0


def _clipped(image: pyvips.Image) -> pyvips.Image:
    return (image < 0).ifthenelse(0, (image > 255).ifthenelse(255, image))


def _night(image: pyvips.Image) -> pyvips.Image:
    dim = _power(image, 1.7)
    cool = _grey(image).cast("float") * 0.35 + dim * 0.65
    return _gain(cool, 0.42, 0.52, 0.82)


TONES: Mapping[str, Callable[[pyvips.Image], pyvips.Image]] = {
    "black-and-white": _grey,
    "sepia": lambda image: _gain(_grey(image), 1.07, 0.93, 0.74),
    "golden-hour": lambda image: _gain(_contrast(_power(image, 0.95), 1.06), 1.1, 0.99, 0.8, 4),
    "soft-daylight": lambda image: _gain(_contrast(_power(image, 0.86), 0.93), 1.0, 1.01, 1.03, 4),
    "night": _night,
    "high-contrast": lambda image: _contrast(image, 1.35),
    "warmer": lambda image: _gain(image, 1.07, 1.0, 0.9),
    "cooler": lambda image: _gain(image, 0.93, 1.0, 1.08),
    "brighter": lambda image: _power(image, 0.78),
    "darker": lambda image: _power(image, 1.3),
    "sharper": lambda image: image.sharpen(sigma=1.2, m2=2.4),
    "softer": lambda image: image.gaussblur(max(image.width, image.height) / 220),
}
