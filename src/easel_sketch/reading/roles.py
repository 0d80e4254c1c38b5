"""What each text of a picture is for: told by its own shape, else by the words before or after it in the prompt."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from easel_sketch import library
from easel_sketch.reading import shapes
from easel_sketch.reading.quotes import Span
from easel_sketch.reading.vocabulary import Finder, any_of

HEADLINE, SUBLINE, LABEL, BODY = "headline", "subline", "label", "body"
PRICE, DATE, PLACE, BUTTON, CAPTION, SPEECH, CONTACT, NUMBER = (
    "price", "date", "place", "button", "caption", "speech", "contact", "number",
)  # fmt: skip

_BEFORE = 64  # letters in which the announcement of a text is looked for
_AFTER = 28
_LONG = 60
_OPENS_AFTER = re.compile(
    r"[\s,，]*(?:(?:as|for|on|in)?\s*(?:the|a|an)?\s+|als\s+|como\s+|comme\s+(?:le\s+)?|と|って|라고\s*|이라고\s*|的|の)?(?=\S)",
    re.IGNORECASE,
)
_NOTHING = re.compile(r"[\s:：“”\"'「『«‘‚„-]*(?:that|which|who)?\s*(?:reads?|says?|with)?\s*[:：]?\s*", re.IGNORECASE)
_SPACE = re.compile(r"[\s,，、;；/|&+·-]+")


@dataclass(frozen=True, slots=True)
class Text:
    """Words to be printed, and what they are for."""

    words: str
    role: str


def given(prompt: str, spans: Sequence[Span], *, spoken: bool = True) -> tuple[Text, ...]:
    """The quoted texts of a prompt with their roles. Where nothing else is a headline, the first short text is.

    A sign that 'says' something does not speak: only where texts are `spoken` is one a speech.
    """
    roles = [role if spoken or role != SPEECH else "" for role in _announced(prompt, spans)]
    for place, span in enumerate(spans):
        shaped = shapes.of(span.text)
        roles[place] = shaped or _by_length(roles[place], span.text)
    if roles and HEADLINE not in roles and not _priced_from_the_start(roles):
        first = next((i for i, role in enumerate(roles) if role in (LABEL, BODY) and len(spans[i].text) <= _LONG), None)
        if first == 0 or (first is not None and roles[0] in (PRICE, DATE, NUMBER)):
            roles[first] = HEADLINE
    return tuple(Text(span.text, role) for span, role in zip(spans, roles, strict=True))


def _by_length(announced: str, text: str) -> str:
    if announced in (HEADLINE, LABEL) and len(text) > 2 * _LONG:
        return BODY
    return announced or (LABEL if len(text) <= _LONG else BODY)


def _priced_from_the_start(roles: Sequence[str]) -> bool:
    """'Latte' '€4' 'Mocha' '€5': then the first text is a dish like the others."""
    return roles[:4] == [LABEL, PRICE, LABEL, PRICE]


def _announced(prompt: str, spans: Sequence[Span]) -> list[str]:
    """The role the words around each text give it, empty where they give none."""
    roles = [""] * len(spans)
    since, several = 0, ""
    for place, span in enumerate(spans):
        between = prompt[since : span.start]
        if place and several and _only_joins(between):
            roles[place] = several
        else:
            roles[place], several = _before(between[-_BEFORE:])
        upto = spans[place + 1].start if place + 1 < len(spans) else span.end + _AFTER
        after, end = (
            ("", 0) if roles[place] else _after(prompt[span.end : min(upto, span.end + _AFTER)], place + 1 < len(spans))
        )
        since = span.end + end
        if after:
            roles[place] = after
            _backwards(prompt, spans, roles, place, prompt[span.end : since])
    return roles


def _before(text: str) -> tuple[str, str]:
    """The nearest announcement, and the same again if it announces several texts."""
    text = text.rsplit(". ", 1)[-1].rsplit("。", 1)[-1]
    found = [
        (hit.end(), hit.end() - hit.start(), role, hit[0])
        for role, finder in _finders()
        for hit in finder.finditer(text)
    ]
    if not found:
        return "", ""
    _, _, role, word = max(found)
    return role, role if any_of("plural.words").match(word) else ""


def _after(text: str, another: bool) -> tuple[str, int]:
    """The role named right after a text, unless that name announces the next one; and where the name ends."""
    opens = _OPENS_AFTER.match(text)
    at = opens.end() if opens else 0
    for role, finder in _finders():
        hit = finder.match(text[at:])
        if hit and role in (BUTTON, PRICE, HEADLINE, SUBLINE, CAPTION, SPEECH, LABEL):
            rest = text[at + hit.end() :]
            if not another or (len(text) >= _AFTER and rest) or not _NOTHING.fullmatch(rest):
                return role, at + hit.end()
    return "", 0


def _backwards(prompt: str, spans: Sequence[Span], roles: list[str], place: int, words: str) -> None:
    """'“Yes” and “No” buttons': both are."""
    if not any_of("plural.words").search(words):
        return
    while (
        place > 0 and roles[place - 1] in ("", LABEL) and _only_joins(prompt[spans[place - 1].end : spans[place].start])
    ):
        place -= 1
        roles[place] = roles[place + 1]


def _only_joins(text: str) -> bool:
    return all(any_of("joiners.words").match(word) for word in _SPACE.split(text[:40]) if word)


def _finders() -> list[tuple[str, Finder]]:
    return [(role, any_of(f"roles.{role}")) for role in library.table("lexicon")["roles"]]
