"""Untrusted text as safe text for a terminal: it cannot move the cursor, set a title, link or reverse text."""

import re

# C0, DEL and C1, including ESC and CSI; text-direction characters; line and paragraph separators; halves of
# surrogate pairs, which cannot be encoded.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def as_text(text: str, *, lines: bool = False) -> str:
    """The text with such characters escaped, as in JSON: `\\u001b`. With `lines`, line breaks and tabs stay."""
    kept = "\n\t" if lines else ""
    return _CONTROLS.sub(lambda found: found[0] if found[0] in kept else f"\\u{ord(found[0]):04x}", text)
