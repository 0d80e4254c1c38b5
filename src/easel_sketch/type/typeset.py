"""Set text to fit a box, by measuring it. Knows boxes and type, no colours and no subjects."""

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

from easel_sketch.drawing.canvas import Canvas, Extent
from easel_sketch.reading import words
from easel_sketch.reading.phrases import phrases
from easel_sketch.type.typefaces import Type

_HYPHENATED = re.compile(r"[^\s-]+(?:-[^\s-]+)+")
# No line break between a number and its unit ('8 AM', '12 km', '10 %') nor before a dash.
_COUNTED = re.compile(
    r"(?<![^\s(])([$€£]?\d[\d.,:/]*) ((?:[ap]\.?m\.?|[^\W\d_]{1,3}|[%°€₽₹]|Uhr)(?=[\s.,;:!?)]|$))", re.IGNORECASE
)
_DASHED = re.compile(r"(?<=\S) ([-–—/·|]) (?=\S)")
_NBSP = "\u00a0"
_LONGEST_UNBROKEN = 26
_OVERLONG = re.compile(r"[^\s\u2e80-\u9fff\uac00-\ud7af]{%d,}" % (_LONGEST_UNBROKEN + 1))  # noqa: UP031
_WIDOW = 7
_LONGEST_PHRASED = 60
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_ROW_HEIGHT = 400.0
_SLACK = 0.6


@dataclass(frozen=True, slots=True)
class Fitted:
    """HTML at the largest scale that fits its box, and whether it fits at all."""

    html: str
    scale: float
    height: float
    fits: bool


def markup(text: str) -> str:
    """Escaped text without bad line breaks: numbers keep their units, hyphenated words stay whole, no short last line.

    Chinese and Japanese break between phrases only.
    """
    if _UNSPACED.search(text) and len(text) <= _LONGEST_PHRASED:
        return "".join(_token(piece, keep=len(piece) > 1) for piece in phrases(text))
    tokens = _with_nbsp(text).split(" ")
    if len(tokens) > 3 and len(tokens[-1]) <= _WIDOW and len(tokens[-2]) < _LONGEST_UNBROKEN:
        tokens[-2:] = [_NBSP.join(tokens[-2:])]
    return " ".join(_token(token, keep=_NBSP in token or _HYPHENATED.fullmatch(token) is not None) for token in tokens)


def _with_nbsp(text: str) -> str:
    """The text with no-break spaces before units and dashes."""
    return _DASHED.sub(rf"{_NBSP}\1 ", _COUNTED.sub(rf"\1{_NBSP}\2", text))


def _token(token: str, *, keep: bool) -> str:
    safe = html.escape(_OVERLONG.sub(_breakable, token), quote=False).replace(_NBSP, " ")
    return _unbroken(safe) if keep and len(token) < _LONGEST_UNBROKEN + _WIDOW else safe


def _unbroken(safe: str) -> str:
    """HTML that is not broken across lines."""
    return f'<span style="white-space:nowrap">{safe}</span>'


def block(text: str, face: Type, size: float, colour: str, style: str = "") -> str:
    """A paragraph in the direction of its script."""
    turned = ' dir="rtl"' if words.language(text) in words.RIGHT_TO_LEFT else ""
    return f'<div{turned} style="{face.css(size, colour)}{style}">{markup(text)}</div>'


def line(text: str, face: Type, size: float, colour: str, style: str = "") -> str:
    return block(text, face, size, colour, f"white-space:nowrap;{style}")


def _breakable(word: re.Match[str]) -> str:
    """Insert zero-width spaces into a word too long for any line."""
    return "\u200b".join(re.findall(r".{1,12}", word[0]))


def fit(
    canvas: Canvas, make: Callable[[float], str], w: float, h: float, *, most: float, least: float, steps: int = 7
) -> Fitted:
    """The largest scale between `least` and `most` at which the HTML of `make(scale)` fits `w` by `h`."""
    low, high = least, most
    best = _attempt(canvas, make, w, h, most)
    if best.fits:
        return best
    best = _attempt(canvas, make, w, h, least)
    if not best.fits:
        return best
    for _ in range(steps):
        middle = sqrt(low * high)
        tried = _attempt(canvas, make, w, h, middle)
        low, high = (middle, high) if tried.fits else (low, middle)
        best = tried if tried.fits else best
    return best


def _attempt(canvas: Canvas, make: Callable[[float], str], w: float, h: float, scale: float) -> Fitted:
    markup_ = make(scale)
    extent = measured(canvas, markup_, w)
    inside = all(run.left >= -_SLACK and run.right <= w + _SLACK and not run.overflows for run in extent.runs)
    return Fitted(markup_, scale, extent.height, inside and extent.height <= h + _SLACK)


def measured(canvas: Canvas, html: str, w: float) -> Extent:
    return canvas.measure(f'<div style="width:{w:.1f}px;display:flex;flex-direction:column">{html}</div>', int(w) + 1)


