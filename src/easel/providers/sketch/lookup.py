"""Find icons for words. Knows a few thousand keywords in several languages, and fields of life; no topics."""

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from easel.providers.sketch import library, words

_MENTIONED = 0.35
_MOSTLY = 0.6
_CJK = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class Theme:
    """A field of life: where its pictures are set, its colours when none are asked for, and its icons."""

    scene: str
    palette: str
    icons: tuple[str, ...]


def theme(subject: Sequence[str], text: str) -> Theme:
    """The field most of the subject's words belong to. Earlier words weigh more."""
    table = library.table("themes")
    scored = [(_belongs(entry["words"], subject, text), entry) for entry in table["theme"]]
    best, entry = max(scored, key=lambda pair: pair[0])
    if best == 0:
        entry = table["fallback"]
    return Theme(entry["scene"], entry["palette"], tuple(entry["icons"]))


def _belongs(vocabulary: Iterable[str], subject: Sequence[str], text: str) -> float:
    stems = {words.stem(word) for word in vocabulary}
    hits = sum(1 / (1 + 0.04 * place) for place, word in enumerate(subject) if words.stem(word) in stems)
    return hits + sum(_CJK.match(word) is not None and word in text for word in vocabulary)


def find(
    subject: Sequence[str], text: str, count: int, fallback: Sequence[str] = (), mentions: Sequence[str] = ()
) -> list[str]:
    """Up to `count` icon names for the words of a subject, best first, then the theme's own.

    Words that are only mentioned count for less than the subject's, so that they seldom lead a picture.
    """
    scores: defaultdict[str, float] = defaultdict(float)
    for share, spoken in ((1.0, subject), (_MENTIONED, mentions)):
        telling = [word for word in spoken if len(word) > 1 and word not in _listed("vague")]
        for place, word in enumerate(telling):
            hits = _hits(word)
            for name, weight in hits.items():
                spelt = 0.6 if word in name.split("-") else 0.0
                scores[name] += share * (weight + spelt) / (1 + 0.12 * place) / (1 + 0.02 * len(hits))
    for word, numbers in _unspaced(text).items():
        for name, weight in _named(numbers).items():
            scores[name] += weight * len(word) / 2 / (1 + 0.02 * len(numbers))
    for place, name in enumerate(fallback):
        scores[name] += 1.9 - 0.05 * place + (1.5 if name in scores else 0)
    boxed = library.table("themes")["boxed"]
    ranked = sorted(scores, key=lambda name: (name in boxed, -scores[name], name))
    return [name for name in ranked if scores[name] >= 1][:count]


def _hits(word: str) -> dict[str, int]:
    """The icons a word leads to, by name, with how much it says about each; its stem's too when it has few."""
    own = _named(library.icon_pack()["words"].get(word, []))
    return own if len(own) > 2 else _named(_stems().get(words.stem(word), [])) | own


def _named(numbers: Sequence[int]) -> dict[str, int]:
    icons = library.icon_pack()["icons"]
    return {icons[number][0]: weight for number, weight in zip(numbers[::2], numbers[1::2], strict=True)}


def for_labels(labels: Sequence[str], spare: Sequence[str]) -> list[str]:
    """One icon for each label if most labels name one; else an empty name for each, for a number does better."""
    chosen: list[str] = []
    for label in labels:
        named = [name for name in find(words.tokens(label), label, 4) if _bears(name, label) and name not in chosen]
        chosen.append(named[0] if named else "")
    if sum(map(bool, chosen)) < _MOSTLY * len(chosen):
        return [""] * len(chosen)
    left = [name for name in spare if name not in chosen] or list(spare)
    return [name or left[place % len(left)] for place, name in enumerate(chosen)]


def _bears(name: str, label: str) -> bool:
    """Whether an icon's name ends in a word of the label, or a whole foreign keyword for it stands in the label."""
    head = _head(name)
    spoken = {words.stem(word) for word in words.tokens(label)} - _listed("vague")
    return head in spoken or (bool(_CJK.search(label)) and any(len(word) > 1 for word in _unspaced(label)))


def _head(name: str) -> str:
    return words.stem(name.rsplit("-", 1)[-1])


@functools.cache
def _listed(name: str) -> frozenset[str]:
    """One of the lexicon's lists of words."""
    return frozenset(library.table("lexicon")["words"][name])


@functools.cache
def _stems() -> dict[str, list[int]]:
    index: dict[str, list[int]] = {}
    for word, hits in library.icon_pack()["words"].items():
        index.setdefault(words.stem(word), hits)
    return index


@functools.cache
def _unspaced_words() -> dict[str, list[int]]:
    return {word: hits for word, hits in library.icon_pack()["words"].items() if _CJK.match(word) and len(word) < 6}


def _unspaced(text: str) -> dict[str, list[int]]:
    """Keywords found inside text that is written without spaces; single characters only in a short text."""
    if not _CJK.search(text):
        return {}
    return {
        word: hits
        for word, hits in _unspaced_words().items()
        if word in text and (len(word) > 1 or (len(text) < 40 and word not in _listed("particles")))
    }
