"""Build a palette from the colours a prompt names."""

from collections.abc import Sequence

from easel_sketch.colour.colour_words import ColourRequest
from easel_sketch.colour.mixing import contrast, readable
from easel_sketch.colour.tone import Tone, hex_of, hue_gap, lightness, neutral, tone, toned

_DEEP, _PALE = 0.4, 0.86
_DARK_GROUND_BELOW = 0.7  # a lighter colour has too little contrast on a dark ground of its own hue
_CHROMA_GAIN = 4.0
_BRIGHT = 0.78
_NEAR_HUES = 70  # degrees within which two hues can share a ramp
_GREY = "#2a2b31"
_METAL = (60, 100, 0.04, 0.15)  # least and greatest hue, least and greatest chroma
_YELLOWISH = (50, 118)  # hues that become an unpleasant green when they are shifted upwards
_ACCENTS = 5
_VARIATIONS = ((0.16, 0), (0.02, 28), (-0.13, 0), (0.06, -26), (0.24, 14))  # lightness offset, hue shift in degrees


class NamedColours:
    """The requested colours sorted by use; `lead` depends on the image's index."""

    __slots__ = ("all", "chromatic", "lead", "neutral", "pale", "scenery", "second")

    def __init__(self, wish: ColourRequest, index: int, fallback: str) -> None:
        self.all = list(wish.colours)
        self.neutral = [colour for colour in self.all if neutral(colour)]
        others = [colour for colour in self.all if not neutral(colour) and colour != wish.ground]
        turn = index % len(others) if others else 0
        self.chromatic = [*others[turn:], *others[:turn]]
        strong = [colour for colour in self.chromatic if lightness(colour) < _PALE] or self.chromatic
        spare = next(
            (colour for colour in self.neutral if lightness(colour) < 0.75 and colour != wish.ground), fallback
        )
        # Black and white alone mean an image in greys.
        self.lead = (
            strong[0] if strong else _GREY if len(self.neutral) == len(self.all) and len(self.all) > 1 else spare
        )
        # Gold and silver suit details; scenery takes another colour if there is one.
        body = [colour for colour in (*strong, wish.ground) if colour and not _metal(colour) and not neutral(colour)]
        self.scenery = body[0] if body and _metal(self.lead) else self.lead
        self.second = next((colour for colour in strong if colour != self.scenery), "")
        self.pale = next((colour for colour in self.all if lightness(colour) >= _PALE), "")


def ground_of(wish: ColourRequest, named: NamedColours, *, dark_mood: bool, index: int) -> tuple[str, bool]:
    """The ground's colour, and whether it is dark."""
    if wish.ground:
        return _ground_shade(wish.ground), _carries_white_text(wish.ground)
    if wish.dark or (not wish.light and (dark_mood or _wants_dark_ground(named, index))):
        return _dark_ground(named), True
    if named.pale:
        pale = tone(named.pale)
        return hex_of(Tone(max(pale.light, 0.955), min(pale.chroma, 0.028), pale.hue)), False
    own = tone(named.lead)
    return hex_of(Tone(0.96, min(0.024, own.chroma), own.hue)), False


def _ground_shade(colour: str) -> str:
    """A colour as ground: pure black and pure white are softened a little."""
    own = tone(colour)
    return hex_of(Tone(min(0.985, max(0.17, own.light)), own.chroma, own.hue))


def _carries_white_text(colour: str) -> bool:
    return contrast("#ffffff", colour) >= 4.2


def _wants_dark_ground(named: NamedColours, index: int) -> bool:
    """Black with a colour, a deep colour with a metal; and every second image in a single colour."""
    if named.pale:
        return False
    blacks = [colour for colour in named.neutral if lightness(colour) < _DEEP]
    if blacks:
        return bool(named.chromatic)
    metals, rich = [c for c in named.chromatic if _metal(c)], [c for c in named.chromatic if lightness(c) < 0.62]
    if metals and any(not _metal(colour) for colour in rich):
        return True
    return (
        len(named.chromatic) == 1
        and index % 2 == 1
        and lightness(named.lead) < _DARK_GROUND_BELOW
        and not _metal(named.lead)
    )


def _metal(colour: str) -> bool:
    """Whether a colour looks like gold, brass or silver."""
    own, (low, high, weak, strong) = tone(colour), _METAL
    return (low <= own.hue <= high and weak <= own.chroma <= strong and own.light > 0.5) or (
        own.chroma < 0.03 and 0.6 < own.light < 0.85
    )


def _dark_ground(named: NamedColours) -> str:
    blacks = [colour for colour in named.neutral if lightness(colour) < _DEEP]
    if blacks:
        own = tone(named.lead)
        return hex_of(Tone(0.185, min(0.012, own.chroma), own.hue))
    body = [colour for colour in named.chromatic if not _metal(colour)] or [named.lead]
    deepest = min(body, key=lightness)
    own = tone(deepest)
    return hex_of(Tone(min(own.light, 0.3), min(own.chroma, 0.12), own.hue))


