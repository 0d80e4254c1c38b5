"""The things a prompt asks to see, each with its count, colour, size, expression and relation, and what it is drawn as.

English is parsed: phrases that name a thing which cannot be drawn are kept, so that an image can say so. Of other
languages the words in the tables are known; a word that is not in them is no subject.
"""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from easel_sketch import library
from easel_sketch.reading import nouns, words
from easel_sketch.reading.grammar import CLAUSES, is_style, media
from easel_sketch.reading.icon_names import (
    announcing_words,
    drawing_by_keyword,
    known_drawing,
    list_after_colon,
    named_icons,
)
from easel_sketch.reading.style_words import is_colour
from easel_sketch.reading.vocabulary import LETTER, Finder

_MOST = 40
_LONGEST_PHRASE = 4
_NUMBERS = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "twelve": 12,
}
_WORD = re.compile(rf"(?:{LETTER})+(?:['’-](?:{LETTER})+)*")
_ADJECTIVE = "detailed"
_DETERMINERS = frozenset(
    {"a", "an", "the", "his", "her", "its", "their", "some", "several", "many", "this", "that", "how", "what", "why"}
)
_MOST_OF_ONE = 12
# Words of style and light that are things to see as well.
_SEEN = frozenset({"snow", "stars", "aurora", "northern lights", "blossom", "blossoms", "fog", "mist", "tinta", "moon"})


_LASTING = ("wears", "holds")  # relations that a list goes on with: 'wearing glasses, a vest and a tie'
_CONTAINERS = frozenset({"bowl", "cup", "glass", "mug", "plate", "dish", "slice", "loaf", "pot", "bottle", "jar"})
# What kinds of things are told apart: a barista is no cup of coffee, though it stands for one.
_CATEGORIES = (
    ("person",),
    ("animal",),
    ("food", "beverage", "edible fruit", "foodstuff"),
    ("flora", "plant organ"),
    ("structure", "room", "location", "building"),
    ("artifact",),
)


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
    return tuple(name for name, finder in _finders("limits") if finder.search(text))


def _is_nameless(subject: Subject) -> bool:
    return not (subject.drawing or subject.place) and nouns.part_of(subject.words) == nouns.NAMELESS


def _foreign(text: str) -> Iterator[Subject]:
    for drawing in named_icons(text):
        yield Subject(drawing.replace("-", " "), drawing)


def _english(text: str, *, listed: bool) -> Iterator[Subject]:
    """The noun phrases. One ends at a mark, a preposition, or a word that is no noun after one that is."""
    relation, faces = "", list[str]()
    for clause in CLAUSES.split(_styles().sub(" ", text)):
        if not clause or not clause.strip() or _is_look(clause):
            continue
        medium = {word for _, match in media(clause) for word in match[0].lower().split()} if not listed else set()
        for phrase, before in _phrases(_joined(_tokens(clause))):
            if before not in ((), ("and",)):
                relation = _relation(before)
            elif not before and relation not in _LASTING:
                relation = ""
            found = _subject([word for word in phrase if word not in medium], relation)
            if found and found.words:
                # 'happy, angry and sobbing faces' are three.
                yield from (replace(found, face=face) for face in dict.fromkeys((*faces, found.face)))
            faces = ([*faces, found.face] if found.face else faces) if found and not found.words else []


def _is_look(clause: str) -> bool:
    """Whether a clause only describes the style or lists colours: 'deep blue and gold'."""
    tokens = [word for word in words.tokens(clause) if word not in _ends() and word not in _DETERMINERS]
    if all(map(_is_hue, tokens)):
        return True
    looks = {*library.table("lexicon")["look"]["nouns"], *_hollow(), *library.table("lexicon")["strip"]["adjectives"]}
    plain = [word for word in tokens if word not in looks and not is_colour(word)]
    return is_style(clause) and not any(map(_says_something, plain))


def _says_something(word: str) -> bool:
    return nouns.part_of(word) == nouns.THING or bool(known_drawing(word) or _named("faces", word))


def _is_hue(word: str) -> bool:
    """Whether a word without an article is a colour, or says how strong one is."""
    if _named("faces", word):
        return False
    return word in library.table("palettes")["colours"] or is_colour(word) or nouns.part_of(word) == nouns.OTHER


