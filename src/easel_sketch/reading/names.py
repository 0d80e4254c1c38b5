"""Which icons a text names, in order of mention. Only what it really says: no fields of life, no loose keywords."""

import functools
import re
from collections.abc import Iterator, Sequence

from easel_sketch import library
from easel_sketch.reading import words
from easel_sketch.reading.grammar import media, media_paths, media_words
from easel_sketch.reading.look import is_colour
from easel_sketch.reading.vocabulary import UNSPACED, Finder, listed

_NAME, _HEAD, _TAG = 8, 5, 3
_READ = 4_000
_MEDIA, _SOON = 2, 60  # 'quote card': two words may name the kind of picture, if they stand near the front
_MOST = 60
_LONGEST_PHRASE = 3
_LONGEST_KNOWN = 120  # characters of the longest phrase that can be one of a list; longer ones are kept nowhere
_MOST_PARTICLES = 4  # of Korean, one after the other: more stand behind no word
_LONGEST_UNSPACED = 8
_COMPOUND = 7  # letters from which a word may be two: 'armchair', 'Kaffeetasse'
_LONG_COMPOUND = 13
_PART = 4
_MOST_SHARED = 6  # icons that one word may stand for
_SHORT_RUN = 2
_KOREAN = re.compile(r"(?:으로|에서|에게|부터|까지|처럼|이나|이랑|을|를|이|가|은|는|의|에|로|과|와|도|만|랑|나)$")
_COLON, _COMMA = re.compile(r"\s?[:：]\s?(?!\d)"), re.compile(r"[,、，،]")
_LIST = 3  # things that make a list
# '-on-', '-with-': such a name is long because it is about something else.
_LINKED = re.compile(r"-(?:on|with|at|of|behind|in|and)-")


def named(text: str, *, asking: bool = True) -> list[str]:
    """The icons the text names, each once, in order of mention; less the kind of picture, if it is one that asks."""
    text = _without_medium(text[:_READ]) if asking else text[:_READ]
    abroad = words.spoken_abroad(text)
    listed = _unique(_mentioned(_listed(text), abroad))
    return listed if len(listed) >= _LIST else _unique(_mentioned(text, abroad))


@words.remembered
def asks(word: str) -> bool:
    """Whether a word only names a kind of picture: a 'Hochzeitseinladung' says what it is for, too."""
    return word not in _synonyms() and _media().match(word) is not None and not _front_of(word)


@functools.cache
def _media() -> Finder:
    return Finder(tuple(word for path in media_paths() for word in listed(path)), whole=True)


def _unique(found: Iterator[str]) -> list[str]:
    return list(dict.fromkeys(name for name in found if name))[:_MOST]


def _without_medium(text: str) -> str:
    """The text without the kind of picture it asks for: a map is asked for, not drawn."""
    for _ in range(_MEDIA):
        spans = [match.span() for _, match in media(text)]
        first = min(spans, key=lambda span: (span[0], -span[1]), default=(0, 0))
        text = f"{text[: first[0]]} {text[first[1] :]}" if first[0] < _SOON else text
    return text


def _listed(text: str) -> str:
    """What is listed after a colon, if something is."""
    return (
        after
        if (after := _COLON.split(text, maxsplit=1)[-1]) != text and len(_COMMA.findall(after)) + 1 >= _LIST
        else ""
    )


def _mentioned(text: str, abroad: bool) -> Iterator[str]:
    spoken = words.tokens(text)
    place = 0
    while place < len(spoken):
        word = spoken[place]
        if UNSPACED.match(word) and not words.is_hangul(word):
            yield from _in_unspaced(word)
            place += 1
            continue
        for size in range(min(_LONGEST_PHRASE, len(spoken) - place), 0, -1):
            phrase = " ".join(spoken[place : place + size])
            known, name = icon_of(phrase, abroad)
            if known:
                break
        yield name
        place += size


