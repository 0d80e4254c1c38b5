"""Find the texts a prompt puts between quotation marks.

The outermost pair wins, order is kept, and a text quoted twice is found twice.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_CLOSING = {'"': '"', "“": "”", "„": "“”", "«": "»", "「": "」", "『": "』", "《": "》", "‘": "’", "'": "'"}
_SINGLES = "‘'"
_LONGEST_SINGLE = 400
_MOST_MISSES = 60  # unclosed single quotes after which the rest count as apostrophes: bounds the time
_OPENING = re.compile(f"[{''.join(_CLOSING)}]")
_ENDS = {mark: re.compile(f"[{closing}]") for mark, closing in _CLOSING.items()}


@dataclass(frozen=True, slots=True)
class Span:
    """A quoted text without its marks, and its range in the prompt with them."""

    text: str
    start: int
    end: int


def quoted(prompt: str) -> tuple[str, ...]:
    """Every quoted text of `prompt`, in order, without its marks."""
    return tuple(span.text for span in spans(prompt))


def without(prompt: str, found: Sequence[Span]) -> str:
    """`prompt` without these spans."""
    rest, at = [], 0
    for span in found:
        rest.append(prompt[at : span.start])
        at = span.end
    return " ".join([*rest, prompt[at:]])


def spans(prompt: str) -> tuple[Span, ...]:
    """Every quoted text of `prompt` with its range."""
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
            # A later single quote may still be closed; another mark that is not closed once never is.
            misses += mark in _SINGLES
            unclosed |= {mark} if mark not in _SINGLES or misses > _MOST_MISSES else set()
            continue
        text = " ".join(prompt[start + 1 : end].split())
        found += [Span(text, start, end + 1)] if text else []
        at = end + 1
    return tuple(found)


def _opens(prompt: str, start: int) -> bool:
    """Whether a mark opens a quotation: not after a word (apostrophe, inch sign), and not before a space."""
    if prompt[start] not in "‘'\"":
        return True
    before, after = prompt[start - 1 : start], prompt[start + 1 : start + 2]
    return not (before.isascii() and before.isalnum()) and not after.isspace()


def _closing(prompt: str, start: int) -> int | None:
    """The position of the mark that closes the one at `start`."""
    mark = prompt[start]
    if mark not in _SINGLES:
        found = _ENDS[mark].search(prompt, start + 1)
        return found.start() if found else None
    for found in _ENDS[mark].finditer(prompt, start + 1, start + _LONGEST_SINGLE):
        if _ends_single(prompt, start, found.start()):
            return found.start()
    return None


def _ends_single(prompt: str, start: int, end: int) -> bool:
    """Whether a single quote closes: not inside a word, and not after a single letter."""
    after = prompt[end + 1 : end + 2]
    return not after.isalnum() and not prompt[end - 1].isspace() and end - start > 2
