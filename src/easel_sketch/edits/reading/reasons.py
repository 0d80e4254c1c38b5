"""Reasons why words of an instruction are not done."""

from easel_sketch.edits.steps import Step

UNREAD = "It was not understood."
NOTHING_NEW = "The sketch engine works with the pixels that are there: it makes no new things, faces, poses or scenes."
MATERIAL = "A thing that is there gets another colour, but neither another shape nor another material."
BY_COLOUR = (
    "Things are found by their colour: name the one it has now, as in “change the red hat to blue”, or mark the thing "
    "with a mask."
)
NEEDS_MASK = "Mark it with a mask: what is inside one is filled from what is around it."
ONLY_WHOLE = (
    "Light, colour and sharpness change for the whole picture, its subject or its background, not for a part of it."
)
NO_LETTERS = "Lettering that is in the picture cannot be changed; new texts can be set on it."

ParsedClause = tuple[list[Step], list[tuple[str, str]]]  # steps, and the words left over, each with the reason
