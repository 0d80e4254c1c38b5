"""The steps of an edit as plain values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recolour:
    """Change things of colour `old` to `new` (hex values). `thing` is the thing's name, if any; `called` the new
    colour's. Without `old`, all that is inside the mask changes, or the subject.
    """

    thing: str
    old: str
    new: str
    called: str


@dataclass(frozen=True, slots=True)
class Tone:
    """A change of light or mood, named in tone.py.

    `where` is empty for the whole image, else "background" or "subject"; things of the colour `spared` do not change.
    `thing` is the name of what is spared, if any: of that colour, or of the subject.
    """

    name: str
    strength: float = 1.0
    where: str = ""
    spared: str = ""
    thing: str = ""


@dataclass(frozen=True, slots=True)
class Background:
    """`action` is blur, remove, fill with one or two colours, or scene: the place `called` is drawn."""

    action: str
    colours: tuple[str, ...] = ()
    called: str = ""


@dataclass(frozen=True, slots=True)
class Remove:
    """Fill what is inside the mask from around it. `thing` is the name of what was there, if any."""

    thing: str = ""


@dataclass(frozen=True, slots=True)
class Lettering:
    """Texts to set on the image: place, colour, size, and words about their style (`asked`).

    `plate` is empty for none, else its colour, or "auto".
    """

    texts: tuple[str, ...]
    place: str
    colour: str = ""
    size: str = ""
    plate: str = ""
    watermark: bool = False
    asked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """`action` is crop, zoom, extend, mirror, turn or cover. `ratio` is "width:height"; `amount` a share, factor or
    angle.
    """

    action: str
    ratio: str = ""
    place: str = ""
    amount: float = 0.0
    subject: bool = False


@dataclass(frozen=True, slots=True)
class Finish:
    """A finish of the whole image, named in finish.py."""

    name: str
    strength: float = 1.0
    colours: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """`name` is plain, polaroid or round."""

    name: str
    colour: str = ""
    called: str = ""


@dataclass(frozen=True, slots=True)
class Compose:
    """A composition of several images. `lead` is the index of the one that is placed or gives its colours, if named."""

    name: str
    place: str = ""
    lead: int | None = None


Step = Recolour | Tone | Background | Remove | Lettering | Shape | Finish | Frame | Compose


@dataclass(frozen=True, slots=True)
class Instruction:
    """The steps in order, and the words that are not done, each with the reason."""

    steps: tuple[Step, ...]
    left: tuple[tuple[str, str], ...] = ()
