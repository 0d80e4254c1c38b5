"""What a noun is drawn as: a drawing of its own, that of the nearest wider word, or a place."""

import functools
import re

from easel_sketch import library
from easel_sketch.drawing.motifs import MOTIFS
from easel_sketch.reading import nouns
from easel_sketch.reading.icon_names import drawing_by_keyword, known_drawing

# What kinds of things are told apart: a barista is no cup of coffee, though it stands for one.
_CATEGORIES = (
    ("person",),
    ("animal",),
    ("food", "beverage", "edible fruit", "foodstuff"),
    ("flora", "plant organ"),
    ("structure", "room", "location", "building"),
    ("artifact",),
)


def is_known(phrase: str) -> bool:
    """Whether a phrase is the name of one thing: 'Times Square'."""
    return bool(known_drawing(phrase)) or nouns.part_of(phrase) == nouns.THING


def is_place(phrase: str) -> str:
    """The scene that a phrase names."""
    return _places().get(nouns.singular(phrase), "") or _places().get(phrase, "")


def is_alive(phrase: str) -> bool:
    """Whether a noun is a person or an animal."""
    return nouns.is_kind_of(phrase, "person", "animal")


def is_part(phrase: str) -> bool:
    """Whether a noun is a part of a body or of a building, which belongs to what it is named with."""
    return nouns.is_kind_of(phrase, "external body part") or nouns.singular(phrase) in _parts()


def other_sense(phrase: str, named: set[str]) -> str:
    """The drawing of a word that means something else beside others: a mouse beside a keyboard; else empty."""
    sense = library.table("nouns")["senses"].get(nouns.singular(phrase), {})
    return str(sense["drawing"]) if sense and not named.isdisjoint(sense["beside"]) else ""


@functools.lru_cache(maxsize=4096)
def own(phrase: str) -> tuple[str, str]:
    """The drawing that the tables have for a phrase, and what it stands for if that is another thing."""
    if same := _same().get(phrase) or _same().get(nouns.singular(phrase)):
        return same, ""
    drawing = known_drawing(phrase)
    if not drawing or is_exact(phrase, drawing):
        return drawing, ""
    found = nearest(phrase)
    if found[0]:
        return found
    return (drawing, drawing.replace("-", " ")) if _category(phrase) == _category(drawing) else ("", "")


@functools.lru_cache(maxsize=4096)
def is_exact(phrase: str, drawing: str) -> bool:
    """Whether a drawing is of the thing: of the same word, of a kind of it, or of what it is a kind of.

    What WordNet does not know is trusted to the tables, and so are the words of the motifs.
    """
    if not drawing:
        return False
    names = [drawing.replace("-", " "), re.split("-(?:and|with|on|of)-", drawing)[0].rpartition("-")[2]]
    head = nouns.singular(phrase.rpartition(" ")[2])
    if drawing in MOTIFS or head in names or nouns.part_of(phrase) in (nouns.UNKNOWN, nouns.NAMELESS):
        return True
    wider = {word.partition(".")[0] for word in nouns.wider(phrase)} - _general()
    kinds = {word.partition(".")[0] for name in names for word in nouns.wider(name)}
    return not wider.isdisjoint(names) or not {nouns.singular(phrase), *list(nouns.wider(phrase))[:2]}.isdisjoint(kinds)


@functools.lru_cache(maxsize=4096)
def nearest(phrase: str) -> tuple[str, str]:
    """The drawing of the nearest wider word that has one, and that word; else an icon that it is a keyword of."""
    for word in nouns.wider(phrase):
        bare = word.partition(".")[0]
        if word in _general():
            break
        drawing = known_drawing(word) if word == bare else ""
        if drawing := _near().get(word, "") or (drawing if is_exact(word, drawing) else ""):
            return drawing, "" if bare in (nouns.singular(phrase), phrase.rpartition(" of ")[2]) else bare
    drawing = drawing_by_keyword(phrase)
    return (drawing, drawing.replace("-", " ")) if _category(phrase) == _category(drawing) else ("", "")


def wider_place(phrase: str) -> tuple[str, str]:
    """The scene that a wider word names, and its name in words: 'San Francisco' is a city."""
    return next(
        ((_places()[word], word.partition(".")[0]) for word in nouns.wider(phrase) if word in _places()), ("", "")
    )


@functools.lru_cache(maxsize=4096)
def _category(word: str) -> int:
    """The number of the kind that a noun or a drawing belongs to, from 1; 0 for none."""
    names = (word, word.rpartition("-")[2])
    return next((at for at, kinds in enumerate(_CATEGORIES, 1) if any(nouns.is_kind_of(n, *kinds) for n in names)), 0)


@functools.cache
def _parts() -> frozenset[str]:
    return frozenset(library.table("nouns")["parts"]["words"])


@functools.cache
def _same() -> dict[str, str]:
    return {word: name for name, found in library.table("nouns")["same"].items() for word in found}


@functools.cache
def _general() -> frozenset[str]:
    return frozenset(library.table("nouns")["general"]["words"])


@functools.cache
def _near() -> dict[str, str]:
    return {word: name for name, found in library.table("nouns")["near"].items() for word in found}


@functools.cache
def _places() -> dict[str, str]:
    return {word: name for name, found in library.table("nouns")["places"].items() for word in found}
