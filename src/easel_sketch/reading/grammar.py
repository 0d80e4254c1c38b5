"""Separate instruction, style and content in the words of a prompt that are not quoted.

Knows how people phrase requests in a dozen languages; knows no subjects.
"""

import functools
import re

from easel_sketch import library
from easel_sketch.reading import words
from easel_sketch.reading.counts import without_count
from easel_sketch.reading.style_words import is_colour
from easel_sketch.reading.vocabulary import UNSPACED, any_of, word_list

_TITLE_WORDS = 8
_LONGEST_UNSPACED = 24
_LABEL_WORDS = 6
_SHORT_UNSPACED = 3  # characters of a common word such as 咖啡馆
_MOST_LABELS = 8
_MOST_CLAUSES = 60
CLAUSES = re.compile(r"[,;:\n。，；：、!！،؛।]|(?<!\bvs)\.(?=\s|$)|\s[–—-]\s")
_COLONS = (":", "：")
_NAMED = re.compile(r"\b(?:called|named|titled|entitled)\s+(.+)$", re.IGNORECASE)
_AND = re.compile(r"\s+(?:and|y|e|et|und|и|و|और)\s+|和|及|、|と(?=[^\s])", re.IGNORECASE)
_FILLER_WORDS = ("a", "an", "and", "the", "with", "in", "very")
_WITH = r"(?:with|con|avec|mit|com|с|со|مع|showing|featuring|带有|带|及|包含|含)"
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_ABOUT_RU = re.compile(r"(?:об?|про)\s", re.IGNORECASE)
_PLAIN = r"[^\W\d_]+\s+"  # a word between "with" and "labels"


def content(rest: str, *, counted: bool = False) -> tuple[str, str, tuple[str, ...]]:
    """Title, subtitle and labels, with instructions and style clauses dropped.

    With `counted` a number of points or steps is an instruction as well.
    """
    title = subtitle = ""
    labels: list[str] = []
    listed = False
    for mark, clause in _clauses(rest):
        listed = listed or bool(title and mark in _COLONS)
        clause = without_count(clause) if counted else clause
        named = bool(media(clause))
        bare = without_instructions(clause)
        if not bare or (is_style(clause, listed=listed) and (title or not named)):
            continue
        if not title:
            title, subtitle = _split(bare)
        elif listed and len(labels) > 1 and len(clause.split()) > 2 and is_style(clause):
            continue
        elif named:
            # 'How tides work, a poster for sailors': the words after the medium become the subtitle.
            subtitle = subtitle or _after_medium(clause)
        else:
            labels += _labels(bare)
    return words.titled(title), subtitle[:1].upper() + subtitle[1:], tuple(dict.fromkeys(labels))[:_MOST_LABELS]


def _clauses(rest: str) -> list[tuple[str, str]]:
    """Each clause with the mark before it."""
    marks, clauses = ["", *(found.strip() for found in CLAUSES.findall(rest))], CLAUSES.split(rest)
    pairs = zip(marks, (clause.strip() for clause in clauses), strict=True)
    return [(mark, clause) for mark, clause in pairs if clause][:_MOST_CLAUSES]


def _labels(clause: str) -> list[str]:
    """The short phrases that a clause lists, without a word that only announces the list."""
    parts = [_strip_front(part, "strip.heads").strip() for part in _AND.split(f" {clause} ")]
    return [words.titled(part) for part in parts if 0 < len(part.split()) <= _LABEL_WORDS and len(part) <= 40]


def _after_medium(clause: str) -> str:
    """The text after the last kind of image that the clause names."""
    end = max(match.end() for _, match in media(clause))
    return clause[end:].strip()[:80]


def is_style(clause: str, *, listed: bool = False) -> bool:
    """Whether a clause only describes the style; in a list, 'orange' is a fruit rather than a colour."""
    look = library.table("lexicon")["look"]
    if any(word in clause for word in look["unspaced"]):
        return True
    looks = {*look["nouns"], *library.table("lexicon")["strip"]["adjectives"], *_FILLER_WORDS}
    tokens = words.with_compounds(clause)
    if any(word in look["nouns"] for word in tokens):
        return True
    if not listed and _is_hues(tokens):
        return True
    manner = _style_pattern().search(clause)
    bare = [word for word in tokens if word not in looks]
    return not bare or (manner is not None and len(bare) <= 2)


def _is_hues(tokens: list[str]) -> bool:
    """Whether words only name colours: 'sage green', 'olive and cream'."""
    joins = {*library.table("lexicon")["joiners"]["words"], *_FILLER_WORDS}
    shades = library.table("lexicon")["strip"]["adjectives"]
    tints = library.table("lexicon")["look"]["tints"]
    bare = [word for word in tokens if word not in joins and word not in shades]
    hues = [word for word in bare if word in library.table("palettes")["colours"] or is_colour(word)]
    return bool(hues) and all(word in hues or word in tints for word in bare)


