"""The search index of the documentation: every section of every page. The browser searches it."""

import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from easel.docs.render import CODES, anchor
from easel.docs.site import Doc, Site

WORDS = Path(__file__).parent / "words.toml"
HEADS = tuple(f"| {name} |" for name in CODES)
UNREAD = ("changelog",)  # pages found by their titles alone: their sentences repeat those of the others
EXAMPLES = ("reference",)  # pages whose code says what is beside it once more


def search_index(site: Site) -> str:
    """As JSON: each section with its page, address, title, text, and the words that people use for it."""
    words = search_words()
    return json.dumps([entry for doc in site.docs() for entry in _sections(doc, site, words)], ensure_ascii=False)


def search_words() -> Mapping[str, str]:
    """Words by the address of a section below /docs, such as `credits#charges-and-refunds`."""
    return tomllib.loads(WORDS.read_text("utf-8"))


def _sections(doc: Doc, site: Site, words: Mapping[str, str]) -> list[dict[str, str]]:
    sections: list[dict[str, str]] = []
    codes: dict[str, dict[str, str]] = {}  # each row of a table of codes is found by itself
    in_code = of_codes = False
    for line in doc.markdown.splitlines():
        if line.startswith("```"):
            in_code = not in_code
        elif line.startswith("#") and not in_code:
            title = line.lstrip("# ").replace("`", "")
            part = f"{doc.slug}#{anchor(title)}" if sections else doc.slug
            entry = {"page": doc.title, "at": f"{site.root}/docs/{part}", "title": title, "text": ""}
            sections.append(entry | ({"words": words[part]} if part in words else {}))
        elif of_codes and (row := re.match(r"\| `(\w+)` \|(.*)", line)):
            at = f"{site.root}/docs/{doc.slug}#{row[1]}"
            codes.setdefault(row[1], {"page": doc.title, "at": at, "title": row[1], "text": _plain(row[2])})
        elif not (in_code and doc.slug in EXAMPLES):
            of_codes = line.startswith(HEADS) or (of_codes and line.startswith("|"))
            sections[-1]["text"] += _plain(line) + " "
    return [{**sections[0], "text": ""}] if doc.slug in UNREAD else [*sections, *codes.values()]


def _plain(line: str) -> str:
    """The text of a line without Markdown."""
    words = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", line)
    return re.sub(r"[`*]|^[-|\s]+| *\| *", " ", words).strip()
