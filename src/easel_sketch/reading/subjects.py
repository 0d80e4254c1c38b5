"""The things a prompt asks to see, each with its count, colour, size, expression and relation, and what it is drawn as.

English is parsed: phrases that name a thing which cannot be drawn are kept, so that an image can say so. Of other
languages the words in the tables are known; a word that is not in them is no subject.
"""

import functools
from collections.abc import Iterator
from dataclasses import dataclass, replace

from easel_sketch import library
from easel_sketch.reading import nouns, words
from easel_sketch.reading.drawable import is_known, is_place, nearest, own, wider_place
from easel_sketch.reading.icon_names import known_drawing, list_after_colon, named_icons
from easel_sketch.reading.noun_phrases import DETERMINERS, clauses, described_by, finders, is_hollow, is_hue
from easel_sketch.reading.style_words import is_colour

_MOST = 40
_LONGEST_PHRASE = 4
_MOST_OF_ONE = 12
_NUMBERS = dict(
    zip(("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), range(2, 11), strict=True)
)
_LASTING = ("wears", "holds")  # relations that a list goes on with: 'wearing glasses, a vest and a tie'


@dataclass(frozen=True, slots=True)
class Subject:
    """A thing the prompt asks to see.

    `words` are those of the prompt. `drawing` is the name of an icon or motif, empty if there is none; `near` is the
    wider word it stands for, empty if the drawing is of the thing itself. `place` is the name of a scene, if the thing
    is one. `colour` is as written, `size` and `face` are keys of `subjects.toml`, `relation` is what the subject
    before does with it.
    """

    words: str
    drawing: str = ""
    near: str = ""
    place: str = ""
    count: int = 1
    colour: str = ""
    size: str = ""
    face: str = ""
    relation: str = ""


def subjects(text: str, unwanted: tuple[str, ...] = ()) -> tuple[Subject, ...]:
    """The things that a text without its quotes asks for, each once, in order of mention.

    A noun for what cannot be seen counts only in a text that names nothing else: 'peace'.
    """
    foreign = words.is_foreign(text) or not text.isascii()
    listed = list_after_colon(text)
    text = listed or text
    found = list(_foreign(text) if foreign else _english(text, listed=bool(listed)))
    refused = {part for phrase in unwanted for part in words.tokens(phrase)}
    kept: dict[tuple[str, str], Subject] = {}
    for subject in found:
        named = {*words.tokens(subject.words), *(nouns.singular(word) for word in words.tokens(subject.words))}
        if refused.isdisjoint(named):
            kept.setdefault((subject.words, subject.face), subject)
    seen = [subject for subject in kept.values() if not _is_nameless(subject)]
    return tuple(seen or kept.values())[:_MOST]


def limits(text: str) -> tuple[str, ...]:
    """What the text asks for that no drawing has: `photograph`, `manner` of an artist."""
    return tuple(name for name, finder in finders("limits") if finder.search(text))


def _is_nameless(subject: Subject) -> bool:
    return not (subject.drawing or subject.place) and nouns.part_of(subject.words) == nouns.NAMELESS


def _foreign(text: str) -> Iterator[Subject]:
    for drawing in named_icons(text):
        yield Subject(drawing.replace("-", " "), drawing)


def _english(text: str, *, listed: bool) -> Iterator[Subject]:
    relation, faces = "", list[str]()
    for phrases in clauses(text, listed=listed):
        for phrase, before in phrases:
            if before not in ((), ("and",)):
                relation = described_by("relations", " ".join(before[-3:]))
            elif not before and relation not in _LASTING:
                relation = ""
            found = _subject(phrase, relation)
            if found and found.words:
                # 'happy, angry and sobbing faces' are three.
                yield from (replace(found, face=face) for face in dict.fromkeys((*faces, found.face)))
            faces = ([*faces, found.face] if found.face else faces) if found and not found.words else []


def _subject(phrase: list[str], relation: str) -> Subject | None:
    """The thing that the words of a phrase name, with what they say about it; without `words` if they name none."""
    described, rest, said = Subject("", relation=relation), list[str](), False
    for place, word in enumerate(phrase):
        last = place + 1 == len(phrase)
        if word in DETERMINERS:
            said = True
        elif word in _NUMBERS or (word.isdigit() and 1 < int(word) <= _MOST_OF_ONE):
            described, said = replace(described, count=_NUMBERS.get(word) or int(word)), True
        elif (size := described_by("sizes", word)) and not last:
            described, said = replace(described, size=size), True
        elif face := described_by("faces", word):
            described, said = replace(described, face=face), True
        elif is_colour(word) and not last and nouns.part_of(f"{word} {phrase[place + 1]}") != nouns.THING:
            described, said = replace(described, colour=word), True
        else:
            rest.append(word)
    while rest and not _is_pair(rest) and (is_hollow(rest[-1]) or (not said and all(map(is_hue, phrase)))):
        rest.pop()
    while len(rest) > 1 and nouns.part_of(rest[-1]) == nouns.OTHER and not known_drawing(rest[-1]):
        rest.pop()
    return _resolved(rest, described, said=said) if rest else described


def _is_pair(rest: list[str]) -> bool:
    """Whether the last two words are one thing: 'Times Square'."""
    return len(rest) > 1 and is_known(" ".join(rest[-2:]))


def _resolved(rest: list[str], described: Subject, *, said: bool) -> Subject | None:
    """The subject of the longest end of the phrase that is known; else of its last word, if that may be a noun."""
    for size in range(min(_LONGEST_PHRASE, len(rest)), 0, -1):
        phrase = " ".join(rest[-size:])
        (drawing, near), place = own(phrase), is_place(phrase)
        if drawing or place:
            found = replace(described, words=phrase, drawing=drawing, near="" if place else near, place=place)
            return _narrowed(found, rest[:-size])
        if nouns.part_of(phrase) == nouns.THING or (size == 1 and _may_be_noun(phrase, said=said)):
            drawing, near = nearest(phrase)
            place = is_place(near) if drawing else wider_place(phrase)
            found = replace(described, words=phrase, drawing=drawing, near=near, place=place)
            return found if drawing or place else _named_before(found, rest[:-size])
    return None


def _narrowed(found: Subject, before: list[str]) -> Subject:
    """'Space elevator' is more than an elevator; 'stone path' is a path."""
    if not before or before[-1] in _materials() or nouns.part_of(before[-1]) not in (nouns.THING, nouns.UNKNOWN):
        return found
    if before[-1].endswith(("ed", "ing", "y", "ful", "ish")):
        return found
    return replace(found, words=f"{before[-1]} {found.words}", near=found.near or found.words)


def _named_before(found: Subject, before: list[str]) -> Subject:
    """If a thing has no drawing, that of the word before it: a 'phone case' is shown by a phone."""
    drawing = known_drawing(before[-1]) if before else ""
    phrase = " ".join((*before[-1:], found.words))
    return replace(found, words=phrase, drawing=drawing, near=before[-1] if drawing else "")


def _may_be_noun(word: str, *, said: bool) -> bool:
    part = nouns.part_of(word)
    if part == nouns.NAMELESS:
        return True
    return part != nouns.OTHER and said and not word.endswith(("ing", "ed", "ly"))


@functools.cache
def _materials() -> frozenset[str]:
    return frozenset(library.table("subjects")["materials"]["words"])
