"""Read what an edit asks for: steps that can be done, in order, and the words that remain.

"Change the red hat to a light-blue velvet beret" becomes: what is red, light blue; left is "velvet beret".
"""

import re
from dataclasses import dataclass

from easel.providers.sketch import library
from easel.providers.sketch.colour import mix

_CLAUSES = re.compile(r"[.;!\n]+(?=\s|$)|,\s+(?:and\s+|then\s+)?|\s+(?:and then|then)\s+")
_KEEP = re.compile(
    r"^(?:but\s+|and\s+|please\s+)*(?:only\b|preserve|keep|leave|retain|maintain|don't|do not|without changing|"
    r"the rest|everything else|nothing else)",
    re.IGNORECASE,
)
# An instruction is short; what goes on for pages is none.
_READ, _LONGEST, _MOST = 4000, 300, 6
_VERB = r"(?:change|turn|make|recolou?r|paint|dye|tint|colou?r|swap|switch)"
_ARTICLE = r"(?:the|a|an|her|his|their|its|my|all|every|this|that)"
_SHADE = r"(?:very\s+)?(?:light|pale|soft|dark|deep|bright|vivid|pastel)"


@dataclass(frozen=True, slots=True)
class Recolour:
    """What has the colour `old` becomes `new`; both are hex. `thing` is what it is called."""

    thing: str
    old: str
    new: str
    called: str


@dataclass(frozen=True, slots=True)
class Tone:
    """A change of the light or the mood of the whole picture, by its name in tone.py."""

    name: str


Step = Recolour | Tone


@dataclass(frozen=True, slots=True)
class Instruction:
    """What can be done, in order, and what is left of the words."""

    steps: tuple[Step, ...]
    left: tuple[str, ...]


def read(prompt: str) -> Instruction:
    steps: list[Step] = []
    left: list[str] = []
    for clause in filter(None, (part.strip() for part in _CLAUSES.split(prompt[:_READ]))):
        if _KEEP.match(clause):
            continue  # what is not named is not touched
        if len(clause) > _LONGEST:
            left.append(clause)
            continue
        if tones := _tones(clause):
            steps += tones
        elif found := _recolour(clause):
            step, rest = found
            steps.append(step)
            left += [rest] if rest not in ("", "one", "ones", "colour", "color", "instead") else []
        elif steps and len(clause.split()) < 3:
            continue  # the tail of a list: "the face, pose and lighting"
        else:
            left.append(clause)
    return Instruction(tuple(steps[:_MOST]), tuple(one if len(one) < 90 else f"{one[:80]}…" for one in left[:_MOST]))


def _recolour(clause: str) -> tuple[Recolour, str] | None:
    """The step, and the words behind the new colour."""
    colours = library.table("palettes")["colours"]
    name = "|".join(sorted((re.escape(one) for one in colours if one.isascii()), key=len, reverse=True))
    pattern = (
        rf"\b{_VERB}\s+(?:the\s+colou?r\s+of\s+)?(?:{_ARTICLE}\s+)?(?:[\w' -]*?)\b(?P<old>{name})\s+"
        rf"(?P<thing>[\w' -]+?)\s+(?:to|into|in)?\s*(?:be\s+)?(?:{_ARTICLE}\s+)?"
        rf"(?P<shade>{_SHADE}[\s-]+)?(?P<new>{name})\b(?P<rest>[^.]*)"
    )
    found = re.search(pattern, clause, re.IGNORECASE)
    if found is None:
        return None
    new = _shaded(colours[found["new"].lower()], (found["shade"] or "").lower())
    called = f"{found['shade'] or ''}{found['new']}".strip().lower().replace("-", " ")
    step = Recolour(found["thing"].strip().lower(), colours[found["old"].lower()], new, called)
    return step, found["rest"].strip(" ,-")


def _shaded(colour: str, shade: str) -> str:
    if any(word in shade for word in ("light", "pale", "soft", "pastel")):
        return mix(colour, "#ffffff", 0.42)
    return mix(colour, "#000000", 0.4) if any(word in shade for word in ("dark", "deep")) else colour


def _tones(clause: str) -> list[Tone]:
    """The tones a clause names, each once, in the order of the table."""
    low = clause.lower()
    table = library.table("tones")["tone"]
    return [Tone(name) for name, words in table.items() if any(re.search(rf"\b{word}\b", low) for word in words)]