def widths(canvas: Canvas, texts: Sequence[str], face: Type) -> list[float]:
    """The width of each text on one line at a size of 100 pixels."""
    rows = [
        f'<div class="a" style="left:0;top:{place * _ROW_HEIGHT:.0f}px;width:90000px;white-space:pre;'
        f'{face.css(100, "#000")}">{html.escape(text, quote=False)}</div>'
        for place, text in enumerate(texts)
    ]
    tall = len(texts) * _ROW_HEIGHT
    page = f'<div style="position:relative;width:90000px;height:{tall:.0f}px">{"".join(rows)}</div>'
    wide = [0.0] * len(texts)
    for run in canvas.measure(page, 90000).runs:
        place = min(len(texts) - 1, max(0, int((run.top + run.bottom) / 2 // _ROW_HEIGHT)))
        wide[place] = max(wide[place], run.right)
    return wide


@dataclass(frozen=True, slots=True)
class Headline:
    """Lines of display type, each with its size in pixels."""

    lines: tuple[str, ...]
    sizes: tuple[float, ...]
    leading: float

    @property
    def height(self) -> float:
        return sum(self.sizes) * self.leading

    def html(self, face: Type, colour: str, style: str = "") -> str:
        rows = (
            line(text, face, size, colour, f"line-height:{self.leading};{style}")
            for text, size in zip(self.lines, self.sizes, strict=True)
        )
        return "".join(rows)


def headline(
    canvas: Canvas, text: str, face: Type, w: float, h: float, *, most: float, lines: int = 3, filled: bool = False
) -> Headline:
    """Break `text` into balanced lines as large as the box allows. With `filled`, each line grows towards the full
    width.
    """
    pieces, joint = _pieces(text)
    leading = min(face.leading, 0.92) if text == text.upper() and text.isascii() else face.leading
    *spans, space = widths(canvas, [*pieces, "n n"], face)
    space = 0.28 * 100 if joint else 0.0
    best, best_ink = Headline((), (), leading), 0.0
    for count in range(1, min(lines, len(pieces)) + 1):
        groups = _balanced(spans, [_breaks_well(piece) for piece in pieces], count, space)
        rows = tuple(joint.join(pieces[a:b]) for a, b in groups)
        wide = widths(canvas, rows, face)
        size = min(most, 98 * w / max(wide), h / (count * leading))
        sizes = _grown(wide, size, w, h, leading, most) if filled else (size,) * count
        if _ink(sizes, wide) > 1.1 * best_ink if filled else _worth_breaking(best.sizes, sizes):
            best, best_ink = Headline(rows, sizes, leading), _ink(sizes, wide)
    return best


def _ink(sizes: Sequence[float], wide: Sequence[float]) -> float:
    """The area that the lines cover."""
    return sum(size * size * span for size, span in zip(sizes, wide, strict=True))


def _worth_breaking(before: Sequence[float], after: Sequence[float]) -> bool:
    """Whether one more line makes the type much larger; otherwise a heading stays on fewer lines."""
    return not before or min(after) > (1.55 if len(before) == 1 else 1.15) * min(before)


def _grown(wide: Sequence[float], size: float, w: float, h: float, leading: float, most: float) -> tuple[float, ...]:
    """Enlarge short lines, up to twice the smallest and within the box."""
    sizes = [min(98 * w / span, 2.0 * size, most) for span in wide]
    shrink = min(1.0, h / (sum(sizes) * leading))
    return tuple(value * shrink for value in sizes)


def _pieces(text: str) -> tuple[list[str], str]:
    """The units a headline may be broken between, and the string that joins them."""
    if words.language(text) in words.UNSPACED and " " not in text:
        return phrases(text), ""
    return [piece.replace(_NBSP, " ") for piece in _with_nbsp(text).split(" ")], " "


def _breaks_well(piece: str) -> bool:
    return piece.endswith(tuple("，。！？、：；,.!?:;—–-"))


def _balanced(spans: Sequence[float], good: Sequence[bool], count: int, space: float) -> list[tuple[int, int]]:
    """Split the spans into `count` consecutive groups that minimise the widest, favouring ends at punctuation."""
    total = [0.0]
    for span in spans:
        total.append(total[-1] + span + space)
    best: dict[tuple[int, int], tuple[float, list[int]]] = {(0, 0): (0.0, [0])}
    for used in range(1, count + 1):
        for end in range(used, len(spans) + 1):
            relief = 0.7 if good[end - 1] and end < len(spans) else 1.0
            starts = [start for start in range(used - 1, end) if (used - 1, start) in best]
            spread = [(total[end] - total[start] - space) * relief for start in starts]
            options = [
                (max(best[used - 1, s][0], wide), best[used - 1, s][1]) for s, wide in zip(starts, spread, strict=True)
            ]
            widest, cuts = min(options, key=lambda option: option[0])
            best[used, end] = widest, [*cuts, end]
    return list(pairwise(best[count, len(spans)][1]))