def _tokens(clause: str) -> list[str]:
    """The words of a clause; one with a hyphen is kept if it is known, or else dropped as an adjective."""
    found = [word.removesuffix("'s").removesuffix("’s") for word in _WORD.findall(clause)]
    tokens = [word if place and nouns.is_name(word) else word.lower() for place, word in enumerate(found)]
    return [
        word
        for place, token in enumerate(tokens)
        for word in (
            [token]
            if "-" not in token or nouns.part_of(token) == nouns.THING or known_drawing(token)
            else token.split("-")[-1:]
            if place + 1 == len(tokens)
            else [_ADJECTIVE]
        )
    ]


def _joined(tokens: list[str]) -> list[str]:
    """The words with those that are one name together joined: 'statue of liberty'."""
    found, place = list[str](), 0
    while place < len(tokens):
        size = next((n for n in (5, 4, 3) if _is_name(tokens[place : place + n], n)), 1)
        found.append(" ".join(tokens[place : place + size]))
        place += size
    return found


def _is_name(tokens: list[str], size: int) -> bool:
    """Whether words with a preposition among them have a drawing or an entry in WordNet together."""
    if len(tokens) < size or not any(word in _ends() for word in tokens[1:-1]) or tokens[0] in _ends():
        return False
    phrase = " ".join(tokens)
    return bool(known_drawing(phrase)) or nouns.part_of(phrase) == nouns.THING


def _phrases(tokens: list[str]) -> Iterator[tuple[list[str], tuple[str, ...]]]:
    """Runs of words that belong to one noun, each with the words between it and the one before."""
    phrase, before = list[str](), list[str]()
    for token in tokens:
        if phrase and _named("faces", token):
            phrase.append(token)  # 'a cat sleeping'
        elif token in _ends() or (phrase and _ends_after(phrase[-1], token)):
            if phrase:
                yield phrase, tuple(before)
                phrase, before = [], []
            before.append(token)
        else:
            phrase.append(token)
    if phrase:
        yield phrase, tuple(before)


def _ends_after(word: str, token: str) -> bool:
    """Whether a token is a verb or an adverb after a noun: 'a man shouting'."""
    part, acts = nouns.part_of(token), token.endswith("ing") and token not in _things_in_ing()
    if part != nouns.OTHER and not acts:
        return False
    return (acts or not known_drawing(token)) and (nouns.part_of(word) == nouns.THING or bool(known_drawing(word)))


def _relation(before: tuple[str, ...]) -> str:
    """What the words before a thing say that the subject before it does with it."""
    return next((name for name, finder in _finders("relations") if finder.search(" ".join(before[-3:]))), "")


def _subject(phrase: list[str], relation: str) -> Subject | None:
    """The thing that the words of a phrase name, with what they say about it; without `words` if they name none."""
    described, rest, said = Subject("", relation=relation), list[str](), False
    for place, word in enumerate(phrase):
        last = place + 1 == len(phrase)
        if word in _DETERMINERS:
            said = True
        elif word in _NUMBERS or (word.isdigit() and 1 < int(word) <= _MOST_OF_ONE):
            described, said = replace(described, count=_NUMBERS.get(word) or int(word)), True
        elif (size := _named("sizes", word)) and not last:
            described, said = replace(described, size=size), True
        elif face := _named("faces", word):
            described, said = replace(described, face=face), True
        elif is_colour(word) and not last and nouns.part_of(f"{word} {phrase[place + 1]}") != nouns.THING:
            described, said = replace(described, colour=word), True
        else:
            rest.append(word)
    while rest and not _is_known(rest[-2:]) and (_is_hollow(rest[-1]) or (not said and all(map(_is_hue, phrase)))):
        rest.pop()
    while len(rest) > 1 and nouns.part_of(rest[-1]) == nouns.OTHER and not known_drawing(rest[-1]):
        rest.pop()
    return _resolved(rest, described, said=said) if rest else described


def _is_known(pair: list[str]) -> bool:
    """Whether two words are one thing: 'Times Square'."""
    phrase = " ".join(pair)
    return len(pair) > 1 and (bool(known_drawing(phrase)) or nouns.part_of(phrase) == nouns.THING)


def _is_hollow(word: str) -> bool:
    return any(form in _hollow() for form in words.forms(word))


