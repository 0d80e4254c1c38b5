"""The variant of a recipe that a prompt asks for, by the words in `variants.toml`."""

import functools

from easel_sketch import library
from easel_sketch.reading.vocabulary import Finder


def first(section: str, text: str) -> str:
    """The first variant of a section, in the table's order, that the text names; else an empty string."""
    return next((name for name, finder in finders(section) if finder.search(text)), "")


def earliest(section: str, text: str) -> str:
    """The variant named first in the text; else an empty string."""
    return next(iter(in_order(section, text)), "")


def in_order(section: str, text: str) -> tuple[str, ...]:
    """Every variant the text names, in order of first mention."""
    found = [(hit.start(), name) for name, finder in finders(section) if (hit := finder.search(text))]
    return tuple(name for _, name in sorted(found))


def names(section: str, name: str, text: str) -> bool:
    """Whether the text names this variant."""
    return dict(finders(section))[name].search(text) is not None


@functools.cache
def finders(section: str) -> tuple[tuple[str, Finder], ...]:
    """A finder for each variant of a section."""
    return tuple((name, Finder(tuple(listed))) for name, listed in library.table("variants")[section].items())
