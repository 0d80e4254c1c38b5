"""Find the texts a prompt puts between quotation marks. Knows punctuation, nothing else.

The outermost pair wins, order is kept, and a text quoted twice is found twice.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_CLOSING = {
    '"': '"',
    "“": "”",
    "„": "“”",
    "«": "»",
    "「": "」",
    "『": "』",
    "《": "》",
    "‘": "’",
    "'": "'",
}
_SINGLES = "‘'"
_LONGEST_SINGLE = 400
_MOST_MISSES = 60  # apostrophes that closed nothing, after which the rest are taken for apostrophes too
_OPENING = re.compile(f"[{''.join(_CLOSING)}]")
_ENDS = {mark: re.compile(f"[{closing}]") for mark, closing in _CLOSING.items()}


@dataclass(frozen=True, slots=True)
class Span:
    text: str
    start: int
    end: int


def quoted(prompt: str) -> tuple[str, ...]:
    """Every quoted text of `prompt`, in order, without its marks."""
    return tuple(span.text for span in spans(prompt))


def unquoted(prompt: str) -> str:
    """What is left of `prompt` once its quoted texts are taken out: the scene and the instructions."""
    return without(prompt, spans(prompt))


def without(prompt: str, found: Sequence[Span]) -> str:
    """`prompt` less the texts found in it."""
    rest, at = [], 0
    for span in found:
        rest.append(prompt[at : span.start])
        at = span.end
    return " ".join([*rest, prompt[at:]])


def spans(prompt: str) -> tuple[Span, ...]:
    """Every quoted text of `prompt` and where it stands, marks included."""
    found: list[Span] = []
    unclosed: set[str] = set()
    at = misses = 0
    while opening := _OPENING.search(prompt, at):
        start, mark = opening.start(), opening[0]
        at = start + 1
        if mark in unclosed or not _opens(prompt, start):
            continue
        end = _closing(prompt, start)
        if end is None:
            # A single mark may yet be closed further on; for the others one miss settles it.
            misses += mark in _SINGLES
            unclosed |= {mark} if mark not in _SINGLES or misses > _MOST_MISSES else set()
            continue
        text = " ".join(prompt[start + 1 : end].split())
        found += [Span(text, start, end + 1)] if text else []
        at = end + 1
    return tuple(found)


def _opens(prompt: str, start: int) -> bool:
    """An apostrophe or an inch sign stands after a word, and a mark before a space opens nothing."""
    if prompt[start] not in "‘'\"":
        return True
    before, after = prompt[start - 1 : start], prompt[start + 1 : start + 2]
    return not (before.isascii() and before.isalnum()) and not after.isspace()


def _closing(prompt: str, start: int) -> int | None:
    """Where the mark at `start` closes, if it does."""
    mark = prompt[start]
    if mark not in _SINGLES:
        found = _ENDS[mark].search(prompt, start + 1)
        return found.start() if found else None
    for found in _ENDS[mark].finditer(prompt, start + 1, start + _LONGEST_SINGLE):
        if _ends_single(prompt, start, found.start()):
            return found.start()
    return None


def _ends_single(prompt: str, start: int, end: int) -> bool:
    """An apostrophe inside a word does not end a text, and neither does one that would leave a single letter."""
    after = prompt[end + 1 : end + 2]
    return not after.isalnum() and not prompt[end - 1].isspace() and end - start > 2
