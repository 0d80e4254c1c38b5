"""From a request to finished pixels: read the brief, choose its look, lay it out, check the words, render.

The same request always gives the same pictures: all chance comes from what was asked for and the picture's number.
"""

import functools
import hashlib
import json
from collections.abc import Mapping
from random import Random
from typing import Any

from easel_sketch import edits, library
from easel_sketch.colour import palette
from easel_sketch.drawing.canvas import TakumiCanvas, over
from easel_sketch.drawing.commission import HIGH, LOW, MEDIUM, Commission, Inset, Page
from easel_sketch.drawing.ornament import GRAIN, grain
from easel_sketch.reading import brief as briefs
from easel_sketch.reading import lookup
from easel_sketch.recipes import recipe
from easel_sketch.request import RAW_RGBA, Image, Request
from easel_sketch.type import proof, typefaces

_DETAIL = {"low": LOW, "medium": MEDIUM, "high": HIGH, "auto": HIGH}
_ICONS = 12
_TAKES_ALL = "card"
# Texts, and letters: nothing but a card is for more, and another try at them would take its time.
_MANY, _LONG = 120, 6000
_Laid = tuple[Commission, Page, list[proof.Finding]]
PLACED_AS_IS = (
    "The sketch engine placed the input images as they are. It can change the colours, light, background, shape and "
    "surface of one, set texts on it, and bring several together; it makes nothing new."
)


class Engine:
    """One canvas and its fonts, shared by every thread of a process."""

    def __init__(self) -> None:
        self._canvas = TakumiCanvas()
        self._fonts = library.Fonts(self._canvas)

    def draw(self, request: Request, index: int) -> Image:
        """One picture of the request, with a sentence for whatever it does not show."""
        if request.inputs and (edited := edits.edited(request, index, self._canvas, self._fonts)):
            return edited
        job, page, found = self._settled(request, index)
        images = {inset.key: picture.data for inset, picture in zip(job.insets, request.inputs, strict=True)}
        pixels = self._canvas.render(page.html, request.size, {**images, GRAIN: grain()})
        if page.ground:
            pixels = over(pixels, page.ground(), request.size)
        warnings = tuple(finding.sentence for finding in found)
        return Image(pixels, RAW_RGBA, request.size, (*warnings, PLACED_AS_IS) if request.inputs else warnings)

    def explain(self, request: Request) -> Mapping[str, Any]:
        """What was read in the prompt and chosen for the first picture: plain JSON, the same for the same request."""
        job = self.commission(request, 0)
        palette = job.palette
        chosen = {
            "palette": [palette.ground, palette.ink, *palette.accents],
            "voice": job.voice.name,
            "scene": job.theme.scene,
            "icons": list(job.icons),
        }
        return {**briefs.as_data(job.brief), **chosen}

    def laid_out(self, request: Request, index: int) -> tuple[Commission, Page]:
        """The commission of one picture and its page, before any pixel is drawn."""
        job, page, _ = self._settled(request, index)
        return job, page

    def _settled(self, request: Request, index: int) -> _Laid:
        """The page and what is wrong with its words.

        One whose words have a fault is laid out again as a card, which takes any number of them.
        """
        laid = self._drawn(request, index)
        if _too_much(laid[0]) or laid[0].brief.kind == _TAKES_ALL or not (faults := _faults(laid)):
            return laid
        card = self._drawn(request, index, kind=_TAKES_ALL)
        return card if _faults(card) < faults else laid

    def _drawn(self, request: Request, index: int, kind: str | None = None) -> _Laid:
        job = self.commission(request, index)
        page = recipe(_TAKES_ALL if _too_much(job) else kind or job.brief.kind)(job)
        w, h = request.size.width, request.size.height
        style = f"position:relative;display:flex;width:{w}px;height:{h}px;overflow:hidden;"
        page = Page(f'<div style="{style}">{page.html}</div>', page.ground)
        return job, page, proof.findings(self._canvas, job, page.html)

    def commission(self, request: Request, index: int) -> Commission:
        transparent = request.background == "transparent"
        brief = briefs.read(request.prompt, transparent=transparent, edits=bool(request.inputs))
        look = Random(_seed(request, None))  # noqa: S311  luck, not secrets
        rng = Random(_seed(request, index))  # noqa: S311
        theme = lookup.theme((*brief.subject, *brief.mentions), brief.text)
        voice = typefaces.choose(brief.asked, brief.kind, brief.text, rng if index else look)
        self._fonts.load(voice.fonts)
        found = lookup.find(brief.subject, brief.text, _ICONS, theme.icons, brief.mentions)
        return Commission(
            brief=brief,
            palette=palette.choose(brief.asked, theme.palette, look, index),
            voice=voice,
            theme=theme,
            icons=_arranged(found, index) or ("sparkles",),
            size=request.size,
            detail=_DETAIL.get(request.quality, HIGH),
            index=index,
            rng=rng,
            canvas=self._canvas,
            insets=tuple(Inset(f"input{i}", picture.size) for i, picture in enumerate(request.inputs)),
            transparent=transparent,
            named=tuple(lookup.named(brief.scene)),
        )


def _faults(laid: _Laid) -> int:
    """How many texts are not as they should be, where another layout could help."""
    return sum(max(1, len(finding.texts)) for finding in laid[2] if finding.repairable)


def _too_much(job: Commission) -> bool:
    texts = job.brief.texts
    return len(texts) > _MANY or sum(len(text.words) for text in texts) > _LONG


def _arranged(found: list[str], index: int) -> tuple[str, ...]:
    """The icons in another order for each further picture, the best two taking turns in the lead."""
    turn = index % 2
    front, back = found[:2], found[2:]
    shift = index % max(1, len(back))
    return (*front[turn:], *front[:turn], *back[shift:], *back[:shift])


def _seed(request: Request, index: int | None) -> int:
    """A number that depends on what was asked for and nothing else."""
    asked = [
        request.model,
        request.prompt,
        [request.size.width, request.size.height],
        request.quality,
        request.background,
        sorted((str(key), repr(value)) for key, value in request.params.items()),
        [hashlib.sha256(picture.data).hexdigest() for picture in request.inputs],
        index,
    ]
    return int.from_bytes(hashlib.sha256(json.dumps(asked, ensure_ascii=True).encode()).digest()[:8], "big")


@functools.cache
def the_engine() -> Engine:
    """The one engine of this process: its fonts and icons are worth sharing."""
    return Engine()