def surface_of(ground: str, *, dark: bool) -> str:
    own = tone(ground)
    if dark:
        return hex_of(Tone(own.light + 0.05, own.chroma, own.hue))
    return "#ffffff" if own.light > 0.965 else hex_of(Tone(min(0.99, own.light + 0.03), own.chroma * 0.5, own.hue))


def ink_of(ground: str, surface: str, named: NamedColours, *, dark: bool) -> str:
    own = tone(min([named.lead, *named.all], key=lightness))
    if dark:
        warm = tone(named.pale or named.lead)
        ink = hex_of(Tone(0.965, min(0.03, warm.chroma), warm.hue))
    else:
        ink = hex_of(Tone(min(0.3, own.light), min(own.chroma, 0.09), own.hue))
    return readable(ink, ground, surface, least=8 if dark else 9) if contrast(ink, ground) < 8 else ink


def accents_of(ground: str, named: NamedColours, joined: Sequence[str], *, dark: bool) -> tuple[str, ...]:
    """The named colours first, then the mood's if they differ enough, then lighter and darker variants of the first."""
    # Colours close to the ground's come after those that stand out from it.
    leading = sorted(_by_use(named), key=lambda colour: contrast(colour, ground) < (1.6 if dark else 1.2))
    accents = [_visible(colour, ground, dark=dark) for colour in leading]
    for colour in joined:
        if all(hue_gap(colour, other) > 24 or abs(lightness(colour) - lightness(other)) > 0.2 for other in accents):
            accents.append(_visible(colour, ground, dark=dark))
    bases = accents[: 2 if named.second else 1] or [named.lead]
    for rise, turn in _VARIATIONS:
        for colour in bases:
            own = tone(colour)
            light = min(0.86, max(0.3, own.light + rise))
            turned = -abs(turn) / 2 if _YELLOWISH[0] < own.hue < _YELLOWISH[1] else turn
            accents.append(_visible(hex_of(Tone(light, own.chroma, (own.hue + turned) % 360)), ground, dark=dark))
    return tuple(dict.fromkeys(accents))[:_ACCENTS]


def _by_use(named: NamedColours) -> list[str]:
    """Strong colours, then middle greys, then pale colours."""
    strong = [colour for colour in named.chromatic if lightness(colour) < _PALE]
    pale = [colour for colour in named.chromatic if lightness(colour) >= _PALE]
    rest = [colour for colour in named.neutral if 0.3 < lightness(colour) < _PALE]
    return [*(strong or [named.lead]), *rest, *pale]


def _visible(colour: str, ground: str, *, dark: bool) -> str:
    """Lighten or darken a colour until it stands out from the ground."""
    own = tone(colour)
    light = own.light
    while contrast(colour, ground) < (2.6 if dark else 1.7) and 0.2 < light < 0.9:
        light += 0.03 if dark else -0.03
        # A pale colour needs more chroma when it is darkened, or it looks grey.
        colour = toned(hex_of(own), light, 1 + max(0.0, own.light - light) * _CHROMA_GAIN)
    return colour


def _shade(colour: str, light: float, most: float = 1.0) -> Tone:
    shaded = tone(toned(colour, light))
    return Tone(shaded.light, min(shaded.chroma, most), shaded.hue)


def ramp_of(named: NamedColours) -> tuple[str, ...]:
    """Five steps from dark to light in the lead's hue; a second colour of near hue or a metal gives the light ones."""
    own, black = tone(named.scenery), any(lightness(colour) < _DEEP for colour in named.neutral)
    chroma, dim = own.chroma, 0.25 if black else 1.0
    bright = own.light > _BRIGHT
    low = [_shade(named.scenery, 0.2, 0.07 * dim), _shade(named.scenery, min(0.36, own.light), 0.13 * dim)]
    middle = _shade(named.scenery, min(0.74 if bright else 0.64, max(0.5, own.light)))
    high = Tone(0.86 if bright else 0.79, chroma * 0.62, own.hue)
    if named.second:
        other = tone(named.second)
        if _metal(named.second) or (hue_gap(named.scenery, named.second) < _NEAR_HUES):
            high = Tone(max(0.76, other.light), other.chroma, other.hue)
            if own.light < 0.5 and hue_gap(named.scenery, named.second) >= _NEAR_HUES:
                middle = Tone(0.56, other.chroma * 0.8, other.hue)
    pale = tone(named.pale) if named.pale else high
    top = Tone(0.965, min(0.035, pale.chroma), pale.hue)
    return tuple(hex_of(step) for step in (*low, middle, high, top))
