"""What a prompt in another language than English names: things and places, and the words about each, in order.

The words are known by tables; a word that is in none is passed over. What is said about a thing stands beside it:
before it, or in some languages after it.
"""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from easel_sketch import library
from easel_sketch.reading import style_words, words
from easel_sketch.reading.drawable import nearest, own
from easel_sketch.reading.icon_names import icon_of, icons_in_run, known_drawing, without_medium, without_particle
from easel_sketch.reading.languages import without_article
from easel_sketch.reading.noun_phrases import finders
from easel_sketch.reading.translations import ADJECTIVES_LAST, PLACE, THING, longest, meaning
from easel_sketch.reading.vocabulary import UNSPACED, Finder

COUNT, COLOUR, SIZE, FACE = "count", "colour", "size", "face"
_READ = 4_000
_LONGEST_PHRASE = 4
_MOST_PARTICLES = 4
_MOST_OF_ONE = 12
_FACED_WITHIN = 3  # letters between an expression and its noun in scripts without spaces
_BREAK = re.compile(r"[,.;:!?()、，。；：！？،؛]")
_IDEOGRAPH = re.compile(r"[\u3400-\u9fff]")
_LAST = frozenset({"zh", "ja", "ko", "hi"})  # languages that say first where something is
_LEADS = re.compile(r"の?(?:上|下|横|隣|そば)の|[上下旁]的|\s?(?:위|아래|옆|뒤)의")
_WITH_NEXT = frozenset({"holds", "wears", "rides"})
_SETTING = ("time", "season", "style", "lighting", "composition")


@dataclass(slots=True)
class Named:
    """A thing or place: its words in the prompt, the name that the tables have for it, and what is said about it."""

    words: str
    sort: str
    name: str
    start: int
    said: dict[str, str] = field(default_factory=dict)
    relation: str = ""  # to the thing before
    leads: bool = False  # whether the relation is to the thing after


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    sort: str
    name: str


def named(text: str, language: str) -> tuple[Named, ...]:
    """The things and places that a text names, in order; places after what is in them."""
    scene = without_medium(text[:_READ])
    pieces = _pieces(scene, language, designed=scene != text[:_READ])
    return _ordered(scene, language, _assembled(scene, language, pieces))


def drawing_of(one: Named) -> str:
    """The drawing of a thing; of a place, if English has one for it too."""
    name = one.name.replace("-", " ")
    if one.sort == THING:
        return known_drawing(name) or nearest(name)[0]
    drawing = own(name)[0]
    return (icon_of(one.words, named=True)[1] or drawing) if drawing else ""


def _pieces(text: str, language: str, *, designed: bool) -> list[_Piece]:
    """What the tables know in a text, in order; of pieces that overlap the earlier and longer."""
    found = [*_attributes(text, language), *_things(text, language, designed=designed)]
    kept: list[_Piece] = []
    for piece in sorted(found, key=lambda piece: (piece.start, -piece.end)):
        if not kept or piece.start >= kept[-1].end:
            kept.append(piece)
    return kept


def _attributes(text: str, language: str) -> Iterator[_Piece]:
    for sort, section in ((SIZE, "sizes"), (FACE, "faces")):
        for name, finder in finders(section):
            for hit in finder.finditer(text):
                yield _Piece(hit.start(), hit.end(), sort, name)
    for hit in _counted().finditer(text):
        if count := _number(hit["number"]):
            yield _Piece(hit.start(), hit.end(), COUNT, str(count))
    if language in ("zh", "ja"):
        for hit in style_words.unspaced_colours().finditer(text):
            yield _Piece(hit.start(), hit.end(), COLOUR, hit[0])
    for start, word in words.spans(text):
        if UNSPACED.match(word) and not words.is_hangul(word):
            continue
        if style_words.is_colour(word.lower()) and not meaning(word, language)[0]:
            yield _Piece(start, start + len(word), COLOUR, word.lower())
        elif count := _number(word.lower()):
            yield _Piece(start, start + len(word), COUNT, str(count))


def _things(text: str, language: str, *, designed: bool) -> list[_Piece]:
    """Things and places. What sets time, season and style is none, unless a table has it as a thing; a `designed` image
    such as a poster may be about it.
    """
    setting = [hit.span() for finder in _settings() for hit in finder.finditer(text)]
    found = [*_nouns(text, language)]
    if designed and not any(certain for _, certain in found):
        return [piece for piece, _ in found]
    return [
        piece
        for piece, certain in found
        if certain or not any(start < piece.end and piece.start < end for start, end in setting)
    ]


