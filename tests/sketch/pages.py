"""Lay out pages with the sketch engine and inspect their texts, boxes and faults."""

from dataclasses import dataclass
from functools import cache, lru_cache

from tests.support.samples import one_in

from easel_sketch import Image, Request, Size
from easel_sketch.drawing.canvas import Run
from easel_sketch.drawing.commission import Commission
from easel_sketch.engine import Engine

SQUARE, WIDE, TALL = Size(1024, 1024), Size(1536, 1024), Size(1024, 1536)
SIZES = (SQUARE, WIDE, TALL)
EACH_SIZE, VARIATIONS = one_in(3, SIZES), one_in(4, range(4))


@dataclass(frozen=True)
class Page:
    """A page before it is rendered."""

    job: Commission
    html: str
    runs: tuple[Run, ...]
    faults: list[str]  # about missing, cut off, too small or overlapping texts

    @property
    def words(self) -> str:
        """All printed text in document order."""
        return " ".join(run.text.strip() for run in self.runs)


@cache
def engine() -> Engine:
    return Engine()


def work(
    prompt: str, size: Size = SQUARE, quality: str = "high", background: str = "auto", inputs: tuple[Image, ...] = ()
) -> Request:
    return Request(prompt, size, quality, background, "png", inputs, model="gpt-image-2")


def image_of(prompt: str, size: Size = SQUARE, index: int = 0, quality: str = "high") -> Image:
    return engine().draw(work(prompt, size, quality), index)


@lru_cache(maxsize=64)
def page(prompt: str, size: Size = SQUARE, index: int = 0, quality: str = "high", background: str = "auto") -> Page:
    job, laid, findings = engine().laid_out(work(prompt, size, quality, background), index)
    runs = job.canvas.measure(laid.html, size.width).runs
    return Page(job, laid.html, runs, [finding.sentence for finding in findings])
