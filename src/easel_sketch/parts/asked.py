"""The drawings of what a prompt asks to see, the main one first."""

from easel_sketch.drawing.commission import Commission
from easel_sketch.parts.named_things import is_drawn, named_in
from easel_sketch.reading.icon_names import known_drawing
from easel_sketch.reading.roles import BUTTON, CONTACT, DATE, PRICE
from easel_sketch.reading.subjects import Subject

_OF_NO_THING = (BUTTON, CONTACT, DATE, PRICE)


def asked_drawings(job: Commission) -> tuple[str, ...]:
    """The subjects' drawings, or those that the texts name if the prompt has no subjects; nothing of the theme.

    What is drawn as something wider is stood for by its sign first: a bookshop by books, then by a shop.
    """
    subjects = job.brief.subjects
    if subjects:
        names = (name for one in subjects for name in (_sign_of(one), one.drawing))
        return tuple(dict.fromkeys(name for name in names if name and is_drawn(name)))
    printed = " ".join(text.words for text in job.brief.texts if text.role not in _OF_NO_THING)
    return tuple(dict.fromkeys(thing.name for thing in named_in(printed, job.brief.unwanted)))


def _sign_of(subject: Subject) -> str:
    """The drawing of a word of a thing that is drawn as another: books for a bookshop, a pole for a barber shop."""
    words = reversed(subject.words.lower().split()[-2:]) if subject.near else ()
    return next((name for word in words if (name := known_drawing(word)) and name != subject.drawing), "")


def main_drawings(job: Commission) -> tuple[str, ...]:
    """What the prompt asks for, then what its theme offers; never empty."""
    return tuple(dict.fromkeys((*asked_drawings(job), *job.icons)))
