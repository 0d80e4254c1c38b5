"""Find icons for words: first by name, then by keyword, then from the theme."""

import functools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from easel_sketch import library
from easel_sketch.reading import words
from easel_sketch.reading.icon_names import is_medium, named_icons
from easel_sketch.reading.style_words import is_colour
from easel_sketch.reading.vocabulary import UNSPACED, position_alone

_NAMED_SCORE, _MENTIONED_SCORE, _KEYWORD_SCORE, _THEME_SCORE = 6.0, 2.4, 0.5, 1.9
_LEAST_SCORE = 1.0
_LEAST_WEIGHT = 3  # keywords below this weight are too unspecific
_ICON_WEIGHT = 0.8  # weight of a theme's icon, where one of its words has 1
_LEAST_LABELLED = 0.6


@dataclass(frozen=True, slots=True)
class Theme:
    """A topic: its scene, its default palette, and its icons."""

    scene: str
    palette: str
    icons: tuple[str, ...]


def theme(subject: Sequence[str], text: str) -> Theme:
    """The theme that most of the subject's words and icons belong to; earlier words weigh more."""
    table = library.table("themes")
    icons = named_icons(" ".join(word for word in subject if not is_medium(word)) or text, asking=False)
    stems = [words.stem(word) for word in subject if word not in _vague() and not is_colour(word)]
    scores = [
        (_word_score(place, stems, text) + _icon_score(entry, icons), entry)
        for place, entry in enumerate(table["theme"])
    ]
    best, entry = max(scores, key=lambda pair: pair[0])
    if best == 0:
        entry = table["fallback"]
    return Theme(entry["scene"], entry["palette"], tuple(entry["icons"]))


def _word_score(place: int, subject_stems: Sequence[str], text: str) -> float:
    """How well a text matches the theme at `place` of the table."""
    stems, unspaced = _vocabularies()[place]
    hits = sum(1 / (1 + 0.04 * at) for at, stem in enumerate(subject_stems) if stem in stems)
    return hits + sum(position_alone(word, text) >= 0 for word in unspaced if word in text)


@functools.cache
def _vocabularies() -> tuple[tuple[frozenset[str], tuple[str, ...]], ...]:
    """For each theme the stems of its words, and its words of scripts without spaces."""
    listed = [entry["words"] for entry in library.table("themes")["theme"]]
    return tuple(
        (frozenset(map(words.stem, found)), tuple(word for word in found if UNSPACED.match(word))) for found in listed
    )


def _icon_score(entry: dict[str, list[str]], names: Sequence[str]) -> float:
    """How many of the icons belong to the theme; earlier ones weigh more."""
    own = {*entry["icons"], *entry.get("signs", ())}
    return sum(_ICON_WEIGHT / (1 + 0.1 * place) for place, name in enumerate(names) if name in own)


def find(
    subject: Sequence[str], text: str, count: int, fallback: Sequence[str] = (), mentions: Sequence[str] = ()
) -> list[str]:
    """Up to `count` icon names for the words of a subject, best first, then the theme's own.

    `mentions` score less than the subject, so that they rarely come first.
    """
    scores: defaultdict[str, float] = defaultdict(float)
    subject_text = " ".join(word for word in subject if not is_medium(word))
    unspaced = text if UNSPACED.search(text) and not UNSPACED.search(subject_text) else ""
    for share, source in (
        (_NAMED_SCORE, subject_text),
        (_MENTIONED_SCORE, " ".join(mentions)),
        (_MENTIONED_SCORE, unspaced),
    ):
        for place, name in enumerate(named_icons(source, asking=False)):
            scores[name] = max(scores[name], share / (1 + 0.12 * place))
    for name, weight in _by_keyword(subject).items():
        scores[name] += _KEYWORD_SCORE * weight
    for place, name in enumerate(fallback):
        scores[name] += _THEME_SCORE - 0.05 * place + (1.5 if name in scores else 0)
    boxed, people = library.table("themes")["boxed"], _people()
    ranked = sorted(
        scores, key=lambda name: (name in boxed, name in people and scores[name] < _THEME_SCORE, -scores[name], name)
    )
    unfit = library.table("themes")["unfit"]
    return [name for name in ranked if scores[name] >= _LEAST_SCORE and name not in unfit][:count]


def _by_keyword(subject: Sequence[str]) -> dict[str, float]:
    """Icons with one of the words among their keywords, except faces: their keywords match almost anything."""
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
    """Weights of a word's icons, by name; of its stem's too when there are few."""
    own = _weights(library.icon_pack()["words"].get(word, []))
    return own if len(own) > 2 else _weights(_stems().get(words.stem(word), [])) | own


def _weights(numbers: Sequence[int]) -> dict[str, int]:
    icons, faces = library.icon_pack()["icons"], _faces()
    pairs = zip(numbers[::2], numbers[1::2], strict=True)
    return {icons[number][0]: weight for number, weight in pairs if weight >= _LEAST_WEIGHT and number not in faces}


def for_labels(labels: Sequence[str], spare: Sequence[str]) -> list[str]:
    """An icon for each label if most labels name one; else an empty name for each."""
    chosen: list[str] = []
    for label in labels:
        chosen.append(next((name for name in named_icons(label, asking=False) if name not in chosen), ""))
    if sum(map(bool, chosen)) < _LEAST_LABELLED * len(chosen):
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


__all__ = ["Theme", "find", "for_labels", "named_icons", "theme"]
