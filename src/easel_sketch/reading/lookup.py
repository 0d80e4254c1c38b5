"""Find icons for words: first those a text names, then those its words touch on, then those of its field of life."""

import functools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from easel_sketch import library
from easel_sketch.reading import words
from easel_sketch.reading.look import is_colour
from easel_sketch.reading.names import asks, named
from easel_sketch.reading.vocabulary import UNSPACED, alone

_NAMED, _MENTIONED, _LOOSE, _FIELD = 6.0, 2.4, 0.5, 1.9
_LEAST = 1.0
_LEAST_WEIGHT = 3  # loose keywords below this lead anywhere
_BY_SIGN = 0.8  # how much an icon of a field says of it, where a word of the field says 1
_MOSTLY = 0.6


@dataclass(frozen=True, slots=True)
class Theme:
    """A field of life: where its pictures are set, its colours when none are asked for, and its icons."""

    scene: str
    palette: str
    icons: tuple[str, ...]


def theme(subject: Sequence[str], text: str) -> Theme:
    """The field most of the subject's words, and of the things they name, belong to. Earlier ones weigh more."""
    table = library.table("themes")
    signs = named(" ".join(word for word in subject if not asks(word)) or text, asking=False)
    telling = [words.stem(word) for word in subject if word not in _vague() and not is_colour(word)]
    fields = [
        (_belongs(place, telling, text) + _signed(entry, signs), entry) for place, entry in enumerate(table["theme"])
    ]
    best, entry = max(fields, key=lambda pair: pair[0])
    if best == 0:
        entry = table["fallback"]
    return Theme(entry["scene"], entry["palette"], tuple(entry["icons"]))


def _belongs(place: int, telling: Sequence[str], text: str) -> float:
    """How much a text belongs to the theme at that place of the table. `telling` are the stems of its words."""
    stems, unspaced = _vocabularies()[place]
    hits = sum(1 / (1 + 0.04 * at) for at, stem in enumerate(telling) if stem in stems)
    return hits + sum(alone(word, text) >= 0 for word in unspaced if word in text)


@functools.cache
def _vocabularies() -> tuple[tuple[frozenset[str], tuple[str, ...]], ...]:
    """The words of each theme: stems of those with spaces around them, and the others."""
    listed = [entry["words"] for entry in library.table("themes")["theme"]]
    return tuple(
        (frozenset(map(words.stem, found)), tuple(word for word in found if UNSPACED.match(word))) for found in listed
    )


def _signed(entry: dict[str, list[str]], signs: Sequence[str]) -> float:
    own = {*entry["icons"], *entry.get("signs", ())}
    return sum(_BY_SIGN / (1 + 0.1 * place) for place, name in enumerate(signs) if name in own)


def find(
    subject: Sequence[str], text: str, count: int, fallback: Sequence[str] = (), mentions: Sequence[str] = ()
) -> list[str]:
    """Up to `count` icon names for the words of a subject, best first, then the theme's own.

    Words that are only mentioned count for less than the subject's, so that they seldom lead a picture.
    """
    scores: defaultdict[str, float] = defaultdict(float)
    said = " ".join(word for word in subject if not asks(word))
    unspaced = text if UNSPACED.search(text) and not UNSPACED.search(said) else ""
    for share, spoken in ((_NAMED, said), (_MENTIONED, " ".join(mentions)), (_MENTIONED, unspaced)):
        for place, name in enumerate(named(spoken, asking=False)):
            scores[name] = max(scores[name], share / (1 + 0.12 * place))
    for name, weight in _touched(subject).items():
        scores[name] += _LOOSE * weight
    for place, name in enumerate(fallback):
        scores[name] += _FIELD - 0.05 * place + (1.5 if name in scores else 0)
    boxed, people = library.table("themes")["boxed"], _people()
    ranked = sorted(
        scores, key=lambda name: (name in boxed, name in people and scores[name] < _FIELD, -scores[name], name)
    )
    unfit = library.table("themes")["unfit"]
    return [name for name in ranked if scores[name] >= _LEAST and name not in unfit][:count]


def _touched(subject: Sequence[str]) -> dict[str, float]:
    """Icons with one of the words among their keywords. Never a face: those have every keyword."""
    found: dict[str, float] = {}
    for place, word in enumerate(
        word for word in subject if len(word) > 2 and word not in _vague() and not is_colour(word)
    ):
        hits = _hits(word)
        for name, weight in hits.items():
            spelt = 1.0 if word in name.split("-") else 0.0
            found[name] = found.get(name, 0) + (weight + spelt) / (1 + 0.12 * place) / (1 + 0.04 * len(hits))
    return found


def _hits(word: str) -> dict[str, int]:
    """The icons a word leads to, by name, with how much it says about each; its stem's too when it has few."""
    own = _weighed(library.icon_pack()["words"].get(word, []))
    return own if len(own) > 2 else _weighed(_stems().get(words.stem(word), [])) | own


def _weighed(numbers: Sequence[int]) -> dict[str, int]:
    icons, faces = library.icon_pack()["icons"], _faces()
    pairs = zip(numbers[::2], numbers[1::2], strict=True)
    return {icons[number][0]: weight for number, weight in pairs if weight >= _LEAST_WEIGHT and number not in faces}


def for_labels(labels: Sequence[str], spare: Sequence[str]) -> list[str]:
    """One icon for each label if most labels name one; else an empty name for each, for a number does better."""
    chosen: list[str] = []
    for label in labels:
        chosen.append(next((name for name in named(label, asking=False) if name not in chosen), ""))
    if sum(map(bool, chosen)) < _MOSTLY * len(chosen):
        return [""] * len(chosen)
    left = [name for name in spare if name not in chosen] or list(spare)
    return [name or left[place % len(left)] for place, name in enumerate(chosen)]


@functools.cache
def _faces() -> frozenset[int]:
    return frozenset(library.icon_pack()["faces"])


@functools.cache
def _people() -> frozenset[str]:
    pack = library.icon_pack()
    return frozenset(pack["icons"][number][0] for number in (*pack["people"], *pack["faces"]))


@functools.cache
def _vague() -> frozenset[str]:
    return frozenset({*library.table("lexicon")["words"]["vague"], *library.table("lexicon")["words"]["function"]})


@functools.cache
def _stems() -> dict[str, list[int]]:
    index: dict[str, list[int]] = {}
    for word, hits in library.icon_pack()["words"].items():
        index.setdefault(words.stem(word), hits)
    return index


__all__ = ["Theme", "find", "for_labels", "named", "theme"]
