"""Choose an image's typefaces: one for display, one for body text, and fallbacks for other scripts."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from random import Random
from typing import Any

from easel_sketch import library
from easel_sketch.reading import words

# Extra families by language; the first sets the text.
_FALLBACKS = {
    "zh": ("Noto Sans SC",),
    "ja": ("Noto Sans JP", "Noto Sans SC"),
    "ko": ("Noto Sans KR", "Noto Sans SC"),
    "ar": ("Noto Sans Arabic",),
    "he": ("Noto Sans Hebrew",),
    "hi": ("Noto Sans Devanagari",),
    "th": ("Noto Sans Thai",),
}
# Common characters at text weight are a family of their own; rarer ones fall back to the full face.
_TEXT_FAMILY = {"Noto Sans SC": "Noto Sans SC Text"}
_STEMS = {"Noto Sans SC": "noto-sans-sc-700", "Noto Sans SC Text": "noto-sans-sc-400"}
_ROOMY = frozenset({"ar", "hi", "th"})
# Replacements for faces without Cyrillic and Greek.
_CYRILLIC = re.compile("[\u0370-\u04ff]")
_STAND_INS = {
    "Anton": ("Oswald", 700),
    "Archivo Black": ("Inter", 900),
    "Fraunces": ("Playfair Display", 700),
    "Limelight": ("Playfair Display", 700),
    "Orbitron": ("JetBrains Mono", 700),
    "Poppins": ("Inter", 800),
    "Righteous": ("Oswald", 700),
    "Space Grotesk": ("Inter", 800),
}


@dataclass(frozen=True, slots=True)
class Type:
    """A text style: families in order of preference, weight, tracking in em, line height."""

    families: tuple[str, ...]
    weight: int
    tracking: float
    leading: float

    @property
    def word_gap(self) -> float:
        """Extra word spacing in em, more where tight tracking narrows the spaces."""
        return 0.05 + max(0.0, -self.tracking)

    def css(self, size: float, colour: str) -> str:
        stack = ",".join(f"'{name}'" for name in self.families)
        return (
            f"font-family:{stack};font-weight:{self.weight};font-size:{size:.2f}px;"
            f"letter-spacing:{self.tracking * size:.2f}px;word-spacing:{self.word_gap * size:.2f}px;"
            f"line-height:{self.leading};color:{colour};"
        )


@dataclass(frozen=True, slots=True)
class Faces:
    """The typefaces of one image: headlines, body text, small bold labels. `fonts` are (family, file stem) pairs."""

    name: str
    head: Type
    body: Type
    label: Type
    fonts: tuple[tuple[str, str], ...]


def choose(asked: Collection[str], kind: str, text: str, rng: Random) -> Faces:
    """The typefaces that most words of the prompt ask for; else a random one of the kind's defaults."""
    table = library.table("typefaces")
    scores = {name: sum(word in asked for word in entry["words"]) for name, entry in table["faces"].items()}
    best = max(scores.values())
    usual = table["defaults"].get(kind, table["defaults"]["card"])
    candidates = [name for name, score in scores.items() if score == best] if best else usual
    name = candidates[0] if best else rng.choice(candidates)
    return _faces(name, table, text)


def _faces(name: str, table: dict[str, Any], text: str) -> Faces:
    entry = table["faces"][name]
    language = words.language(text)
    found = words.scripts(text)
    extra = tuple(dict.fromkeys(f for script in sorted(found, key=lambda s: s != language) for f in _FALLBACKS[script]))
    foreign = language != "en"
    leading = max(entry["leading"], 1.4 if language in _ROOMY else 1.16) if foreign else entry["leading"]
    (head, head_weight), (body, body_weight) = _supporting(entry["display"], text), entry["body"]
    tracking = 0.0 if foreign else entry["tracking"]
    text_weight = tuple(_TEXT_FAMILY.get(f, f) for f in extra if f in _TEXT_FAMILY)
    body_leading = 1.62 if language in _ROOMY else 1.42
    latin = tuple(f for f in ("Inter", "Noto Sans SC") if f not in (head, *extra))
    label_leading = max(1.22, leading - 0.1) if foreign else 1.22
    families = {head, body, "Inter", "Twemoji", *extra, *text_weight}
    return Faces(
        name=name,
        head=Type((head, *extra, *latin, "Twemoji"), head_weight, tracking, leading),
        body=Type((body, *text_weight, *extra, *latin, "Twemoji"), body_weight, 0.0, body_leading),
        label=Type((body, *extra, *latin, "Twemoji"), entry["strong"], 0.0, label_leading),
        fonts=tuple((family, _stem(family, table)) for family in sorted(families)),
    )


def _supporting(face: list[Any], text: str) -> tuple[str, int]:
    """The face, or a replacement that has the letters of the text."""
    family, weight = face
    return _STAND_INS.get(family, (family, weight)) if _CYRILLIC.search(text) else (family, weight)


def _stem(family: str, table: dict[str, Any]) -> str:
    return _STEMS.get(family) or f"{table['families'][family]}-*"
