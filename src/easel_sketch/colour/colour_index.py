"""An index of the colour words, moods and shades in `palettes.toml`, for matching against a prompt's tokens."""

import functools

from easel_sketch import library
from easel_sketch.reading import words
from easel_sketch.reading.vocabulary import UNSPACED

Entry = tuple[tuple[str, ...], tuple[str, str]]  # the words of a phrase, and its meaning as (table, name)


@functools.cache
def colour_values() -> dict[str, str]:
    """Hex values by colour name."""
    table = library.table("palettes")
    return {**table["borrowed"], **table["colours"]}


@functools.cache
def deciding_moods() -> frozenset[str]:
    """Moods that go before others: warm and cold."""
    return frozenset(entry["name"] for entry in library.table("palettes")["palette"] if entry.get("decides"))


@functools.cache
def _entries() -> tuple[tuple[str, tuple[str, str]], ...]:
    """Every word or phrase of the tables with its meaning."""
    table = library.table("palettes")
    named = [(name.replace("-", " "), ("colour", name)) for name in colour_values()]
    translated = [(word, ("colour", name)) for name, listed in table["spoken"].items() for word in listed]
    moods = [(word, ("mood", entry["name"])) for entry in table["palette"] for word in entry["words"]]
    means = [(word, ("means", name)) for name, listed in table["means"].items() for word in listed]
    return (*named, *translated, *moods, *means)


@functools.cache
def index() -> tuple[dict[str, list[Entry]], tuple[Entry, ...]]:
    """Entries by their first word, and apart from them those whose first word has a wildcard."""
    exact: dict[str, list[Entry]] = {}
    starred: list[Entry] = []
    for entry, sense in _entries():
        pattern = (entry,) if UNSPACED.match(entry) else _pattern(entry)
        if not pattern:
            continue
        if "*" in pattern[0]:
            starred.append((pattern, sense))
        else:
            exact.setdefault(pattern[0], []).append((pattern, sense))
    return exact, tuple(starred)


def _pattern(entry: str) -> tuple[str, ...]:
    """The tokens of an entry, split as a prompt is, with their wildcards."""
    pieces = []
    for part in entry.replace("-", " ").split():
        bare = words.tokens(part.strip("*"))
        if bare:
            bare[0] = "*" + bare[0] if part.startswith("*") else bare[0]
            bare[-1] += "*" if part.endswith("*") else ""
            pieces += bare
    return tuple(pieces)
