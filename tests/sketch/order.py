"""Check the order of texts on a page."""

from collections.abc import Sequence

from tests.sketch.pages import Page


def in_order(page: Page, texts: Sequence[str]) -> bool:
    """Whether all texts are on the page in this order."""
    flow, at = _bare(page.words), 0
    for text in texts:
        found = flow.find(_bare(text), at)
        if found < 0:
            return False
        at = found + len(_bare(text))
    return True


def _bare(text: str) -> str:
    return "".join(text.replace("\u200b", "").split())
