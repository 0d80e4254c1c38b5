"""Blur, fill, remove or replace what is behind the subject. Nothing changes when no clear subject is found."""

import pyvips

from easel_sketch.colour.mixing import channels
from easel_sketch.edits import pixels
from easel_sketch.edits.context import EditContext, StepResult
from easel_sketch.edits.steps import Background
from easel_sketch.edits.subject import Subject
from easel_sketch.request import Size

WHITE = "#ffffff"
_CUT_OFF = 0.02  # of an edge, that the subject covers
_COARSE = 4.0  # pixels
_NO_PLACE = "The sketch engine has no drawing of such a place."


def changed(image: pyvips.Image, step: Background, context: EditContext) -> StepResult:
    """The image with another background."""
    subject = context.subject(image)
    request = {"blur": "blur the background", "remove": "remove the background"}.get(
        step.action, f"make the background {step.called}"
    )
    if not subject.clear:
        return image, f"Not done: {request}. {subject.why}"
    colour, caution = pixels.without_alpha(image), subject.found
    if step.action == "blur":
        return pixels.with_alpha_of(_blurred(colour, subject), image), f"Done: the background is blurred. {caution}"
    clean = without_spill(colour, subject.mask)
    if step.action == "remove" and context.transparent_output:
        alpha = (subject.mask * 255).rint().cast("uchar")
        return clean.bandjoin(alpha).copy(
            interpretation="srgb"
        ).copy_memory(), f"Done: the background is removed. {caution}"
    clean, mask = _on_page(clean, subject.mask, context.size)
    if step.action == "scene":
        return _on_scene(image, clean, mask, step, context)
    ends = step.colours or (WHITE,)
    filled = _over_fill(clean, _fill(clean, ends), mask)
    if step.action == "remove":
        sentence = f"Done in part: the background is white, since this picture cannot be transparent. {caution}"
    else:
        sentence = f"Done: the background is {step.called}. {caution}"
    return filled, sentence


def _on_page(clean: pyvips.Image, mask: pyvips.Image, size: Size) -> tuple[pyvips.Image, pyvips.Image]:
    """An image and its mask in the middle of a larger page, unless the subject is cut off at a side that would show."""
    left, top = (size.width - mask.width) // 2, (size.height - mask.height) // 2
    sides = (mask.crop(0, 0, 1, mask.height), mask.crop(mask.width - 1, 0, 1, mask.height)) if left else ()
    ends = (mask.crop(0, 0, mask.width, 1), mask.crop(0, mask.height - 1, mask.width, 1)) if top else ()
    if left < 0 or top < 0 or any(edge.avg() > _CUT_OFF for edge in (*sides, *ends)):
        return clean, mask
    page = clean.embed(left, top, size.width, size.height, extend="copy")
    return page, mask.embed(left, top, size.width, size.height)


def _on_scene(
    image: pyvips.Image, clean: pyvips.Image, mask: pyvips.Image, step: Background, context: EditContext
) -> StepResult:
    """The subject before a drawn place."""
    size = Size(clean.width, clean.height)
    drawn = context.scenery(step.called, size)
    if drawn is None:
        return image, f"Not done: make the background {step.called}. {_NO_PLACE}"
    rows, notes = drawn
    scene = pyvips.Image.new_from_memory(rows, size.width, size.height, 4, "uchar").copy(interpretation="srgb")[:3]
    light = "The light on the subject is as it was."
    sentence = " ".join(
        (f"Done: the background is drawn: {step.called}. {light} {context.subject(image).found}", *notes)
    )
    return _over_fill(clean, scene, mask), sentence


def _blurred(colour: pyvips.Image, subject: Subject) -> pyvips.Image:
    """Blur the background as a wide aperture would, without the subject's colours bleeding into it."""
    sigma = max(colour.width, colour.height) / 95
    outside = subject.mask * -1.0 + 1.0
    weight = (outside > 0.02).ifthenelse(outside, 0.0)
    spread = (colour * weight).gaussblur(sigma) / (weight.gaussblur(sigma) + 1e-3)
    soft = pixels.clipped(spread)
    return pixels.blended(colour, soft, outside)


def without_spill(colour: pyvips.Image, mask: pyvips.Image) -> pyvips.Image:
    """Replace the subject's colours along its soft edge, where the old background is mixed in."""
    sigma = max(2.0, max(colour.width, colour.height) / 220)
    inside = pixels.ramp(mask, 0.85, 0.99)
    half = 0.5 if sigma >= _COARSE else 1.0  # a wide blur is as good on a smaller copy
    both = (colour * inside).bandjoin(inside).resize(half, kernel="linear").gaussblur(sigma * half).copy_memory()
    both = pixels.enlarged(both, colour.width, colour.height)
    core, known = both[:3] / (both[3] + 1e-3), pixels.ramp(both[3], 0.002, 0.05)
    edge = (inside * -1.0 + 1.0) * known
    return pixels.clipped(colour * (edge * -1.0 + 1.0) + core * edge).rint().cast("uchar").copy(interpretation="srgb")


def _fill(colour: pyvips.Image, ends: tuple[str, ...]) -> pyvips.Image:
    """A plain fill, or a vertical gradient from the first colour to the last."""
    first, last = channels(ends[0]), channels(ends[-1])
    down = pyvips.Image.xyz(colour.width, colour.height)[1] / max(1, colour.height - 1)
    return down * [b - a for a, b in zip(first, last, strict=True)] + list(first)


def _over_fill(clean: pyvips.Image, ground: pyvips.Image, mask: pyvips.Image) -> pyvips.Image:
    mixed = clean * mask + ground * (mask * -1.0 + 1.0)
    return mixed.rint().cast("uchar").copy(interpretation="srgb").copy_memory()
