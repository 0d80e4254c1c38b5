"""What the steps of an edit work with: the canvas, the promised size, and the picture's subject once it is found."""

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

Done = tuple[pyvips.Image, str]  # the picture after a step, and a sentence of what was done, or why not


@dataclass(slots=True)
class Bench:
    """One edit under way. `index` counts the pictures of a job."""

    canvas: Canvas
    fonts: library.Fonts
    request: Request
    index: int
    _seen: tuple[pyvips.Image, Subject] | None = None

    @property
    def size(self) -> Size:
        return self.request.size

    @property
    def see_through(self) -> bool:
        """Whether the picture that leaves can be transparent."""
        return self.request.background != "opaque" and self.request.output_format != "jpeg"

    def subject(self, image: pyvips.Image) -> Subject:
        """The subject of a picture, looked for once."""
        if self._seen is None or self._seen[0] is not image:
            self._seen = (image, subject.found(image))
        return self._seen[1]

    def faces(self, asked: tuple[str, ...], text: str) -> Faces:
        """Faces for a text, by the words about its style; plain and strong when there are none."""
        known = {word for entry in library.table("typefaces")["faces"].values() for word in entry["words"]}
        heard = tuple(word for word in asked if word in known) or ("sans",)
        faces = typefaces.choose(heard, "card", text, Random(0))  # noqa: S311  luck, not secrets
        self.fonts.load(faces.fonts)
        return faces

    @property
    def seed(self) -> int:
        """A number for grain and noise: the same for the same request."""
        return (
            sum(ord(letter) * (place + 1) for place, letter in enumerate(self.request.prompt[:200])) + self.index * 7919
        )
