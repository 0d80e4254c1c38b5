"""English nouns: whether a word names a thing, and the wider words for it, from WordNet."""

import functools
import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator

from easel_sketch import library
from easel_sketch.reading import words

THING, SELDOM, NAMELESS, OTHER, UNKNOWN = "thing", "seldom", "nameless", "other", "unknown"
_NO_THING = {"": UNKNOWN, "~": NAMELESS, "~-": NAMELESS, "-": OTHER}
_LONGEST = 60
_PLURALS = (("ies", ("y", "ie")), ("ves", ("f", "fe")), ("s", ("",)), ("es", ("",)), ("men", ("man",)))
_IRREGULAR = {
    "cacti": "cactus",
    "children": "child",
    "feet": "foot",
    "geese": "goose",
    "men": "man",
    "mice": "mouse",
    "oxen": "ox",
    "people": "person",
    "teeth": "tooth",
    "women": "woman",
}


def part_of(phrase: str) -> str:
    """THING for a noun that can be seen, SELDOM if it is more often another part of speech, NAMELESS for other nouns,
    OTHER for words that are no nouns, UNKNOWN if WordNet does not have it.
    """
    kind = _entry(singular(phrase))
    if not kind and _is_verb_form(phrase):
        return OTHER
    return _NO_THING.get(kind) or (SELDOM if kind.startswith("?") else THING)


def is_kind_of(phrase: str, *wanted: str) -> bool:
    """Whether one of the wider words for a noun is among those wanted."""
    return any(word in wanted for word in wider(phrase))


def is_name(word: str) -> bool:
    """Whether a word with a capital is a name of another thing than the word without: 'Berlin', 'Turkey'."""
    return word[:1].isupper() and bool(_entry(word))


@words.cached
def singular(phrase: str) -> str:
    """The form of a noun that WordNet has: 'koi ponds' gives 'koi pond'; the phrase itself if it has none."""
    return next((form for form in singulars(phrase) if _entry(form)), phrase)


def singulars(phrase: str) -> list[str]:
    """A noun and what it may be the plural of in English."""
    head, _, last = phrase.rpartition(" ")
    forms = [_IRREGULAR.get(last, last), last]
    for ending, ends in _PLURALS:
        if last.endswith(ending) and len(last) > len(ending) + 1:
            forms += [last.removesuffix(ending) + end for end in ends]
    return [f"{head} {form}".strip() for form in forms]


def wider(phrase: str) -> Iterator[str]:
    """The word, its synonym and the words for what it is a kind of, the nearest first; `crane.2` is another sense."""
    word = singular(phrase)
    while (kind := _entry(word)) not in _NO_THING:
        yield word
        word = kind.lstrip("?=")


def _is_verb_form(word: str) -> bool:
    """Whether an unknown word is a known one with the ending of a verb: 'guarding', 'stopped'."""
    for ending in ("ing", "ed"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2:
            return any(map(_entry, (stem, f"{stem}e", stem[:-1] if stem[-1:] == stem[-2:-1] else "")))
    return False


@functools.lru_cache(maxsize=8192)
def _entry(word: str) -> str:
    """What follows the word in the table; empty if it is not there."""
    if not word or len(word) > _LONGEST:
        return ""
    table, starts = _lines()
    key = f"{word}>".encode()
    at = bisect_left(starts, key, key=lambda start: table[start : start + len(key)])
    if at == len(starts) or not table.startswith(key, starts[at]):
        return ""
    return table[starts[at] + len(key) : table.index(b"\n", starts[at])].decode()


@functools.cache
def _lines() -> tuple[bytes, "array[int]"]:
    """The table, and where each of its lines begins; the last one ends it."""
    table = library.nouns()
    return table, array("I", (found.end() for found in re.finditer(b"\n", table)))
