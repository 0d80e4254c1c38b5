"""Basic operations on words: tokenising, stemming, title case, script detection."""

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from typing import TypeVar

from easel_sketch import library
from easel_sketch.reading.vocabulary import LETTER

Answer = TypeVar("Answer")

_LONGEST = 120  # characters of the longest cached word; longer than any word in the tables

_TOKEN = re.compile(rf"(?:{LETTER})+(?:['’](?:{LETTER})+)*")
_HYPHENATED = re.compile(r"(?<!\w)\w+(?:-\w+)+")
_ACCENTED = re.compile(r"[^\x00-\x7f’‘“”–—…]")
_ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ers", "ed", "es", "er", "ly", "s")
_ARTICLE = re.compile(r"^[وف]?(?:بال|كال|لل|ال|[لبك](?=[\u0600-\u06ff]{3}))")
# Plural endings and their singular forms, English first.
_PLURALS = (
    ("ies", ("y", "ie")),
    ("ves", ("f", "fe")),
    ("es", ("", "e")),
    ("s", ("",)),
    ("oes", ("o",)),
    ("ões", ("ão",)),
    ("eaux", ("eau",)),
    ("aux", ("al",)),
    ("en", ("", "e")),
    ("er", ("",)),
    ("n", ("",)),
    ("e", ("",)),
    ("ья", ("",)),
    *(
        (ending, ("", "а", "я", "ь", "о", "е", "й"))
        for ending in (
            "ами",
            "ями",
            "ах",
            "ях",
            "ов",
            "ев",
            "ей",
            "ой",
            "ый",
            "ы",
            "и",
            "а",
            "я",
            "у",
            "ю",
            "е",
            "ом",
            "ем",
        )
    ),
    ("ات", ("", "ة")),
    ("ों", ("", "ा", "ी")),
    ("ें", ("",)),
    ("े", ("ा",)),
    ("ियाँ", ("ी",)),
    ("ियां", ("ी",)),
)
_CONTROLS = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)

_SCRIPTS = (
    ("ja", "\u3040-\u30ff"),
    ("ko", "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af"),
    ("zh", "\u2e80-\u2fdf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002ffff"),
    ("ar", "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff"),
    ("he", "\u0590-\u05ff"),
    ("hi", "\u0900-\u097f"),
    ("th", "\u0e00-\u0e7f"),
)
_IN_SCRIPT = tuple((name, re.compile(f"[{ranges}]")) for name, ranges in _SCRIPTS)
RIGHT_TO_LEFT = frozenset({"ar", "he"})
UNSPACED = frozenset({"zh", "ja", "th"})


def cached(function: Callable[[str], Answer]) -> Callable[[str], Answer]:
    """Cache a function of a word. Longer texts are not cached: they come from users and would fill the memory."""
    keeping = functools.lru_cache(maxsize=8192)(function)

    @functools.wraps(function)
    def answer(word: str) -> Answer:
        return keeping(word) if len(word) <= _LONGEST else function(word)

    return answer


def clean(text: str) -> str:
    """Remove control characters and lone surrogates; line ends and tabs stay."""
    return unicodedata.normalize("NFC", _CONTROLS.sub("", text))


def tokens(text: str) -> list[str]:
    """The words of a text in lower case, without possessive endings."""
    return [word.lower().removesuffix("'s").removesuffix("’s") for word in _TOKEN.findall(text)]


def with_compounds(text: str) -> list[str]:
    """The words of a text, then its hyphenated words as a whole, in lower case."""
    return [*tokens(text), *(word.lower() for word in _HYPHENATED.findall(text))]


def spans(text: str) -> list[tuple[int, str]]:
    """The words of a text as they are spelt, each with its position."""
    return [(found.start(), found[0]) for found in _TOKEN.finditer(text)]


def stem(word: str) -> str:
    """A rough English stem, enough to match 'brewing' with 'brew'."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)] + ("y" if ending == "ies" else "")
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


def forms(phrase: str) -> tuple[str, ...]:
    """A word or phrase and its possible singulars: 'leaves' gives 'leave', 'leaf' and 'leav'."""
    head, _, last = phrase.rpartition(" ")
    found = [last]
    for ending, singulars in _PLURALS:
        if last.endswith(ending) and len(last) - len(ending) >= 2:
            found += [last.removesuffix(ending) + singular for singular in singulars]
    found += [bare for bare in (_ARTICLE.sub("", word) for word in tuple(found)) if len(bare) > 1]
    return tuple(dict.fromkeys(f"{head} {word}".strip() for word in found))


def is_hangul(word: str) -> bool:
    return "\uac00" <= word[:1] <= "\ud7af"


def _is_elsewhere(phrase: str) -> bool:
    """Whether a phrase has letters or small words of other languages and no small words of English."""
    said, (english, other) = {*tokens(phrase)}, _small_words()
    return said.isdisjoint(english) and (not said.isdisjoint(other) or bool(_ACCENTED.search(phrase)))


@functools.cache
def _small_words() -> tuple[frozenset[str], frozenset[str]]:
    """The small words of English, and those of other languages."""
    table = library.table("languages")["function"]
    english = frozenset(table["en"])
    return english, frozenset(word for name, found in table.items() for word in found if name != "en") - english


def titled(phrase: str) -> str:
    """English title case, which keeps small words and words with capitals; elsewhere only a first capital."""
    if _is_elsewhere(phrase):
        return phrase[:1].upper() + phrase[1:]
    words = phrase.split()
    small = library.table("lexicon")["words"]["small"]
    return " ".join(
        word if word != word.lower() or (place > 0 and word in small) else word[:1].upper() + word[1:]
        for place, word in enumerate(words)
    )


def scripts(text: str) -> Counter[str]:
    """The number of characters in each non-Latin script."""
    found = Counter({name: len(pattern.findall(text)) for name, pattern in _IN_SCRIPT})
    return +found


def language(text: str) -> str:
    """A language tag for line breaking and glyph shapes; 'en' for every other alphabet."""
    found = scripts(text)
    if not found or found.total() < 0.15 * sum(char.isalpha() for char in text):
        return "en"
    if found["ja"] and found["zh"] + found["ja"] >= found["ko"]:
        return "ja"
    return max(found, key=lambda name: found[name])
