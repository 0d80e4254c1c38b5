"""The documentation: Markdown pages, one page per model from its card, and their HTML."""

from pathlib import Path

PAGES = Path(__file__).parent / "pages"
HOME = "quickstart"
HOST = "http://127.0.0.1:8787"  # what the pages call the server; readers see its real address


def page_file(slug: str) -> Path:
    """The Markdown of a page. The changelog of a checkout is at its top; a package has it among its pages."""
    path = PAGES / f"{slug}.md"
    return path if slug != "changelog" or path.exists() else Path(__file__).parents[3] / "CHANGELOG.md"
