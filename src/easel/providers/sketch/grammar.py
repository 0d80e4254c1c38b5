"""The grammar of asking for a picture: what is instruction, what is style, and what is left as content.

Knows how people phrase such requests; knows nothing about any subject.
"""

import functools
import re
from collections.abc import Iterator

from easel.providers.sketch import library, words

_TITLE_WORDS = 8
_LABEL_WORDS = 6
_MOST_LABELS = 8
CLAUSES = re.compile(r"[,;:\n。，；：、!！]|\.(?=\s|$)|\s[–—-]\s")
_HYPHENATED = re.compile(r"(?<!\w)\w+(?:-\w+)+")
_NAMED = re.compile(r"\b(?:called|named|titled|entitled)\s+(.+)$", re.IGNORECASE)
_SMALL_TALK = ("a", "an", "and", "the", "with", "in", "very")
_CJK = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af]")


def content(rest: str) -> tuple[str, str, tuple[str, ...]]:
    """Title, subtitle and labels out of the unquoted words, with instructions and style clauses dropped."""
    clauses = [clause.strip() for clause in CLAUSES.split(rest) if clause and clause.strip()]
    title = subtitle = ""
    labels: list[str] = []
    for clause in clauses[:60]:
        named = any(True for _ in media(clause))
        bare = _without_instructions(clause)
        if not bare or (is_style(clause) and (title or not named)):
            continue
        if not title:
            title, subtitle = _split(bare)
        elif named:
            # 'How tides work, a poster for sailors': what follows the thing wanted says more about the title.
            subtitle = subtitle or _after_medium(clause)
        else:
            labels += _labels(bare)
    return words.titled(title), subtitle[:1].upper() + subtitle[1:], tuple(dict.fromkeys(labels))[:_MOST_LABELS]


def _labels(clause: str) -> list[str]:
    """The short phrases a clause lists; a word that only announces a list is none of them."""
    parts = [_strip_front(part, "heads").strip() for part in re.split(r"\s+and\s+|和|と", f" {clause} ")]
    return [words.titled(part) for part in parts if 0 < len(part.split()) <= _LABEL_WORDS and len(part) <= 40]


def _after_medium(clause: str) -> str:
    end = max(match.end() for _, _, match in media(clause))
    return clause[end:].strip()[:80]


def is_style(clause: str) -> bool:
    if any(word in clause for word in library.table("lexicon")["look"]["unspaced"]):
        return True
    nouns = library.table("lexicon")["look"]["nouns"]
    looks = {*nouns, *library.table("lexicon")["strip"]["adjectives"], *_SMALL_TALK}
    spoken = [*words.tokens(clause), *(word.lower() for word in _HYPHENATED.findall(clause))]
    return any(word in nouns for word in spoken) or all(word in looks for word in spoken)


def _without_instructions(clause: str) -> str:
    """'A bold poster about the sea in a flat style' is about 'the sea'."""
    text = re.sub(r"\s(?:in|with|using|on)\s+(?:an?\s|the\s)?(?:[\w-]+\s){0,4}(?:%s)\b.*$" % _style_nouns(), "", clause)  # noqa: UP031
    named = _NAMED.search(text)
    if named:
        return named[1].strip()
    text = _strip_front(text, "verbs", "articles", "adjectives")
    medium = min((match for _, _, match in media(text)), key=lambda m: m.start(), default=None)
    if medium is None:
        return _strip_unspaced(_strip_front(text, "links"))
    before = _strip_unspaced(_strip_front(text[: medium.start()], "articles", "adjectives").strip())
    rest = _strip_front(text[medium.end() :], "media")
    after = _strip_unspaced(_strip_front(rest, "links", "articles"))
    before, after = ("" if _only_media(part) else part for part in (before, after))
    if before and after and not _CJK.search(before):
        return f"{before} {rest.strip()}"
    return before or after


def _only_media(text: str) -> bool:
    kinds = {word for kind in library.table("lexicon")["media"].values() for words_ in kind.values() for word in words_}
    return all(word in kinds for word in words.tokens(text))


def media(text: str) -> Iterator[tuple[str, str, re.Match[str]]]:
    """Every kind of thing the text names, as layout, flavour and where."""
    for layout, flavours in library.table("lexicon")["media"].items():
        for flavour in flavours:
            match = _any_of(f"media.{layout}.{flavour}").search(text)
            if match:
                yield layout, flavour, match


@functools.cache
def _any_of(path: str) -> re.Pattern[str]:
    """A pattern for one word list of the lexicon: whole words in alphabets, anywhere in unspaced scripts."""
    entry = library.table("lexicon")
    for key in path.split("."):
        entry = entry[key]
    parts = sorted((str(word) for word in entry), key=len, reverse=True)
    spaced = "|".join(re.escape(word) for word in parts if not _CJK.match(word))
    unspaced = "|".join(re.escape(word) for word in parts if _CJK.match(word))
    return re.compile("|".join(filter(None, (rf"\b(?:{spaced})\b" if spaced else "", unspaced))), re.IGNORECASE)


@functools.cache
def _style_nouns() -> str:
    return "|".join(map(re.escape, sorted(library.table("lexicon")["look"]["nouns"], key=len, reverse=True)))


def _strip_front(text: str, *lists: str) -> str:
    """Drop instruction words from the front for as long as there are any."""
    patterns = [pattern for name in lists for pattern in _patterns(name)]
    text = text.strip()
    while True:
        match = next((m for pattern in patterns if (m := pattern.match(text))), None)
        if not match or not match[0]:
            return text
        text = text[match.end() :].lstrip(" ,-")


def _patterns(name: str) -> list[re.Pattern[str]]:
    if name != "media":
        return [_any_of(f"strip.{name}")]
    media = library.table("lexicon")["media"]
    return [_any_of(f"media.{layout}.{flavour}") for layout in media for flavour in media[layout]]


def _strip_unspaced(text: str) -> str:
    changed = True
    while changed and _CJK.search(text):
        changed = False
        for word in library.table("lexicon")["strip"]["unspaced"]:
            shorter = text.removeprefix(word).removesuffix(word).strip()
            changed, text = changed or shorter != text, shorter
    return text


def _split(phrase: str) -> tuple[str, str]:
    """A short title, and the rest of the phrase as its subtitle, broken before a preposition where there is one."""
    parts = phrase.split()
    if len(parts) <= _TITLE_WORDS - 2:
        return phrase[:80], ""
    breaks = library.table("lexicon")["words"]["breaks"]
    for place in range(2, min(len(parts), _TITLE_WORDS)):
        if parts[place].lower() in breaks:
            return " ".join(parts[:place]), " ".join(parts[place:][:16])
    return " ".join(parts[:_TITLE_WORDS])[:80], " ".join(parts[_TITLE_WORDS:][:16])
