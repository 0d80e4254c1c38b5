"""Match the words of edits.toml in a clause. Matched words are consumed; those that remain were not understood."""

import functools
import re
from collections.abc import Iterable

from easel_sketch import library
from easel_sketch.colour.mixing import mix

_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u2e80-\u9fff\uac00-\ud7af]")
_PARTICLES = re.compile(r"[\u3040-\u309f]+|[的了把将成为吧请一个张幅图片照变改换做弄它让使得是色]+")
# Colour names that are also things.
_THINGS = frozenset({"rose", "roses", "orange", "oranges", "peach", "olive", "lime", "mint", "chocolate", "cream"})
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def _word_pattern(word: str) -> str:
    """A word as a regular expression: a whole word where the script has spaces; `~` matches any ending."""
    if _UNSPACED.search(word):
        return word
    return r"(?<!\w)" + word.replace("~", r"\w*") + r"(?!\w)"


def _any_word(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(_word_pattern(word) for word in sorted(words, key=len, reverse=True)), re.IGNORECASE)


@functools.cache
def pattern(name: str) -> re.Pattern[str]:
    """Matches any word of a list, such as `background.blur`, or of all lists of a table."""
    table, _, key = name.partition(".")
    lists = library.table("tones")["tone"] if table == "tone" else library.table("edits")[table]
    return _any_word(lists[key] if key else [word for words in lists.values() for word in words])


@functools.cache
def list_names(table: str) -> tuple[str, ...]:
    """The names of a table's lists."""
    lists = library.table("tones")["tone"] if table == "tone" else library.table("edits")[table]
    return tuple(lists)


@functools.cache
def _colour_words() -> tuple[re.Pattern[str], tuple[tuple[re.Pattern[str], str], ...]]:
    own, shared = library.table("edits")["colours"], library.table("palettes")["colours"]
    # Single Chinese characters of the palettes are ambiguous here; edits.toml has longer words.
    values = {**{re.escape(word): value for word, value in shared.items() if len(word) > 1 and word != "sky"}, **own}
    ordered = sorted(values, key=len, reverse=True)
    shades = library.table("edits")["shades"]
    shade = "|".join(sorted((word for words in shades.values() for word in words), key=len, reverse=True))
    name = "|".join(word if _UNSPACED.search(word) else rf"{word}(?![^\W_])" for word in ordered)
    pattern_ = re.compile(
        rf"(?:(?<![^\W_])|(?<=[\u2e80-\u9fff]))(?:(?P<before>{shade})[\s-]*)?(?P<name>#[0-9a-f]{{6}}\b|{name})(?:\s+(?P<after>{shade})(?!\w))?",
        re.IGNORECASE,
    )
    return pattern_, tuple((re.compile(word, re.IGNORECASE), values[word]) for word in ordered)


class Colour:
    """A named colour: its hex value, its name in the clause, and its position."""

    __slots__ = ("called", "end", "hex", "plain", "start")

    def __init__(self, found: re.Match[str]) -> None:
        self.start, self.end = found.span()
        self.called = found[0].strip().lower().replace("-", " ")
        name = found["name"].lower()
        self.plain = name not in _THINGS
        list_names = (value for word, value in _colour_words()[1] if word.fullmatch(name))
        self.hex = _shaded(
            name if name[0] == "#" else next(list_names), (found["before"] or found["after"] or "").lower()
        )


def colours(text: str) -> list[Colour]:
    """Every colour named in a text, in order."""
    found: list[Colour] = []
    for colour in map(Colour, _colour_words()[0].finditer(text)):
        if found and re.fullmatch(r"[\s-]+", text[found[-1].end : colour.start]):
            if colour.plain:  # "emerald green", but not "red rose" and "blue sky"
                found[-1].end, found[-1].called = colour.end, f"{found[-1].called} {colour.called}"
        else:
            found.append(colour)
    return found


def _shaded(colour: str, shade: str) -> str:
    shades = library.table("edits")["shades"]
    if shade and any(re.fullmatch(word, shade) for word in shades["light"]):
        return mix(colour, "#ffffff", 0.42)
    return (
        mix(colour, "#000000", 0.4) if shade and any(re.fullmatch(word, shade) for word in shades["dark"]) else colour
    )


class Clause:
    """A clause of an instruction and the part of it that is not consumed yet."""

    def __init__(self, text: str) -> None:
        self.text = text.strip()
        self._rest = self.text

    def has(self, *names: str) -> bool:
        return any(pattern(name).search(self._rest) for name in names)

    def take(self, *names: str) -> bool:
        """Whether the clause has such words; consumes them."""
        found = self.has(*names)
        for name in names:
            self._rest = pattern(name).sub(self._blank, self._rest)
        return found

    def first(self, table: str) -> str:
        """The first list of a table, in the table's order, with words in the clause; consumes them."""
        return next((name for name in list_names(table) if self.take(f"{table}.{name}")), "")

    def all(self, table: str) -> list[str]:
        """Every list of a table with words in the clause, in the clause's order; consumes them."""
        found = [
            (match.start(), name)
            for name in list_names(table)
            if (match := pattern(f"{table}.{name}").search(self._rest))
        ]
        return [name for _, name in sorted(found) if self.take(f"{table}.{name}")]

    def colours(self) -> list[Colour]:
        """Every colour in the clause; consumes them."""
        found = colours(self._rest)
        for colour in found:
            self._rest = self._rest[: colour.start] + " " * (colour.end - colour.start) + self._rest[colour.end :]
        return found

    def matched(self, expression: str) -> re.Match[str] | None:
        """The match of an expression; consumes it."""
        found = re.search(expression, self._rest, re.IGNORECASE)
        if found:
            self._rest = self._rest[: found.start()] + self._blank(found) + self._rest[found.end() :]
        return found

    @staticmethod
    def _blank(found: re.Match[str]) -> str:
        return " " * len(found[0])

    @property
    def residue(self) -> str:
        """Words with a meaning that were not consumed, in order."""
        idle = pattern("joints.idle")
        rest = re.sub(r"⟦\d+⟧|\d+(?:[.,]\d+)?\s*(?:%|°|px|x\b)?", " ", self._rest)
        return " ".join(
            word for word in _WORD.findall(rest) if not (idle.fullmatch(word) or _PARTICLES.fullmatch(word))
        )
