"""Recolour what is inside a mask, the subject, or a thing that is found by its colour, keeping its light and shade.

Pixels outside the mask keep their bytes.
"""

import pyvips

from easel_sketch.edits import colour_mask, pixels
from easel_sketch.edits.colour_mask import lch_of
from easel_sketch.edits.context import EditContext, StepResult
from easel_sketch.edits.hues import GREY
from easel_sketch.edits.steps import Recolour

_CAUTION = " Whites, greys and blacks of other things are hard to tell from it; look at what else has changed."


def recoloured(image: pyvips.Image, step: Recolour, context: EditContext) -> StepResult:
    """The image with the thing in its new colour; unchanged when no such thing is found."""
    colour = pixels.without_alpha(image)
    called = f" as “{step.thing}”" if step.thing else ""
    if step.old:
        found = colour_mask.find(colour, step.old, step.thing, context.hole)
        if not found.clear(colour, context.hole):
            sentence = f"“{step.thing}” is said to have" if step.thing else "was named"
            return image, f"Not done: nothing was found{_inside(context)} of the colour that {sentence}."
        told = f"what was found by its colour{called}"
    elif context.hole is not None:
        found, told = (
            colour_mask.whole(colour, context.hole),
            f"all that is inside the mask{called and ', taken'}{called}",
        )
    else:
        subject = context.subject(image)
        if not subject.clear:
            return image, f"Not done: make the subject {step.called}. {subject.why}"
        found, told = colour_mask.whole(colour, subject.mask * 255.0), "the subject"
    share = found.share(colour)
    part = colour.crop(found.left, found.top, found.mask.width, found.mask.height)
    changed = pixels.blended(part, _shifted(found.lch, found.mask, step), found.mask)
    blended = colour.insert(changed, found.left, found.top)
    sentence = f"Done: {told} is {step.called} now ({share:.1%} of the picture)."
    if step.old and lch_of(step.old)[1] < GREY:
        sentence += _CAUTION
    elif told == "the subject":
        sentence += f" {subject.found}"
    return pixels.with_alpha_of(blended, image), sentence


def _inside(context: EditContext) -> str:
    return "" if context.hole is None else " inside the mask"


def _shifted(lch: pyvips.Image, mask: pyvips.Image, step: Recolour) -> pyvips.Image:
    """All pixels shifted by the difference of the thing's mean colour and the new one."""
    light, chroma, hue = lch_of(step.new)
    weight = max(mask.avg(), 1e-6)
    mean_light = (lch[0] * mask).avg() / weight
    mean_chroma = max((lch[1] * mask).avg() / weight, 1.0)
    lighter = lch[0] + (light - mean_light) * 0.85
    lighter = (lighter < 2).ifthenelse(2.0, (lighter > 98).ifthenelse(98.0, lighter))
    stronger = lch[1] * (chroma / mean_chroma)
    if mean_chroma < GREY:  # scaling no chroma gives no colour: set it, less near black and white
        stronger = pixels.ramp(lighter, 0.0, 16.0) * pixels.ramp(lighter, 101.0, 84.0) * chroma
    stronger = (stronger > chroma * 1.25).ifthenelse(chroma * 1.25, stronger)
    flat = lch[0] * 0.0 + hue
    return lighter.bandjoin([stronger, flat]).copy(interpretation="lch").colourspace("srgb")