def _nouns(text: str, language: str) -> Iterator[tuple[_Piece, bool]]:
    """Each with whether it is in a table of nouns."""
    for name, finder in _other_places():
        for hit in finder.finditer(text):
            yield _Piece(hit.start(), hit.end(), PLACE, name), True
    spans = words.spans(text)
    place = 0
    while place < len(spans):
        start, word = spans[place]
        if UNSPACED.match(word) and not words.is_hangul(word):
            yield from _in_run(word, start, language)
            place += 1
            continue
        taken = 1
        for size in range(min(_LONGEST_PHRASE, len(spans) - place), 0, -1):
            last = spans[place + size - 1]
            begin = start + len(word) - len(without_article(word)) if language == "fr" else start
            phrase = text[begin : last[0] + len(last[1])]
            if not _BREAK.search(phrase) and (piece := _noun(" ".join(phrase.split()), language)):
                bare = piece[3] if phrase.startswith(piece[3]) else phrase
                yield _Piece(begin, begin + len(bare), piece[0], piece[1]), piece[2]
                taken = size
                break
        place += taken


def _noun(phrase: str, language: str) -> tuple[str, str, bool, str] | None:
    """The sort and the name of a word or phrase, whether the table of translations has it, and it without particles."""
    bare = phrase
    if phrase.lower() in _small(language):
        return None
    for _ in range(_MOST_PARTICLES if words.is_hangul(phrase) else 1):
        sort, name = meaning(bare, language)
        if name:
            return sort, name, True, bare
        bare = without_particle(bare)
    known, icon = icon_of(phrase.lower(), language, named=True)
    return (THING, icon, False, phrase) if known and icon else None


def _in_run(run: str, start: int, language: str) -> Iterator[tuple[_Piece, bool]]:
    """Nouns in a run of a script without spaces: those of the table first, then what icons are named."""
    place, rest = 0, list(run)
    while place < len(run):
        size = longest(run, place, language)
        if size > 1 or (size and _stands_alone(run, place)):
            sort, name = meaning(run[place : place + size], language)
            yield _Piece(start + place, start + place + size, sort, name), True
            rest[place : place + size] = " " * size
        place += max(1, size)
    for at, size, name in icons_in_run(run):
        free = "".join(rest[at : at + size]) == run[at : at + size]
        if free and icon_of(run[at : at + size], language, named=True)[1] == name:
            yield _Piece(start + at, start + at + size, THING, name), False


def _stands_alone(run: str, place: int) -> bool:
    """Whether a character is no part of a longer word: the water of a watermelon."""
    beside = library.table("languages")["beside"]["characters"]
    around = run[max(0, place - 1) : place] + run[place + 1 : place + 2]
    return all(char in beside or not _IDEOGRAPH.match(char) for char in around)


def _assembled(text: str, language: str, pieces: list[_Piece]) -> list[Named]:
    """The nouns, each with what stands beside it."""
    found: list[Named] = []
    waiting: list[_Piece] = []
    end = -1  # of the last noun, or of what belongs to it
    for piece in pieces:
        between = text[end : piece.start] if found else ""
        if piece.sort in (THING, PLACE):
            relation = _relation(
                piece, text[found[-1].start if found else 0 : piece.start], text[piece.end :], language
            )
            one = Named(text[piece.start : piece.end], piece.sort, piece.name, piece.start, relation=relation)
            one.leads = bool(_LEADS.match(text, piece.end)) or (language in _LAST and relation in _WITH_NEXT)
            for said in waiting:
                owner = one if _belongs(text[said.end : piece.start], language) else None
                if said.sort == FACE and not (owner and one.sort == THING):
                    owner = next((named for named in reversed(found) if named.sort == THING), owner)
                if owner:
                    owner.said.setdefault(said.sort, said.name)
            found.append(one)
            waiting, end = [], piece.end
        elif found and end >= 0 and _follows(piece, between, text, language):
            found[-1].said.setdefault(piece.sort, piece.name)
            end = piece.end
        else:
            waiting.append(piece)
    things = [one for one in found if one.sort == THING]
    for said in waiting:
        if said.sort == FACE and things:
            things[0 if language in _LAST else -1].said.setdefault(FACE, said.name)
    return found


