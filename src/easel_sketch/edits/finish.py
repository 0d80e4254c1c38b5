"""Treatments of the whole surface: sharpness, grain and prints."""

from collections.abc import Callable, Mapping

import pyvips

from easel_sketch.edits import pixels, prints
from easel_sketch.edits.bench import Bench, Done
from easel_sketch.edits.pixels import clipped, colours
from easel_sketch.edits.steps import Finish
from easel_sketch.edits.tone import TONES


def finished(image: pyvips.Image, step: Finish, bench: Bench) -> Done:
    """The picture with another surface; its transparency stays."""
    colour = colours(image)
    made = FINISHES[step.name](colour, step, bench.seed)
    if step.strength < 1:
        made = colour * (1 - step.strength) + clipped(made) * step.strength
    return pixels.with_alpha_of(clipped(made), image), f"Done: {_SAID[step.name]}."


def enlarged(image: pyvips.Image, scale: float, size: str) -> Done:
    """What `upscale` comes to, once the picture has its promised size: edges as crisp as before, nothing invented."""
    if scale <= 1.02:
        return (
            image,
            f"Not done: enlarge the picture. The promised size is {size}, and it was as large before.",
        )
    crisp = colours(image).sharpen(sigma=min(0.6 + 0.4 * scale, 3.0), m1=0.2, m2=2.2, x1=1.2)
    said = f"Done: enlarged {scale:.1f} times to {size}, edges kept crisp. No detail was invented, so none was added."
    return pixels.with_alpha_of(crisp, image), said


def calm(image: pyvips.Image, radius: float, least: float) -> pyvips.Image:
    """Smooth, but not across edges: a guided filter that is its own guide."""
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
    """Colour noise goes before grain does, since the eye misses it less."""
    lab = image.colourspace("lab")
    light = calm(lab[0].cast("float"), 1.8, 14.0)
    tint = calm(lab[1:3].cast("float"), 4.0, 30.0)
    return light.bandjoin(tint).copy(interpretation="lab").colourspace("srgb")


def _grain(image: pyvips.Image, _step: Finish, seed: int) -> pyvips.Image:
    """Strongest in the middle greys, as in film."""
    noise = pyvips.Image.gaussnoise(image.width, image.height, sigma=30, mean=0, seed=seed).gaussblur(0.75)
    light = image.colourspace("b-w") / 255.0
    return clipped(image + noise * ((light * (light * -1.0 + 1.0)) * 2.6 + 0.25))


def _vignette(image: pyvips.Image, _step: Finish, _seed: int) -> pyvips.Image:
    return image * (pixels.ramp(_from_middle(image), 0.55, 1.35) * -0.72 + 1.0)


def _from_middle(image: pyvips.Image) -> pyvips.Image:
    place = pyvips.Image.xyz(image.width, image.height)
    x, y = (place[0] / image.width - 0.5) * 2, (place[1] / image.height - 0.5) * 2
    return (x * x + y * y) ** 0.5


def _faded(image: pyvips.Image, step: Finish, seed: int) -> pyvips.Image:
    """An old print: blacks that have gone pale, yellowed whites, tired colours."""
    tired = TONES["muted"](image)
    yellow = clipped(tired * [0.86, 0.82, 0.68] + [42, 34, 30])
    edges = pixels.ramp(_from_middle(image), 0.7, 1.5) * -0.3 + 1.0
    return _grain((yellow * edges).cast("uchar").copy(interpretation="srgb"), step, seed)


def _pixelated(image: pyvips.Image, _step: Finish, _seed: int) -> pyvips.Image:
    cell = max(4, round(max(image.width, image.height) / 96))
    whole = image.embed(0, 0, -(-image.width // cell) * cell, -(-image.height // cell) * cell, extend="copy")
    return whole.shrink(cell, cell).rint().cast("uchar").zoom(cell, cell).crop(0, 0, image.width, image.height)


def _pencil(image: pyvips.Image, _step: Finish, seed: int) -> pyvips.Image:
    """Graphite on paper: what differs from its surroundings is drawn, what is dark is hatched."""
    grey = calm(image.colourspace("b-w").cast("float"), 2.0, 60.0)
    around = grey.gaussblur(max(image.width, image.height) / 110)
    line = clipped(grey / (around + 1.0) * 255.0)
    line = clipped((line - 175.0) * (255.0 / 80.0))
    tooth = pyvips.Image.gaussnoise(image.width, image.height, sigma=46, mean=0, seed=seed).gaussblur(0.8)
    shade = pixels.ramp(grey, 190.0, 30.0)
    drawn = clipped(line - shade * 70.0 + tooth * (shade * 0.9 + 0.08))
    toned = drawn * (205.0 / 255.0) + 44.0
    return toned.bandjoin([toned * 0.995, toned * 0.97])


Treatment = Callable[[pyvips.Image, Finish, int], pyvips.Image]

FINISHES: Mapping[str, Treatment] = {
    "sharpen": _sharpened,
    "denoise": _denoised,
    "grain": _grain,
    "vignette": _vignette,
    "faded": _faded,
    "pixelate": _pixelated,
    "pencil": _pencil,
    **prints.PRINTS,
}
_SAID = {
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
