"""Which things a prompt names that a painted place can show."""

import functools
import re

from easel_sketch import library

_UNSPACED = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af]")


def names(text: str, thing: str) -> bool:
    """Whether the text names this thing of `things.toml`: as a whole word, or anywhere in a script without spaces."""
    return _pattern(thing).search(text) is not None


@functools.cache
def _pattern(thing: str) -> re.Pattern[str]:
    listed = library.table("things")[thing]
    parts = (re.escape(word) if _UNSPACED.match(word) else rf"\b{re.escape(word)}\b" for word in listed)
    return re.compile("|".join(parts), re.IGNORECASE)
