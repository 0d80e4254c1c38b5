"""What a noun is drawn as: a drawing of its own, that of the nearest wider word, or a place."""

import functools

from easel_sketch import library
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


def own(phrase: str) -> tuple[str, str]:
    """The drawing that the tables have for a phrase, and what it stands for if that is another kind of thing."""
    drawing = known_drawing(phrase)
    if not drawing or _alike(phrase, drawing):
        return drawing, ""
    found = nearest(phrase)
    return found if found[0] else (drawing, drawing.replace("-", " "))


@functools.lru_cache(maxsize=4096)
def nearest(phrase: str) -> tuple[str, str]:
    """The drawing of the nearest wider word that has one, and that word; else an icon that it is a keyword of."""
    for word in nouns.wider(phrase):
        bare = word.partition(".")[0]
        if word in _general():
            break
        if drawing := _near().get(word, "") or (known_drawing(word) if word == bare else ""):
            return drawing, "" if bare in (nouns.singular(phrase), phrase.rpartition(" of ")[2]) else bare
    drawing = drawing_by_keyword(phrase)
    return drawing, drawing.replace("-", " ")


def wider_place(phrase: str) -> str:
    """The scene that a wider word names: 'San Francisco' is a city."""
    return next((_places()[word] for word in nouns.wider(phrase) if word in _places()), "")


def _alike(phrase: str, drawing: str) -> bool:
    """Whether a drawing is of the same kind as a word; what WordNet does not know is trusted to the tables."""
    kinds = [_category(word) for word in (phrase, drawing.rpartition("-")[2])]
    return phrase.replace(" ", "-") == drawing or not all(kinds) or kinds[0] == kinds[1]


@functools.lru_cache(maxsize=4096)
def _category(word: str) -> int:
    """The number of the kind that a noun belongs to, from 1; 0 for none."""
    return next((at for at, kinds in enumerate(_CATEGORIES, 1) if nouns.is_kind_of(word, *kinds)), 0)


@functools.cache
def _general() -> frozenset[str]:
    return frozenset(library.table("nouns")["general"]["words"])


@functools.cache
def _near() -> dict[str, str]:
    return {word: name for name, found in library.table("nouns")["near"].items() for word in found}


@functools.cache
def _places() -> dict[str, str]:
    return {word: name for name, found in library.table("nouns")["places"].items() for word in found}
