"""What the search of the documentation looks through: every section of every page. The searching is the browser's."""

import json
import re

from easel.docs.render import anchor
from easel.docs.site import Doc, Site


def search_index(site: Site) -> str:
    """As JSON: each section with its page, its address, its title and its words."""
    return json.dumps([entry for doc in site.docs() for entry in _sections(doc)], ensure_ascii=False)


def _sections(doc: Doc) -> list[dict[str, str]]:
    found = [{"page": doc.title, "at": f"/docs/{doc.slug}", "title": doc.title, "text": ""}]
    in_code = False
    for line in doc.markdown.splitlines()[1:]:
        in_code ^= line.startswith("```")
        if line.startswith("#") and not in_code:
            title = line.lstrip("# ").replace("`", "")
            found.append({"page": doc.title, "at": f"/docs/{doc.slug}#{anchor(title)}", "title": title, "text": ""})
        else:
            found[-1]["text"] += _plain(line) + " "
    return found


def _plain(line: str) -> str:
    """A line's words without their marks."""
    words = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", line)
    return re.sub(r"[`*]|^[-|\s]+|^```.*| *\| *", " ", words).strip()
