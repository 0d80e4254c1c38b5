"""Clothes on a drawn body: what lies over the torso, at the neck and behind the back, in pixels from the ground."""

from dataclasses import dataclass

from easel_sketch import library
from easel_sketch.colour.mixing import mix
from easel_sketch.drawing import icons
from easel_sketch.drawing.ink import polygon, rect, stroke, trace
from easel_sketch.drawing.shown import shown
from easel_sketch.parts.garments import GARMENTS, NECKWEAR, Torso
from easel_sketch.parts.head import Head

HATS, EYES, NECK = "hat", "eyes", ("scarf", "tie", "bow")
_SLEEVED = frozenset({"coat", "jacket", "suit", "sweater"})
TORSO = ("sweater", "shirt", "dress", "skirt", "suit", "vest", "jacket", "coat", "apron")
_MOTIF_BRIM = 0.95


@dataclass(frozen=True, slots=True)
class Garment:
    """Something worn: its drawing's name, its colour if one is asked for, and the word for it."""

    name: str
    colour: str = ""
    words: str = ""

    @property
    def _look(self) -> tuple[str, str]:
        """Its kind and usual colour: those of the word if the table has it, else those of the drawing."""
        worn = library.table("poses")["worn"]
        kind, tone = worn.get(self.words.replace(" ", "-")) or worn.get(self.name, ("", ""))
        return str(kind), str(tone)

    @property
    def kind(self) -> str:
        """How it is drawn; empty for what is no garment."""
        return self._look[0]

    @property
    def tone(self) -> str:
        """The colour that is drawn."""
        return self.colour or self._look[1] or "#5a7fb0"


def of_kind(worn: tuple[Garment, ...], *kinds: str) -> tuple[Garment, ...]:
    return tuple(garment for garment in worn if garment.kind in kinds)


def sleeves(worn: tuple[Garment, ...]) -> str:
    """The colour of the sleeves; empty if what is worn has none."""
    return next((garment.tone for garment in reversed(of_kind(worn, *_SLEEVED))), "")


def over_body(worn: tuple[Garment, ...], torso: Torso, shirt: str) -> str:
    """Everything on the torso, from the inside out; `shirt` shows where a garment is open."""
    parts = []
    for kind in TORSO:
        for garment in of_kind(worn, kind):
            inner = next((one.tone for one in of_kind(worn, "shirt", "sweater")), shirt)
            parts.append(shown(GARMENTS[kind](torso, garment.tone, inner), garment.name))
    for pack in of_kind(worn, "pack"):
        x, low = torso.upper * 0.62, torso.bottom + torso.high * 0.4
        straps = trace("M", -x, -torso.top, "V", -low, "M", x, -torso.top, "V", -low)
        parts.append(shown(stroke(straps, mix(pack.tone, "#000000", 0.2), torso.high * 0.09), pack.name))
    return "".join(parts)


def at_neck(worn: tuple[Garment, ...], torso: Torso) -> str:
    """Ties, bows and scarfs, over the other clothes."""
    return "".join(
        shown(NECKWEAR[garment.kind](-torso.top, torso.upper, torso.high, garment.tone), garment.name)
        for garment in of_kind(worn, *NECK)
    )


def behind_body(worn: tuple[Garment, ...], torso: Torso) -> str:
    """A cape or a rucksack."""
    parts = []
    for garment in of_kind(worn, "cape", "pack"):
        a, b, tone = torso.upper, torso.lower, garment.tone
        if garment.kind == "cape":
            cloth = [(-a, -torso.top), (a, -torso.top), (b * 2.1, -torso.bottom * 0.4), (-b * 2.1, -torso.bottom * 0.4)]
            drawn = polygon(cloth, tone) + polygon(
                [cloth[1], cloth[2], (b * 1.2, -torso.bottom * 0.3)], mix(tone, "#000000", 0.18)
            )
        else:
            drawn = rect(-b * 1.45, -torso.top * 0.98, b * 2.9, torso.high * 0.92, tone, b * 0.5)
        parts.append(shown(drawn, garment.name))
    return "".join(parts)


def on_head(worn: tuple[Garment, ...], head: Head) -> str:
    """Hats and glasses on the view box of a head's icon; nothing where the place is unknown."""
    parts = []
    for garment in of_kind(worn, EYES):
        if head.eyes:
            left, right, y, r = head.eyes
            size = (right - left) * 1.36 + 4 * r
            parts.append(icons.placed(garment.name, (left + right) / 2, y + size * 0.02, size, tint=garment.colour))
    for garment in of_kind(worn, HATS):
        if head.crown:
            x, y, brim = head.crown
            size = brim * 1.1
            low = library.table("poses")["brims"].get(garment.name, _MOTIF_BRIM)
            parts.append(icons.placed(garment.name, x, y + size * (0.5 - low) + size * 0.08, size, tint=garment.colour))
    return "".join(parts)


def on_animal(worn: tuple[Garment, ...], head: Head) -> str:
    """What a whole animal can wear, on the view box of its icon: also neckwear."""
    neck = ""
    if head.neck:
        x, y, wide = head.neck
        for garment in of_kind(worn, *NECK):
            drawn = NECKWEAR[garment.kind](0, wide * 0.46, wide * 1.5, garment.tone)
            neck += shown(f'<g transform="translate({x:.1f} {y:.1f})">{drawn}</g>', garment.name)
    return neck + on_head(worn, head)
