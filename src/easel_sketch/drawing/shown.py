"""What a page shows: whatever is drawn on it carries its name in an attribute, which is removed before rendering."""

import re

_MARK = re.compile(r' ?data-drawn="([^"]*)"')


def attribute(*names: str) -> str:
    """The attribute of an element that shows these drawings or places."""
    return f'data-drawn="{" ".join(names)}"'


def shown(markup: str, *names: str) -> str:
    """SVG elements marked as showing these drawings or places."""
    return f"<g {attribute(*names)}>{markup}</g>" if names and markup else markup


def names_in(html: str) -> frozenset[str]:
    """All that a page shows."""
    return frozenset(name for found in _MARK.findall(html) for name in found.split())


def unmarked(html: str) -> str:
    """The page without the attributes."""
    return _MARK.sub("", html)
