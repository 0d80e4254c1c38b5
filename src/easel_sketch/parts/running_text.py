"""Very many texts as running text in columns, separated by bullets."""

from collections.abc import Sequence
from dataclasses import replace
from math import sqrt

from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.reading import words
from easel_sketch.type import typeset
from easel_sketch.type.typeset import Fitted

LEAST = 5.0
_MARK = 3  # letters
_STEPS, _MANY = 4, 8_000  # steps of the search for a size; above this number of letters a single, slow one
_LETTER, _WIDE_LETTER, _LINE = 0.54, 1.04, 1.32  # mean widths and the line height, in em
_COLUMN = 46.0  # letters per line


def running_text(job: Commission, box: Box, texts: Sequence[str], inks: tuple[str, str]) -> Fitted:
    """All texts if any size fits, else as many as fit at the smallest."""
    expected = _estimated_size(box, texts)
    columns = max(1, min(6, len(texts), round(box.w / (expected * _COLUMN * _LETTER))))

    def made(size: float, some: Sequence[str] = texts) -> str:
        return _columns(job, box, some, inks, size, columns)

    most, least = min(40 * job.unit, expected * 1.3), min(LEAST * job.unit, expected * 1.2)
    steps = _STEPS if sum(map(len, texts)) < _MANY else 1
    fitted = typeset.fit(job.canvas, made, box.w, box.h, most=most, least=least, steps=steps)
    if fitted.fits:
        return fitted
    share = box.h / max(1.0, fitted.height) * 0.94
    some = texts[: max(1, int(len(texts) * share))]
    return replace(fitted, html=made(least, some), fits=False)


def _estimated_size(box: Box, texts: Sequence[str]) -> float:
    """An estimate of the size at which the texts fill the box."""
    em = sum(
        (_WIDE_LETTER if words.language(text) in ("zh", "ja", "ko") else _LETTER) * (len(text) + _MARK)
        for text in texts
    )
    return sqrt(box.w * box.h / (em * _LINE))


def _columns(job: Commission, box: Box, texts: Sequence[str], inks: tuple[str, str], size: float, columns: int) -> str:
    gap = 1.6 * size
    wide = (box.w - gap * (columns - 1)) / columns
    face = job.faces.body.css(size, inks[0])
    style = f"{face}line-height:{_LINE};width:{wide:.1f}px;flex-shrink:0;"
    mark = f'<span style="color:{inks[1]}"> • </span>'
    blocks = (
        f'<div style="{style}">{mark.join(map(typeset.markup, stack))}</div>'
        for stack in split_columns(texts, columns, between=_MARK)
    )
    return f'<div style="display:flex;flex-direction:row;gap:{gap:.1f}px;width:{box.w:.1f}px">{"".join(blocks)}</div>'


def split_columns(texts: Sequence[str], columns: int, *, between: int) -> list[list[str]]:
    """Split texts in order into columns with about the same number of letters; `between` is added per text."""
    total = sum(len(text) + between for text in texts)
    stacks: list[list[str]] = [[] for _ in range(columns)]
    used = 0.0
    for text in texts:
        half = (len(text) + between) / 2
        stacks[min(columns - 1, int((used + half) * columns / total))].append(text)
        used += 2 * half
    return [stack for stack in stacks if stack]
