"""Read a prompt into a Brief: what to print, what to draw, how it should look. All it prints are the prompt's words."""

import functools
import re
from dataclasses import dataclass

from easel.providers.sketch import library, words
from easel.providers.sketch.grammar import CLAUSES, content, is_style, media
from easel.providers.sketch.quotes import quoted, unquoted

_LONGEST = 32_000
_MOST_TEXTS = 600
_TAGS = re.compile(r"\[[^\[\]]{1,60}\]")
_HYPHENATED = re.compile(r"(?<!\w)\w+(?:-\w+)+")
_NAMES_PARTS = re.compile(
    r"\b(label|section|step|stage|part|panel|column|box|bullet|item|point)e?[sd]?\b", re.IGNORECASE
)
_NAMES_TITLE = re.compile(r"\b(title|titled|headline|heading|header|entitled|called|reads?|says?)\b", re.IGNORECASE)
_CJK = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class Brief:
    """What one prompt asks for.

    `title`, `subtitle` and `items` are to be printed; `quotes` are the texts that must be there in full. `subject` are
    the words of the title and the scene that may call for a drawing, `mentions` those of the items; `asked` are the
    words that may steer the look.
    """

    layout: str
    flavour: str
    title: str
    subtitle: str
    items: tuple[str, ...]
    quotes: tuple[str, ...]
    subject: tuple[str, ...]
    mentions: tuple[str, ...]
    asked: tuple[str, ...]
    text: str
    language: str

    @property
    def right_to_left(self) -> bool:
        return self.language in words.RIGHT_TO_LEFT


def read(prompt: str, *, transparent: bool = False, edits: bool = False) -> Brief:
    """The brief of a prompt. With quoted texts those are all that is printed; without, its own words are.

    A prompt that `edits` pictures is an instruction: only what it quotes is printed.
    """
    prompt = words.clean(prompt)[:_LONGEST]
    quotes, rest = quoted(prompt), unquoted(prompt)
    layout, flavour = _medium(rest, transparent=transparent, quotes=quotes)
    title, subtitle, labels = content(_TAGS.sub(" ", rest))
    if quotes:
        named = _quotes_are_parts(prompt, quotes) and layout == "infographic" and title
        title, items = (title, quotes) if named else _headed(quotes)
        subtitle = ""
    elif edits:
        layout, flavour, title, subtitle, items = "card", "card", "", "", ()
    else:
        items = labels if layout == "infographic" else ()
    listed = items and not quotes
    scene = "" if listed else " ".join(clause for clause in CLAUSES.split(rest) if quotes or not is_style(clause))
    printed = " ".join((title, subtitle, *items))
    return Brief(
        layout=layout,
        flavour=flavour,
        title=title,
        subtitle=subtitle,
        items=items[:_MOST_TEXTS],
        quotes=quotes,
        subject=_telling(f"{title} {subtitle} {scene}"),
        mentions=_telling(" ".join(items)),
        asked=_asked(rest),
        text=printed if _CJK.search(printed) else f"{printed} {rest}"[:4000],
        language=words.language(printed),
    )


def _headed(quotes: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The first quoted text heads the picture unless it is a paragraph."""
    long = len(quotes[0]) > (40 if words.language(quotes[0]) in words.UNSPACED else 90)
    return ("", quotes) if long else (quotes[0], quotes[1:])


def _quotes_are_parts(prompt: str, quotes: tuple[str, ...]) -> bool:
    """Whether the words before the first quoted text announce labels rather than a title."""
    before = prompt[: prompt.find(quotes[0])][-70:]
    return bool(_NAMES_PARTS.search(before)) and not _NAMES_TITLE.search(before)


def _medium(rest: str, *, transparent: bool, quotes: tuple[str, ...]) -> tuple[str, str]:
    """Layout and flavour by the earliest kind of thing the prompt names."""
    found = sorted((m.start(), -m.end(), layout, flavour) for layout, flavour, m in media(rest))
    firm = [hit for hit in found if hit[3] != "picture"] or found
    layout, flavour = ("card" if quotes else "poster"), "picture"
    if firm:
        # In 'dashboard infographic' the last noun is the thing that is wanted.
        end = -firm[0][1]
        layout, flavour = next((hit[2:] for hit in firm if 0 <= hit[0] - end <= 1 and hit[3] != "card"), firm[0][2:])
    if transparent:
        return "card", "sticker"
    if flavour == "picture" and not quotes:
        return "poster", flavour
    crowded = layout == "poster" and (len(quotes) > 9 or sum(map(len, quotes)) > 420)
    return ("card", "card") if crowded else (layout, flavour)


def _telling(text: str) -> tuple[str, ...]:
    """The words that may call for a drawing, each once: no instructions, nothing about the look."""
    lexicon = library.table("lexicon")
    strip = lexicon["strip"]
    idle = {*lexicon["look"]["nouns"], *strip["verbs"], *strip["links"], *strip["adjectives"]}
    idle |= {word for kind in lexicon["media"].values() for kinds in kind.values() for word in kinds}
    return tuple(dict.fromkeys(word for word in words.tokens(text) if word not in idle))[:400]


def _asked(rest: str) -> tuple[str, ...]:
    """Every word that may steer the look, in order; unspaced scripts are searched for the words the tables know."""
    spoken = [*words.tokens(rest), *(word.lower() for word in _HYPHENATED.findall(rest))]
    known = [word for word in _unspaced_vocabulary() if word in rest]
    return (*spoken[:600], *sorted(known, key=rest.find))


@functools.cache
def _unspaced_vocabulary() -> tuple[str, ...]:
    palettes = library.table("palettes")
    every = [*palettes["colours"], *(word for palette in palettes["palette"] for word in palette["words"])]
    return tuple(word for word in every if _CJK.match(word))
