"""Markdown to HTML: headings with addresses, code in colour with a button to copy it, several languages as tabs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

NAMES = {"sh": "curl", "python": "Python", "js": "JavaScript", "json": "JSON"}


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page as HTML, and its headings for the table of contents."""

    html: str
    headings: Sequence[Heading]


def anchor(text: str) -> str:
    """`Verify signatures` → `verify-signatures`, as on GitHub."""
    return re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", text.lower()).strip())


def render(markdown: str) -> Rendered:
    """HTML in the Markdown is shown, not run."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.add_render_rule("table_open", _open_table)
    parser.add_render_rule("table_close", _close_table)
    tokens = parser.parse(markdown)
    headings: list[Heading] = []
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            text = _text(tokens[index + 1])
            headings.append(Heading(int(token.tag[1]), text, anchor(text)))
            token.attrSet("id", anchor(text))
        if token.type == "inline":
            _mend_links(token)
    parts = enumerate(groupby(tokens, lambda token: token.type == "fence"))
    html = "".join(
        _code(list(part), number) if is_code else parser.renderer.render(list(part), parser.options, {})
        for number, (is_code, part) in parts
    )
    return Rendered(html, [heading for heading in headings if heading.level in (2, 3)])


def _text(inline: Token) -> str:
    return "".join(child.content for child in inline.children or [] if child.type in ("text", "code_inline"))


def _mend_links(inline: Token) -> None:
    """`/docs/errors.md#failed-jobs`, also below a path, leads to /docs/errors#failed-jobs; a paragraph that is one link
    is a button."""
    children = inline.children or []
    for child in children:
        if child.type == "link_open":
            href = str(child.attrGet("href") or "")
            if found := re.fullmatch(r"((?:/[\w.~-]+)*/docs/[\w./-]+)\.md(#.*)?", href):
                child.attrSet("href", f"{found[1]}{found[2] or ''}")
            if len(children) == 3:
                child.attrSet("class", "button")


def _open_table(*_: Any) -> str:
    """Wide tables scroll by themselves, also by keyboard."""
    return '<div class="scroll" tabindex="0" role="group" aria-label="Table"><table>'


def _close_table(*_: Any) -> str:
    return "</table></div>"


def _code(blocks: list[Token], number: int) -> str:
    """The code blocks that stand together: one as it is, several as tabs."""
    if len(blocks) == 1 or len({_language(block) for block in blocks}) < len(blocks):
        each = (_inner(block, f"code-{number}-{index}") for index, block in enumerate(blocks))
        return "".join(f'<div class="code">{block}</div>' for block in each)
    tabs, panels = [], []
    for index, block in enumerate(blocks):
        id_ = f"code-{number}-{index}"
        name = NAMES.get(_language(block), _language(block))
        tabs.append(
            f'<button type="button" role="tab" id="{id_}-tab" aria-controls="{id_}-panel" '
            f'aria-selected="{"false" if index else "true"}">{escape(name)}</button>'
        )
        hidden = " hidden" if index else ""
        panels.append(
            f'<div role="tabpanel" id="{id_}-panel" aria-labelledby="{id_}-tab"{hidden}>{_inner(block, id_)}</div>'
        )
    tablist = f'<div role="tablist" aria-label="Language">{"".join(tabs)}</div>'
    return f'<div class="code tabs" data-tabs>{tablist}{"".join(panels)}</div>'


def _inner(block: Token, id_: str) -> str:
    language = _language(block)
    try:
        lexer = get_lexer_by_name({"sh": "bash"}.get(language, language or "text"))
    except ClassNotFound:
        lexer = get_lexer_by_name("text")
    coloured = highlight(block.content, lexer, HtmlFormatter(nowrap=True))
    label = escape({"sh": "Shell"}.get(language, NAMES.get(language, "Text")))
    return (
        f'<pre tabindex="0" aria-label="{label}"><code id="{id_}">{coloured}</code></pre>'
        f'<button type="button" class="little" data-copy="{id_}">Copy</button>'
    )


def _language(block: Token) -> str:
    return block.info.split()[0] if block.info.strip() else ""
