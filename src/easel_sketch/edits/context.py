"""What the steps of an edit share: the canvas, the requested size, and the detected subject."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

import pyvips

from easel_sketch import library
from easel_sketch.drawing.canvas import Canvas
from easel_sketch.edits import subject
from easel_sketch.edits.subject import Subject
from easel_sketch.request import Request, Size
from easel_sketch.type import typefaces
from easel_sketch.type.typefaces import Faces

# Draws the place that words name: RGBA rows of a size, and sentences about what they do not show; None for other words.
Scenery = Callable[[str, Size], tuple[bytes, tuple[str, ...]] | None]
StepResult = tuple[pyvips.Image, str]  # the image after a step, and a sentence about what was done or why not


@dataclass(slots=True)
class EditContext:
    """State of one edit. `index` is the image's number within the request.

    `hole` is 255 where the fitted image may change, 0 elsewhere; None without a mask. `fit_sentence` says how
    the image was fitted before it was edited inside a mask.
    """

    canvas: Canvas
    fonts: library.Fonts
    request: Request
    index: int
    scenery: Scenery
    hole: pyvips.Image | None = None
    fit_sentence: str = ""
    _subject: tuple[pyvips.Image, Subject] | None = None

    @property
    def size(self) -> Size:
        return self.request.size

    @property
    def transparent_output(self) -> bool:
        """Whether the output can be transparent."""
        return self.request.background != "opaque" and self.request.output_format != "jpeg"

    def subject(self, image: pyvips.Image) -> Subject:
        """The subject of an image; the last one is cached."""
        if self._subject is None or self._subject[0] is not image:
            self._subject = (image, subject.found(image))
        return self._subject[1]

    def keep_subject(self, before: pyvips.Image, after: pyvips.Image) -> None:
        """A change of colours leaves the subject where it was: what was found in `before` is that of `after`."""
        alike = (before.width, before.height) == (after.width, after.height)
        if self._subject is not None and self._subject[0] is before and alike:
            self._subject = (after, self._subject[1])

    def faces(self, asked: tuple[str, ...], text: str) -> Faces:
        """Typefaces for a text, by the words about its style; bold sans-serif by default."""
        vocabulary = {word for entry in library.table("typefaces")["faces"].values() for word in entry["words"]}
        known_words = tuple(word for word in asked if word in vocabulary) or ("sans",)
        faces = typefaces.choose(known_words, "card", text, Random(0))  # noqa: S311  repeatable, no secrets
        self.fonts.load(faces.fonts)
        return faces

    @property
    def seed(self) -> int:
        """The seed of grain and noise."""
        return (
            sum(ord(letter) * (place + 1) for place, letter in enumerate(self.request.prompt[:200])) + self.index * 7919
        )
