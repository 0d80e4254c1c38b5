"""What a prompt asks for besides its subject: labels, and sides to compare. The words are in `requests.toml`."""

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from easel_sketch import library
from easel_sketch.reading import words
from easel_sketch.reading.counts import alternatives, without_count
from easel_sketch.reading.grammar import CLAUSES, is_style, without_instructions
from easel_sketch.reading.vocabulary import UNSPACED, Finder, any_of

LABELS, NO_TEXT, TRANSPARENT = "labels", "no text", "transparent"
_MOST_SIDES = 3
_LONGEST_SIDE = 40  # characters
_MOST_WORDS = 5
_READ = 2_000  # characters that are searched
_ANNOUNCED_WITHIN = 40
_COMMA = re.compile(r"[,，、،]")
_SENTENCE_ENDS = re.compile(r"[:;.：；。\n!?！？]|\s[–—-]\s")
_ARABIC_AND = re.compile(r"\s+و(?=[\u0600-\u06ff]{2})")
_KOREAN_AND = re.compile(r"(?<=[\uac00-\ud7af])[와과]\s")


@dataclass(frozen=True, slots=True)
class Sides:
    """The names of the things compared, and a title of them in the prompt's words: 'Cats vs. Dogs'."""

    names: tuple[str, ...] = ()
    title: str = ""


def wants(text: str) -> tuple[str, ...]:
    """What a text asks for: LABELS, NO_TEXT, TRANSPARENT."""
    refused = (NO_TEXT,) if any_of("negations.text").search(text) else ()
    return (*(name for name, finder in _wants() if finder.search(text)), *refused)


def sides(text: str) -> Sides:
    """The two or three things that a text compares, in title case."""
    text = text[:_READ]
    for hit in _finder("before").finditer(text):
        if found := _listed(_SENTENCE_ENDS.split(text[hit.end() :], maxsplit=1)[0]):
            return found
    return next((found for clause in CLAUSES.split(text) if clause and (found := _within(clause))), Sides())


def is_comparison(text: str) -> bool:
    """Whether a text begins with an instruction to compare."""
    return _finder("before").search(text[:_ANNOUNCED_WITHIN]) is not None


def sides_of_title(title: str) -> Sides:
    """The things that the title of a comparison names: 'Bus or Bicycle'."""
    return _listed(title.rstrip("?？")) or Sides()


def _within(clause: str) -> Sides | None:
    """The sides of a clause such as 'Cats vs. dogs' or 'Cats and dogs compared'."""
    about = without_instructions(clause)
    if hit := _finder("between").search(about):
        return _sides((about[: hit.start()], about[hit.end() :]), f" {hit[0]} ")
    hits = (hit for hit in _finder("after").finditer(clause) if hit.start())
    return next((found for hit in hits if (found := _listed(without_instructions(clause[: hit.start()])))), None)


def _listed(text: str) -> Sides | None:
    """The items of a list that ends with its first 'and': 'tea, coffee and cocoa, in olive' has three."""
    pieces = list[str]()
    for piece in _COMMA.split(text)[:_MOST_SIDES]:
        piece = without_count(piece)
        pieces += [part.strip() for part in _joins().split(piece) if part.strip()]
        if join := _joins().search(f" {piece.strip()}"):
            return _sides(pieces, join[0])
    return None


def _sides(parts: Sequence[str], join: str) -> Sides | None:
    """The parts as sides, unless they are too many or too long to be names."""
    bare = [_bare(part, last=place + 1 == len(parts)) for place, part in enumerate(parts)]
    names = [name for name in _without_shared_place(bare) if name]
    fit = all(len(name) <= _LONGEST_SIDE and len(name.split()) <= _MOST_WORDS for name in names)
    if not 2 <= len(names) <= _MOST_SIDES or not fit or all(map(is_style, names)):
        return None
    comma = "、" if UNSPACED.search(names[0]) else ", "
    title = words.titled(f"{comma.join(names[:-1])}{join}{names[-1]}").replace(" Vs. ", " vs. ")
    return Sides(tuple(words.titled(_opposed(name)) for name in names), title)


def _opposed(name: str) -> str:
    """'Cons of remote work' beside 'pros' are the cons."""
    found = _finder("opposed").match(name)
    return name[: found.end()] if found and name[found.end() :][:1] in ("", " ") else name


def _bare(part: str, *, last: bool) -> str:
    """A side without articles, and without what follows the last one: 'coffee for beginners'."""
    part = without_count(part).strip(" '’\"“”")
    if last and (end := next((hit for hit in _finder("ends").finditer(part) if hit.start()), None)):
        part = part[: end.start()]
    part = without_instructions(part).strip()
    return _articles().sub("", part)


def _without_shared_place(parts: list[str]) -> list[str]:
    """'Life in the city' beside 'countryside' is the city."""
    end = list(_finder("ends").finditer(parts[0])) if len(parts) == 2 else []
    if not end or _finder("ends").search(parts[1]) or end[-1].end() == len(parts[0]) or not end[-1].start():
        return parts
    return [_bare(parts[0][end[-1].end() :], last=False), parts[1]]


@functools.cache
def _joins() -> re.Pattern[str]:
    table = library.table("requests")["compared"]
    spaced, unspaced = alternatives(table["joins"], spaced=True), "|".join(table["unspaced_joins"])
    own = rf"(?<=\S)(?:{unspaced})(?=\S)|{_ARABIC_AND.pattern}|{_KOREAN_AND.pattern}"
    return re.compile(rf"(?:^|\s)(?:{spaced})\s+|\s*[/|&]\s*|{own}", re.IGNORECASE)


@functools.cache
def _articles() -> re.Pattern[str]:
    found = library.table("requests")["compared"]["articles"]
    plain = "|".join(f"{word}\\s+" if word[-1].isalpha() else word for word in found)
    return re.compile(rf"^(?:{plain})+", re.IGNORECASE)


@functools.cache
def _finder(name: str) -> Finder:
    return Finder(tuple(library.table("requests")["compared"][name]))


@functools.cache
def _wants() -> tuple[tuple[str, Finder], ...]:
    return tuple((name, Finder(tuple(found))) for name, found in library.table("requests")["wants"].items())
