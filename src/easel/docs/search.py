"""The search index of the documentation: every section of every page. The browser searches it."""

import json
import re

from easel.docs.render import anchor
from easel.docs.site import Doc, Site


def search_index(site: Site) -> str:
    """As JSON: each section with its page, address, title and text."""
    return json.dumps(
        [entry for doc in site.docs() for entry in _sections(doc, f"{site.root}/docs/{doc.slug}")], ensure_ascii=False
    )


def _sections(doc: Doc, address: str) -> list[dict[str, str]]:
    sections = [{"page": doc.title, "at": address, "title": doc.title, "text": ""}]
    in_code = False
    for line in doc.markdown.splitlines()[1:]:
        in_code ^= line.startswith("```")
        if line.startswith("#") and not in_code:
            title = line.lstrip("# ").replace("`", "")
            sections.append({"page": doc.title, "at": f"{address}#{anchor(title)}", "title": title, "text": ""})
        else:
            sections[-1]["text"] += _plain(line) + " "
    return sections


def _plain(line: str) -> str:
    """The text of a line without Markdown."""
    words = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", line)
    return re.sub(r"[`*]|^[-|\s]+|^```.*| *\| *", " ", words).strip()
