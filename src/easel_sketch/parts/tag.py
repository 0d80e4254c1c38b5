"""Labels with the plain names of what is drawn, for prompts that ask for labels without giving their words."""

from collections.abc import Sequence

from easel_sketch import library
from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, stroke, trace
from easel_sketch.drawing.ornament import shadow
from easel_sketch.reading import words
from easel_sketch.reading.requests import LABELS
from easel_sketch.reading.translations import word_for
from easel_sketch.type import typeset

_SIZE = 23  # type size of a label, in thousandths of the page


def named_icons(job: Commission) -> tuple[str, ...]:
    """The icons of an image that asks for labels without giving them, if they can be named; else none.

    Each name is there once. An icon without a word in the language of the prompt is left out.
    """
    brief = job.brief
    if LABELS not in brief.wants or (brief.quotes and brief.items):
        return ()
    own = {name_of(job, name): name for name in reversed(job.icons)}
    return tuple(name for name in job.icons if name_of(job, name) and own[name_of(job, name)] == name)


def name_of(job: Commission, icon: str) -> str:
    """What a label calls an icon: the word of the prompt for it, or its plain name; empty if the language has none."""
    asked = (one.words for one in job.brief.subjects if one.drawing == icon and not one.near)
    plain = library.table("names")["plain"].get(icon) or icon.split("-with-")[0].replace("-", " ")
    if not job.brief.is_english:
        return words.titled(
            word_for(icon, job.brief.tongue) or word_for(str(plain), job.brief.tongue) or next(asked, "")
        )
    return words.titled(next(asked, str(plain)))


def figure_of(job: Commission, names: Sequence[str]) -> str:
    """The icon of the subject: of the first thing the prompt names, else of the scene's figure."""
    asked = (one.drawing for one in job.brief.subjects)
    usual = library.table("names")["figure"].get(job.theme.scene, ())
    return next((name for name in (*asked, *usual) if name in names), names[0])


def tag(job: Commission, x: float, y: float, text: str, tone: str, within: Box) -> str:
    """A name on a small plate centred on (x, y), moved into `within`."""
    u, size = job.unit, _SIZE * job.unit
    wide = typeset.widths(job.canvas, [text], job.faces.label)[0] * size / 100 + 22 * u
    high = size * 1.62
    left = min(max(x - wide / 2, within.x + 6 * u), within.right - wide - 6 * u)
    top = min(max(y - high / 2, within.y + 6 * u), within.bottom - high - 6 * u)
    style = f"background:{job.palette.surface};border:{2 * u:.1f}px solid {tone};border-radius:{high / 2:.1f}px;"
    word = typeset.line(text, job.faces.label, size, job.palette.ink, "line-height:1.2;")
    return Box(left, top, wide, high).div(word, f"{style}{shadow(job, 0.4)}align-items:center;justify-content:center;")


def pointer(job: Commission, start: tuple[float, float], end: tuple[float, float], tone: str) -> str:
    """A line from a label to a dot on the part it names."""
    u, surface = job.unit, job.palette.surface
    way = trace("M", *start, "L", *end)
    line = stroke(way, surface, 6 * u) + stroke(way, tone, 3 * u)
    return line + circle(*end, 8 * u, surface) + circle(*end, 5.5 * u, tone)


def scene_parts(job: Commission) -> Sequence[tuple[str, Sequence[float]]]:
    """The parts of a scene that have names: each with the shares of its own position and of its label's."""
    parts, tongue = library.table("names")["scene"].get(job.theme.scene, {}), job.brief.tongue
    if job.brief.is_english:
        return tuple(parts.items())
    return tuple((word, place) for name, place in parts.items() if (word := word_for(name, tongue)))


def feeds(scene: str) -> Sequence[str]:
    """The icons of what the figure of a scene lives on."""
    return tuple(library.table("names")["feeds"].get(scene, ()))
