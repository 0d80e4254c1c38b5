"""How many points and steps a prompt asks for. The nouns are in `requests.toml`, the numbers in `lexicon.toml`."""

import functools
import re
from collections.abc import Iterable

from easel_sketch import library
from easel_sketch.reading.vocabulary import LETTER, UNSPACED

_READ = 2_000  # characters that are searched


def counted(text: str) -> dict[str, int]:
    """How many `points` and `steps` a text asks for; without those it does not count."""
    found = ((unit, _counts(unit).search(text[:_READ])) for unit in _units())
    numbers = {unit: _number(match["spaced"] or match["own"]) for unit, match in found if match}
    return {unit: number for unit, number in numbers.items() if number > 1}


def without_count(clause: str) -> str:
    """A clause without a number of points or steps at its end: 'tea in four points' is about tea."""
    for unit in _units() if len(clause) < _READ else ():
        found = _counts(unit).search(clause)
        if found and not clause[found.end() :].strip(" .。"):
            clause = _preposition().sub("", clause[: found.start()]).strip()
    return clause


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _numbers()[word.lower()]


@functools.cache
def _numbers() -> dict[str, int]:
    return {word: int(number) for number, found in library.table("lexicon")["numbers"].items() for word in found}


def _units() -> tuple[str, ...]:
    return tuple(library.table("requests")["counted"])


@functools.cache
def _counts(unit: str) -> re.Pattern[str]:
    """A number and its noun, with at most two words between them."""
    table = library.table("requests")
    units, counters = table["counted"][unit], table["counters"]
    plain, unspaced = alternatives(units, spaced=True), alternatives(units, spaced=False)
    number = alternatives(_numbers(), spaced=True)
    joins = alternatives([*table["compared"]["joins"], *table["compared"]["ends"], "of"], spaced=True)
    between = rf"(?:(?!(?:{joins})\s)[^\s\d,;:.]+\s+){{0,2}}?"
    each = rf"(?:\s+(?:{alternatives(counters['each'], spaced=True)}))?"
    spaced = rf"(?<!{LETTER})(?P<spaced>\d{{1,2}}|{number})[\s-]+{between}(?:{plain})(?!{LETTER}|-){each}"
    own = rf"(?<!\d)(?P<own>\d{{1,2}}|{alternatives(_numbers(), spaced=False)})\s?(?:{'|'.join(counters['words'])})?\s?"
    return re.compile(rf"{spaced}|{own}(?:{unspaced})", re.IGNORECASE)


def alternatives(found: Iterable[str], *, spaced: bool) -> str:
    longest = sorted((word for word in found if bool(UNSPACED.match(word)) != spaced), key=len, reverse=True)
    return "|".join(re.escape(word.strip("*")).replace(r"\ ", r"\s+") for word in longest)


@functools.cache
def _preposition() -> re.Pattern[str]:
    before = alternatives(library.table("requests")["counters"]["before"], spaced=True)
    return re.compile(rf"(?:(?:^|\s)(?:{before}))?[\s-]*$", re.IGNORECASE)
