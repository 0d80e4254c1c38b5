"""The words of a prompt that steer its style: colours, light, composition, time of day, season and place."""

import functools
import re
from dataclasses import dataclass

from easel_sketch import library
from easel_sketch.reading import words
from easel_sketch.reading.vocabulary import UNSPACED, Finder, any_of, lists_in, position_alone

_GRID = re.compile(r"(?<![\w.])([1-6])\s?[x×]\s?([1-6])(?![\w.]|\s?(?:cm|mm|m|in|ft)\b)")
_MOST_WORDS = 600
_UNWANTED_WORDS = 3
_ENDINGS = (
    # Adjective endings of Russian, of the Romance languages and of German, longest first.
    *("ыми", "ими", "ого", "его", "ому", "ему", "ая", "яя", "ое", "ее", "ые", "ие", "ый", "ий", "ой", "ых", "их", "ым"),
    *("им", "ом", "ем", "ую", "юю", "ей"),
    *("oes", "os", "as", "es", "em", "en", "er", "e", "s", "a", "o", "ा", "ी", "े"),
)
_SHADES = ("dunkel", "hell", "dark", "light", "тёмно", "темно", "светло", "ярко", "oscuro", "claro")
_ARTICLE = re.compile(r"^[وف]?(?:بال|لل|ال|[بل](?=.{4}))")


@dataclass(frozen=True, slots=True)
class Setting:
    """When and where a scene is; empty strings where the prompt does not say."""

    time: str = ""
    season: str = ""
    biome: str = ""


def setting_of(rest: str) -> Setting:
    biomes = lists_in("biome", rest)
    ground = library.table("things")["weak"]["biomes"]
    biome = next((name for name in biomes if name not in ground), "".join(biomes[:1]))
    time, season = ("".join(lists_in(section, rest)[:1]) for section in ("time", "season"))
    return Setting(time, season, biome)


def asked(rest: str, unwanted: tuple[str, ...]) -> tuple[str, ...]:
    """Words that may steer the style, in order, each followed by its dictionary forms if it is an inflected colour.

    Scripts without spaces are searched for the words the tables know.
    """
    forms: list[str] = []
    for word in words.with_compounds(rest)[:_MOST_WORDS]:
        forms += [word, *_dictionary_forms(word)]
    refused = {part for phrase in unwanted for part in words.tokens(phrase)}
    known = sorted((place, word) for word in _unspaced_vocabulary() if (place := position_alone(word, rest)) >= 0)
    kept = [word for word in (*forms, *(word for _, word in known)) if word not in refused]
    return tuple(
        word for word in kept if not any(phrase and word in phrase for phrase in unwanted if UNSPACED.match(phrase))
    )


@words.cached
def _dictionary_forms(word: str) -> tuple[str, ...]:
    """'синих' gives 'синий', 'roja' 'rojo', 'dunkelblaue' 'dunkel' and 'blau'."""
    if word in library.table("palettes")["colours"]:
        return ()
    found: list[str] = []
    for shade in _SHADES:
        rest = word.removeprefix(shade)
        if rest != word and len(rest) > 2:
            found += [shade, *(_base(rest) or (rest,))]
    return tuple(dict.fromkeys([*found, *_base(word)]))


def _base(word: str) -> tuple[str, ...]:
    forms = library.table("lexicon")["inflected"]["forms"]
    for bare in (word, _ARTICLE.sub("", word), word.removeprefix("و")):
        found = forms.get(bare) or next((_bases()[root] for root in _roots(bare) if root in _bases()), "")
        if found:
            return (str(found),)
    return ()


@words.cached
def is_colour(word: str) -> bool:
    """Whether a word names a colour and not primarily a thing, such as 'roses' or 'a lemon'."""
    if word in library.table("lexicon")["inflected"]["things"]:
        return False
    return word in library.table("palettes")["colours"] or bool(_base(word)) or _colours().match(word) is not None


@functools.cache
def _colours() -> Finder:
    translated = (word for found in library.table("palettes")["spoken"].values() for word in found)
    return Finder((*translated, *(f"{word}色" for word in "红金橙黄绿蓝紫粉白黑灰")), whole=True)


