"""From a request to pixels: parse the brief, choose palette and typefaces, lay out, check the texts, render.

Equal requests give equal images: random numbers are seeded from the request and the image's index.
"""

import functools
import hashlib
import json
import threading
from collections.abc import Mapping
from dataclasses import replace
from random import Random
from typing import Any

from easel_sketch import edits, library
from easel_sketch.colour import palette
from easel_sketch.drawing.canvas import TakumiCanvas, over
from easel_sketch.drawing.commission import HIGH, LOW, MEDIUM, Commission, Inset, Page
from easel_sketch.drawing.ornament import GRAIN, grain
from easel_sketch.drawing.shown import names_in, unmarked
from easel_sketch.parts.named_things import is_drawn
from easel_sketch.reading import brief as briefs
from easel_sketch.reading import lookup
from easel_sketch.reading.kind import kind_of_place
from easel_sketch.reading.requests import TRANSPARENT, wants
from easel_sketch.recipes import recipe
from easel_sketch.report import Report, report
from easel_sketch.request import RAW_RGBA, Image, Request, Size
from easel_sketch.type import proof, typefaces

_DETAIL = {"low": LOW, "medium": MEDIUM, "high": HIGH, "auto": HIGH}
_ICONS = 12
_FALLBACK_KIND = "card"
_SHIFTS = 19  # layouts, palettes and orders that variations begin with; hues shift further with each
# Above these numbers of texts and of characters only a card is tried: measuring a second layout would be slow.
_MOST_TEXTS, _MOST_LETTERS = 120, 6000
_MOST_KEPT = 16  # layouts that were explained and not yet drawn
Layout = tuple[Commission, Page, list[proof.Finding]]
PLACED_AS_IS = (
    "The sketch engine placed the input images as they are. It can change the colours, light, background, shape and "
    "surface of one, set texts on it, and bring several together; it makes nothing new."
)


class Engine:
    """A canvas and its fonts, shared by all threads of a process."""

    def __init__(self) -> None:
        self._canvas = TakumiCanvas()
        self._fonts = library.Fonts(self._canvas)
        self._kept: dict[int, Layout] = {}
        self._lock = threading.Lock()

    def draw(self, request: Request, index: int) -> Image:
        """Draw one image of the request; its warnings say what it does not show."""
        index = _varied_index(request, index)
        if request.inputs:
            scenery = functools.partial(self._place, request, index)
            if edited := edits.edited(request, index, self._canvas, self._fonts, scenery):
                return edited
        with self._lock:
            kept = self._kept.pop(_seed(request, index), None)
        job, page, findings = kept or self.laid_out(request, index)
        pixels = self._rendered(page, request)
        warnings = (*(finding.sentence for finding in findings), *_report(job, page).sentences())
        return Image(pixels, RAW_RGBA, request.size, (*warnings, PLACED_AS_IS) if request.inputs else warnings)

    def _rendered(self, page: Page, request: Request) -> bytes:
        images = {f"input{i}": source.data for i, source in enumerate(request.inputs)}
        pixels = self._canvas.render(unmarked(page.html), request.size, {**images, GRAIN: grain()})
        return over(pixels, page.ground(), request.size) if page.ground else pixels

    def _place(self, request: Request, index: int, words: str, size: Size) -> tuple[bytes, tuple[str, ...]] | None:
        """A picture of the place that words name, and what it does not show; None if they name no place."""
        place = replace(request, prompt=words, size=size, background="opaque", inputs=(), mask=None)
        job = self.commission(place, index)
        if not job.brief.place:
            return None
        job, page, _ = self._layout(place, index, kind=kind_of_place(job.brief.place))
        done = _report(job, page)
        return None if any(one.place for one in done.missing) else (self._rendered(page, place), done.sentences())

    def explain(self, request: Request) -> Mapping[str, Any]:
        """What was parsed from the prompt and chosen for the first image, as JSON values."""
        index = _varied_index(request, 0)
        if request.inputs:  # an edit names no things, and is no page
            job = self.commission(request, index)
            done = report(job.brief, ())
        else:
            job, page, _ = layout = self.laid_out(request, index)
            self._keep(_seed(request, index), layout)
            done = _report(job, page)
        palette = job.palette
        chosen = {
            "palette": [palette.ground, palette.ink, *palette.accents],
            "palette_name": palette.called,
            "voice": job.faces.name,
            "scene": job.theme.scene,
            "icons": list(job.icons),
        }
        return {**briefs.as_data(job.brief), **chosen, **done.as_data()}

    def _keep(self, seed: int, layout: Layout) -> None:
        """Keep a layout for its image, which is drawn next; of too many the oldest goes."""
        with self._lock:
            self._kept[seed] = layout
            if len(self._kept) > _MOST_KEPT:
                del self._kept[next(iter(self._kept))]

    def laid_out(self, request: Request, index: int) -> Layout:
        """The commission of one image, its page before rendering, and the faults of its texts.

        A page with faults is laid out again as a card, which fits any number of texts; the better layout is kept.
        """
        layout = self._layout(request, index)
        if _needs_card(layout[0]) or layout[0].brief.kind == _FALLBACK_KIND or not (faults := _fault_count(layout)):
            return layout
        card = self._layout(request, index, kind=_FALLBACK_KIND)
        return card if _fault_count(card) < faults else layout

    def _layout(self, request: Request, index: int, kind: str | None = None) -> Layout:
        job = self.commission(request, index)
        page = recipe(_FALLBACK_KIND if _needs_card(job) else kind or job.brief.kind)(job)
        w, h = request.size.width, request.size.height
        style = f"position:relative;display:flex;width:{w}px;height:{h}px;overflow:hidden;"
        page = Page(f'<div style="{style}">{page.html}</div>', page.ground, page.shows)
        return job, page, proof.findings(self._canvas, job, unmarked(page.html))

    def commission(self, request: Request, index: int) -> Commission:
        """Everything a recipe needs for one image.

        Choices that all images of a request share use a generator without the index.
        """
        transparent = request.background == "transparent" or _asks_transparent(request)
        brief = briefs.read(request.prompt, transparent=transparent, edits=bool(request.inputs))
        shared_rng = Random(_seed(request, None))  # noqa: S311  repeatable, no secrets
        rng = Random(_seed(request, index))  # noqa: S311
        theme = lookup.theme((*brief.topic, *brief.mentions), brief.text)
        faces = typefaces.choose(brief.asked, brief.kind, brief.text, rng if index else shared_rng)
        self._fonts.load(faces.fonts)
        named = dict.fromkeys(one.drawing for one in brief.subjects if is_drawn(one.drawing))
        icons = [*named, *lookup.find(brief.topic, brief.text, _ICONS, theme.icons, brief.mentions)]
        return Commission(
            brief=brief,
            palette=palette.choose(brief.asked, theme.palette, shared_rng, index),
            faces=faces,
            theme=theme,
            icons=_icon_order(list(dict.fromkeys(icons))[:_ICONS], index) or ("sparkles",),
            size=request.size,
            detail=_DETAIL.get(request.quality, HIGH),
            index=index,
            rng=rng,
            canvas=self._canvas,
            insets=tuple(Inset(f"input{i}", source.size) for i, source in enumerate(request.inputs)),
            transparent=transparent,
        )


