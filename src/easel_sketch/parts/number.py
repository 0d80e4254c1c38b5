"""Numbers among the texts: which texts are numbers, their percentage, and which words they belong to."""

import re
from collections.abc import Sequence

_UNIT = r"(?:%|percent|[a-zA-Z°²³µ/]{1,4}|[\u4e00-\u9fff\uac00-\ud7af]{1,2}|[xX×★])"
_NUMBER = re.compile(rf"[+−–-]?(?:[$€£¥₹₽]\s?)?\d[\d.,: /]*\s?{_UNIT}?\+?")
_PERCENT = re.compile(r"(\d{1,3}(?:[.,]\d+)?)\s?(?:%|percent)")

Figure = tuple[str, ...]


def bare(text: str) -> bool:
    """Whether a text is only a number with its unit."""
    return bool(_NUMBER.fullmatch(text.strip()))


def paired(items: Sequence[str]) -> list[Figure]:
    """Pair each number with the words after it, or with those before it if words come first."""
    found: list[Figure] = []
    for item in items:
        before = found[-1] if found else ()
        if len(before) == 1 and bare(item) != bare(before[0]):
            found[-1] = (*before, item)
        else:
            found.append((item,))
    return found


def percent(figure: Figure) -> float | None:
    """The percentage that a figure names, as a share of 0 to 1."""
    found = _PERCENT.search(" ".join(figure))
    return min(1.0, float(found[1].replace(",", ".")) / 100) if found else None
