"""The things a prompt asks to see, each with its count, colour, size, expression and relation, and what it is drawn as.

English is parsed: phrases that name a thing which cannot be drawn are kept, so that an image can say so. Of other
languages the words in the tables are known; a word that is not in them is no subject.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from easel_sketch import library
from easel_sketch.reading import foreign, nouns, variants, words
from easel_sketch.reading.drawable import (
    is_alive,
    is_exact,
    is_known,
    is_part,
    is_place,
    nearest,
    other_sense,
    own,
    wider_place,
)
from easel_sketch.reading.grammar import media_words
from easel_sketch.reading.icon_names import known_drawing, list_after_colon
from easel_sketch.reading.languages import language_of
from easel_sketch.reading.noun_phrases import DETERMINERS, clauses, described_by, finders, is_hollow, is_hue, listed
from easel_sketch.reading.style_words import is_colour
from easel_sketch.reading.translations import PLACE

_FIRST_EMOJI = "\u2600"
_NO_WORDS = re.compile(
    r"<[^<>]{1,80}>|\bf/\d[\d.]*|\b\d+ ?mm\b|\b\d+k\b|\biso ?\d+|--\w+(?: [\d:.]+)?|[\ufe0f\u200d]", re.IGNORECASE
)
_MOST = 40
_LONGEST_PHRASE = 4
_MOST_OF_ONE = 12
_MANY = 5
_FLAG = "flag-"
_FACE = "face"  # what expressions without a noun are shown by
_LASTING = ("wears", "holds")  # relations that a list goes on with: 'wearing glasses, a vest and a tie'


@dataclass(frozen=True, slots=True)
class Subject:
    """A thing the prompt asks to see.

    `words` are those of the prompt. `drawing` is the name of an icon or motif, empty if there is none; `near` is the
    wider word it stands for, empty if the drawing is of the thing itself. `place` is the name of a scene, if the thing
    is one. `colour` is as written, `size` and `face` are keys of `subjects.toml`, `relation` is what the subject
    before does with it. A `vague` one is a noun for what cannot be seen, which counts only where nothing else is named.
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
    vague: bool = False


def subjects(text: str, unwanted: tuple[str, ...] = (), *, quoted: bool = False) -> tuple[Subject, ...]:
    """The things that a text without its quotes asks for, in order of mention, equal ones once.

    A noun for what cannot be seen counts only in a text that names nothing else: 'peace'. With `quoted`, words such as
    'label' or 'box' announce a text.
    """
    language = language_of(text)
    text = _plain(text)
    found = list(_english(text, quoted=quoted) if language == "en" else _foreign(text, language))
    refused = {part for phrase in unwanted for part in words.tokens(phrase)}
    kept: dict[tuple[str, ...], Subject] = {}
    for subject in found:
        named = {*words.tokens(subject.words), *(nouns.singular(word) for word in words.tokens(subject.words))}
        if refused.isdisjoint(named):
            kept.setdefault((subject.words, subject.face, subject.colour, subject.size), subject)
    seen = [subject for subject in kept.values() if not subject.vague]
    return _pointed(tuple(_in_sense(seen) or kept.values()), text)[:_MOST]


def _pointed(found: tuple[Subject, ...], text: str) -> tuple[Subject, ...]:
    """An arrow whose direction the text gives is that arrow: `arrow-left`."""
    arrows = tuple(Subject(name.replace("-", " "), name) for name in variants.in_order("arrow", text))
    if not arrows:
        return found
    said = {word for _, finder in variants.finders("arrow") for hit in finder.finditer(text) for word in hit[0].split()}
    others = (one for one in found if not one.drawing.startswith("arrow-"))
    return (*(one for one in others if not said.issuperset(one.words.lower().split())), *arrows)


def limits(text: str) -> tuple[str, ...]:
    """What the text asks for that no drawing has: `photograph`, `manner` of an artist."""
    return tuple(name for name, finder in finders("limits") if finder.search(text))


def _plain(text: str) -> str:
    """The text without tags and settings of cameras, and with the names of emoji in their place."""
    text = _NO_WORDS.sub(" ", text)
    return "".join(f", {unicodedata.name(letter).lower()}, " if _is_emoji(letter) else letter for letter in text)


def _is_emoji(letter: str) -> bool:
    return letter > _FIRST_EMOJI and unicodedata.category(letter) == "So"


