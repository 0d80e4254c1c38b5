"""The noun phrases of an English text, without what only describes its style."""

import functools
import re
from collections.abc import Iterator

from easel_sketch import library
from easel_sketch.reading import nouns, words
from easel_sketch.reading.drawable import is_known
from easel_sketch.reading.grammar import CLAUSES, is_style, media, media_words
from easel_sketch.reading.icon_names import announcing_words, known_drawing
from easel_sketch.reading.style_words import is_colour
from easel_sketch.reading.vocabulary import LETTER, Finder

_WORD = re.compile(rf"(?:{LETTER})+(?:['’-](?:{LETTER})+)*")
_ADJECTIVE = "detailed"  # stands for a compound with a hyphen
_LONGEST_PICTURE = 7  # words before 'of', as in 'a black and white photo of'
DETERMINERS = frozenset(
    {"a", "an", "the", "his", "her", "its", "their", "some", "several", "many", "this", "that", "how", "what", "why"}
)
_DATE = re.compile(
    r"\b(?:\d{1,2}(?:st|nd|rd|th)?\s+)?(?:January|February|March|April|May|June|July|August|September|October|November|"
    r"December)\s+\d{1,4}\b|\b\d{1,2}(?:st|nd|rd|th)?\s+(?:January|February|March|April|May|June|July|August|September|"
    r"October|November|December)\b|\b\d{1,2}(?::\d\d)?\s?[ap]\.?m\b"
)
_COLOURED = frozenset({"colored", "coloured", "tinted", "hued"})  # after the name of a colour
_LONGEST_NAME = 4  # words
_SMALL = 3  # letters of words that titles leave in lower case
# Words of style and light that are things to see as well.
_SEEN = frozenset({"snow", "stars", "aurora", "northern lights", "blossom", "blossoms", "fog", "mist", "tinta", "moon"})


def clauses(text: str, *, items: bool) -> Iterator[Iterator[tuple[list[str], tuple[str, ...]]]]:
    """For each clause that names something its noun phrases, each with the words between it and the one before.

    The kind of image that a clause names is left out, but not from the `items` of a list.
    """
    for clause in CLAUSES.split(_DATE.sub(" ", _styles().sub(" ", text))):
        if not clause or not clause.strip() or _is_look(clause):
            continue
        medium = set() if items else {word for _, match in media(clause) for word in match[0].lower().split()}
        yield ((_without(phrase, medium), between) for phrase, between in _phrases(_tokens(clause)))


def _without(phrase: list[str], medium: set[str]) -> list[str]:
    """A phrase without the words for the kind of image, unless one is part of a thing: 'traffic sign'."""
    return [
        word
        for place, word in enumerate(phrase)
        if word not in medium or (place and known_drawing(" ".join(phrase[place - 1 : place + 1])))
    ]


@functools.cache
def listed(section: str) -> frozenset[str]:
    """The words of a section of `subjects.toml`."""
    return frozenset(library.table("subjects")[section]["words"])


def described_by(section: str, word: str) -> str:
    """The entry of a section of `subjects.toml` that a word or text belongs to."""
    hits = [
        (hit.end(), hit.end() - hit.start(), name) for name, finder in finders(section) if (hit := finder.search(word))
    ]
    return max(hits, default=(0, 0, ""))[2]


@functools.cache
def finders(section: str) -> tuple[tuple[str, Finder], ...]:
    return tuple((name, Finder(tuple(found))) for name, found in library.table("subjects")[section].items())


def is_hollow(word: str, *, quoted: bool) -> bool:
    """Whether a word names nothing to draw: a part of a picture, a style, an hour, a season, an instruction.

    With `quoted`, those that announce a text too.
    """
    forms = (word, word if known_drawing(word) else word.removesuffix("s"))
    return any(form in _hollow() or (quoted and form in announcing_words()) for form in forms)


