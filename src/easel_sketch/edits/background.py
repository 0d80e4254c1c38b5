"""What is behind the subject: blurred, filled with a colour or a gradient, or removed. Unsure means untouched."""

import pyvips

from easel_sketch.colour.mixing import channels
from easel_sketch.edits import pixels
from easel_sketch.edits.bench import Bench, Done
from easel_sketch.edits.steps import Background
from easel_sketch.edits.subject import Subject

WHITE = "#ffffff"
_CUT = "The subject was found by its colours and fills {share:.0%} of the picture; look at its edges."


def changed(image: pyvips.Image, step: Background, bench: Bench) -> Done:
    """The picture with another ground behind its subject."""
    subject = bench.subject(image)
    asked = {"blur": "blur the background", "remove": "remove the background"}.get(
        step.action, f"make the background {step.called}"
    )
    if not subject.clear:
        return image, f"Not done: {asked}. {subject.why}"
    colour = pixels.colours(image)
    found = _CUT.format(share=subject.share)
    if step.action == "blur":
        return pixels.with_alpha_of(_blurred(colour, subject), image), f"Done: the background is blurred. {found}"
    clean = unmixed(colour, subject.mask)
    if step.action == "remove" and bench.see_through:
        alpha = (subject.mask * 255).rint().cast("uchar")
        return clean.bandjoin(alpha).copy(
            interpretation="srgb"
        ).copy_memory(), f"Done: the background is removed. {found}"
    ends = step.colours or (WHITE,)
    filled = _laid(clean, _ground(colour, ends), subject.mask)
    if step.action == "remove":
        said = f"Done in part: the background is white, since this picture cannot be transparent. {found}"
    else:
        said = f"Done: the background is {step.called}. {found}"
    return filled, said


def _blurred(colour: pyvips.Image, subject: Subject) -> pyvips.Image:
    """As a wide lens would: the ground is blurred without the subject in it, so that no glow of it surrounds it."""
    sigma = max(colour.width, colour.height) / 95
    outside = subject.mask * -1.0 + 1.0
    weight = (outside > 0.02).ifthenelse(outside, 0.0)
    spread = (colour * weight).gaussblur(sigma) / (weight.gaussblur(sigma) + 1e-3)
    soft = pixels.clipped(spread)
    return pixels.blended(colour, soft, outside)


def unmixed(colour: pyvips.Image, mask: pyvips.Image) -> pyvips.Image:
    """The subject's own colours along its soft edge, where the picture shows them mixed with the old ground."""
    sigma = max(2.0, max(colour.width, colour.height) / 220)
    inside = pixels.ramp(mask, 0.85, 0.99)
    core = (colour * inside).gaussblur(sigma) / (inside.gaussblur(sigma) + 1e-3)
    known = pixels.ramp(inside.gaussblur(sigma), 0.002, 0.05)
    edge = (inside * -1.0 + 1.0) * known
    return pixels.clipped(colour * (edge * -1.0 + 1.0) + core * edge).rint().cast("uchar").copy(interpretation="srgb")


def _ground(colour: pyvips.Image, ends: tuple[str, ...]) -> pyvips.Image:
    """One colour, or the first above the last."""
    first, last = channels(ends[0]), channels(ends[-1])
    down = pyvips.Image.xyz(colour.width, colour.height)[1] / max(1, colour.height - 1)
    return down * [b - a for a, b in zip(first, last, strict=True)] + list(first)


def _laid(clean: pyvips.Image, ground: pyvips.Image, mask: pyvips.Image) -> pyvips.Image:
    mixed = clean * mask + ground * (mask * -1.0 + 1.0)
    return mixed.rint().cast("uchar").copy(interpretation="srgb").copy_memory()