def _in_sense(found: list[Subject]) -> list[Subject]:
    """The subjects, with words that mean something else beside one of the others: a mouse beside a keyboard."""
    named = {nouns.singular(one.words.rpartition(" ")[2]) for one in found}
    return [replace(one, drawing=other_sense(one.words, named) or one.drawing) for one in found]


def _foreign(text: str, language: str) -> Iterator[Subject]:
    for one in foreign.named(list_after_colon(text) or text, language):
        yield Subject(
            one.words,
            foreign.drawing_of(one),
            place=one.name if one.sort == PLACE else "",
            count=int(one.said.get(foreign.COUNT, 1)),
            colour=one.said.get(foreign.COLOUR, ""),
            size=one.said.get(foreign.SIZE, ""),
            face=one.said.get(foreign.FACE, ""),
            relation=one.relation,
        )


def _english(text: str, *, quoted: bool) -> list[Subject]:
    items = list_after_colon(text)
    found = _of_clauses(text.removesuffix(items), items=False, quoted=quoted)
    rest = _of_clauses(items, items=True, quoted=quoted)
    if rest and all(one.words == _FACE for one in rest):
        found = [one for one in found if _expression(one) is None]  # 'four faces: happy, sad, angry, asleep'
    return [_as_face(one) for one in (*found, *rest)]


def _as_face(one: Subject) -> Subject:
    """A face that is nobody's is drawn as one, with its expression."""
    drawing = library.table("figures")["faces"].get(one.face or _expression(one) or "", "")
    return replace(one, drawing=drawing, near="") if drawing and _expression(one) is not None else one


def _expression(one: Subject) -> str | None:
    """The expression of a face or emoji that is described by none; None for all other things."""
    found = library.table("subjects")["emoji"].get(nouns.singular(one.words.rpartition(" ")[2]))
    return None if found is None else str(found)


def _of_clauses(text: str, *, items: bool, quoted: bool) -> list[Subject]:
    """The subjects of each clause; with `items` each is an item of a list."""
    found: list[Subject] = []
    relation, faces = "", list[str]()
    for phrases in clauses(text, items=items):
        passed: tuple[str, ...] = ()  # words since the last subject, 'on top of'
        for phrase, between in phrases:
            before = (*passed, *between)
            if found and before[:1] and before[0] in listed("states"):
                found[-1] = _in_state(found[-1], before[0])  # 'a pepper sliced into pieces'
                before = before[1:]
            if before not in ((), ("and",)):
                relation = described_by("relations", " ".join(before[-7:]))
            elif not before and relation not in _LASTING:
                relation = ""
            one = _subject(phrase, relation, items=items, quoted=quoted)
            if one is None or not one.words:
                faces = [*faces, one.face] if one and one.face else faces
                passed = (*before, *phrase)
                continue
            if found and between in ((), ("and",)) and found[-1].drawing.startswith(_FLAG):
                flag = known_drawing(f"flag of {one.words}")  # 'flags of Germany and Italy'
                one = replace(one, drawing=flag, near="", place="") if flag else one
            if found and before[:1] == ("of",) and (joined := _amount(found[-1], one)):
                found[-1] = joined
            elif found and relation in ("with", "on") and is_part(one.words.rpartition(" ")[2]):
                found[-1] = _with_part(found[-1], one) if relation == "with" else found[-1]
            else:
                if relation in _LASTING and is_alive(one.words):
                    one = replace(one, relation="")  # 'wearing a hat and a dog'
                # 'happy, angry and sobbing faces' are three.
                found += [replace(one, face=face) for face in dict.fromkeys((*faces, one.face))]
            faces, passed = [], ()
    return found or [Subject(_FACE, face=face) for face in dict.fromkeys(faces)]


def _with_part(one: Subject, part: Subject) -> Subject:
    """A thing with a part of its own that no drawing shows: 'a woman with long hair' is drawn as a woman."""
    if part.face and not one.face:
        return replace(one, face=part.face)  # 'a cat with a happy face'
    if not one.drawing:
        return one
    joined = "and" if " with " in one.words else "with"
    named = f"{part.colour} {part.words}".strip()
    return replace(one, words=f"{one.words} {joined} {named}", near=one.near or nouns.singular(one.words))