def is_hue(word: str) -> bool:
    """Whether a word without an article is a colour, or says how strong one is."""
    if described_by("faces", word):
        return False
    return word in library.table("palettes")["colours"] or is_colour(word) or nouns.part_of(word) == nouns.OTHER


def _is_look(clause: str) -> bool:
    """Whether a clause only describes the style or lists colours: 'deep blue and gold'."""
    tokens = [word for word in words.tokens(clause) if word not in listed("ends") and word not in DETERMINERS]
    if all(map(is_hue, tokens)) and DETERMINERS.isdisjoint(words.tokens(clause)):
        return True
    if any(_is_trade(tokens[place : place + 2]) for place in range(len(tokens) - 1)):
        return False
    look = library.table("lexicon")["look"]
    if len(tokens) == 2 and tokens[-1] in look["manners"]:
        return True
    looks = {*look["nouns"], *_hollow(), *library.table("lexicon")["strip"]["adjectives"]}
    plain = [word for word in tokens if word not in looks and not is_colour(word)]
    return is_style(clause) and not any(map(_says_something, plain))


def _is_trade(pair: list[str]) -> bool:
    """Whether two words name a drawing together, although each may be one of style: 'lighting studio'."""
    return len(pair) > 1 and all(word in _hollow() for word in pair) and bool(known_drawing(" ".join(pair)))


def _says_something(word: str) -> bool:
    return nouns.part_of(word) in (nouns.THING, nouns.UNKNOWN) or bool(
        known_drawing(word) or described_by("faces", word)
    )


def _tokens(clause: str) -> list[str]:
    """The words of a clause, those of one name together joined. Names and owners keep their capital and their ’s."""
    found = [word.replace("’", "'") for word in _WORD.findall(clause) if word.lower() not in _COLOURED]
    titled = len(found) > _LONGEST_NAME and all(word[0].isupper() for word in found if len(word) > _SMALL)
    tokens = [word.lower() for word in found] if titled else _named(found)
    kept = [
        word if (place or " " in word or "-" in word) and _is_proper(word) else word.lower()
        for place, word in enumerate(tokens)
    ]
    return _joined(_without_picture([part for place, word in enumerate(kept) for part in _parts(word, place, kept)]))


def _named(found: list[str]) -> list[str]:
    """Words with capitals in a row are one name if they are known together, or one of them is not: 'Darth Vader'."""
    tokens, place = list[str](), 0
    while place < len(found):
        end = place
        while end < len(found) and all(part[:1].isupper() and part.isalpha() for part in found[end].split("-")):
            end += 1
        run = found[place:end]
        known = next((n for n in range(len(run), 1, -1) if is_known(" ".join(run[:n]).lower())), 0)
        if known:
            tokens.append(" ".join(run[:known]).lower())
            place += known
        elif _is_name(run, first=not place):
            tokens.append(" ".join(run))
            place = end
        else:
            tokens.append(found[place])
            place += 1
    return tokens


def _is_name(run: list[str], *, first: bool) -> bool:
    """Whether words with capitals name something that no table knows; one that begins a sentence says nothing."""
    if not run or run[0].lower() in DETERMINERS or (first and len(run) == 1 and "-" not in run[0]):
        return False
    return any(_is_unknown(word.lower()) for word in run)


def _is_unknown(word: str) -> bool:
    return nouns.part_of(word) == nouns.UNKNOWN and not known_drawing(word) and word not in media_words()


def _is_proper(word: str) -> bool:
    """Whether a word with a capital, not the first of its clause, is a name that means another thing, or nothing."""
    unnamed = _is_unknown(word.lower()) or nouns.part_of(word.lower()) == nouns.NAMELESS
    return nouns.is_name(word) or (word[0].isupper() and unnamed)


