"""The documentation as files, for a web root: each page as HTML and as Markdown, its search, llms.txt and assets."""

import json
import shutil
from pathlib import Path
from typing import Any

from easel.catalog import Catalog
from easel.docs import HOME, PAGES
from easel.docs.html import html_of
from easel.docs.search import search_index
from easel.docs.site import Site
from easel.web.assets import FOLDER, asset


def build(out: Path, *, catalog: Catalog, host: str, openapi: dict[str, Any]) -> int:
    """Write everything below `out`; returns the number of pages. `host` is the server URL in the examples."""
    site = Site(catalog, host, openapi=openapi)
    pages = list(site.docs())
    for doc in pages:
        text = html_of(site, doc).replace('"/studio', f'"{host}/studio')
        _write(out / "docs" / doc.slug / "index.html", text)
        _write(out / "docs" / f"{doc.slug}.md", doc.markdown)
        if doc.slug == HOME:
            _write(out / "docs" / "index.html", text)
    shutil.copytree(PAGES / "images", out / "docs" / "images", dirs_exist_ok=True)
    _write(out / "docs" / "search.json", search_index(site))
    _write(out / "llms.txt", site.llms())
    _write(out / "openapi.json", json.dumps(openapi | {"servers": [{"url": host}]}, ensure_ascii=False))
    shutil.copytree(FOLDER, out / asset("").strip("/"), dirs_exist_ok=True)
    return len(pages)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
