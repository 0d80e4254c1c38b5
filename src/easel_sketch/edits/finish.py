"""Finishes of the whole image: sharpness, grain and prints."""

from collections.abc import Callable, Mapping

import pyvips

from easel_sketch.edits import pixels, prints
from easel_sketch.edits.context import EditContext, StepResult
from easel_sketch.edits.pixels import clipped, without_alpha
from easel_sketch.edits.steps import Finish
from easel_sketch.edits.tone import TONES


def finished(image: pyvips.Image, step: Finish, context: EditContext) -> StepResult:
    """The image with a finish; its transparency stays."""
    colour = without_alpha(image)
    result = FINISHES[step.name](colour, step, context.seed)
    if step.strength < 1:
        result = colour * (1 - step.strength) + clipped(result) * step.strength
    return pixels.with_alpha_of(clipped(result), image), f"Done: {_SENTENCES[step.name]}."


def enlarged(image: pyvips.Image, scale: float, size: str) -> StepResult:
    """Sharpen an image that was scaled up by `scale`, so that its edges stay as crisp as before."""
    if scale <= 1.02:
        return (image, f"Not done: enlarge the picture. The promised size is {size}, and it was as large before.")
    crisp = without_alpha(image).sharpen(sigma=min(0.6 + 0.4 * scale, 3.0), m1=0.2, m2=2.2, x1=1.2)
    sentence = (
        f"Done: enlarged {scale:.1f} times to {size}, edges kept crisp. No detail was invented, so none was added."
    )
    return pixels.with_alpha_of(crisp, image), sentence


def edge_preserving_blur(image: pyvips.Image, radius: float, least: float) -> pyvips.Image:
    """A self-guided filter (He, Sun and Tang, 2010); `least` is the variance below which it smooths."""
    mean = image.gaussblur(radius)
    spread = _positive((image * image).gaussblur(radius) - mean * mean)
    share = spread / (spread + least)
    rest = mean * (share * -1.0 + 1.0)
    return image * share.gaussblur(radius) + rest.gaussblur(radius)


def _positive(image: pyvips.Image) -> pyvips.Image:
    return (image < 0).ifthenelse(0, image)


def _sharpened(image: pyvips.Image, _step: Finish, _seed: int) -> pyvips.Image:
    return image.sharpen(sigma=max(0.9, max(image.width, image.height) / 1100), m1=0.15, m2=2.6, x1=1.5)


def _denoised(image: pyvips.Image, _step: Finish, _seed: int) -> pyvips.Image:
    """Smooth chroma more than lightness: the eye is less sensitive to it."""
    lab = image.colourspace("lab")
    light = edge_preserving_blur(lab[0].cast("float"), 1.8, 14.0)
    tint = edge_preserving_blur(lab[1:3].cast("float"), 4.0, 30.0)
    return light.bandjoin(tint).copy(interpretation="lab").colourspace("srgb")


def _grain(image: pyvips.Image, _step: Finish, seed: int) -> pyvips.Image:
    """Film grain: strongest in the mid-tones."""
    noise = pyvips.Image.gaussnoise(image.width, image.height, sigma=30, mean=0, seed=seed).gaussblur(0.75)
    light = image.colourspace("b-w") / 255.0
    return clipped(image + noise * ((light * (light * -1.0 + 1.0)) * 2.6 + 0.25))


def _vignette(image: pyvips.Image, _step: Finish, _seed: int) -> pyvips.Image:
    return image * (pixels.ramp(_radius(image), 0.55, 1.35) * -0.72 + 1.0)


def _radius(image: pyvips.Image) -> pyvips.Image:
    """The distance from the centre: 1 at the middle of each side."""
    place = pyvips.Image.xyz(image.width, image.height)
    x, y = (place[0] / image.width - 0.5) * 2, (place[1] / image.height - 0.5) * 2
    return (x * x + y * y) ** 0.5


def _faded(image: pyvips.Image, step: Finish, seed: int) -> pyvips.Image:
    """An old print: lifted blacks, yellowed whites, low saturation."""
    muted = TONES["muted"](image)
    yellow = clipped(muted * [0.86, 0.82, 0.68] + [42, 34, 30])
    edges = pixels.ramp(_radius(image), 0.7, 1.5) * -0.3 + 1.0
    return _grain((yellow * edges).cast("uchar").copy(interpretation="srgb"), step, seed)


def _pixelated(image: pyvips.Image, _step: Finish, _seed: int) -> pyvips.Image:
    cell = max(4, round(max(image.width, image.height) / 96))
    whole = image.embed(0, 0, -(-image.width // cell) * cell, -(-image.height // cell) * cell, extend="copy")
    return whole.shrink(cell, cell).rint().cast("uchar").zoom(cell, cell).crop(0, 0, image.width, image.height)


def _pencil(image: pyvips.Image, _step: Finish, seed: int) -> pyvips.Image:
    """Graphite on paper: edges become lines, dark areas become hatching."""
    grey = edge_preserving_blur(image.colourspace("b-w").cast("float"), 2.0, 60.0)
    around = grey.gaussblur(max(image.width, image.height) / 110)
    line = clipped(grey / (around + 1.0) * 255.0)
    line = clipped((line - 175.0) * (255.0 / 80.0))
    noise = pyvips.Image.gaussnoise(image.width, image.height, sigma=46, mean=0, seed=seed).gaussblur(0.8)
    shade = pixels.ramp(grey, 190.0, 30.0)
    drawn = clipped(line - shade * 70.0 + noise * (shade * 0.9 + 0.08))
    toned = drawn * (205.0 / 255.0) + 44.0
    return toned.bandjoin([toned * 0.995, toned * 0.97])


Filter = Callable[[pyvips.Image, Finish, int], pyvips.Image]

FINISHES: Mapping[str, Filter] = {
    "sharpen": _sharpened,
    "denoise": _denoised,
    "grain": _grain,
    "vignette": _vignette,
    "faded": _faded,
    "pixelate": _pixelated,
    "pencil": _pencil,
    **prints.PRINTS,
}
_SENTENCES = {
    "sharpen": "sharpened; only contrast along edges was raised",
    "denoise": "noise is smoothed, edges are kept",
    "grain": "film grain lies over the whole picture",
    "vignette": "the corners are darkened",
    "faded": "the whole picture looks like an old, faded print",
    "pixelate": "the whole picture is in large pixels",
    "pencil": "the whole picture is drawn over as with a pencil, by a filter",
    "halftone": "printed in dots of cyan, magenta, yellow and black",
    "newsprint": "printed in black dots on newspaper",
    "posterize": "reduced to a few flat colours",
    "duotone": "printed in two inks",
    "risograph": "printed in two inks, as on a risograph",
    "cyanotype": "printed in Prussian blue, as a cyanotype",
    "paper": "printed on textured paper",
}
