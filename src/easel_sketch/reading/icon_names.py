"""The icons that a text names explicitly, in order of mention: no themes, no loose keywords."""

import functools
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from easel_sketch import library
from easel_sketch.drawing.motifs import MOTIFS
from easel_sketch.reading import nouns, words
from easel_sketch.reading.flags import flag_words
from easel_sketch.reading.grammar import media, media_paths, media_words
from easel_sketch.reading.languages import language_of, without_article
from easel_sketch.reading.style_words import is_colour
from easel_sketch.reading.translations import ADJECTIVES_LAST, LATIN, THING, meaning
from easel_sketch.reading.vocabulary import UNSPACED, Finder, word_list

_NAME_WEIGHT, _HEAD_WEIGHT, _TAG_WEIGHT = 8, 5, 3
_READ = 4_000
_MOST_MEDIA, _MEDIA_WITHIN = 2, 60  # up to two words near the front name the kind of image: 'quote card'
_MOST = 60
_LONGEST_PHRASE = 3
_LONGEST_KNOWN = 120  # characters; longer phrases are in no list and must not fill the cache
_MOST_PARTICLES = 4  # consecutive Korean particles
_LONGEST_UNSPACED = 8
_COMPOUND = 7  # least letters of a compound: 'armchair', 'Kaffeetasse'
_LONG_COMPOUND = 13
_PART = 4
_MOST_SHARED = 6  # a word with more icons than this is ambiguous
_SHORT_RUN = 2
_KOREAN = re.compile(r"(?:으로|에서|에게|부터|까지|처럼|이나|이랑|을|를|이|가|은|는|의|에|로|과|와|도|만|랑|나)$")
_COLON, _COMMA = re.compile(r"\s?[:：]\s?(?!\d)"), re.compile(r"[,、，،]")
_LIST = 3  # least items of a list
# Names such as 'cat-with-tears' are about something else than their words.
_LINKED = re.compile(r"-(?:on|with|at|of|behind|in|and)-")


def named_icons(text: str, *, asking: bool = True) -> list[str]:
    """The icons a text names, each once, in order of mention; with `asking` the kind of image is left out."""
    language = language_of(text)
    text = without_medium(text[:_READ]) if asking else text[:_READ]
    word_list = _unique(_mentioned_icons(list_after_colon(text), language))
    return word_list if len(word_list) >= _LIST else _unique(_mentioned_icons(text, language))


@words.cached
def is_medium(word: str) -> bool:
    """Whether a word names only a kind of image; 'Hochzeitseinladung' names its subject as well."""
    return word not in _synonyms() and _media().match(word) is not None and not _first_part(word)


@functools.cache
def _media() -> Finder:
    return Finder(tuple(word for path in media_paths() for word in word_list(path)), whole=True)


def _unique(found: Iterator[str]) -> list[str]:
    return list(dict.fromkeys(name for name in found if name))[:_MOST]


def without_medium(text: str) -> str:
    """Remove the kind of image the text asks for: a requested map is not an icon of a map."""
    for _ in range(_MOST_MEDIA):
        spans = [match.span() for _, match in media(text)]
        first = min(spans, key=lambda span: (span[0], -span[1]), default=(0, 0))
        text = f"{text[: first[0]]} {text[first[1] :]}" if first[0] < _MEDIA_WITHIN else text
    return text


def list_after_colon(text: str) -> str:
    """The text after a colon, if it is a list."""
    return (
        after
        if (after := _COLON.split(text, maxsplit=1)[-1]) != text and len(_COMMA.findall(after)) + 1 >= _LIST
        else ""
    )


def known_drawing(phrase: str) -> str:
    """The motif or icon that a word or phrase names; empty if there is none."""
    phrase = phrase.lower() if " " in phrase else phrase
    for form in dict.fromkeys((phrase, nouns.singular(phrase), *nouns.singulars(phrase))):
        name = form.replace(" ", "-")
        if name in MOTIFS:
            return name
        if form in _synonyms():
            return _synonyms()[form]
        if name in _by_name():
            return name
    return ""


def drawing_by_keyword(word: str) -> str:
    """The icon that a word is a keyword of, if it is unambiguous; empty if there is none."""
    return _best(library.icon_pack()["words"].get(nouns.singular(word), ()), word, False)


def _mentioned_icons(text: str, language: str) -> Iterator[str]:
    tokens = [without_article(word) for word in words.tokens(text)] if language == "fr" else words.tokens(text)
    place = 0
    while place < len(tokens):
        word = tokens[place]
        if UNSPACED.match(word) and not words.is_hangul(word):
            yield from (name for _, _, name in icons_in_run(word))
            place += 1
            continue
        for size in range(min(_LONGEST_PHRASE, len(tokens) - place), 0, -1):
            phrase = " ".join(tokens[place : place + size])
            known, name = icon_of(phrase, language)
            if known:
                break
        yield name
        place += size