def _parts(word: str, place: int, tokens: list[str]) -> list[str]:
    """A word with a hyphen is kept if it is known, or else dropped as an adjective, but for its end if it is last."""
    bare, last = word.replace("-", " "), place + 1 == len(tokens)
    if "-" not in word or word[0].isupper() or is_known(word) or word.endswith("-shaped"):
        return [word]
    if known_drawing(bare) or (last and is_known(bare)):
        return [bare]
    return word.split("-")[-1:] if last else [_ADJECTIVE]


def _without_picture(tokens: list[str]) -> list[str]:
    """The words after 'a black and white photo of'."""
    for place, word in enumerate(tokens[:_LONGEST_PICTURE]):
        if word in listed("pictures") and tokens[place + 1 : place + 2] == ["of"]:
            return tokens[place + 2 :]
        if word in listed("ends") and word != "and":
            break
    return tokens


def _joined(tokens: list[str]) -> list[str]:
    """The words with those that are one name together joined: 'statue of liberty'."""
    found, place = list[str](), 0
    while place < len(tokens):
        size = next((n for n in (5, 4, 3) if _is_joined(tokens[place : place + n], n)), 1)
        found.append(" ".join(tokens[place : place + size]))
        place += size
    return found


def _is_joined(tokens: list[str], size: int) -> bool:
    """Whether words with a preposition among them have a drawing or an entry in WordNet together."""
    if len(tokens) < size or not any(word in listed("ends") for word in tokens[1:-1]) or tokens[0] in listed("ends"):
        return False
    return is_known(" ".join(tokens))


def _phrases(tokens: list[str]) -> Iterator[tuple[list[str], tuple[str, ...]]]:
    """Runs of words that belong to one noun, each with the words between it and the one before."""
    phrase, before = list[str](), list[str]()
    for token in tokens:
        if phrase and described_by("faces", token):
            phrase.append(token)  # 'a cat sleeping'
        elif phrase and token in DETERMINERS:
            acts = len(phrase) > 1 and _acts_on(*phrase[-2:])  # 'a train crossing a bridge'
            yield phrase[:-1] if acts else phrase, tuple(before)
            phrase, before = [token], phrase[-1:] if acts else []
        elif token in listed("ends") or (phrase and _ends_after(phrase[-1], token)):
            if phrase:
                yield phrase, tuple(before)
                phrase, before = [], []
            before.append(token)
        else:
            phrase.append(token)
    if phrase:
        yield phrase, tuple(before)


def _acts_on(word: str, token: str) -> bool:
    """Whether a token between a noun and an article is a verb: 'a man sips a drink'."""
    return token.endswith("ing") or (token.endswith("s") and is_known(word))


def _ends_after(word: str, token: str) -> bool:
    """Whether a token is a verb or an adverb after a noun: 'a man shouting'."""
    part, acts = nouns.part_of(token), token.endswith("ing") and token not in listed("things_in_ing")
    if token in listed("verbs") and is_known(word):
        return True
    if part != nouns.OTHER and not acts:
        return False
    if acts and nouns.part_of(word) in (nouns.NAMELESS, nouns.UNKNOWN) and word not in DETERMINERS:
        return True
    return (acts or not known_drawing(token)) and is_known(word)


@functools.cache
def _hollow() -> frozenset[str]:
    """Words that name nothing to draw: parts of a picture, styles, hours, seasons, instructions."""
    lexicon = library.table("lexicon")
    said = {
        word
        for section in ("style", "lighting", "composition", "time", "season")
        for found in lexicon[section].values()
        for word in found
    }
    strip = (*lexicon["strip"]["adjectives"], *lexicon["strip"]["verbs"], *lexicon["look"]["nouns"])
    return frozenset({*library.table("subjects")["hollow"]["words"], *said, *strip}) - _SEEN


@functools.cache
def _styles() -> Finder:
    """The styles, lights and compositions of several words: 'oil painting'."""
    lexicon = library.table("lexicon")
    listed = (
        word for name in ("style", "lighting", "composition") for found in lexicon[name].values() for word in found
    )
    return Finder(tuple(word for word in listed if " " in word))
