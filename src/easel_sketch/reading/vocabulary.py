"""Find the words of a list in a text, in any script. The lists stand in `kinds.toml` and `lexicon.toml`.

A list may say `*plakat*`: then any ending, and in front whatever a compound puts there, belongs to the word. Scripts
without spaces are searched anywhere, but a single character counts only where it is not part of a longer word.
"""

import functools
import re
from collections.abc import Iterator

from easel_sketch import library

# What a word is made of. Vowel signs are no letters to `re`, yet they do not end a word of Hindi or Arabic.
# The halves have nothing in common: with two ways to read a letter, `re` tries a word of n letters in 2 to the n ways.
_SIGNS = r"\u0300-\u036f\u064b-\u0652\u0900-\u0963\u0966-\u097f"
LETTER = rf"[^\W_{_SIGNS}]|[{_SIGNS}]"
UNSPACED = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af]")
_HANGUL = re.compile(r"[\uac00-\ud7af]")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_ENDING, _FRONT = rf"(?:{LETTER}){{0,8}}", rf"(?:{LETTER}){{0,24}}?"
_ARTICLES = "(?:[وف]?(?:ال|لل|بال|كال|[بلك])?)"
_PARTICLES = "을|를|이|가|은|는|의|에|로|과|와|도|용|한|처"
_IN_KINDS = ("kinds", "surfaces", "scenes", "shapes", "figures")


class Finder:
    """Looks for the words of one list; for a text that is one of them `whole`, if asked."""

    def __init__(self, listed: tuple[str, ...], *, whole: bool = False) -> None:
        words = sorted(map(str.lower, listed), key=len, reverse=True)
        spaced = "|".join(_spaced(word) for word in words if not UNSPACED.match(word))
        anywhere = "|".join(_anywhere(word) for word in words if UNSPACED.match(word))
        bounded = rf"(?<!{LETTER})(?:{spaced})(?!{LETTER}|['’]s-)" if spaced else ""
        # Looking in text made small is much faster than looking in either case.
        either = "|".join(filter(None, (bounded, anywhere))) or "(?!)"
        self._pattern = re.compile(rf"(?:{either})$" if whole else either)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every hit in order, in lower case, where it stands in `text`."""
        text = _lowered(text)
        return (found for found in self._pattern.finditer(text) if _stands_alone(text, found))

    def search(self, text: str) -> re.Match[str] | None:
        return next(self.finditer(text), None)

    def match(self, text: str) -> re.Match[str] | None:
        """The word the text begins with, if it is one of the list."""
        return self._pattern.match(_lowered(text))


def _lowered(text: str) -> str:
    """Lower case of the same length: a few letters would become two."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(c if len(c.lower()) > 1 else c.lower() for c in text)


@functools.cache
def any_of(*paths: str) -> Finder:
    """What finds the words of some lists, such as 'kinds.poster'."""
    return Finder(tuple(word for path in paths for word in listed(path)))


def listed(path: str) -> tuple[str, ...]:
    section, _, key = path.partition(".")
    return tuple(library.table("kinds" if section in _IN_KINDS else "lexicon")[section][key])


def named(section: str, text: str) -> tuple[str, ...]:
    """The names of the section's lists that the text mentions, in order of mention."""
    lists = library.table("kinds" if section in _IN_KINDS else "lexicon")[section]
    found = [(hit.start(), name) for name in lists if (hit := any_of(f"{section}.{name}").search(text))]
    return tuple(name for _, name in sorted(found))


def _spaced(word: str) -> str:
    core = re.escape(word.strip("*")).replace(r"\ ", r"\s+")
    front = _FRONT if word.startswith("*") else _ARTICLES if _ARABIC.match(word) else ""
    return front + core + (_ENDING if word.endswith("*") else "")


def _anywhere(word: str) -> str:
    if _HANGUL.match(word) and len(word) == 1:
        return f"(?<![\uac00-\ud7af]){word}(?=(?:{_PARTICLES})|[^\uac00-\ud7af]|$)"
    return re.escape(word)


def _stands_alone(text: str, found: re.Match[str]) -> bool:
    """Whether an unspaced word is not a part of a longer one: '海' is not, in '海报'."""
    if not UNSPACED.match(found[0]):
        return True
    at, size = found.start(), len(found[0])
    longer = (held for held in _holding().get(found[0][0], ()) if held[1] <= at and size + held[1] <= len(held[0]))
    return not any(len(word) > size and text.startswith(word, at - place) for word, place in longer)


@functools.cache
def _holding() -> dict[str, tuple[tuple[str, int], ...]]:
    """For each character the longer words it is a part of, and its place in them."""
    held: dict[str, list[tuple[str, int]]] = {}
    kinds = library.table("kinds")
    every = (word for section in ("kinds", "surfaces") for words in kinds[section].values() for word in words)
    for word in (*library.table("lexicon")["words"]["apart"], *every):
        if len(word) > 1 and UNSPACED.match(word):
            for place, char in enumerate(word):
                held.setdefault(char, []).append((word, place))
    return {char: tuple(found) for char, found in held.items()}


def alone(word: str, text: str) -> int:
    """Where an unspaced word first stands on its own in the text; -1 where it does not."""
    found = next((hit for hit in re.finditer(re.escape(word), text) if _stands_alone(text, hit)), None)
    return found.start() if found else -1
