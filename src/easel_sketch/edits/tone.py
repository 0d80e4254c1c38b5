"""Changes of light and mood as tone curves."""

from collections.abc import Callable, Mapping

import pyvips

from easel_sketch.edits import colour_mask, pixels
from easel_sketch.edits.context import EditContext, StepResult
from easel_sketch.edits.pixels import blended, clipped, without_alpha
from easel_sketch.edits.steps import Tone


def toned(image: pyvips.Image, step: Tone, context: EditContext) -> StepResult:
    """The image in another light; its transparency stays."""
    called = step.name.replace("-", " ")
    colour = without_alpha(image)
    after = clipped(TONES[step.name](colour))
    if step.strength < 1:
        after = colour * (1 - step.strength) + after * step.strength
    sentence = f"Done: {called} for the whole picture{', slightly' if step.strength < 1 else ''}."
    if step.where:
        subject = context.subject(image)
        if not subject.clear:
            where = f"all but “{step.thing}”" if step.thing else f"the {step.where} alone"
            return image, f"Not done: {called} for {where}. {subject.why}"
        mask = subject.mask if step.where == "subject" else subject.mask * -1.0 + 1.0
        after = blended(colour, after, mask)
        where = f"all but the subject, which was taken for “{step.thing}”" if step.thing else f"the {step.where} alone"
        sentence = f"Done: {called} for {where}. {subject.found}"
    if step.spared:
        found = colour_mask.find(colour, step.spared, step.thing)
        if (share := found.share(colour)) < colour_mask.LEAST:
            spared = f"all but “{step.thing}”. Nothing was found of the colour that it is said to have."
            return image, f"Not done: {called} for {spared}"
        after = blended(colour, after, found.over(colour) * -1.0 + 1.0)
        sentence = (
            f"Done: {called}; what was found by its colour as “{step.thing}” keeps it ({share:.1%} of the picture)."
        )
    return pixels.with_alpha_of(after, image), sentence


def _grey(image: pyvips.Image) -> pyvips.Image:
    grey = image.colourspace("b-w")
    return grey.bandjoin([grey, grey])


def _gain(image: pyvips.Image, red: float, green: float, blue: float, lift: float = 0.0) -> pyvips.Image:
    return clipped(image * [red, green, blue] + lift)


def _contrast(image: pyvips.Image, amount: float) -> pyvips.Image:
    """Around the image's mean, so that its brightness stays; highlights are rolled off."""
    middle = image.colourspace("b-w").avg()
    steep = (image - middle) * amount + middle
    soft = (steep - 255) / 255
    return clipped((steep > 225).ifthenelse(225 + 30 * (1 - (1 / (1 + (soft + 30 / 255) * 8))), steep))


def _power(image: pyvips.Image, exponent: float) -> pyvips.Image:
    return ((clipped(image) / 255.0) ** exponent) * 255.0


def _saturated(image: pyvips.Image, amount: float) -> pyvips.Image:
    grey = _grey(image.cast("uchar").copy(interpretation="srgb"))
    return clipped((image - grey) * amount + grey)


def _night(image: pyvips.Image) -> pyvips.Image:
    """Moonlight: dark and blue; the brightest parts and warm lamps keep some of their colour."""
    dim = _power(image, 1.75)
    cool = _grey(image).cast("float") * 0.25 + dim * 0.75
    blue = _gain(cool, 0.4, 0.5, 0.82, 3)
    lamps = pixels.ramp(image[0] - image[2], 40, 130) * pixels.ramp(image[0], 190, 250)
    return blue * (lamps * -0.75 + 1) + image * (lamps * 0.75)


def _golden(image: pyvips.Image) -> pyvips.Image:
    """Low sun: warm highlights, slightly cooler shadows, and a glow from one upper corner."""
    grey = image.colourspace("b-w") / 255.0
    warm = _gain(_contrast(_power(image, 0.95), 1.05), 1.13, 0.965, 0.74, 2)
    shadow = _gain(image, 1.0, 0.94, 0.93)
    mixed = warm * (grey * 0.6 + 0.4) + shadow * (grey * -0.6 + 0.6)
    place = pyvips.Image.xyz(image.width, image.height)
    far = ((place[0] / image.width - 0.88) ** 2 + (place[1] / image.height - 0.05) ** 2) ** 0.5
    glow = pixels.ramp(far, 1.0, 0.0)
    lit = (mixed * -1.0 + 255) * (glow * 0.34)
    return clipped(mixed + lit * [1.0, 0.66, 0.26])


def _misty(image: pyvips.Image) -> pyvips.Image:
    """A pale veil, densest at the top, which is taken to be far away."""
    down = pyvips.Image.xyz(image.width, image.height)[1] / image.height
    veil = pixels.ramp(down, 1.1, 0.1) * 0.42 + 0.1
    pale = _saturated(image, 0.7)
    return pale * (veil * -1.0 + 1) + (veil * 1.0) * [222, 227, 232]


def _enhanced(image: pyvips.Image) -> pyvips.Image:
    """Stretch the levels moderately and raise saturation a little."""
    grey = image.colourspace("b-w").cast("uchar")
    low, high = min(grey.percent(0.5), 48), max(grey.percent(99.5), 176)
    return _saturated(clipped((image - low) * (250.0 / (high - low)) + 3), 1.1)


TONES: Mapping[str, Callable[[pyvips.Image], pyvips.Image]] = {
    "enhanced": _enhanced,
    "black-and-white": lambda image: _contrast(_grey(image), 1.05),
    "sepia": lambda image: _gain(_grey(image), 1.07, 0.93, 0.74),
    "golden-hour": _golden,
    "soft-daylight": lambda image: _gain(_contrast(_power(image, 0.84), 0.92), 1.0, 1.01, 1.03, 4),
    "night": _night,
    "high-contrast": lambda image: _contrast(image, 1.35),
    "low-contrast": lambda image: _contrast(image, 0.78) * 0.94 + 12,
    "warmer": lambda image: _gain(image, 1.07, 1.0, 0.9),
    "cooler": lambda image: _gain(image, 0.93, 1.0, 1.08),
    "brighter": lambda image: _power(image, 0.78),
    "darker": lambda image: _power(image, 1.3),
    "vivid": lambda image: _saturated(image, 1.35),
    "muted": lambda image: _contrast(_saturated(image, 0.62), 0.94) + 4,
    "softer": lambda image: image.gaussblur(max(image.width, image.height) / 220),
    "misty": _misty,
}
