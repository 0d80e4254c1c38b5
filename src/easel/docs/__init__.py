"""The documentation: Markdown pages, one page per model from its card, and their HTML."""

from pathlib import Path

PAGES = Path(__file__).parent / "pages"
HOME = "quickstart"
HOST = "http://127.0.0.1:8787"  # what the pages call the server; readers see its real address