def icon_of(phrase: str, language: str = "en", *, named: bool = False) -> tuple[bool, str]:
    """Whether a word or phrase is known, and its icon; a known word may have none. If `named`, tags do not count."""
    return (False, "") if len(phrase) > _LONGEST_KNOWN else _icon_of(phrase, language, _MOST_PARTICLES, named)


@functools.lru_cache(maxsize=8192)
def _icon_of(phrase: str, language: str, particles: int, named: bool) -> tuple[bool, str]:
    foreign = language in LATIN
    least = (_NAME_WEIGHT if language in ADJECTIVES_LAST else _HEAD_WEIGHT) if named else 0
    if _is_vague(phrase) or (len(phrase) < 2 and not words.is_hangul(phrase)) or is_colour(phrase):
        return " " not in phrase, ""
    sort, name = meaning(phrase, language)
    if sort == THING and (drawing := known_drawing(name.replace("-", " "))):
        return True, drawing
    for form in words.forms(phrase):
        if form in _vague() and form != phrase:
            continue
        if foreign and (name := _best(library.icon_pack()["elsewhere"].get(form, ()), form, foreign, least)):
            return True, name
        if form in _synonyms():
            return True, _synonyms()[form]
        name = form.replace(" ", "-")
        if name in MOTIFS or name in _by_name():
            return True, name
        if name := _best(library.icon_pack()["words"].get(form, ()), form, foreign, least):
            return True, name
    if " " in phrase:
        return False, ""
    if particles and (bare := without_particle(phrase)) != phrase:
        known, name = _icon_of(bare, language, particles - 1, named)
        return (known, name) if known else (False, "")
    if language not in ("en", "de"):
        return False, ""
    compound = foreign or len(phrase) >= _LONG_COMPOUND
    part = (_first_part(phrase) if compound else "") or _last_part(phrase)
    return (True, part) if part else (False, "")


def _last_part(word: str) -> str:
    """The icon of a compound's last part: 'armchair' is a chair."""
    if len(word) < _COMPOUND or not word.isalpha():
        return ""
    ends = (form[at:] for form in words.forms(word) for at in range(3, len(form) - _PART + 1))
    return next((_parts()[end] for end in ends if end in _parts()), "")


def _first_part(word: str) -> str:
    """The icon of a compound's first part, which is more specific in long compounds: 'Fahrradladen'."""
    if len(word) < _COMPOUND + 2 or not word.isalpha():
        return ""
    fronts = (word[:at] for at in range(len(word) - 3, _PART, -1))
    return next((_parts()[front] for front in fronts if front in _parts()), "")


@functools.cache
def _parts() -> dict[str, str]:
    """Short nouns that compounds are made of, with their icons."""
    names = {word: name for word, name in _by_name().items() if "-" not in word}
    nouns = {
        word: name for word, name in _synonyms().items() if name and word.isalpha() and not UNSPACED.match(word)
    } | names
    refused = _vague() | frozenset(library.table("lexicon")["words"]["endings"])
    return {word: name for word, name in nouns.items() if len(word) >= _PART and word not in refused}


def _best(hits: Sequence[int], word: str, foreign: bool, named: int = 0) -> str:
    """The icon that a word names, out of those it is a keyword of; empty if it is ambiguous.

    One that the word weighs less for than `named` does not count.
    """
    pack = library.icon_pack()
    least = _TAG_WEIGHT if foreign or UNSPACED.match(word) or not word.isascii() else _HEAD_WEIGHT
    found = [
        (number, weight)
        for number, weight in zip(hits[::2], hits[1::2], strict=True)
        if weight >= least and number not in _excluded()
    ]
    exact = [number for number, weight in found if weight >= _NAME_WEIGHT]
    found = [hit for hit in found if hit[1] >= _NAME_WEIGHT or not _LINKED.search(pack["icons"][hit[0]][0])]
    if not exact and least == _TAG_WEIGHT and (shared := _shared([pack["icons"][number][0] for number, _ in found])):
        return shared
    found = [hit for hit in found if hit[1] >= named]
    if not exact and (not found or len(found) > _MOST_SHARED):
        return ""
    best = min(found, key=lambda hit: (-hit[1], pack["icons"][hit[0]][0] in _boxed(), len(pack["icons"][hit[0]][0])))
    return str(pack["icons"][best[0]][0])


def _shared(names: Sequence[str]) -> str:
    """The drawing of what most of some icons are a kind of: of 'red-apple' and 'green-apple' an apple."""
    if len(names) < 2:
        return ""
    heads = Counter(_LINKED.split(name)[0].rpartition("-")[2] for name in names)
    head, count = heads.most_common(1)[0]
    return known_drawing(head) if 2 * count > len(names) else ""