def _in_state(one: Subject, state: str) -> Subject:
    """A thing in a state that no drawing shows: it is drawn as the thing."""
    return (
        replace(one, words=f"{state} {one.words}", near=one.near or nouns.singular(one.words)) if one.drawing else one
    )


def _amount(amount: Subject, one: Subject) -> Subject | None:
    """The two as one subject, if the first is a vessel or an amount of the second: 'cup of tea', 'flock of birds'."""
    head = amount.words if amount.words in (*listed("vessels"), *listed("amounts")) else amount.words.removesuffix("s")
    if count := _number(amount.words):
        return replace(one, count=count, relation=amount.relation)
    if head in listed("vessels"):
        if not one.drawing:
            return replace(amount, words=f"{amount.words} of {one.words}")
        return replace(one, words=f"{amount.words} of {one.words}", count=amount.count, relation=amount.relation)
    if head in listed("amounts"):
        return replace(one, count=_MANY if one.words != nouns.singular(one.words) else 1, relation=amount.relation)
    return None


def _subject(phrase: list[str], relation: str, *, items: bool, quoted: bool) -> Subject | None:
    """The thing that the words of a phrase name, with what they say about it; without `words` if they name none."""
    described, rest, said = Subject("", relation=relation), list[str](), items
    for place, word in enumerate(phrase):
        last = place + 1 == len(phrase)
        paired = _paired(phrase, place)
        if word in DETERMINERS:
            said = True
        elif not paired and not last and (count := _number(word)):
            described, said = replace(described, count=count), True
        elif not paired and not last and (size := described_by("sizes", word)):
            described, said = replace(described, size=size), True
        elif not paired and (face := described_by("faces", word)):
            described, said = replace(described, face=face), True
        elif not paired and not last and is_colour(word):
            described, said = replace(described, colour=word), True
        else:
            rest.append(word)
    form = next((name for word in rest if (name := described_by("forms", word))), "")
    while rest and not _is_pair(rest) and (_is_empty(rest, quoted=quoted) or (not said and all(map(is_hue, phrase)))):
        if rest.pop() in listed("generic"):
            return described  # 'camping things' are given by their list
        said = items  # 'a thick outline' is no thick
    rest = _without_owner(rest)
    if len(rest) > 1 and rest[-1] in listed("occasions"):
        rest.pop()  # 'an astronomy club'
    while len(rest) > 1 and nouns.part_of(rest[-1]) == nouns.OTHER and not known_drawing(rest[-1]):
        rest.pop()
    if form and not any(map(_is_noun, rest)):
        return replace(described, words=form, drawing=form)  # 'a circular logo'
    return _resolved(rest, described, said=said) if rest else described


def _number(word: str) -> int:
    """How many a word says: `two`, `12`, `several`; 0 if none."""
    if word.isdigit():
        return min(int(word), _MOST_OF_ONE)
    return int(described_by("numbers", word) or 0)


def _paired(phrase: list[str], place: int) -> bool:
    """Whether a word is one name with the one before or after it: 'Big Ben', 'ice cream cone', 'orange juice'."""
    pairs = (at for at in (place - 1, place) if 0 <= at < len(phrase) - 1)
    return any(is_known(" ".join(phrase[at : at + 2])) and not _is_adjectives(phrase, at) for at in pairs)


def _is_adjectives(phrase: list[str], at: int) -> bool:
    """Whether two words before a third are a size and a colour: 'small white' alone is a butterfly."""
    return at + 2 < len(phrase) and bool(described_by("sizes", phrase[at])) and is_colour(phrase[at + 1])


def _is_pair(rest: list[str]) -> bool:
    """Whether the last two words are one thing: 'Times Square'."""
    return len(rest) > 1 and is_known(" ".join(rest[-2:]))


def _is_empty(rest: list[str], *, quoted: bool) -> bool:
    return is_hollow(rest[-1].removesuffix("'s"), quoted=quoted)


def _without_owner(rest: list[str]) -> list[str]:
    """'The dog's bowl' is a bowl, 'the moon's surface' the moon, 'a bird's nest' a thing of its own."""
    bare = [word.removesuffix("'s") for word in rest]
    if len(rest) > 1 and rest[-2].endswith("'s") and is_part(rest[-1]):
        return bare[:-1]  # 'an astronaut's shoulders'
    kept: list[str] = []
    for place, word in enumerate(bare):
        if word == rest[place] or place + 1 == len(rest) or is_known(" ".join(bare[place : place + 2])):
            kept.append(word)
        elif kept and is_known(f"{kept[-1]} {word}"):
            kept.pop()  # 'San Francisco's'
    return kept