def icon_of(phrase: str, abroad: bool = False) -> tuple[bool, str]:
    """Whether a word or phrase is known, and the icon for it; a word may be known to have none."""
    return (False, "") if len(phrase) > _LONGEST_KNOWN else _icon_of(phrase, abroad, _MOST_PARTICLES)


@functools.lru_cache(maxsize=8192)
def _icon_of(phrase: str, abroad: bool, particles: int) -> tuple[bool, str]:
    if _is_vague(phrase) or (len(phrase) < 2 and not words.is_hangul(phrase)) or is_colour(phrase):
        return " " not in phrase, ""
    for form in words.forms(phrase):
        if form in _vague() and form != phrase:
            continue
        if abroad and (name := _best(library.icon_pack()["elsewhere"].get(form, ()), form, abroad)):
            return True, name
        if form in _synonyms():
            return True, _synonyms()[form]
        if name := _by_name().get(form.replace(" ", "-"), ""):
            return True, name
        if name := _best(library.icon_pack()["words"].get(form, ()), form, abroad):
            return True, name
    if " " in phrase:
        return False, ""
    if particles and words.is_hangul(phrase) and (bare := _KOREAN.sub("", phrase)) != phrase and len(bare) > 0:
        known, name = _icon_of(bare, abroad, particles - 1)
        return (known, name) if known else (False, "")
    compound = abroad or len(phrase) >= _LONG_COMPOUND
    part = (_front_of(phrase) if compound else "") or _end_of(phrase)
    return (True, part) if part else (False, "")


def _end_of(word: str) -> str:
    """The icon of the last part of a compound: 'armchair' is a chair."""
    if len(word) < _COMPOUND or not word.isalpha():
        return ""
    ends = (form[at:] for form in words.forms(word) for at in range(3, len(form) - _PART + 1))
    return next((_parts()[end] for end in ends if end in _parts()), "")


def _front_of(word: str) -> str:
    """The icon of the first part, which says more where compounds are long: 'Fahrradladen' sells bicycles."""
    if len(word) < _COMPOUND + 2 or not word.isalpha():
        return ""
    fronts = (word[:at] for at in range(len(word) - 3, _PART, -1))
    return next((_parts()[front] for front in fronts if front in _parts()), "")


@functools.cache
def _parts() -> dict[str, str]:
    """Short plain nouns that other words end in."""
    names = {word: name for word, name in _by_name().items() if "-" not in word}
    every = {
        word: name for word, name in _synonyms().items() if name and word.isalpha() and not UNSPACED.match(word)
    } | names
    refused = _vague() | frozenset(library.table("lexicon")["words"]["endings"])
    return {word: name for word, name in every.items() if len(word) >= _PART and word not in refused}


def _best(hits: Sequence[int], word: str, abroad: bool) -> str:
    """Of the icons a word leads to the one it names, if it names one."""
    pack = library.icon_pack()
    least = _TAG if abroad or UNSPACED.match(word) or not word.isascii() else _HEAD
    found = [
        (number, weight)
        for number, weight in zip(hits[::2], hits[1::2], strict=True)
        if weight >= least and number not in _last()
    ]
    exact = [number for number, weight in found if weight >= _NAME]
    found = [hit for hit in found if hit[1] >= _NAME or not _LINKED.search(pack["icons"][hit[0]][0])]
    if not exact and (not found or len(found) > _MOST_SHARED):
        return ""
    best = min(found, key=lambda hit: (-hit[1], pack["icons"][hit[0]][0] in _boxed(), len(pack["icons"][hit[0]][0])))
    return str(pack["icons"][best[0]][0])


def _in_unspaced(run: str) -> Iterator[str]:
    """Longest words first, from the left: '花と蝶' names a flower and a butterfly."""
    place = 0
    while place < len(run):
        sizes = range(min(_LONGEST_UNSPACED, len(run) - place), 0, -1)
        size = next((size for size in sizes if _is_word(run, place, size)), 0)
        if size:
            yield _unspaced_icon(run[place : place + size])
        place += max(1, size)