def icons_in_run(run: str) -> Iterator[tuple[int, int, str]]:
    """Icons in text without spaces, longest match first: '花と蝶' names a flower and a butterfly.

    Each with its position and its length.
    """
    place = 0
    while place < len(run):
        sizes = range(min(_LONGEST_UNSPACED, len(run) - place), 0, -1)
        size = next((size for size in sizes if _is_word(run, place, size)), 0)
        if size and (name := _unspaced_icon(run[place : place + size])):
            yield place, size, name
        place += max(1, size)


def without_particle(word: str) -> str:
    """A Korean word without the last of the particles that are written with it."""
    return (_KOREAN.sub("", word) or word) if words.is_hangul(word) else word


def _is_word(run: str, place: int, size: int) -> bool:
    """Whether the piece is a known word. A single character counts only if it is a synonym."""
    piece = run[place : place + size]
    if size == 1 and len(run) > _SHORT_RUN and piece not in _synonyms():
        return False
    if piece in _undrawable() or piece in _synonyms() or piece in _apart():
        return _on_boundary(run, place, size)
    return piece in library.icon_pack()["words"] and _on_boundary(run, place, size) and bool(_unspaced_icon(piece))


@words.cached
def _unspaced_icon(piece: str) -> str:
    if piece in _undrawable():
        return ""
    return _synonyms().get(piece, "") or _best(library.icon_pack()["words"].get(piece, ()), piece, False)


@functools.cache
def _apart() -> frozenset[str]:
    return frozenset(library.table("lexicon")["words"]["apart"])


@functools.cache
def _undrawable() -> frozenset[str]:
    """Words of scripts without spaces that name nothing to draw: colours, styles, kinds of images."""
    media = media_words() - _synonyms().keys()
    colours = (word for found in library.table("palettes")["spoken"].values() for word in found)
    all_words = (*colours, *_vague(), *announcing_words(), *media)
    return frozenset(word for word in all_words if UNSPACED.match(word))


def _on_boundary(run: str, place: int, size: int) -> bool:
    """Whether a piece does not lie within a katakana word, which contains other words by chance."""
    inside = _is_kana(run[place : place + 1]) and _is_kana(run[place + size - 1 : place + size])
    return not (inside and place > 0 and _is_kana(run[place - 1]) and _is_kana(run[place + size : place + size + 1]))


def _is_kana(char: str) -> bool:
    return "\u30a0" < char <= "\u30ff" and char != "・"


@functools.cache
def _synonyms() -> dict[str, str]:
    table = library.table("synonyms")
    none = dict.fromkeys(table["none"]["words"], "")
    icons = {word: name for name, found in reversed(table["icons"].items()) for word in found}
    return none | flag_words() | icons


@functools.cache
def _by_name() -> dict[str, str]:
    last = _excluded()
    return {name: name for number, (name, _) in enumerate(library.icon_pack()["icons"]) if number not in last}


@functools.cache
def _excluded() -> frozenset[int]:
    """Icons never found by name: faces, which match almost anything, and those unfit to be drawn unasked."""
    pack, unfit = library.icon_pack(), frozenset(library.table("themes")["unfit"])
    return frozenset(pack["faces"]) | {number for number, (name, _) in enumerate(pack["icons"]) if name in unfit}


@functools.cache
def _boxed() -> frozenset[str]:
    return frozenset(library.table("themes")["boxed"])


@functools.cache
def _vague() -> frozenset[str]:
    """Words that name nothing to draw, including words of style and light."""
    lexicon = library.table("lexicon")
    strip = lexicon["strip"]
    looks = {
        word for name in ("style", "lighting", "composition") for found in lexicon[name].values() for word in found
    }
    small = {*lexicon["words"]["vague"], *lexicon["words"]["function"]}
    return frozenset({*small, *strip["adjectives"], *strip["verbs"], *strip["links"], *looks})


@words.cached
def _is_vague(phrase: str) -> bool:
    return phrase in _vague() or _announcements().match(phrase) is not None


@functools.cache
def _announcements() -> Finder:
    return Finder(announcing_words(), whole=True)


def announcing_words() -> tuple[str, ...]:
    """Words that announce a text or a kind of image: a label, a button, a landscape."""
    roles = (
        word for role in ("label", "button", "headline", "subline", "caption") for word in word_list(f"roles.{role}")
    )
    scenes = (word for scene in ("landscape", "abstract", "product") for word in word_list(f"scenes.{scene}"))
    return tuple({*roles, *scenes} - {"podium", "plinth", "pedestal"})
