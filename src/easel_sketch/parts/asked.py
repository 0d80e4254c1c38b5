"""The drawings of what a prompt asks to see, the main one first."""

from easel_sketch.drawing.commission import Commission
from easel_sketch.parts.named_things import in_scene, named_in
from easel_sketch.reading.roles import BUTTON, CONTACT, DATE, PRICE

_OF_NO_THING = (BUTTON, CONTACT, DATE, PRICE)


def asked_drawings(job: Commission) -> tuple[str, ...]:
    """The subjects' drawings, or those that the texts name if the prompt has no subjects; nothing of the theme."""
    if job.brief.subjects:
        return tuple(thing.name for thing in in_scene(job))
    printed = " ".join(text.words for text in job.brief.texts if text.role not in _OF_NO_THING)
    return tuple(dict.fromkeys(thing.name for thing in named_in(printed, job.brief.unwanted)))


def main_drawings(job: Commission) -> tuple[str, ...]:
    """What the prompt asks for, then what its theme offers; never empty."""
    return tuple(dict.fromkeys((*asked_drawings(job), *job.icons)))
