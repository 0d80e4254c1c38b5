"""Find the words of a list in a text, in any script. The lists are in `kinds.toml` and `lexicon.toml`.

`*plakat*` in a list matches with any ending and any first part of a compound. Scripts without spaces are searched
anywhere, but a single character counts only where it is not part of a longer word.
"""

import functools
import re
from collections.abc import Iterator

from easel_sketch import library

# Vowel signs are not `\w` letters but are part of words in Hindi and Arabic.
# The two alternatives are disjoint: overlapping ones would make `re` backtrack exponentially.
_SIGNS = r"\u0300-\u036f\u064b-\u0652\u0900-\u0963\u0966-\u097f"
LETTER = rf"[^\W_{_SIGNS}]|[{_SIGNS}]"
UNSPACED = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af]")
_HANGUL = re.compile(r"[\uac00-\ud7af]")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_ENDING, _FRONT = rf"(?:{LETTER}){{0,8}}", rf"(?:{LETTER}){{0,24}}?"
_ARTICLES = "(?:[وف]?(?:ال|لل|بال|كال|[بلك])?)"
_PARTICLES = "을|를|이|가|은|는|의|에|로|과|와|도|용|한|처"
_IN_KINDS = ("kinds", "surfaces", "scenes", "shapes", "figures", "fronts", "characters")


class Finder:
    """Searches text for the words of one list; with `whole`, a match must reach the end of the text."""

    def __init__(self, word_list: tuple[str, ...], *, whole: bool = False) -> None:
        words = sorted(map(str.lower, word_list), key=len, reverse=True)
        spaced = "|".join(_word_pattern(word) for word in words if not UNSPACED.match(word))
        anywhere = "|".join(_unspaced_pattern(word) for word in words if UNSPACED.match(word))
        bounded = rf"(?<!{LETTER})(?:{spaced})(?!{LETTER}|['’]s-)" if spaced else ""
        # Searching lower-cased text is much faster than re.IGNORECASE.
        either = "|".join(filter(None, (bounded, anywhere))) or "(?!)"
        self._pattern = re.compile(rf"(?:{either})$" if whole else either)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All matches in order, in lower case; positions are those in `text`."""
        text = _lowered(text)
        return (found for found in self._pattern.finditer(text) if _stands_alone(text, found))

    def search(self, text: str) -> re.Match[str] | None:
        return next(self.finditer(text), None)

    def sub(self, with_: str, text: str) -> str:
        """The text with every word of the list replaced."""
        for found in reversed(list(self.finditer(text))):
            text = f"{text[: found.start()]}{with_}{text[found.end() :]}"
        return text

    def match(self, text: str) -> re.Match[str] | None:
        """The word that the text begins with, if it is in the list."""
        return self._pattern.match(_lowered(text))


def _lowered(text: str) -> str:
    """Lower case of the same length: a few letters would become two."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(c if len(c.lower()) > 1 else c.lower() for c in text)


@functools.cache
def any_of(*paths: str) -> Finder:
    """A finder for the words of some lists, such as 'kinds.poster'."""
    return Finder(tuple(word for path in paths for word in word_list(path)))


def word_list(path: str) -> tuple[str, ...]:
    section, _, key = path.partition(".")
    return tuple(library.table("kinds" if section in _IN_KINDS else "lexicon")[section][key])


def lists_in(section: str, text: str) -> tuple[str, ...]:
    """The names of the section's lists that the text mentions, in order of mention."""
    lists = library.table("kinds" if section in _IN_KINDS else "lexicon")[section]
    found = [(hit.start(), name) for name in lists if (hit := any_of(f"{section}.{name}").search(text))]
    return tuple(name for _, name in sorted(found))


def _word_pattern(word: str) -> str:
    core = re.escape(word.strip("*")).replace(r"\ ", r"\s+")
    front = _FRONT if word.startswith("*") else _ARTICLES if _ARABIC.match(word) else ""
    return front + core + (_ENDING if word.endswith("*") else "")


def _unspaced_pattern(word: str) -> str:
    if _HANGUL.match(word) and len(word) == 1:
        return f"(?<![\uac00-\ud7af]){word}(?=(?:{_PARTICLES})|[^\uac00-\ud7af]|$)"
    return re.escape(word)


def _stands_alone(text: str, found: re.Match[str]) -> bool:
    """Whether a word of a script without spaces is not part of a longer one, as '海' is in '海报'."""
    if not UNSPACED.match(found[0]):
        return True
    at, size = found.start(), len(found[0])
    longer = (held for held in _longer_words().get(found[0][0], ()) if held[1] <= at and size + held[1] <= len(held[0]))
    return not any(len(word) > size and text.startswith(word, at - place) for word, place in longer)


@functools.cache
def _longer_words() -> dict[str, tuple[tuple[str, int], ...]]:
    """For each character, the longer words that contain it and its position in them."""
    held: dict[str, list[tuple[str, int]]] = {}
    kinds = library.table("kinds")
    listed_words = (word for section in ("kinds", "surfaces") for words in kinds[section].values() for word in words)
    for word in (*library.table("lexicon")["words"]["apart"], *listed_words):
        if len(word) > 1 and UNSPACED.match(word):
            for place, char in enumerate(word):
                held.setdefault(char, []).append((word, place))
    return {char: tuple(found) for char, found in held.items()}


def position_alone(word: str, text: str) -> int:
    """The position where an unspaced word first is not part of a longer one; -1 if there is none."""
    found = next((hit for hit in re.finditer(re.escape(word), text) if _stands_alone(text, hit)), None)
    return found.start() if found else -1
