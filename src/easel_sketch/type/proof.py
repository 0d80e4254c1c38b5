"""Check a laid-out page: every requested text must be on it in full, large enough, and clear of the others.

Needs one measurement of the page. The findings are typed so that the engine can try another layout.
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
_INK = 0.36  # half the height from baseline to ascender, as a share of the type size
_OVERLAP_PX, _OVERLAP_SHARE = 3.0, 0.3  # least horizontal and vertical overlap of a collision
_MOST_LISTED = 3
_MOST_COMPARED = 300_000  # pairs of runs; a page full of small print has a tenth of that
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
_heights: dict[tuple[Type, str], float] = {}  # valid for every canvas: all use the same font files


class Fault(StrEnum):
    """What can be wrong with the texts of a page."""

    LOST = "lost"
    UNDRAWABLE = "undrawable"
    SMALL = "small"
    COLLIDING = "colliding"
    TOO_MANY = "too many"


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault, the texts concerned, and a sentence for the user."""

    fault: Fault
    texts: tuple[str, ...]
    sentence: str

    @property
    def repairable(self) -> bool:
        """Whether another layout may repair it; faults of the prompt itself stay."""
        return self.fault not in (Fault.UNDRAWABLE, Fault.TOO_MANY)


def findings(canvas: Canvas, job: Commission, html: str) -> list[Finding]:
    """All faults of the page's texts, worst first."""
    requested = _requested_texts(job)
    runs = canvas.measure(html, job.size.width).runs
    shown = [run for run in runs if _visible(run, job.size)]
    checks = (
        _lost(requested, missing(requested, runs, job.size)),
        _left_out(job),
        _undrawable(requested),
        _colliding(canvas, job, shown),
        _small(canvas, job, requested, shown),
    )
    return [finding for finding in checks if finding]


def _requested_texts(job: Commission) -> tuple[str, ...]:
    quotes, title = job.brief.quotes, job.brief.title
    return (title, *quotes) if title and title not in quotes else quotes


def _lost(requested: Sequence[str], lost: Sequence[str]) -> Finding | None:
    sentence = f"{len(lost)} of {len(requested)} texts did not fit on the picture in full."
    return Finding(Fault.LOST, tuple(lost), sentence) if lost else None


def _left_out(job: Commission) -> Finding | None:
    left, taken = job.brief.left_out, len(job.brief.quotes)
    sentence = f"{left} of {left + taken} texts were left out: one picture takes {taken}."
    return Finding(Fault.TOO_MANY, (), sentence) if left else None


def _undrawable(requested: Sequence[str]) -> Finding | None:
    unknown = library.undrawable("".join(requested))
    sentence = f"The sketch engine has no letters for {len(unknown)} of the characters asked for."
    return Finding(Fault.UNDRAWABLE, tuple(unknown), sentence) if unknown else None


def missing(requested: Sequence[str], runs: Sequence[Run], size: Size) -> list[str]:
    """The texts that are not completely inside the page."""
    inside = [run.text for run in runs if _visible(run, size)]
    flow = _SPACE.sub("", "".join(inside))
    lost, at = [], 0
    letters = Counter(flow)
    for text in requested:
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
    """Right-to-left text is measured in visual order, so only its set of letters is compared."""
    return words.language(text) in words.RIGHT_TO_LEFT and not Counter(text) - letters


def _small(canvas: Canvas, job: Commission, requested: Sequence[str], runs: Sequence[Run]) -> Finding | None:
    """Requested texts in too small type; the engine's own small print does not count."""
    least = _SMALLEST * sqrt(job.size.width * job.size.height) / 1024 - _ROUNDING
    all_text = "\n".join(_SPACE.sub("", text) for text in requested)
    tiny = (run for run in runs if _type_size(canvas, job, run) < least)
    small = dict.fromkeys(bare for run in tiny if len(bare := _SPACE.sub("", run.text)) > 1 and bare in all_text)
    texts = tuple(text for text in requested if any(bare in _SPACE.sub("", text) for bare in small))
    sentence = f"{len(texts)} of {len(requested)} texts had to be set very small."
    return Finding(Fault.SMALL, texts, sentence) if texts else None


def _type_size(canvas: Canvas, job: Commission, run: Run) -> float:
    """An upper bound of a run's type size: the measurement does not tell which face it is set in."""
    language = words.language(run.text)
    faces = (job.faces.head, job.faces.body, job.faces.label)
    box = min(run.bottom - run.top, run.right - run.left) if len(run.text) > 2 else run.bottom - run.top
    return box / min(_height(canvas, face, language) for face in faces)


def _height(canvas: Canvas, face: Type, language: str) -> float:
    """The line height of a face at a size of 1 pixel, from its tallest to its deepest letter."""
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
    sentence = "Some texts stand on each other: " + ", ".join(f"“{text}”" for text in texts[:_MOST_LISTED]) + "."
    return Finding(Fault.COLLIDING, texts, sentence) if texts else None


def _ink(canvas: Canvas, job: Commission, run: Run) -> tuple[float, float]:
    """Top and bottom of a run's letters: less than its box, which has room for accents."""
    middle, size = (run.top + run.bottom) / 2, _type_size(canvas, job, run)
    half = min(_INK * size, (run.bottom - run.top) / 2)
    return middle - half, middle + half


def collisions(inked: Sequence[tuple[Run, tuple[float, float]]]) -> Iterator[tuple[Run, Run]]:
    """Pairs of runs whose letters overlap, except equal texts: those are a text and its shadow.

    Stops after `_MOST_COMPARED` pairs, for pages with a run per letter.
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
            if across > _OVERLAP_PX and down > _OVERLAP_SHARE * lower and one.text.strip() != other.text.strip():
                yield one, other