def _relation(piece: _Piece, before: str, after: str, language: str) -> str:
    """What a thing is to the one before, by the words between them or by those that follow it."""
    if piece.sort == PLACE:
        return ""
    table = library.table("languages")
    if language in _LAST:
        hits = [(len(word), name) for name, found in table["after"].items() for word in found if after.startswith(word)]
        if hits or language != "zh":
            return max(hits, default=(0, ""))[1]
    gap = _BREAK.split(before)[-1]
    found = [(hit.end(), len(hit[0]), name) for name, finder in _relations() for hit in finder.finditer(gap)]
    if not found and piece.name in table["surfaces"]["words"]:
        return "on" if any(word in table["surfaces"]["in"] for word in words.tokens(gap)) else ""
    return max(found, default=(0, 0, ""))[2]


def _follows(piece: _Piece, between: str, text: str, language: str) -> bool:
    """Whether a piece is said about the noun before it."""
    if piece.sort == COUNT:  # '고양이 두 마리', '猫が二匹'
        counted = language in ("ko", "ja") and UNSPACED.match(text[piece.start : piece.end].strip("0123456789") or "x")
        return (
            bool(counted)
            and between.strip() in ("", "が", "を", "は")
            and text[piece.end : piece.end + 1] not in "의の"
        )
    joined = between.strip().lower() in ("", "et", "y", "e", "و")
    return language in ADJECTIVES_LAST and joined and not _BREAK.search(between)


def _belongs(gap: str, language: str) -> bool:
    """Whether nothing but one more word stands between what is said and its noun."""
    if _BREAK.search(gap):
        return False
    if language in ("zh", "ja"):
        return len(gap) <= _FACED_WITHIN
    between = words.tokens(gap)
    return len(between) <= 1 and not any(word in _small(language) for word in between)


def _ordered(text: str, language: str, found: list[Named]) -> tuple[Named, ...]:
    """A place that is only where something is comes after it, though it is said first; a ground after other places."""
    ground = library.table("things")["weak"]["biomes"]
    places = sorted((one for one in found if one.sort == PLACE), key=lambda one: one.name in ground)
    found = [places.pop(0) if one.sort == PLACE else one for one in found]
    for at in range(len(found) - 1):  # '椅子の上の猫' is a cat on a chair
        one, other = found[at : at + 2]
        if one.relation and (one.leads or at == 0) and one.sort == other.sort == THING and not other.relation:
            found[at : at + 2] = other, one
            break
    if found:
        found[0].relation = ""
    if not found or found[0].sort != PLACE or not any(one.sort == THING for one in found):
        return tuple(found)
    before = words.tokens(text[: found[0].start])
    where = language in _LAST or bool(before and before[0] in library.table("languages")["where"]["words"])
    if not where:
        return tuple(found)
    return tuple(sorted(found, key=lambda one: one.sort == PLACE))


def _number(word: str) -> int:
    if word.isdecimal():
        return min(int(word), _MOST_OF_ONE) if int(word) > 1 else 0
    return _numbers().get(word, 0)


@functools.cache
def _numbers() -> dict[str, int]:
    return {word: int(number) for number, found in library.table("lexicon")["numbers"].items() for word in found}


@functools.cache
def _counted() -> re.Pattern[str]:
    """A number with the word that counts things: '两只', '3匹の', '두 마리'."""
    unspaced = sorted((word for word in _numbers() if UNSPACED.match(word)), key=len, reverse=True)
    counters = "|".join(library.table("languages")["counters"]["words"])
    return re.compile(rf"(?<![\d\uac00-\ud7af])(?P<number>\d{{1,2}}|{'|'.join(unspaced)})\s?(?:{counters})")


@functools.cache
def _relations() -> tuple[tuple[str, Finder], ...]:
    return tuple((name, Finder(tuple(found))) for name, found in library.table("languages")["relations"].items())


@functools.cache
def _other_places() -> tuple[tuple[str, Finder], ...]:
    """The landscapes that the table of translations does not have."""
    listed, known = library.table("lexicon")["biome"], library.table("translations")["places"]
    return tuple((name, Finder(tuple(found))) for name, found in listed.items() if name not in known)


@functools.cache
def _settings() -> tuple[Finder, ...]:
    lexicon = library.table("lexicon")
    return tuple(Finder(tuple(found)) for section in _SETTING for found in lexicon[section].values())


@functools.cache
def _small(language: str) -> frozenset[str]:
    return frozenset(library.table("languages")["function"].get(language, ()))
