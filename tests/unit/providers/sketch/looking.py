"""Look at a page the sketch painter laid out: its texts, their boxes, and what is wrong with them."""

from dataclasses import dataclass
from functools import cache

from easel.domain import Picture, Size, Work
from easel_sketch.drawing.canvas import Run
from easel_sketch.drawing.commission import Commission
from easel_sketch.painter import Painter
from easel_sketch.type import proof

SQUARE, WIDE, TALL = Size(1024, 1024), Size(1536, 1024), Size(1024, 1536)
SIZES = (SQUARE, WIDE, TALL)


@dataclass(frozen=True)
class Page:
    """One page before its pixels are drawn."""

    job: Commission
    html: str
    runs: tuple[Run, ...]

    @property
    def words(self) -> str:
        """Everything printed, in the order of the document."""
        return " ".join(run.text.strip() for run in self.runs)

    @property
    def faults(self) -> list[str]:
        """Texts that are missing, off the page, too small, or standing on each other."""
        return proof.warnings(self.job.canvas, self.job, self.html)


@cache
def painter() -> Painter:
    return Painter()


def work(
    prompt: str, size: Size = SQUARE, quality: str = "high", background: str = "auto", inputs: tuple[Picture, ...] = ()
) -> Work:
    return Work("job", "gpt-image-2", "sketch", prompt, "1:1", size, 1, quality, background, "png", {}, inputs)


def painted(prompt: str, size: Size = SQUARE, index: int = 0, quality: str = "high") -> Picture:
    return painter().paint(work(prompt, size, quality), index)


def page(prompt: str, size: Size = SQUARE, index: int = 0, quality: str = "high", background: str = "auto") -> Page:
    job, laid = painter().laid_out(work(prompt, size, quality, background), index)
    return Page(job, laid.html, job.canvas.measure(laid.html, size.width).runs)
