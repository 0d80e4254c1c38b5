"""Edits of pictures that need no understanding of them: colour, light, ground, texts, shape, surface, several in one.

What an instruction asks beyond that is not done, and is said. Nothing is ever made up.
"""

import pyvips

from easel_sketch import library
from easel_sketch.drawing.canvas import Canvas
from easel_sketch.edits import background, compose, finish, fit, frame, lettering, recolour, shape, tone
from easel_sketch.edits.bench import Bench, Done
from easel_sketch.edits.instruction import read
from easel_sketch.edits.steps import (
    Background,
    Compose,
    Finish,
    Frame,
    Instruction,
    Lettering,
    Recolour,
    Shape,
    Step,
    Tone,
)
from easel_sketch.reading.quotes import quoted
from easel_sketch.request import RAW_RGBA, Image, Request

__all__ = ["edited", "read"]


def edited(request: Request, index: int, canvas: Canvas, fonts: library.Fonts) -> Image | None:
    """The picture that an instruction makes of its inputs; its warnings say what was done, and what was not.

    None when the words are no instruction that could be followed, and the inputs are better laid out on a page: several
    pictures and no way named to bring them together, or texts that are to be printed with one.
    """
    try:
        return _edited(request, Bench(canvas, fonts, request, index))
    except pyvips.Error as error:
        raise RuntimeError("An edit of the picture failed.") from error


def _edited(request: Request, bench: Bench) -> Image | None:
    several = len(request.inputs) > 1
    instruction = read(request.prompt, several=several)
    images = [_opened(picture) for picture in request.inputs]
    if several:
        way = next((step for step in instruction.steps if isinstance(step, Compose)), None)
        if way is None:
            return None
        image, sentence = compose.composed(images, way, bench)
        return _worked(image, instruction, bench, [sentence])
    if not instruction.steps and quoted(request.prompt):
        return None
    return _worked(images[0], instruction, bench, [])


def _opened(picture: Image) -> pyvips.Image:
    image = pyvips.Image.new_from_buffer(picture.data, "")
    colour = (image[: image.bands - 1] if image.hasalpha() else image).colourspace("srgb")
    return (colour.bandjoin(image[image.bands - 1]) if image.hasalpha() else colour).copy_memory()


def _worked(image: pyvips.Image, instruction: Instruction, bench: Bench, said: list[str]) -> Image:
    """Outline first, then what is in the picture, then the promised size, then what lies over the whole page."""
    steps, before = instruction.steps, image
    for step in steps:
        if isinstance(step, Shape):
            image, sentence = shape.shaped(image, step, bench)
            said.append(sentence)
    image, larger = fit.scaled(image, bench.size), fit.scale(image, bench.size)
    for step in steps:
        if isinstance(step, Recolour | Tone | Background):
            image, sentence = _within(image, step, bench)
            said.append(sentence)
    image, fitting = fit.fitted(image, bench.size)
    for step in steps:
        if isinstance(step, Finish):
            image, sentence = _over(image, step, larger, bench)
            said.append(sentence)
    image = _dressed(image, steps, bench, said)
    nothing = not any(sentence.startswith("Done") for sentence in said)
    unchanged = "Nothing was changed: the picture is as it came." if nothing and image.bands == before.bands else ""
    warnings = filter(None, [*said, fitting, *map(_not_done, instruction.left), unchanged])
    opaque = image if image.hasalpha() else image.bandjoin(255)
    return Image(bytes(opaque.cast("uchar").write_to_memory()), RAW_RGBA, bench.size, tuple(warnings))


def _within(image: pyvips.Image, step: Recolour | Tone | Background, bench: Bench) -> Done:
    if isinstance(step, Recolour):
        return recolour.recoloured(image, step)
    if isinstance(step, Tone):
        return tone.toned(image, step, bench)
    return background.changed(image, step, bench)


def _over(image: pyvips.Image, step: Finish, larger: float, bench: Bench) -> Done:
    if step.name == "upscale":
        return finish.enlarged(image, larger, str(bench.size))
    return finish.finished(image, step, bench)


def _dressed(image: pyvips.Image, steps: tuple[Step, ...], bench: Bench, said: list[str]) -> pyvips.Image:
    """Frame first, so that a caption can use the room it leaves."""
    room = None
    for step in steps:
        if isinstance(step, Frame):
            image, sentence, room = frame.framed(image, step, bench)
            said.append(sentence)
    for step in steps:
        if isinstance(step, Lettering):
            image, sentence = lettering.lettered(image, step, bench, room)
            said.append(sentence)
    return image


def _not_done(one: tuple[str, str]) -> str:
    words, why = one
    return f"Not done: “{words}”. {why}"
