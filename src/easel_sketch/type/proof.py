"""Read the page back: is every text that was asked for on it, whole, large enough, and clear of the others?

One measurement of the page answers all of it. What is found is typed, so that the engine can try another layout.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from easel_sketch import library
from easel_sketch.drawing.canvas import Canvas, Run
from easel_sketch.drawing.commission import Commission
from easel_sketch.reading import words
from easel_sketch.request import Size
from easel_sketch.type.typefaces import Type

_SPACE = re.compile(r"[\s\u200b]+")
_EDGE = 1.0
_SMALLEST = 14.0  # pixels of type on a page of 1024 by 1024
_ROUNDING = 0.5
_INK = 0.36  # half the height of the letters, as a share of the type size: from the foot of an x to the head of an h
_TOUCH, _DEEP = 3.0, 0.3
_MOST_SAID = 3
_MOST_COMPARED = 300_000  # pairs of runs; a full page of small print has a tenth of them
_SAMPLES = {
    "en": "Hg",
    "zh": "永国",
    "ja": "永の",
    "ko": "한글",
    "ar": "سلام",
    "he": "שלום",
    "hi": "हिन्दी",
    "th": "ไทย",
}
_SAMPLE_SIZE = 100.0
_heights: dict[tuple[Type, str], float] = {}  # the same on every canvas: the faces are


class Fault(StrEnum):
    """What can be wrong with the words of a page."""

    LOST = "lost"
    UNDRAWABLE = "undrawable"
    SMALL = "small"
    COLLIDING = "colliding"
    TOO_MANY = "too many"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, the texts it befell, and a sentence. Another layout may repair what is not the prompt's own."""

    fault: Fault
    texts: tuple[str, ...]
    sentence: str

    @property
    def repairable(self) -> bool:
        return self.fault not in (Fault.UNDRAWABLE, Fault.TOO_MANY)


def warnings(canvas: Canvas, job: Commission, html: str) -> list[str]:
    """A sentence for each way in which the words fell short; none when all is well."""
    return [finding.sentence for finding in findings(canvas, job, html)]


def findings(canvas: Canvas, job: Commission, html: str) -> list[Finding]:
    """Everything that is wrong with the words of the page, worst first."""
    wanted = _wanted(job)
    runs = canvas.measure(html, job.size.width).runs
    shown = [run for run in runs if _visible(run, job.size)]
    every = (
        _lost(wanted, missing(wanted, runs, job.size)),
        _left_out(job),
        _undrawable(wanted),
        _colliding(canvas, job, shown),
        _small(canvas, job, wanted, shown),
    )
    return [finding for finding in every if finding]


def _wanted(job: Commission) -> tuple[str, ...]:
    quotes, title = job.brief.quotes, job.brief.title
    return (title, *quotes) if title and title not in quotes else quotes


def _lost(wanted: Sequence[str], lost: Sequence[str]) -> Finding | None:
    said = f"{len(lost)} of {len(wanted)} texts did not fit on the picture in full."
    return Finding(Fault.LOST, tuple(lost), said) if lost else None


def _left_out(job: Commission) -> Finding | None:
    left, taken = job.brief.left_out, len(job.brief.quotes)
    said = f"{left} of {left + taken} texts were left out: one picture takes {taken}."
    return Finding(Fault.TOO_MANY, (), said) if left else None


def _undrawable(wanted: Sequence[str]) -> Finding | None:
    strange = library.undrawable("".join(wanted))
    said = f"The sketch engine has no letters for {len(strange)} of the characters asked for."
    return Finding(Fault.UNDRAWABLE, tuple(strange), said) if strange else None


def missing(wanted: Sequence[str], runs: Sequence[Run], size: Size) -> list[str]:
    """The texts that are not wholly inside the picture."""
    inside = [run.text for run in runs if _visible(run, size)]
    flow = _SPACE.sub("", "".join(inside))
    lost, at = [], 0
    letters = Counter(flow)
    for text in wanted:
        bare = _SPACE.sub("", text)
        found = flow.find(bare, at)
        if found >= 0:
            at = found + len(bare)
        elif bare not in flow and not _bidirectional(bare, letters):
            lost.append(text)
    return lost