@functools.cache
def unspaced_colours() -> Finder:
    """Names of colours in scripts without spaces."""
    listed = (word for found in library.table("palettes")["spoken"].values() for word in found if UNSPACED.match(word))
    return Finder((*listed, *(f"{word}色" for word in "红金橙黄绿蓝紫粉白黑灰"), *(f"{word}い" for word in "赤青白黒")))


@functools.cache
def _bases() -> dict[str, str]:
    """The dictionary form of each colour, by itself and by its stem."""
    listed = library.table("lexicon")["inflected"]["bases"]
    return {_roots(word)[-1]: word for word in reversed(listed)} | {word.replace("ё", "е"): word for word in listed}


@words.cached
def _roots(word: str) -> tuple[str, ...]:
    """A word and its stems after removing each possible ending, the shortest last."""
    plain = word.replace("ё", "е")
    ends = [end for end in _ENDINGS if plain.endswith(end) and len(plain) - len(end) >= 3 - (end > "\u0900")]
    return (plain, *sorted((plain.removesuffix(end) for end in ends), key=len, reverse=True))


@functools.cache
def _unspaced_vocabulary() -> tuple[str, ...]:
    palettes = library.table("palettes")
    moods = [word for palette in palettes["palette"] for word in palette["words"]]
    lists = [listed for table in palettes.values() if isinstance(table, dict) for listed in table.values()]
    names = [word for listed in lists if isinstance(listed, list) for word in listed]
    all_words = [*palettes["colours"], *names, *moods]
    return tuple(dict.fromkeys(word for word in map(str, all_words) if UNSPACED.match(word)))


def unwanted(rest: str, *, passed: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Things the prompt excludes: 'no people' gives 'people'. Words that are `passed` exclude nothing."""
    found: dict[str, None] = {}
    for hit in any_of("negations.before").finditer(rest):
        if hit[0] in passed:
            continue
        if UNSPACED.match(hit[0]):
            thing = re.match(r"[\u3400-\u9fff]{1,4}", rest[hit.end() :])
        else:
            thing = re.match(
                rf"\s+(?:any\s+|a\s+)?((?:[\w-]+(?:\s+(?!and\b|or\b|on\b|in\b|with\b|next\b|near\b|under\b|at\b|of\b|to\b|for\b|from\b|beside\b|but\b))?){{1,{_UNWANTED_WORDS}}})",
                rest[hit.end() : hit.end() + 60],
            )
        found |= {thing[0].strip().lower().removeprefix("any "): None} if thing else {}
    for hit in any_of("negations.after").finditer(rest):
        thing = re.search(r"[\u3040-\u9fff\uac00-\ud7af]{1,6}\s?$", rest[max(0, hit.start() - 8) : hit.start()])
        found |= {thing[0].strip(): None} if thing else {}
    return tuple(found)[:12]


def grid_of(rest: str) -> tuple[int, ...]:
    """Columns and rows, as in '2x2 icons' or '3 × 4'; empty if there are none."""
    found = _GRID.search(rest)
    return (int(found[1]), int(found[2])) if found else ()


def count_of(rest: str) -> int:
    """The first number of things asked for, as in 'six icons' or '九个图标'; 0 if there is none."""
    hits = [(match.start(), number) for number, match in _counts(rest)]
    return min(hits, default=(0, 0))[1]


def _counts(rest: str) -> list[tuple[int, re.Match[str]]]:
    """Numbers above 1 with the match of each."""
    digits = re.search(
        r"(?<![\d:.,/])(\d{1,2})(?=\s+[^\W\d]{3,}|\s?(?:个|個|张|枚|种|款|つ|匹|가지|개))(?!\s+(?:km|kg|min|hours?|years?|percent|am|pm)\b)",
        rest,
    )
    found = [(int(digits[1]), digits)] if digits else []
    for number, listed in library.table("lexicon")["numbers"].items():
        spaced = "|".join(re.escape(word) for word in listed if not UNSPACED.match(word))
        counted = "|".join(re.escape(word) for word in listed if UNSPACED.match(word))
        match = re.search(
            rf"\b(?:{spaced})\s+[^\W\d]{{3,}}|(?:{counted})(?:个|個|张|枚|种|款|只|条|つの|つ|匹|\s(?:가지|개|마리))",
            rest,
            re.IGNORECASE,
        )
        found += [(int(number), match)] if match else []
    return [(number, match) for number, match in found if number > 1]
