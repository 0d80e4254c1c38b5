"""Edits inside a mask: where the mask is not fully transparent, the bytes of the image stay as they are."""

from dataclasses import replace

import pyvips

from easel_sketch.edits import fit
from easel_sketch.edits.steps import Background, Compose, Finish, Frame, Instruction, Recolour, Shape, Step, Tone
from easel_sketch.request import RAW_RGBA, Image, Size

_ON_THE_FIRST = ("logo", "palette", "scene")  # compositions that leave the first image where it is
_EMPTY = "The mask is transparent nowhere, so nothing may change: the picture is as it came."
_UNCHANGED = "Nothing was changed inside the mask: the picture is as it came."


def hole_of(mask: Image, size: Size) -> pyvips.Image:
    """255 where an image of this mask may change once it is fitted to `size`, else 0."""
    image = pyvips.Image.new_from_buffer(mask.data, "")
    alpha = image[image.bands - 1] if image.hasalpha() else pyvips.Image.black(image.width, image.height) + 255
    return fit.followed((alpha == 0), size)


def for_hole(instruction: Instruction, hole: pyvips.Image) -> Instruction:
    """The instruction without the steps that move or frame the whole image; each is reported as not done.

    Nothing is left of it if the hole is empty.
    """
    if not hole.max():
        return Instruction(())
    kept = tuple(step for step in instruction.steps if not _whole_page(step))
    reason = "It is about the whole picture, and only inside the mask may anything change."
    left = tuple((_name(step), reason) for step in instruction.steps if _whole_page(step))
    return replace(instruction, steps=kept, left=(*instruction.left, *left))


def _whole_page(step: Step) -> bool:
    if isinstance(step, Finish) and step.name == "upscale":
        return True
    return isinstance(step, Shape | Frame) or (isinstance(step, Compose) and step.name not in _ON_THE_FIRST)


def _name(step: Step) -> str:
    match step:
        case Shape():
            return step.action
        case Frame():
            return f"{step.name} frame"
        case Compose() | Finish() | Tone():
            return step.name.replace("-", " ")
        case Recolour() | Background() if step.called:
            return step.called
    return type(step).__name__.lower()


def held(
    before: pyvips.Image, after: pyvips.Image, sentence: str, step: Step, hole: pyvips.Image | None
) -> tuple[pyvips.Image, str]:
    """`after` inside the hole and `before` elsewhere; a step that changes nothing inside is not said to be done."""
    if hole is None or after is before:
        return after, sentence
    alike = before.bandjoin(255) if after.hasalpha() and not before.hasalpha() else before
    kept = hole.ifthenelse(after, alike).copy_memory()
    if (kept != alike).bandor().max() or not sentence.startswith("Done"):
        return kept, sentence
    return before, f"Not done: “{_name(step)}”. It would change nothing inside the mask."


def inside(done: Image, before: pyvips.Image, hole: pyvips.Image) -> Image:
    """`done` inside the hole and `before`, of the same size, outside. The warnings say what is left of the edit."""
    size = done.size
    after = pyvips.Image.new_from_memory(done.data, size.width, size.height, 4, "uchar").copy(interpretation="srgb")
    rgba = (before if before.hasalpha() else before.bandjoin(255)).cast("uchar").copy_memory()
    kept = hole.ifthenelse(after, rgba)
    warnings = [sentence for sentence in done.warnings if not sentence.startswith("Nothing was changed")]
    share = (kept != rgba).bandor().avg() / 255
    if share:
        warnings.append(f"Only inside the mask was anything changed, {max(share, 0.001):.1%} of the picture.")
    else:
        warnings = [sentence for sentence in warnings if not sentence.startswith("Done")]
        warnings.append(_UNCHANGED if hole.max() else _EMPTY)
    return Image(bytes(kept.write_to_memory()), RAW_RGBA, size, tuple(warnings))