def _resolved(rest: list[str], described: Subject, *, said: bool) -> Subject | None:
    """The subject of the longest end of the phrase that is known; else of its last word, if that may be a noun."""
    for size in range(min(_LONGEST_PHRASE, len(rest)), 0, -1):
        phrase = " ".join(rest[-size:])
        drawing, place = known_drawing(phrase), _place(phrase)
        if drawing or place:
            near = ""
            if not place and not _alike(phrase, drawing):
                drawing, near = _nearest(phrase) if _nearest(phrase)[0] else (drawing, drawing.replace("-", " "))
            return _narrowed(replace(described, words=phrase, drawing=drawing, near=near, place=place), rest[:-size])
        if nouns.part_of(phrase) == nouns.THING or (size == 1 and _may_be_noun(phrase, said=said)):
            drawing, near = _nearest(phrase)
            found = replace(
                described, words=phrase, drawing=drawing, near=near, place="" if drawing else _wider_place(phrase)
            )
            return found if drawing or found.place else _named_before(found, rest[:-size])
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
    phrase = " ".join((*before[-1:], found.words))
    near = before[-1] if before and known_drawing(before[-1]) else ""
    return (
        replace(found, words=phrase, drawing=known_drawing(near), near=near) if near else replace(found, words=phrase)
    )


def _may_be_noun(word: str, *, said: bool) -> bool:
    part = nouns.part_of(word)
    if part == nouns.NAMELESS:
        return True
    return part != nouns.OTHER and said and not word.endswith(("ing", "ed", "ly"))


def _alike(phrase: str, drawing: str) -> bool:
    """Whether a drawing is of the same kind as a word; what WordNet does not know is trusted to the tables."""
    kinds = [_category(word) for word in (phrase, drawing.rpartition("-")[2])]
    return phrase.replace(" ", "-") == drawing or not all(kinds) or kinds[0] == kinds[1]


@functools.lru_cache(maxsize=4096)
def _category(word: str) -> int:
    """The number of the kind that a noun belongs to, from 1; 0 for none."""
    found = (at for at, kinds in enumerate(_CATEGORIES, 1) if nouns.is_kind_of(word, *kinds))
    return next(found, 0)


@functools.lru_cache(maxsize=4096)
def _nearest(phrase: str) -> tuple[str, str]:
    """The drawing of the nearest wider word that has one, and that word; else an icon that it is a keyword of."""
    for word in nouns.wider(phrase):
        bare = word.partition(".")[0]
        if word in _general():
            break
        if drawing := _near().get(word, "") or (known_drawing(word) if word == bare else ""):
            return drawing, "" if bare in (nouns.singular(phrase), phrase.rpartition(" of ")[2]) else bare
    drawing = drawing_by_keyword(phrase)
    return drawing, drawing.replace("-", " ")


def _place(phrase: str) -> str:
    """The scene that a phrase names."""
    return _places().get(nouns.singular(phrase), "") or _places().get(phrase, "")


def _wider_place(phrase: str) -> str:
    """The scene that a wider word names, for what has no drawing: 'San Francisco' is a city."""
    return next((_places()[word] for word in nouns.wider(phrase) if word in _places()), "")


@functools.cache
def _general() -> frozenset[str]:
    return frozenset(library.table("nouns")["general"]["words"])


def _named(section: str, word: str) -> str:
    return next((name for name, finder in _finders(section) if finder.search(word)), "")


@functools.cache
def _finders(section: str) -> tuple[tuple[str, Finder], ...]:
    return tuple((name, Finder(tuple(found))) for name, found in library.table("subjects")[section].items())


@functools.cache
def _near() -> dict[str, str]:
    return {word: name for name, found in library.table("nouns")["near"].items() for word in found}


@functools.cache
def _places() -> dict[str, str]:
    return {word: name for name, found in library.table("nouns")["places"].items() for word in found}


@functools.cache
def _ends() -> frozenset[str]:
    return frozenset(library.table("subjects")["ends"]["words"])


@functools.cache
def _hollow() -> frozenset[str]:
    """Words that name nothing to draw: parts of a picture, styles, hours, seasons, instructions."""
    lexicon = library.table("lexicon")
    said = {
        word
        for section in ("style", "lighting", "composition", "time", "season")
        for found in lexicon[section].values()
        for word in found
    }
    strip = (*lexicon["strip"]["adjectives"], *lexicon["strip"]["verbs"], *lexicon["look"]["nouns"])
    return frozenset({*library.table("subjects")["hollow"]["words"], *said, *strip, *announcing_words()}) - _SEEN


@functools.cache
def _styles() -> Finder:
    """The styles, lights and compositions of several words: 'oil painting'."""
    lexicon = library.table("lexicon")
    listed = (
        word for name in ("style", "lighting", "composition") for found in lexicon[name].values() for word in found
    )
    return Finder(tuple(word for word in listed if " " in word))


@functools.cache
def _things_in_ing() -> frozenset[str]:
    return frozenset(library.table("subjects")["things_in_ing"]["words"])


@functools.cache
def _materials() -> frozenset[str]:
    return frozenset(library.table("subjects")["materials"]["words"])