def _is_word(run: str, place: int, size: int) -> bool:
    """Whether the piece of the run is a word, or one that names nothing; single characters only of everyday words."""
    piece = run[place : place + size]
    if size == 1 and len(run) > _SHORT_RUN and piece not in _synonyms():
        return False
    if piece in _silent() or piece in _synonyms() or piece in _apart():
        return _cut_well(run, place, size)
    return piece in library.icon_pack()["words"] and _cut_well(run, place, size) and bool(_unspaced_icon(piece))


@words.remembered
def _unspaced_icon(piece: str) -> str:
    if piece in _silent():
        return ""
    return _synonyms().get(piece, "") or _best(library.icon_pack()["words"].get(piece, ()), piece, False)


@functools.cache
def _apart() -> frozenset[str]:
    return frozenset(library.table("lexicon")["words"]["apart"])


@functools.cache
def _silent() -> frozenset[str]:
    """Unspaced words that name nothing to draw: colours, styles, announcements, kinds of picture."""
    media = media_words() - _synonyms().keys()
    colours = (word for found in library.table("palettes")["spoken"].values() for word in found)
    every = (*colours, *_vague(), *_announced(), *media)
    return frozenset(word for word in every if UNSPACED.match(word))


def _cut_well(run: str, place: int, size: int) -> bool:
    """Not out of the middle of a word in katakana: those are spelt, and hold others by chance."""
    inside = _is_kana(run[place : place + 1]) and _is_kana(run[place + size - 1 : place + size])
    return not (inside and place > 0 and _is_kana(run[place - 1]) and _is_kana(run[place + size : place + size + 1]))


def _is_kana(char: str) -> bool:
    return "\u30a0" < char <= "\u30ff" and char != "・"


@functools.cache
def _synonyms() -> dict[str, str]:
    table = library.table("synonyms")
    none = dict.fromkeys(table["none"]["words"], "")
    return none | {word: name for name, found in reversed(table["icons"].items()) for word in found}


@functools.cache
def _by_name() -> dict[str, str]:
    last = _last()
    return {name: name for number, (name, _) in enumerate(library.icon_pack()["icons"]) if number not in last}


@functools.cache
def _last() -> frozenset[int]:
    """Faces: they would answer to everything. And what must not be drawn unasked."""
    pack, unfit = library.icon_pack(), frozenset(library.table("themes")["unfit"])
    return frozenset(pack["faces"]) | {number for number, (name, _) in enumerate(pack["icons"]) if name in unfit}


@functools.cache
def _boxed() -> frozenset[str]:
    return frozenset(library.table("themes")["boxed"])


@functools.cache
def _vague() -> frozenset[str]:
    """Words that name nothing to draw, among them those of styles and light."""
    lexicon = library.table("lexicon")
    strip = lexicon["strip"]
    looks = {
        word for name in ("style", "lighting", "composition") for found in lexicon[name].values() for word in found
    }
    small = {*lexicon["words"]["vague"], *lexicon["words"]["function"]}
    return frozenset({*small, *strip["adjectives"], *strip["verbs"], *strip["links"], *looks})


@words.remembered
def _is_vague(phrase: str) -> bool:
    return phrase in _vague() or _announcements().match(phrase) is not None


@functools.cache
def _announcements() -> Finder:
    return Finder(_announced(), whole=True)


def _announced() -> tuple[str, ...]:
    """Words that announce a text or a kind of picture: a label, a button, a landscape."""
    roles = (word for role in ("label", "button", "headline", "subline", "caption") for word in listed(f"roles.{role}"))
    scenes = (word for scene in ("landscape", "abstract", "product") for word in listed(f"scenes.{scene}"))
    return tuple({*roles, *scenes} - {"podium", "plinth", "pedestal"})
