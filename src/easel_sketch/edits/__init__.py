"""Edits of images by instruction: colour, light, background, texts, shape, surface, and compositions of several images.

Parts of an instruction that cannot be done are reported in the image's warnings. No content is invented.
"""

import pyvips

from easel_sketch import library
from easel_sketch.drawing.canvas import Canvas
from easel_sketch.edits import (
    background,
    compose,
    filling,
    finish,
    fit,
    frame,
    lettering,
    masking,
    recolour,
    shape,
    tone,
)
from easel_sketch.edits.context import EditContext, Scenery, StepResult
from easel_sketch.edits.instruction import read
from easel_sketch.edits.steps import (
    Background,
    Compose,
    Finish,
    Frame,
    Instruction,
    Lettering,
    Recolour,
    Remove,
    Shape,
    Step,
    Tone,
)
from easel_sketch.reading.quotes import quoted
from easel_sketch.request import RAW_RGBA, Image, Request

__all__ = ["edited", "read"]


def edited(request: Request, index: int, canvas: Canvas, fonts: library.Fonts, scenery: Scenery) -> Image | None:
    """Edit the inputs as instructed; the warnings say what was done and what was not.

    None if the prompt is better drawn as a page: several images and no composition named, or quoted texts and no edit.
    With a mask only what is inside it changes, and there is always an image.
    """
    try:
        return _edit(request, EditContext(canvas, fonts, request, index, scenery))
    except pyvips.Error as error:
        raise RuntimeError("An edit of the picture failed.") from error


def _edit(request: Request, context: EditContext) -> Image | None:
    several = len(request.inputs) > 1
    instruction = read(request.prompt, several=several, masked=request.mask is not None)
    images = [_load(source) for source in request.inputs]
    if request.mask:
        return _edit_inside(request.mask, images, instruction, context)
    if several:
        composition = next((step for step in instruction.steps if isinstance(step, Compose)), None)
        if composition is None:
            return None
        image, sentence = compose.composed(images, composition, context)
        return _apply_steps(image, instruction, context, [sentence])
    if not instruction.steps and quoted(request.prompt):
        return None
    return _apply_steps(images[0], instruction, context, [])


def _edit_inside(mask: Image, images: list[pyvips.Image], instruction: Instruction, context: EditContext) -> Image:
    """Edit the first image inside its mask, perhaps with what the others have."""
    context.hole = masking.hole_of(mask, context.size)
    instruction = masking.for_hole(instruction, context.hole)
    before, context.fit_sentence = fit.fitted(images[0], context.size)
    image, sentences = before, []
    for step in instruction.steps:
        if isinstance(step, Compose):
            image, sentence = compose.composed(images, step, context)
            sentences.append(sentence)
    return masking.inside(_apply_steps(image, instruction, context, sentences), before, context.hole)


def _load(source: Image) -> pyvips.Image:
    """Decode an input to sRGB, with its alpha channel if it has one."""
    image = pyvips.Image.new_from_buffer(source.data, "")
    colour = (image[: image.bands - 1] if image.hasalpha() else image).colourspace("srgb")
    return (colour.bandjoin(image[image.bands - 1]) if image.hasalpha() else colour).copy_memory()


def _apply_steps(image: pyvips.Image, instruction: Instruction, context: EditContext, sentences: list[str]) -> Image:
    """Apply shape, then changes of the content, then scale to the requested size, then finishes, frame and texts."""
    steps, original = instruction.steps, image
    for step in steps:
        if isinstance(step, Shape):
            image, sentence = shape.shaped(image, step, context)
            sentences.append(sentence)
    enlargement = fit.scale(image, context.size)
    image, crop_sentence = fit.scaled_or_cropped(image, context.size)
    for step in steps:
        if isinstance(step, Recolour | Tone | Background | Remove):
            before, (image, sentence) = image, _change_content(image, step, context)
            image, sentence = masking.held(before, image, sentence, step, context.hole)
            context.keep_subject(before, image)
            sentences.append(sentence)
    image, fit_sentence = fit.fitted(image, context.size)
    for step in steps:
        if isinstance(step, Finish):
            before, (image, sentence) = image, _apply_finish(image, step, enlargement, context)
            sentences.append(masking.held(before, image, sentence, step, context.hole)[1])
    image = _add_frame_and_texts(image, steps, context, sentences)
    none_done = not any(sentence.startswith("Done") for sentence in sentences)
    unchanged = "Nothing was changed: the picture is as it came." if none_done and image.bands == original.bands else ""
    warnings = filter(
        None,
        [
            *sentences,
            crop_sentence or fit_sentence or context.fit_sentence,
            *map(_not_done, instruction.left),
            unchanged,
        ],
    )
    rgba = image if image.hasalpha() else image.bandjoin(255)
    return Image(bytes(rgba.cast("uchar").write_to_memory()), RAW_RGBA, context.size, tuple(warnings))


def _change_content(
    image: pyvips.Image, step: Recolour | Tone | Background | Remove, context: EditContext
) -> StepResult:
    match step:
        case Recolour():
            return recolour.recoloured(image, step, context)
        case Tone():
            return tone.toned(image, step, context)
        case Background():
            return background.changed(image, step, context)
        case Remove():
            return filling.removed(image, step.thing, context.hole, context.seed)


def _apply_finish(image: pyvips.Image, step: Finish, enlargement: float, context: EditContext) -> StepResult:
    if step.name == "upscale":
        return finish.enlarged(image, enlargement, str(context.size))
    return finish.finished(image, step, context)


def _add_frame_and_texts(
    image: pyvips.Image, steps: tuple[Step, ...], context: EditContext, sentences: list[str]
) -> pyvips.Image:
    """The frame comes first: it may leave room for a caption."""
    room = None
    for step in steps:
        if isinstance(step, Frame):
            image, sentence, room = frame.framed(image, step, context)
            sentences.append(sentence)
    for step in steps:
        if isinstance(step, Lettering):
            image, sentence = lettering.with_texts(image, step, context, room)
            sentences.append(sentence)
    return image


def _not_done(part: tuple[str, str]) -> str:
    words, reason = part
    return f"Not done: “{words}”. {reason}"
