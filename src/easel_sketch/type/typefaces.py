"""Choose the voice of a picture: a display face and a body face, and what other scripts fall back to."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from random import Random
from typing import Any

from easel_sketch import library
from easel_sketch.reading import words

# Which extra families a script needs; the first is what its text is set in.
_FALLBACKS = {
    "zh": ("Noto Sans SC",),
    "ja": ("Noto Sans JP", "Noto Sans SC"),
    "ko": ("Noto Sans KR", "Noto Sans SC"),
    "ar": ("Noto Sans Arabic",),
    "he": ("Noto Sans Hebrew",),
    "hi": ("Noto Sans Devanagari",),
    "th": ("Noto Sans Thai",),
}
# The everyday characters at text weight live in a family of their own, so that rarer ones fall back to the full face.
_TEXT_FAMILY = {"Noto Sans SC": "Noto Sans SC Text"}
_STEMS = {"Noto Sans SC": "noto-sans-sc-700", "Noto Sans SC Text": "noto-sans-sc-400"}
_ROOMY = frozenset({"ar", "hi", "th"})
# Faces without Cyrillic and Greek, and what sets those in their spirit.
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
    """A way of setting text: families in order of preference, weight, tracking in em, leading."""

    families: tuple[str, ...]
    weight: int
    tracking: float
    leading: float

    @property
    def word_gap(self) -> float:
        """Room added between words, in em: tight letters and big type swallow the gap."""
        return 0.05 + max(0.0, -self.tracking)

    def css(self, size: float, colour: str) -> str:
        stack = ",".join(f"'{name}'" for name in self.families)
        return (
            f"font-family:{stack};font-weight:{self.weight};font-size:{size:.2f}px;"
            f"letter-spacing:{self.tracking * size:.2f}px;word-spacing:{self.word_gap * size:.2f}px;"
            f"line-height:{self.leading};color:{colour};"
        )


@dataclass(frozen=True, slots=True)
class Voice:
    """The faces of one picture: headlines, running text, and small strong labels."""

    name: str
    head: Type
    body: Type
    label: Type
    fonts: tuple[tuple[str, str], ...]


def choose(asked: Collection[str], kind: str, text: str, rng: Random) -> Voice:
    """The voice whose words the prompt uses most; else one of the kind's own, by chance."""
    table = library.table("typefaces")
    scores = {name: sum(word in asked for word in voice["words"]) for name, voice in table["voice"].items()}
    best = max(scores.values())
    usual = table["defaults"].get(kind, table["defaults"]["card"])
    heard = [name for name, score in scores.items() if score == best] if best else usual
    name = heard[0] if best else rng.choice(heard)
    return _voice(name, table, text)


def _voice(name: str, table: dict[str, Any], text: str) -> Voice:
    entry = table["voice"][name]
    language = words.language(text)
    found = words.scripts(text)
    extra = tuple(dict.fromkeys(f for script in sorted(found, key=lambda s: s != language) for f in _FALLBACKS[script]))
    loose = language != "en"
    leading = max(entry["leading"], 1.4 if language in _ROOMY else 1.16) if loose else entry["leading"]
    (head, head_weight), (body, body_weight) = _able(entry["display"], text), entry["body"]
    tracking = 0.0 if loose else entry["tracking"]
    soft = tuple(_TEXT_FAMILY.get(f, f) for f in extra if f in _TEXT_FAMILY)
    running = 1.62 if language in _ROOMY else 1.42
    kin = tuple(f for f in ("Inter", "Noto Sans SC") if f not in (head, *extra))
    families = {head, body, "Inter", "Twemoji", *extra, *soft}
    return Voice(
        name=name,
        head=Type((head, *extra, *kin, "Twemoji"), head_weight, tracking, leading),
        body=Type((body, *soft, *extra, *kin, "Twemoji"), body_weight, 0.0, running),
        label=Type((body, *extra, *kin, "Twemoji"), entry["strong"], 0.0, max(1.22, leading - 0.1 if loose else 1.22)),
        fonts=tuple((family, _stem(family, table)) for family in sorted(families)),
    )


def _able(face: list[Any], text: str) -> tuple[str, int]:
    """The face, or one that holds the letters of the text."""
    family, weight = face
    return _STAND_INS.get(family, (family, weight)) if _CYRILLIC.search(text) else (family, weight)


def _stem(family: str, table: dict[str, Any]) -> str:
    return _STEMS.get(family) or f"{table['families'][family]}-*"