@functools.cache
def _style_pattern() -> re.Pattern[str]:
    """Matches a clause that begins with a word of style, light or composition."""
    sections = library.table("lexicon")
    style_words = [
        word for name in ("style", "lighting", "composition") for found in sections[name].values() for word in found
    ]
    plain = sorted((word.strip("*") for word in style_words), key=len, reverse=True)
    return re.compile(rf"^\W*(?:{'|'.join(map(re.escape, plain))})\w{{0,6}}", re.IGNORECASE)


def without_instructions(clause: str) -> str:
    """Drop the words of instruction: 'A bold poster about the sea in a flat style' gives 'the sea'."""
    text = _style_tail().sub("", _parts_tail().sub("", f"{clause} ")).strip()
    named = _NAMED.search(text)
    if named:
        return named[1].strip()
    text = _strip_front(text, "strip.verbs", "strip.articles", "strip.adjectives")
    medium = min((match for _, match in media(text)), key=lambda found: found.start(), default=None)
    if medium is None:
        return _strip_endings(_strip_unspaced(_strip_front(text, "strip.links")))
    before = _strip_front(text[: medium.start()], "strip.articles", "strip.adjectives").strip()
    before = _strip_endings(_strip_unspaced(before))
    rest = _strip_media(text[medium.end() :])
    if _CYRILLIC.search(rest) and not before:
        # 'Схема клетки' keeps its first word: alone, the second would be in the wrong grammatical case.
        about = _ABOUT_RU.match(rest)
        return rest.strip() if about or not rest.strip() else f"{text[medium.start() : medium.end()]} {rest}".strip()
    after = _strip_endings(_strip_unspaced(_strip_front(rest, "strip.links", "strip.articles")))
    before, after = ("" if _only_media(part) else part for part in (before, after))
    if before and before.lower() in after.lower():
        return after
    if before and after and _looks_english(before + rest):
        return f"{before} {rest.strip()}"
    return before or after


def unfinished(title: str) -> str:
    """A title without the prepositions at its end: 'Space Shuttle Programme from', before a quoted date."""
    lexicon = library.table("lexicon")
    ends = {*lexicon["words"]["small"], *lexicon["words"]["breaks"], *lexicon["strip"]["links"]}
    parts = title.split()
    while parts and parts[-1].lower() in ends:
        parts.pop()
    return " ".join(parts)


def named_for(text: str) -> str:
    """The name of what a thing is of or for: 'Menu of a lakeside bakery, rustic' gives 'Lakeside Bakery'.

    A single common word such as 'restaurant' is no name.
    """
    about = next((bare for clause in CLAUSES.split(text.strip()) if (bare := _what_it_is_for(clause or ""))), "")
    about = unfinished(_article().sub("", without_tail(about)))
    named = len(about) > _SHORT_UNSPACED if UNSPACED.search(about) else " " in about or about[:1].isupper()
    return words.titled(about) if named else ""


def _what_it_is_for(clause: str) -> str:
    """What follows the kind of image and 'of' or 'for'; else what is left without instructions."""
    medium = min((match for _, match in media(clause)), key=lambda found: found.start(), default=None)
    after = clause[medium.end() :] if medium and not UNSPACED.search(clause) else ""
    return _strip_front(after, "strip.links", "strip.articles") or without_instructions(clause)


def without_tail(text: str) -> str:
    """A name before what comes with it: 'bakery with soups' is a bakery."""
    parts = text.split()
    ends = library.table("lexicon")["words"]["breaks"]
    return " ".join(parts[: next((at for at, word in enumerate(parts) if at and word in ends), len(parts))])


@functools.cache
def _article() -> re.Pattern[str]:
    return re.compile(rf"^(?:the|{'|'.join(word_list('strip.articles'))})\s+", re.IGNORECASE)


def with_medium(text: str) -> str:
    """The subject with the kind of image it is asked as: 'city map of cafés'."""
    bare = _parts_tail().sub("", f"{CLAUSES.split(text.strip())[0]} ")
    return _strip_front(bare, "strip.verbs", "strip.articles").strip()


def _looks_english(text: str) -> bool:
    return text.isascii()


def _only_media(text: str) -> bool:
    """Whether a text only names kinds of images and their shapes."""
    found = [text.strip().lower()] if UNSPACED.search(text) else words.tokens(text)
    return all(word in media_words() or word in shape_words() for word in found if word)


@functools.cache
def media_words() -> frozenset[str]:
    """Every word that names a kind of image."""
    return frozenset(word.strip("*") for path in media_paths() for word in word_list(path))


