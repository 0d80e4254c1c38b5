"""What became of the things a prompt asks for: drawn, drawn as something near them, or not drawn."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from easel_sketch import library
from easel_sketch.reading import nouns, words
from easel_sketch.reading.brief import Brief
from easel_sketch.reading.kind import WORDLESS
from easel_sketch.reading.requests import LABELS
from easel_sketch.reading.subjects import Subject

_MOST_LISTED = 12
_SCENES = ("landscape", "skyline", "still_life", "vignette")
_LIMITS = {
    "photograph": "This is a drawing: the sketch engine makes no photographs.",
    "nouns": "The sketch engine did not know any word for a thing in this prompt.",
    "manner": "The sketch engine does not draw in the manner of an artist.",
}
_LABELLED = ("infographic", "cycle")  # kinds that label what they show by themselves
# Styles that a picture without words has only where the page says so, by a name such as `style-watercolour`.
_STYLES = ("painterly", "ink", "papercut", "pixel", "threed", "isometric", "watercolour", "handdrawn")


@dataclass(frozen=True, slots=True)
class Report:
    """The subjects of a brief by what an image shows of them; `others` is what else it is: a poster, at dusk."""

    drawn: tuple[Subject, ...]
    near: tuple[Subject, ...]
    missing: tuple[Subject, ...]
    limits: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """The three lists as JSON values: `near` gives for each thing the wider word that it is drawn as."""
        return {
            "drawn": [*dict.fromkeys((*map(_named, self.drawn), *self.others))],
            "near": [{"asked": _named(one), "drawn_as": one.near} for one in self.near],
            "missing": [*dict.fromkeys(map(_named, self.missing))],
        }

    def sentences(self) -> tuple[str, ...]:
        """What an image's warnings say."""
        pairs = dict.fromkeys(f"{_named(one)}: drawn as {_with_article(one.near)}" for one in self.near)
        near = "; ".join([*pairs][:_MOST_LISTED])
        missing = ", ".join([*dict.fromkeys(map(_named, self.missing))][:_MOST_LISTED])
        return tuple(
            sentence
            for sentence in (
                f"Not drawn: {missing}." if missing else "",
                f"{near[:1].upper()}{near[1:]}." if near else "",
                *self.limits,
            )
            if sentence
        )


def report(brief: Brief, shown: Iterable[str]) -> Report:
    """Sort the subjects of a brief by the names that a page shows."""
    names = frozenset(shown)
    printed = f" {' '.join(words.tokens(' '.join(text.words for text in brief.texts)))} "
    drawn: list[Subject] = []
    near: list[Subject] = []
    missing: list[Subject] = []
    for one in brief.subjects:
        one = one if one.face in names else replace(one, face="")
        if nouns.singular(one.words).replace(" ", "-") in names:
            drawn.append(one)  # a drawing of just this
        elif one.place and one.place in names:
            (near if one.near else drawn).append(one)
        elif f" {' '.join(words.tokens(one.words))} " in printed:
            drawn.append(one)  # in words
        elif one.drawing and one.drawing in names:
            (near if one.near else drawn).append(one)
        else:
            missing.append(one)
    return Report(tuple(drawn), tuple(near), tuple(missing), _limits(brief, names), _others(brief))


def _others(brief: Brief) -> tuple[str, ...]:
    """The kind of image that was asked for, or when a scene is."""
    if brief.kind in _SCENES:
        return tuple(word for word in (brief.setting.time, brief.setting.season) if word)
    return (brief.medium,) if brief.medium else ()


def _limits(brief: Brief, names: frozenset[str]) -> tuple[str, ...]:
    """What the image has not, whatever it shows."""
    sentences = [_LIMITS[name] for name in brief.limits]
    if LABELS in brief.wants and brief.kind in _LABELLED and not brief.items and LABELS not in names:
        sentences.append("Not drawn: labels. The sketch engine lacks their words in the language of the prompt.")
    asked = [name for name in brief.style if name in _STYLES and f"style-{name}" not in names]
    if asked and brief.kind in WORDLESS and not brief.texts:
        styles = library.table("lexicon")["style"]
        sentences.append(f"Not drawn in the style asked for: {', '.join(styles[name][0] for name in asked)}.")
    return tuple(sentences)


def _named(subject: Subject) -> str:
    """The words with what they add to them: 'angry face'."""
    return f"{subject.face} {subject.words}" if subject.face and subject.face not in subject.words else subject.words


def _with_article(word: str) -> str:
    if nouns.singular(word) != word:
        return word
    return f"an {word}" if word[:1] in "aeiou" else f"a {word}"
