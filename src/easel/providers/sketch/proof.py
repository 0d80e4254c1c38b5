"""Read the page back: is every text that was asked for on it, whole, and inside the picture?"""

import re
from collections import Counter
from collections.abc import Sequence

from easel.domain import Size
from easel.providers.sketch import library, words
from easel.providers.sketch.canvas import Canvas, Run
from easel.providers.sketch.commission import Commission

_SPACE = re.compile(r"[\s\u200b]+")
_EDGE = 1.0


def warnings(canvas: Canvas, job: Commission, html: str) -> list[str]:
    """A sentence for each way in which the words fell short; none when all is well."""
    wanted = job.brief.quotes or tuple(filter(None, (job.brief.title,)))
    runs = canvas.measure(html, job.size.width).runs
    said = []
    lost = missing(wanted, runs, job.size)
    if lost:
        said.append(f"{len(lost)} of {len(wanted)} texts did not fit on the picture in full.")
    strange = library.undrawable("".join(wanted))
    if strange:
        said.append(f"The sketch painter has no letters for {len(strange)} of the characters asked for.")
    return said


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
