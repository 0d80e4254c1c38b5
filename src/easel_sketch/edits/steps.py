"""The steps an edit can be made of, as plain values. What each does is in the file of its family."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recolour:
    """What has the colour `old` becomes `new`; both are hex. `thing` is its name, if it has one."""

    thing: str
    old: str
    new: str
    called: str


@dataclass(frozen=True, slots=True)
class Tone:
    """A change of the light or the mood, by its name in tone.py.

    `where` is empty for the whole picture, else background or subject; what has the colour `spared` stays as it is.
    """

    name: str
    strength: float = 1.0
    where: str = ""
    spared: str = ""
    thing: str = ""


@dataclass(frozen=True, slots=True)
class Background:
    """What becomes of everything behind the subject: blur, remove, or fill with one or two colours."""

    action: str
    colours: tuple[str, ...] = ()
    called: str = ""


@dataclass(frozen=True, slots=True)
class Lettering:
    """Texts set on the picture: where, in which colour, how large, with which words about their style.

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
    """crop, zoom, extend, mirror, turn or cover. `ratio` is width by height; `amount` a share, a factor or degrees."""

    action: str
    ratio: str = ""
    place: str = ""
    amount: float = 0.0
    subject: bool = False


@dataclass(frozen=True, slots=True)
class Finish:
    """A treatment of the whole surface, by its name in finish.py."""

    name: str
    strength: float = 1.0
    colours: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """plain, polaroid or round, in a colour."""

    name: str
    colour: str = ""
    called: str = ""


@dataclass(frozen=True, slots=True)
class Compose:
    """How several pictures become one. `lead` is the number of the one that is placed or lends, if it is said."""

    name: str
    place: str = ""
    lead: int | None = None


Step = Recolour | Tone | Background | Lettering | Shape | Finish | Frame | Compose


@dataclass(frozen=True, slots=True)
class Instruction:
    """What can be done, in order, and the words that are left, each with the reason why nothing is done about them."""

    steps: tuple[Step, ...]
    left: tuple[tuple[str, str], ...] = ()