def _asks_transparent(request: Request) -> bool:
    """Whether the background is left to the prompt, which wants none, and the file can have none."""
    free = request.background == "auto" and request.output_format != "jpeg" and not request.inputs
    return free and TRANSPARENT in wants(request.prompt)


def _report(job: Commission, page: Page) -> Report:
    return report(job.brief, names_in(page.html) | {*page.shows})


def _fault_count(layout: Layout) -> int:
    """The number of texts with faults that another layout may repair."""
    return sum(max(1, len(finding.texts)) for finding in layout[2] if finding.repairable)


def _needs_card(job: Commission) -> bool:
    """Whether the brief holds more text than any recipe but the card is made for."""
    return job.brief.exceeds(_MOST_TEXTS, _MOST_LETTERS)


def _varied_index(request: Request, index: int) -> int:
    """The number that selects layout and palette of an image: a variation begins elsewhere, and never where 0 does."""
    return index + (1 + (request.variation - 1) % _SHIFTS if request.variation else 0)


def _icon_order(found: list[str], index: int) -> tuple[str, ...]:
    """Vary the order of the icons by index; the best two alternate in the first position."""
    turn = index % 2
    front, back = found[:2], found[2:]
    shift = index % max(1, len(back))
    return (*front[turn:], *front[:turn], *back[shift:], *back[:shift])


def _seed(request: Request, index: int | None) -> int:
    """A number derived from the request, and from the index unless it is None."""
    parts = [
        request.model,
        request.prompt,
        [request.size.width, request.size.height],
        request.quality,
        request.background,
        sorted((str(key), repr(value)) for key, value in request.params.items()),
        [hashlib.sha256(source.data).hexdigest() for source in request.inputs],
        *([hashlib.sha256(request.mask.data).hexdigest()] if request.mask else []),
        *([["variation", request.variation]] if request.variation else []),
        index,
    ]
    return int.from_bytes(hashlib.sha256(json.dumps(parts, ensure_ascii=True).encode()).digest()[:8], "big")


@functools.cache
def the_engine() -> Engine:
    """The engine of this process, created once because loading fonts and icons is slow."""
    return Engine()
