"""The colours of an abstract image: those that the prompt names, or the palette's accents."""

from dataclasses import dataclass

from easel_sketch.colour.mixing import mix
from easel_sketch.colour.tone import lightness, toned
from easel_sketch.drawing.commission import Commission


@dataclass(frozen=True, slots=True)
class Inks:
    """`all` are the leading colours in order; `paper` the ground; `ink` the darkest; `flow` those of gradients."""

    all: tuple[str, ...]
    paper: str
    ink: str
    dark: bool
    flow: tuple[str, ...] = ()

    @property
    def shades(self) -> tuple[str, ...]:
        shades = [mix(colour, self.paper, 0.4) for colour in self.all]
        return (*self.all, *shades, self.ink) if len(self.all) > 2 else (*self.all, *shades)

    def blend(self, share: float) -> str:
        """A colour of the gradient along `flow`; `share` is 0 to 1."""
        at = share * (len(self.flow) - 1)
        low = min(int(at), len(self.flow) - 2)
        return mix(self.flow[low], self.flow[low + 1], at - low)


def inks_of(job: Commission) -> Inks:
    """The named colours, or the first accents; completed by lighter and darker shades."""
    palette = job.palette
    named = palette.name.split("+") if palette.name.startswith("#") else []
    lead = list(dict.fromkeys(named)) or list(palette.accents[:3])
    if len(lead) < 3:
        first = lead[0]
        lead += [toned(first, min(0.88, lightness(first) + 0.22)), toned(first, max(0.25, lightness(first) - 0.22))]
    turn = job.index % len(lead)
    lead = [*lead[turn:], *lead[:turn]]
    ink = palette.ramp[0] if not palette.dark else palette.ink
    return Inks(tuple(lead), palette.ground, ink, palette.dark, tuple(lead if named else _analogous(lead[0])))


def _analogous(colour: str) -> list[str]:
    """Neighbouring hues of a colour, one darker and one lighter."""
    light = lightness(colour)
    return [toned(colour, max(0.34, light - 0.16), turn=-34), colour, toned(colour, min(0.84, light + 0.2), turn=38)]
