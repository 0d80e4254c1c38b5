"""Set any number of texts, in order, in columns, as large as their box allows."""

from collections.abc import Sequence
from dataclasses import replace

from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.parts.running_text import running_text, split_columns
from easel_sketch.reading import words
from easel_sketch.type import typeset
from easel_sketch.type.typefaces import Type
from easel_sketch.type.typeset import Fitted

_SHORT = 42
_BETWEEN = 30  # height of the space between two texts, counted in letters
_LEAST = 6.5
_MOST_TEXTS, _MOST_LETTERS = 40, 4000  # above these they are set as running text


def flow(
    job: Commission,
    box: Box,
    texts: Sequence[str],
    inks: tuple[str, str],
    *,
    align: str = "center",
    anchor: str = "center",
    rule: str = "",
    most: float = 52,
) -> str:
    """The texts in `box`, short ones in the first of `inks`, the others in the second."""
    fitted = in_columns(job, box, texts, inks, align=align, rule=rule, most=most)
    across = {"center": "center", "left": "flex-start", "right": "flex-end"}[align]
    return box.div(fitted.html, f"flex-direction:column;justify-content:{anchor};align-items:{across};")


def in_columns(
    job: Commission, box: Box, texts: Sequence[str], inks: tuple[str, str], *, align: str, rule: str, most: float
) -> Fitted:
    """Choose the number of columns that allows the largest type; one column is preferred."""
    if len(texts) > _MOST_TEXTS or sum(map(len, texts)) > _MOST_LETTERS:
        return running_text(job, box, texts, inks)
    choices = _columns(box, texts)
    tried = [
        _in_columns(job, box, texts, inks, align=align, rule=rule, most=most, columns=columns) for columns in choices
    ]
    best = tried[0]
    for candidate in tried[1:]:
        if (candidate.fits, candidate.scale) > (best.fits, best.scale * 1.12):
            best = candidate
    return best if best.fits else _as_many_as_fit(job, box, texts, inks, align)


def _in_columns(
    job: Commission,
    box: Box,
    texts: Sequence[str],
    inks: tuple[str, str],
    *,
    align: str,
    rule: str,
    most: float,
    columns: int,
) -> Fitted:
    gap = 0.03 * box.w if columns < 5 else 0.02 * box.w
    wide = (box.w - gap * (columns - 1)) / columns
    stacks = split_columns(texts, columns, between=_BETWEEN)
    row = f"display:flex;flex-direction:row;gap:{gap:.1f}px;width:{box.w:.1f}px"

    def made(size: float) -> str:
        alone = len(stacks) == 1
        drawn = "".join(_stack(job, stack, size, wide, inks, align, rule, alone=alone) for stack in stacks)
        return f'<div style="{row}">{drawn}</div>'

    return typeset.fit(job.canvas, made, box.w, box.h, most=most * job.unit, least=_LEAST * job.unit)


def _as_many_as_fit(job: Commission, box: Box, texts: Sequence[str], inks: tuple[str, str], align: str) -> Fitted:
    """At the smallest size, as many of the first texts as fit. Missing ones are reported by `type.proof`."""
    columns = max(_columns(box, texts))
    low, high = 0, len(texts)
    while high - low > 1:
        middle = (low + high) // 2
        fits = _at_smallest(job, box, texts[:middle], inks, align, columns).fits
        low, high = (middle, high) if fits else (low, middle)
    return replace(_at_smallest(job, box, texts[: max(1, low)], inks, align, columns), fits=False)


def _at_smallest(
    job: Commission, box: Box, texts: Sequence[str], inks: tuple[str, str], align: str, columns: int
) -> Fitted:
    return _in_columns(job, box, texts, inks, align=align, rule="", most=_LEAST, columns=columns)


def _columns(box: Box, texts: Sequence[str]) -> Sequence[int]:
    """The numbers of columns to try: several only for long or many texts in a wide box."""
    letters = sum(map(len, texts))
    if len(texts) < 4 or letters < 160:
        return (1,)
    widest = 2 if box.w < box.h else 3 if letters < 1500 else 4
    return range(1, min(widest, len(texts)) + 1)


def _stack(
    job: Commission,
    texts: Sequence[str],
    size: float,
    wide: float,
    inks: tuple[str, str],
    align: str,
    rule: str,
    *,
    alone: bool,
) -> str:
    rows = []
    mixed = len({len(text) <= _SHORT for text in texts}) > 1 and len(texts) > 3
    for place, text in enumerate(texts):
        face, scale = _setting(job, text, size)
        if place and rule and len(texts) <= 4 and len(text) <= _SHORT:
            rows.append(_bar(size, rule, align))
        gap = f"margin-top:{scale * 0.42:.1f}px;" if place else ""
        ink = inks[len(text) <= _SHORT] if mixed else inks[place % 2]
        whole = "white-space:nowrap;" if alone and len(text) <= _whole(text) else ""
        rows.append(typeset.block(text, face, scale, ink, f"{whole}text-align:{align};width:{wide:.1f}px;{gap}"))
    return f'<div style="display:flex;flex-direction:column;width:{wide:.1f}px">{"".join(rows)}</div>'


def _whole(text: str) -> int:
    """The length up to which a text is kept on one line."""
    return 14 if words.language(text) in words.UNSPACED else 30


def _setting(job: Commission, text: str, size: float) -> tuple[Type, float]:
    """Short lines are bold, paragraphs lighter and smaller."""
    if len(text) <= _SHORT:
        return job.faces.label, size
    return job.faces.body, size * (0.84 if len(text) <= 140 else 0.72)


def _bar(size: float, colour: str, align: str) -> str:
    across = {"center": "center", "left": "flex-start", "right": "flex-end"}[align]
    bar = f"width:{size * 2.6:.1f}px;height:{max(2.0, size * 0.08):.1f}px;border-radius:4px;background:{colour};"
    row = f"display:flex;justify-content:{across};margin-top:{size * 0.4:.1f}px"
    return f'<div style="{row}"><div style="{bar}"></div></div>'