def _resolved(rest: list[str], described: Subject, *, said: bool) -> Subject | None:
    """The subject of the longest end of the phrase that is known; else of its last word, if that may be a noun."""
    for size in range(min(_LONGEST_PHRASE, len(rest)), 0, -1):
        phrase = " ".join(rest[-size:])
        (drawing, near), place = own(phrase), is_place(phrase)
        if drawing or place:
            found = replace(described, words=phrase, drawing=drawing, near="" if place else near, place=place)
            return _narrowed(found, rest[:-size])
        if size > 1 and nouns.part_of(phrase) == nouns.THING and is_exact(rest[-1], known_drawing(rest[-1])):
            if nouns.is_kind_of(phrase, nouns.singular(rest[-1])):
                return _of_its_kind(rest[-size:], described)
            if nouns.part_of(rest[-size]) in (nouns.OTHER, nouns.SELDOM):
                first = rest[-size]  # 'a fat cat' is a cat here, 'a blue cat' a blue one
                described = replace(
                    described,
                    colour=described.colour or (first if is_colour(first) else ""),
                    size=described.size or described_by("sizes", first),
                )
                continue
        if nouns.part_of(phrase) == nouns.THING or (size == 1 and _may_be_noun(phrase, said=said)):
            drawing, near = nearest(phrase)
            place = is_place(near) if drawing else wider_place(phrase)[0]
            found = replace(described, words=phrase, drawing=drawing, near=near or wider_place(phrase)[1], place=place)
            vague = not said and nouns.part_of(phrase) == nouns.NAMELESS and not phrase[:1].isupper()
            if drawing or place:
                return _narrowed(found, rest[:-size])
            return replace(_named_before(found, rest[:-size]), vague=vague)
    unseen = next((word for word in rest if nouns.part_of(word) == nouns.NAMELESS), "")
    return replace(described, words=unseen, vague=True) if unseen else None


def _of_its_kind(rest: list[str], described: Subject) -> Subject:
    """A compound that is drawn as its last word: 'red fox' is a fox in that colour, 'oak tree' is near a tree."""
    phrase, head, first = " ".join(rest), rest[-1], rest[0]
    drawing = known_drawing(head)
    if len(rest) == 2 and is_colour(first):
        return replace(described, words=phrase, drawing=drawing, colour=first)
    if len(rest) == 2 and (size := described_by("sizes", first)):
        return replace(described, words=phrase, drawing=drawing, size=size)
    return replace(described, words=phrase, drawing=drawing, near=nouns.singular(head))


def _narrowed(found: Subject, before: list[str]) -> Subject:
    """'Space elevator' is more than an elevator; 'stone path' is a path."""
    word = before[-1] if before else ""
    if state := next((one for one in before if one in listed("states")), ""):
        return _in_state(found, state)
    if not word or word in listed("materials") or word in media_words():
        return found
    seldom = nouns.part_of(word) == nouns.SELDOM and bool(nearest(word)[0])  # 'milk', which is a verb as well
    named = nouns.part_of(word) in (nouns.THING, nouns.UNKNOWN) or seldom
    if not named and not word.endswith("-shaped"):
        return found
    if word.endswith(("ed", "ing", "y", "ful", "ish")) and not word.endswith("-shaped"):
        return found
    return replace(found, words=f"{word} {found.words}", near=found.near or nouns.singular(found.words))


def _named_before(found: Subject, before: list[str]) -> Subject:
    """If a thing has no drawing, that of the word before it: a 'phone case' is shown by a phone."""
    drawing = known_drawing(before[-1]) if before else ""
    phrase = " ".join((*before[-1:], found.words))
    return replace(found, words=phrase, drawing=drawing, near=before[-1] if drawing else "")


def _is_noun(word: str) -> bool:
    return nouns.part_of(word) == nouns.THING or bool(known_drawing(word))


def _may_be_noun(word: str, *, said: bool) -> bool:
    part = nouns.part_of(word)
    if part == nouns.NAMELESS or word[:1].isupper():
        return True
    return part != nouns.OTHER and said and not word.endswith(("ing", "ed", "ly"))
