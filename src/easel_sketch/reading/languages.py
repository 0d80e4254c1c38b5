"""The language a prompt is in, by its script or by the small words of Latin languages."""

import functools
import re
import unicodedata

from easel_sketch import library
from easel_sketch.reading import nouns, words
from easel_sketch.reading.style_words import is_colour
from easel_sketch.reading.translations import LATIN, is_known

_READ = 1_000  # characters
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = re.compile(r"[^\W\d_]")
_HALF = 0.5  # what a noun of English, or a word of several languages, counts beside a small word
_NAME_WEIGHT = 8  # of an icon's name


@functools.lru_cache(maxsize=256)
def _of(text: str) -> str:
    scripts = words.scripts(text)
    scripts["ru"] = len(_CYRILLIC.findall(text))
    if scripts.total() > 0.3 * len(_LATIN.findall(text)):  # letters of all scripts
        japanese = scripts["ja"] and scripts["ja"] + scripts["zh"] >= scripts["ko"]
        return "ja" if japanese else max(scripts, key=lambda name: scripts[name])
    scores = _scores(text)
    english = scores.pop("en")
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] > english else "en"


def language_of(text: str) -> str:
    """The code of a text's language: one of `translations.LANGUAGES`, 'he', 'th', or 'en' for all that is not known."""
    return _of(text[:_READ])


def is_foreign(text: str) -> bool:
    """Whether a text in Latin letters is in another language than English."""
    return language_of(text) in LATIN


def _scores(text: str) -> dict[str, float]:
    """How many words speak for each language. A capital amid a text is a noun's in German, else a name's."""
    scores = dict.fromkeys(("en", *LATIN), 0.0)
    spelt = [word for _, word in words.spans(text)]
    for place, word in enumerate(spelt):
        named = _is_title(word) and (place > 0 or any(map(_is_title, spelt[1:2])))
        small = () if named else tuple(name for name, found in _small_words().items() if word.lower() in found)
        if not small and without_article(word) != word:
            small = ("fr",)
        for name in small:
            scores[name] += 1
        if not small:
            for name, share in _owners(word.lower(), ("en", "de") if named else ("en", *LATIN)):
                scores[name] += share
    return scores


def _owners(word: str, possible: tuple[str, ...]) -> list[tuple[str, float]]:
    """The languages that a word which is no small one speaks for, and how much."""
    known = [name for name in possible if is_known(word, name)]
    plain = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    english = any(nouns.part_of(form) != nouns.UNKNOWN for form in (word, plain))
    if english or plain in library.table("palettes")["colours"]:
        return [] if known else [("en", _HALF)]
    if known:
        return [(name, 1) for name in known]
    weights = library.icon_pack()["words"].get(word, ())[1::2]
    if word.isascii() and not is_colour(word) and not any(weight >= _NAME_WEIGHT for weight in weights):
        return []
    accents = {letter for letter in word if not letter.isascii()}
    letters = library.table("languages")["letters"]
    share = _HALF if len(possible) > len(("en", "de")) else _HALF / 2  # names speak for little
    return [(name, share) for name in possible if name != "en" and accents.issubset(letters[name])]


def _is_title(word: str) -> bool:
    return word[:1].isupper() and not word.isupper()


def without_article(word: str) -> str:
    """A French word without what it is written together with: "l'eau" gives 'eau'."""
    front, _, rest = word.replace("’", "'").partition("'")
    return rest if len(rest) > 1 and front.lower() in _elisions() else word


@functools.cache
def _elisions() -> frozenset[str]:
    return frozenset(library.table("languages")["elided"]["words"])


@functools.cache
def _small_words() -> dict[str, frozenset[str]]:
    table = library.table("languages")["function"]
    return {name: frozenset(table[name]) for name in ("en", *LATIN)}
