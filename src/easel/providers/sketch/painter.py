"""From a piece of work to finished pixels: read the brief, choose its look, lay it out, check the words, render.

The same work always gives the same pictures: all chance comes from what was asked for and the picture's number.
"""

import functools
import hashlib
import json
from random import Random

from easel.domain import RAW_RGBA, Picture, Work
from easel.providers.sketch import brief as briefs
from easel.providers.sketch import edits, library, lookup, palette, proof, typefaces
from easel.providers.sketch.canvas import TakumiCanvas
from easel.providers.sketch.commission import HIGH, LOW, MEDIUM, Commission, Inset
from easel.providers.sketch.layouts import LAYOUTS
from easel.providers.sketch.ornament import GRAIN, grain

_DETAIL = {"low": LOW, "medium": MEDIUM, "high": HIGH, "auto": HIGH}
_ICONS = 12
PLACED_AS_IS = (
    "The sketch painter placed the input images as they are. Of one picture it can change the colour of what is named "
    "by its colour, the light and the mood; it makes nothing new."
)


class Painter:
    """One canvas and its fonts, shared by every thread of a process."""

    def __init__(self) -> None:
        self._canvas = TakumiCanvas()
        self._fonts = library.Fonts(self._canvas)

    def paint(self, work: Work, index: int) -> Picture:
        """One picture of the work, with a sentence for whatever it does not show."""
        if len(work.inputs) == 1 and (instruction := edits.read(work.prompt)).steps:
            return edits.edited(instruction, work.inputs[0], work.size)
        job, html = self.laid_out(work, index)
        images = {inset.key: picture.data for inset, picture in zip(job.insets, work.inputs, strict=True)}
        pixels = self._canvas.render(html, work.size, {**images, GRAIN: grain()})
        warnings = proof.warnings(self._canvas, job, html)
        return Picture(pixels, RAW_RGBA, work.size, (*warnings, PLACED_AS_IS) if work.inputs else tuple(warnings))

    def laid_out(self, work: Work, index: int) -> tuple[Commission, str]:
        """The commission of one picture and its page, before any pixel is drawn."""
        job = self.commission(work, index)
        page = LAYOUTS[job.brief.layout](job)
        w, h = work.size.width, work.size.height
        style = f"position:relative;display:flex;width:{w}px;height:{h}px;overflow:hidden;"
        return job, f'<div style="{style}">{page}</div>'

    def commission(self, work: Work, index: int) -> Commission:
        transparent = work.background == "transparent"
        brief = briefs.read(work.prompt, transparent=transparent, edits=bool(work.inputs))
        look = Random(_seed(work, None))  # noqa: S311  luck, not secrets
        rng = Random(_seed(work, index))  # noqa: S311
        theme = lookup.theme((*brief.subject, *brief.mentions), brief.text)
        voice = typefaces.choose(brief.asked, brief.layout, brief.text, rng if index else look)
        self._fonts.load(voice.fonts)
        found = lookup.find(brief.subject, brief.text, _ICONS, theme.icons, brief.mentions)
        return Commission(
            brief=brief,
            palette=palette.choose(brief.asked, theme.palette, look, index),
            voice=voice,
            theme=theme,
            icons=_arranged(found, index) or ("sparkles",),
            size=work.size,
            detail=_DETAIL.get(work.quality, HIGH),
            index=index,
            rng=rng,
            canvas=self._canvas,
            insets=tuple(Inset(f"input{i}", picture.size) for i, picture in enumerate(work.inputs)),
            transparent=transparent,
        )


def _arranged(found: list[str], index: int) -> tuple[str, ...]:
    """The icons in another order for each further picture, the best two taking turns in the lead."""
    turn = index % 2
    front, back = found[:2], found[2:]
    shift = index % max(1, len(back))
    return (*front[turn:], *front[:turn], *back[shift:], *back[:shift])


def _seed(work: Work, index: int | None) -> int:
    """A number that depends on what was asked for and nothing else."""
    asked = [
        work.model,
        work.prompt,
        [work.size.width, work.size.height],
        work.quality,
        work.background,
        sorted((str(key), repr(value)) for key, value in work.params.items()),
        [hashlib.sha256(picture.data).hexdigest() for picture in work.inputs],
        index,
    ]
    return int.from_bytes(hashlib.sha256(json.dumps(asked, ensure_ascii=True).encode()).digest()[:8], "big")


@functools.cache
def the_painter() -> Painter:
    """The one painter of this process: its fonts and icons are worth sharing."""
    return Painter()
