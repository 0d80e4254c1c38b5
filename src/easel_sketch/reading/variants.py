"""The variants of recipes that a prompt asks for, by the words in `variants.toml`."""

import functools
from collections.abc import Mapping

from easel_sketch import library
from easel_sketch.reading.vocabulary import Finder


def named(text: str) -> Mapping[str, tuple[str, ...]]:
    """For each section of the table the variants that a text names, in order of mention; none for other sections."""
    found = {section: in_order(section, text) for section in library.table("variants")}
    return {section: names for section, names in found.items() if names}


def in_order(section: str, text: str) -> tuple[str, ...]:
    """Every variant of a section that the text names, in order of first mention."""
    found = [(hit.start(), name) for name, finder in finders(section) if (hit := finder.search(text))]
    return tuple(name for _, name in sorted(found))


@functools.cache
def finders(section: str) -> tuple[tuple[str, Finder], ...]:
    """A finder for each variant of a section."""
    return tuple((name, Finder(tuple(listed))) for name, listed in library.table("variants")[section].items())
