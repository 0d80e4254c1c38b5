"""Sentences for people: the nearest word to a misspelt one, and lists in prose."""

import math
import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

_RATIO = re.compile(r"(\d{1,6})[:x×/](\d{1,6})")

# A character of a text that is not empty: no blank, no control, and none that fonts do not show (joiners, direction
# marks, fillers, variation selectors). Means the same in Python and in JSON Schema: no \s.
SOME_TEXT = (
    r"[^\u0000-\u0020\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f"
    r"\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb]"
)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most similar to `word`, ignoring case and - _ differences; None when none is similar.

    For a ratio (16:9, 1920x1080) it is the known ratio with the nearest shape.
    """
    word, known = word[:200], list(known)
    shape = _shape(word)
    if known and shape is not None and all(_shape(candidate) is not None for candidate in known):
        return min(known, key=lambda candidate: abs(shape - (_shape(candidate) or 0.0)))

    def plain(text: str) -> str:
        return text.lower().replace("-", "").replace("_", "")

    by_plain = {plain(candidate): candidate for candidate in known}
    nearest_words = get_close_matches(plain(word), by_plain, n=1, cutoff=0.55)
    return by_plain[nearest_words[0]] if nearest_words else None


def listed(words: Sequence[str], last: str = "or") -> str:
    """`a`, `a or b`, `a, b or c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def _shape(text: str) -> float | None:
    """The logarithm of a ratio, so that 2:3 and 3:2 are equally far from 1:1."""
    match = _RATIO.fullmatch(text.strip())
    if match is None or 0 in (width := int(match[1]), height := int(match[2])):
        return None
    return math.log(width / height)
