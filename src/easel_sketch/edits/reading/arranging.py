"""How several pictures are to become one."""

import re

from easel_sketch.edits.steps import Compose
from easel_sketch.edits.wording import Clause, pattern

_PLACES = ("top-left", "top-right", "bottom-left", "bottom-right", "top", "bottom", "left", "right", "center")
_WAYS = ("before-after", "palette", "logo", "collage", "beside", "stacked", "scene", "blend")


def arranging(read: Clause) -> Compose | None:
    """How several pictures are to become one, if the clause says so."""
    place = next((name for name in _PLACES if read.has(f"place.{name}")), "")
    for name in _WAYS:
        if read.has(f"compose.{name}"):
            return Compose(name, place, _lead(read, name))
    return None


def _lead(read: Clause, name: str) -> int | None:
    """Which picture is placed, or lends its colours: the first one named; for a palette, the one behind "of"."""
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
