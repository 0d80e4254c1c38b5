"""Assign a role to each quoted text, by its own shape or by the words around it in the prompt."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from easel_sketch import library
from easel_sketch.reading import shapes
from easel_sketch.reading.icon_names import named_icons
from easel_sketch.reading.quotes import Span
from easel_sketch.reading.vocabulary import Finder, any_of

HEADLINE, SUBLINE, LABEL, BODY = "headline", "subline", "label", "body"
PRICE, DATE, PLACE, BUTTON, CAPTION, SPEECH, CONTACT, NUMBER, SEARCH = (
    "price", "date", "place", "button", "caption", "speech", "contact", "number", "search",
)  # fmt: skip

_WINDOW_BEFORE = 64  # characters before a text that are searched for a word of its role
_WINDOW_AFTER = 28
_LONG = 60
_OPENS_AFTER = re.compile(
    r"[\s,，]*(?:(?:as|for|on|in)?\s*(?:the|a|an)?\s+|als\s+|como\s+|comme\s+(?:le\s+)?|と|って|라고\s*|이라고\s*|的|の)?(?=\S)",
    re.IGNORECASE,
)
_JOINS_NEXT = re.compile(
    r"[\s:：“”\"'「『«‘‚„-]*(?:that|which|who)?\s*(?:reads?|says?|with)?\s*[:：]?\s*", re.IGNORECASE
)
_CLAUSE = re.compile(r"[:：.,，、;；。!！?？]")
_SPACE = re.compile(r"[\s,，、;；/|&+·-]+")


@dataclass(frozen=True, slots=True)
class Text:
    """A text to print and its role."""

    words: str
    role: str


def with_roles(prompt: str, spans: Sequence[Span], *, spoken: bool = True, listed: bool = False) -> tuple[Text, ...]:
    """The quoted texts with their roles. If none is a headline, the first short one becomes it.

    Speech is recognised only with `spoken`: a sign that 'says' something is no dialogue. With `listed`, only an
    announced text is a headline: the first line of a dialogue or of a price list is none.
    """
    roles = [role if spoken or role != SPEECH else "" for role in _roles_by_context(prompt, spans)]
    for place, span in enumerate(spans):
        shaped = shapes.role_of(span.text)
        named = listed and roles[place] == HEADLINE  # a comic titled 'Monday'
        roles[place] = HEADLINE if named else shaped or _by_length(roles[place], span.text)
    if roles and HEADLINE not in roles and not (listed or _priced_from_the_start(roles)):
        first = next((i for i, role in enumerate(roles) if role in (LABEL, BODY) and len(spans[i].text) <= _LONG), None)
        if first == 0 or (first is not None and roles[0] in (PRICE, DATE, NUMBER)):
            roles[first] = HEADLINE
    return tuple(Text(span.text, role) for span, role in zip(spans, roles, strict=True))


def speakers(rest: str) -> tuple[tuple[str, ...], ...]:
    """For each word of speech in a prompt without its quotes, the drawings named before it, the nearest first."""
    found, at = list[tuple[str, ...]](), 0
    for hit in any_of("roles.speech").finditer(rest):
        clauses = reversed(_CLAUSE.split(rest[at : hit.start()]))
        found.append(tuple(name for clause in clauses for name in reversed(named_icons(clause))))
        at = hit.end()
    return tuple(found)


def _by_length(announced: str, text: str) -> str:
    if announced in (HEADLINE, LABEL) and len(text) > 2 * _LONG:
        return BODY
    return announced or (LABEL if len(text) <= _LONG else BODY)


def _priced_from_the_start(roles: Sequence[str]) -> bool:
    """A list such as 'Latte' '€4' 'Mocha' '€5' has no headline."""
    return roles[:4] == [LABEL, PRICE, LABEL, PRICE]


def _roles_by_context(prompt: str, spans: Sequence[Span]) -> list[str]:
    """The role of each text by the words around it, empty if they give none."""
    roles = [""] * len(spans)
    since, several = 0, ""
    for place, span in enumerate(spans):
        between = prompt[since : span.start]
        if place and several and only_joins(between):
            roles[place] = several
        else:
            roles[place], several = _role_before(between[-_WINDOW_BEFORE:])
        upto = spans[place + 1].start if place + 1 < len(spans) else span.end + _WINDOW_AFTER
        after, end = (
            ("", 0)
            if roles[place]
            else _role_after(prompt[span.end : min(upto, span.end + _WINDOW_AFTER)], place + 1 < len(spans))
        )
        since = span.end + end
        if after:
            roles[place] = after
            _apply_backwards(prompt, spans, roles, place, prompt[span.end : since])
    return roles


def _role_before(text: str) -> tuple[str, str]:
    """The role named nearest before a text; and again for the texts that follow, if it is named in the plural."""
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


def _role_after(text: str, another: bool) -> tuple[str, int]:
    """The role named right after a text, unless it belongs to the next one; and the length up to its end."""
    opens = _OPENS_AFTER.match(text)
    at = opens.end() if opens else 0
    for role, finder in _finders():
        hit = finder.match(text[at:])
        if hit and role in (BUTTON, PRICE, HEADLINE, SUBLINE, CAPTION, SPEECH, LABEL):
            rest = text[at + hit.end() :]
            if not another or (len(text) >= _WINDOW_AFTER and rest) or not _JOINS_NEXT.fullmatch(rest):
                return role, at + hit.end()
    return "", 0


def _apply_backwards(prompt: str, spans: Sequence[Span], roles: list[str], place: int, words: str) -> None:
    """Give a plural role to the texts before as well: '“Yes” and “No” buttons'."""
    if not any_of("plural.words").search(words):
        return
    while (
        place > 0 and roles[place - 1] in ("", LABEL) and only_joins(prompt[spans[place - 1].end : spans[place].start])
    ):
        place -= 1
        roles[place] = roles[place + 1]


def only_joins(text: str) -> bool:
    return all(any_of("joiners.words").match(word) for word in _SPACE.split(text[:40]) if word)


def _finders() -> list[tuple[str, Finder]]:
    return [(role, any_of(f"roles.{role}")) for role in library.table("lexicon")["roles"]]
