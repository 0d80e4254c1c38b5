"""Parse how several images are to be combined."""

import re

from easel_sketch.edits.clause import Clause, pattern
from easel_sketch.edits.steps import Compose

_PLACES = ("top-left", "top-right", "bottom-left", "bottom-right", "top", "bottom", "left", "right", "center")
_COMPOSITIONS = ("before-after", "palette", "logo", "collage", "beside", "stacked", "scene", "blend")


def composition(read: Clause) -> Compose | None:
    """The composition a clause asks for, if any."""
    place = next((name for name in _PLACES if read.has(f"place.{name}")), "")
    for name in _COMPOSITIONS:
        if read.has(f"compose.{name}"):
            return Compose(name, place, _lead(read, name))
    return None


def _lead(read: Clause, name: str) -> int | None:
    """The index of the image to place or to take colours from: the first named; for a palette, the one after "of"."""
    found = sorted(
        (match.start(), place)
        for place, key in enumerate(("first", "second"))
        for match in pattern(f"compose.{key}").finditer(read.text)
    )
    if not found:
        return None
    if name == "palette":
        lends = re.search(r"\b(?:of|from|like|as|in)\s+(?:the\s+)?[^,]*$", read.text)
        after = [place for start, place in found if lends and start >= lends.start()]
        return after[0] if after else found[-1][1]
    return found[0][1]
