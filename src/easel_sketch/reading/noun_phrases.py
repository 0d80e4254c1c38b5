"""The noun phrases of an English text, without what only describes its style."""

import functools
import re
from collections.abc import Iterator

from easel_sketch import library
from easel_sketch.reading import nouns, words
from easel_sketch.reading.drawable import is_known
from easel_sketch.reading.grammar import CLAUSES, is_style, media
from easel_sketch.reading.icon_names import announcing_words, known_drawing
from easel_sketch.reading.style_words import is_colour
from easel_sketch.reading.vocabulary import LETTER, Finder

_WORD = re.compile(rf"(?:{LETTER})+(?:['’-](?:{LETTER})+)*")
_ADJECTIVE = "detailed"  # stands for a compound with a hyphen
DETERMINERS = frozenset(
    {"a", "an", "the", "his", "her", "its", "their", "some", "several", "many", "this", "that", "how", "what", "why"}
)
# Words of style and light that are things to see as well.
_SEEN = frozenset({"snow", "stars", "aurora", "northern lights", "blossom", "blossoms", "fog", "mist", "tinta", "moon"})


def clauses(text: str, *, listed: bool) -> Iterator[Iterator[tuple[list[str], tuple[str, ...]]]]:
    """For each clause that names something its noun phrases, each with the words between it and the one before.

    The kind of image that a clause names is left out, but not from the items of a list.
    """
    for clause in CLAUSES.split(_styles().sub(" ", text)):
        if not clause or not clause.strip() or _is_look(clause):
            continue
        medium = {word for _, match in media(clause) for word in match[0].lower().split()} if not listed else set()
        yield (
            ([word for word in phrase if word not in medium], before) for phrase, before in _phrases(_tokens(clause))
        )


def described_by(section: str, word: str) -> str:
    """The entry of a section of `subjects.toml` that a word or text belongs to."""
    return next((name for name, finder in finders(section) if finder.search(word)), "")


@functools.cache
def finders(section: str) -> tuple[tuple[str, Finder], ...]:
    return tuple((name, Finder(tuple(found))) for name, found in library.table("subjects")[section].items())


def is_hollow(word: str) -> bool:
    """Whether a word names nothing to draw: a part of a picture, a style, an hour, a season, an instruction."""
    return any(form in _hollow() for form in words.forms(word))


def is_hue(word: str) -> bool:
    """Whether a word without an article is a colour, or says how strong one is."""
    if described_by("faces", word):
        return False
    return word in library.table("palettes")["colours"] or is_colour(word) or nouns.part_of(word) == nouns.OTHER


def _is_look(clause: str) -> bool:
    """Whether a clause only describes the style or lists colours: 'deep blue and gold'."""
    tokens = [word for word in words.tokens(clause) if word not in _ends() and word not in DETERMINERS]
    if all(map(is_hue, tokens)):
        return True
    looks = {*library.table("lexicon")["look"]["nouns"], *_hollow(), *library.table("lexicon")["strip"]["adjectives"]}
    plain = [word for word in tokens if word not in looks and not is_colour(word)]
    return is_style(clause) and not any(map(_says_something, plain))


def _says_something(word: str) -> bool:
    return nouns.part_of(word) == nouns.THING or bool(known_drawing(word) or described_by("faces", word))


def _tokens(clause: str) -> list[str]:
    """The words of a clause; one with a hyphen is kept if it is known, or else dropped as an adjective."""
    found = [word.removesuffix("'s").removesuffix("’s") for word in _WORD.findall(clause)]
    tokens = [word if place and nouns.is_name(word) else word.lower() for place, word in enumerate(found)]
    return _joined(
        [
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
    )


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
    return is_known(" ".join(tokens))


def _phrases(tokens: list[str]) -> Iterator[tuple[list[str], tuple[str, ...]]]:
    """Runs of words that belong to one noun, each with the words between it and the one before."""
    phrase, before = list[str](), list[str]()
    for token in tokens:
        if phrase and described_by("faces", token):
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
    return (acts or not known_drawing(token)) and is_known(word)


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