@functools.cache
def shape_words() -> frozenset[str]:
    """Single words that name the structure of a chart."""
    shapes = library.table("kinds")["shapes"]
    return frozenset(word for found in shapes.values() for word in found if " " not in word) | {"step", "by", "life"}


@functools.cache
def media_paths() -> tuple[str, ...]:
    """The word lists that name kinds of images."""
    return (*(f"kinds.{kind}" for kind in library.table("kinds")["kinds"]), "scenes.vignette")


@functools.lru_cache(maxsize=128)
def media(text: str) -> tuple[tuple[str, re.Match[str]], ...]:
    """Every kind of image the text names, with its first match."""
    hits = ((path.partition(".")[2], any_of(path).search(text)) for path in media_paths())
    return tuple((kind, match) for kind, match in hits if match)


@functools.cache
def _style_tail() -> re.Pattern[str]:
    """Matches 'in a flat style', 'con colores vivos' and everything after."""
    nouns = sorted(library.table("lexicon")["look"]["nouns"], key=len, reverse=True)
    joined = "|".join(map(re.escape, nouns))
    into = r"(?:in|with|using|on|en|con|dans|avec|im|in|mit|em|com|в|с|на)"
    return re.compile(
        rf"\s{into}\s(?:an?\s|the\s|un\s|une\s|um\s)?(?:[\w-]+\s){{0,4}}?(?:{joined})\b.*$", re.IGNORECASE
    )


@functools.cache
def _parts_tail() -> re.Pattern[str]:
    """Matches 'with the labels …', 'con etiquetas …' and everything after: labels, not the title."""
    found = {*word_list("roles.label"), *library.table("requests")["wants"]["labels"]}
    parts = sorted((word.strip("*") for word in found if not UNSPACED.match(word)), key=lambda word: (-len(word), word))
    unspaced = sorted((word for word in found if UNSPACED.match(word)), key=lambda word: (-len(word), word))
    spaced = rf"(?:^|\s){_WITH}\s+(?:{_PLAIN}){{0,2}}?(?:{'|'.join(map(re.escape, parts))})\w{{0,3}}(?=\W|$).*$"
    return re.compile(
        rf"{spaced}|(?:带有|带|含|包含|及)?(?:{'|'.join(unspaced)})(?:付き|つき|入り|が|を|は|로|이|가|\s?포함)?\s*$"
        rf"|(?:^|[\s,])(?:{'|'.join(map(re.escape, parts))})\s(?:के साथ|सहित)\s*$",
        re.IGNORECASE,
    )


def _strip_front(text: str, *lists: str) -> str:
    """Remove words of the lists from the front, repeatedly."""
    finder = any_of(*lists)
    text = text.strip()
    while (match := finder.match(text)) and match[0]:
        text = text[match.end() :].lstrip(" ,-")
    return text


def _strip_media(text: str) -> str:
    return _strip_front(text, *media_paths())


def _strip_endings(text: str) -> str:
    """Remove postpositions: '물의 순환에 대한', 'जल चक्र के बारे में'."""
    for word in sorted(word_list("strip.ending"), key=len, reverse=True):
        if text.endswith(word) and (UNSPACED.match(word) or text[: -len(word)].endswith(" ")):
            return text.removesuffix(word).strip()
    return text


def _strip_unspaced(text: str) -> str:
    """Remove instruction words of scripts without spaces from both ends."""
    changed = True
    while changed and UNSPACED.search(text):
        changed = False
        for word in _unspaced_instructions():
            shorter = text.removeprefix(word).removesuffix(word).strip()
            changed, text = changed or shorter != text, shorter
    return text


@functools.cache
def _unspaced_instructions() -> tuple[str, ...]:
    return tuple(sorted(library.table("lexicon")["strip"]["unspaced"], key=len, reverse=True))


def _split(phrase: str) -> tuple[str, str]:
    """A short title and the rest as subtitle, split before a preposition if possible."""
    parts = phrase.split()
    if len(parts) == 1 and UNSPACED.search(phrase):
        return phrase[:_LONGEST_UNSPACED], ""
    if len(parts) <= _TITLE_WORDS - 2 or not _looks_english(phrase):
        return " ".join(parts[: _TITLE_WORDS + 2])[:80], ""
    breaks = library.table("lexicon")["words"]["breaks"]
    for place in range(2, min(len(parts), _TITLE_WORDS)):
        if parts[place].lower() in breaks:
            return " ".join(parts[:place]), " ".join(parts[place:][:16])
    return " ".join(parts[:_TITLE_WORDS])[:80], " ".join(parts[_TITLE_WORDS:][:16])
