"""Edits of one picture that need no understanding of it: colours of things, light and mood, shape and sharpness.

What an instruction asks beyond that is not done, and is said. Nothing is ever made up.
"""

import pyvips

from easel.domain import RAW_RGBA, Picture, Size
from easel.providers.sketch.edits import fit, recolour, tone
from easel.providers.sketch.edits.instruction import Instruction, Recolour, Tone, read

__all__ = ["edited", "read"]


def edited(instruction: Instruction, picture: Picture, size: Size) -> Picture:
    """The picture with what can be done of it, at the promised size; its warnings say what was done, and what not."""
    image = pyvips.Image.new_from_buffer(picture.data, "").copy_memory()
    said: list[str] = []
    for step in instruction.steps:
        if isinstance(step, Recolour):
            image, sentence = recolour.recoloured(image, step)
        elif isinstance(step, Tone):
            image, sentence = tone.toned(image, step.name), ""
        if sentence:
            said.append(sentence)
    image, sentence = fit.fitted(image, size)
    warnings = filter(None, [*said, sentence, *map(_not_done, instruction.left)])
    opaque = image if image.hasalpha() else image.bandjoin(255)
    return Picture(bytes(opaque.cast("uchar").write_to_memory()), RAW_RGBA, size, tuple(warnings))


def _not_done(words: str) -> str:
    return f"Not done: {words}. The sketch painter changes colours and light of what is there; it makes nothing new."
