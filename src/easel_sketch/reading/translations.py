"""Nouns of ten languages, from `translations.toml`: what a word names, and the word for what is drawn."""

import functools
from collections.abc import Iterator

from easel_sketch import library
from easel_sketch.reading import words
from easel_sketch.reading.vocabulary import UNSPACED

LANGUAGES = ("de", "fr", "es", "pt", "ru", "zh", "ja", "ko", "ar", "hi")
LATIN = LANGUAGES[:4]
ADJECTIVES_LAST = frozenset({"fr", "es", "pt", "ar"})
THING, PLACE = "things", "places"
_SHORTEST = 3  # letters of a word that is found by an inflected form


def meaning(phrase: str, language: str) -> tuple[str, str]:
    """THING or PLACE and its name in the table, for a word or phrase in any of its forms; else empty strings."""
    known, phrase = _forms(language), phrase.lower()
    if phrase in known:
        return known[phrase]
    bare = phrase.removeprefix("و") if language == "ar" else phrase  # 'and'
    forms = (form for form in words.forms(bare) if len(form) >= _SHORTEST or UNSPACED.match(form))
    return next((known[form] for form in forms if form in known), ("", ""))


def is_known(word: str, language: str) -> bool:
    return bool(meaning(word, language)[0])


def longest(text: str, at: int, language: str) -> int:
    """The letters of the longest known word that begins at a place of a text without spaces; 0 if there is none."""
    known = _forms(language)
    return next(
        (size for size in range(min(_most(language), len(text) - at), 0, -1) if text[at : at + size] in known), 0
    )


def word_for(name: str, language: str) -> str:
    """The word of a language for a thing, a place or a part of a scene by its name in the table; else empty."""
    return _labels(language).get(name) or _labels(language).get(name.lower().replace(" ", "-"), "")


def _rows(language: str, *sections: str) -> Iterator[tuple[str, str, list[str]]]:
    """Section, name and words of each row in a language; Chinese and Japanese share their characters."""
    table = library.table("translations")
    for column in (language, *({"zh": "ja", "ja": "zh"}.get(language, ()),)):
        if column in LANGUAGES:
            place = LANGUAGES.index(column)
            for section in sections:
                for name, row in table[section].items():
                    yield section, name, row[place].split("/")


@functools.cache
def _forms(language: str) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for section, name, row in _rows(language, PLACE, THING):
        for word in row:
            found.setdefault(word.lower(), (section, name))
    return found


@functools.cache
def _most(language: str) -> int:
    return max(map(len, _forms(language)), default=0)


@functools.cache
def _labels(language: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for _, name, row in _rows(language, "parts", THING, PLACE):
        found.setdefault(name, row[0])
    return found