def _visible(run: Run, size: Size) -> bool:
    across = run.left >= -_EDGE and run.right <= size.width + _EDGE
    return across and run.top >= -_EDGE and run.bottom <= size.height + _EDGE


def _bidirectional(text: str, letters: Counter[str]) -> bool:
    """Right-to-left text comes back in visual order: then every letter must be there, in any order."""
    return words.language(text) in words.RIGHT_TO_LEFT and not Counter(text) - letters


def _small(canvas: Canvas, job: Commission, wanted: Sequence[str], runs: Sequence[Run]) -> Finding | None:
    """Texts that were asked for in type too small to read; small print of the engine's own is no fault."""
    least = _SMALLEST * sqrt(job.size.width * job.size.height) / 1024 - _ROUNDING
    asked = "\n".join(_SPACE.sub("", text) for text in wanted)
    tiny = (run for run in runs if _type_size(canvas, job, run) < least)
    small = dict.fromkeys(bare for run in tiny if len(bare := _SPACE.sub("", run.text)) > 1 and bare in asked)
    texts = tuple(text for text in wanted if any(bare in _SPACE.sub("", text) for bare in small))
    said = f"{len(texts)} of {len(wanted)} texts had to be set very small."
    return Finding(Fault.SMALL, texts, said) if texts else None


def _type_size(canvas: Canvas, job: Commission, run: Run) -> float:
    """The size of a run's type, at the most: its box is as high as its face says, and which face it is is not told."""
    language = words.language(run.text)
    faces = (job.voice.head, job.voice.body, job.voice.label)
    box = min(run.bottom - run.top, run.right - run.left) if len(run.text) > 2 else run.bottom - run.top
    return box / min(_height(canvas, face, language) for face in faces)


def _height(canvas: Canvas, face: Type, language: str) -> float:
    """How high a line of a face is for each pixel of its size, from its tallest to its deepest letter."""
    if (face, language) not in _heights:
        _heights[face, language] = _measured_height(canvas, face, language)
    return _heights[face, language]


def _measured_height(canvas: Canvas, face: Type, language: str) -> float:
    sample = f'<div style="{face.css(_SAMPLE_SIZE, "#000")}white-space:nowrap">{_SAMPLES.get(language, "Hg")}</div>'
    runs = canvas.measure(sample, 2000).runs
    return max((run.bottom - run.top for run in runs), default=1.2 * _SAMPLE_SIZE) / _SAMPLE_SIZE


def _colliding(canvas: Canvas, job: Commission, runs: Sequence[Run]) -> Finding | None:
    pairs = list(collisions([(run, _ink(canvas, job, run)) for run in runs if run.text.strip()]))
    texts = tuple(dict.fromkeys(run.text.strip() for pair in pairs for run in pair))
    said = "Some texts stand on each other: " + ", ".join(f"“{text}”" for text in texts[:_MOST_SAID]) + "."
    return Finding(Fault.COLLIDING, texts, said) if texts else None


def _ink(canvas: Canvas, job: Commission, run: Run) -> tuple[float, float]:
    """Where the letters of a run stand: less than the box, which leaves room for accents."""
    middle, size = (run.top + run.bottom) / 2, _type_size(canvas, job, run)
    half = min(_INK * size, (run.bottom - run.top) / 2)
    return middle - half, middle + half


def collisions(inked: Sequence[tuple[Run, tuple[float, float]]]) -> Iterator[tuple[Run, Run]]:
    """Runs whose letters overlap; a text drawn twice in one place is a shadow of itself.

    Of a page with more runs than anybody reads, such as one for each letter, not all are compared.
    """
    ordered = sorted(inked, key=lambda pair: pair[1][0])
    compared = 0
    for place, (one, (top, bottom)) in enumerate(ordered):
        for at in range(place + 1, len(ordered)):
            other, (start, end) = ordered[at]
            if start >= bottom or compared >= _MOST_COMPARED:
                break
            compared += 1
            across = min(one.right, other.right) - max(one.left, other.left)
            down = min(bottom, end) - start
            lower = min(bottom - top, end - start)
            if across > _TOUCH and down > _DEEP * lower and one.text.strip() != other.text.strip():
                yield one, other
