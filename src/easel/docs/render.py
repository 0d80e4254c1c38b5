"""Markdown to HTML: headings with addresses, tables that stack on phones, endpoints, images with their sizes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import groupby, pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from easel.docs import PAGES
from easel.docs.code import code
from easel.domain import Size
from easel.imaging.bounds import Limits
from easel.imaging.open import open_header

ENDPOINT = re.compile(r"(GET|POST|PUT|PATCH|DELETE) (/\S*)")
LIMITS = Limits(pixels=50_000_000, bytes=10_000_000)
STACKED = 3  # columns of a table that phones show as a list of rows,
LONG_NAME = 24  # or two columns, if the first has a cell with more characters
DESCRIPTIONS = ("description", "meaning", "what it does")  # columns that need no name on phones
CODES = ("code", "errorCode")  # first columns whose rows have an address each
PATH = re.compile(r"(\w+Params\.)(\w+)", re.ASCII)  # a parameter with the object that it goes into


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


def render(markdown: str, host: str = "") -> Rendered:
    """HTML in the Markdown is shown, not run. `host` is the server whose endpoints are copied."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    for name, rule in RULES.items():
        parser.add_render_rule(name, rule)
    tokens = parser.parse(markdown)
    headings: list[Heading] = []
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            text = _text(tokens[index + 1])
            headings.append(Heading(int(token.tag[1]), text, anchor(text)))
            token.attrSet("id", anchor(text))
        if token.type == "heading_close":
            token.meta["heading"] = headings[-1]
        if token.type == "inline":
            _mend_links(token)
            _mark_paragraph(tokens[index - 1], token, host)
    _label_cells(tokens)
    _name_cells(tokens, {heading.anchor for heading in headings})
    parts = enumerate(groupby(tokens, lambda token: token.type == "fence"))
    html = "".join(
        code(list(part), number) if is_code else parser.renderer.render(list(part), parser.options, {})
        for number, (is_code, part) in parts
    )
    return Rendered(html, [heading for heading in headings if heading.level in (2, 3)])


def _text(inline: Token) -> str:
    return "".join(child.content for child in inline.children or [] if child.type in ("text", "code_inline"))


def _mend_links(inline: Token) -> None:
    """`/docs/errors.md#failed-jobs`, also below a path, leads to /docs/errors#failed-jobs."""
    for child in inline.children or []:
        if child.type == "link_open":
            href = str(child.attrGet("href") or "")
            if found := re.fullmatch(r"((?:/[\w.~-]+)*/docs/[\w./-]+)\.md(#.*)?", href):
                child.attrSet("href", f"{found[1]}{found[2] or ''}")


def _mark_paragraph(paragraph: Token, inline: Token, host: str) -> None:
    """A paragraph of images stands in a row; one that is a link is a button; one of an endpoint, and what goes with it,
    has the method as a badge."""
    children = inline.children or []
    if paragraph.type != "paragraph_open" or not children:
        return
    if all(child.type in ("image", "softbreak") for child in children):
        count = sum(child.type == "image" for child in children)
        paragraph.attrSet("class", f"images of-{min(count, 3)}")
    elif len(children) == 3 and children[0].type == "link_open":
        children[0].attrSet("class", "button")
    elif len(children) in (1, 3) and children[-1].type == "code_inline" and ENDPOINT.fullmatch(children[0].content):
        paragraph.attrSet("class", "endpoint")
        children[0].meta["host"] = host


def _label_cells(tokens: Sequence[Token]) -> None:
    """Each cell of a wide table with the name of its column, which phones show before it; each code with an address."""
    names: list[str] = []
    codes: set[str] = set()
    column = 0
    for index, token in enumerate(tokens):
        if token.type == "table_open":
            names, table = [], token
        elif token.type == "th_open":
            names.append(_text(tokens[index + 1]))
            table.meta["stacks"] = len(names) >= STACKED
        elif token.type == "tr_open":
            column, row = 0, token
        elif token.type == "td_open":
            if not column and names[0] in CODES and (name := _text(tokens[index + 1])) not in codes:
                codes.add(name)
                row.attrSet("id", name)
            if not column and len(names) > 1 and len(_text(tokens[index + 1])) > LONG_NAME:
                table.meta["stacks"] = True
            if len(names) >= STACKED and column and names[column] not in DESCRIPTIONS:  # the first is the row's name
                token.attrSet("data-label", names[column])
            column += 1


def _name_cells(tokens: Sequence[Token], taken: set[str]) -> None:
    """A cell that begins with a code, such as `job_not_found`, or a setting has its name as address."""
    for cell, inline in pairwise(tokens):
        children = inline.children or []
        if cell.type == "td_open" and children and children[0].type == "code_inline":
            name = children[0].content
            if "_" in name and name.isidentifier() and name not in taken:
                taken.add(name)
                cell.attrSet("id", name)


def _open_table(_: Any, tokens: Sequence[Token], index: int, *__: Any) -> str:
    """Wide tables scroll by themselves, also by keyboard."""
    stacks = ' class="stacks"' if tokens[index].meta.get("stacks") else ""
    return f'<div class="scroll" tabindex="0" role="group" aria-label="Table"><table{stacks}>'


def _close_table(*_: Any) -> str:
    return "</table></div>"


def _open_heading(_: Any, tokens: Sequence[Token], index: int, *__: Any) -> str:
    token = tokens[index]
    wrapped = '<div class="heading">' if token.tag != "h1" else ""
    return f'{wrapped}<{token.tag} id="{token.attrGet("id")}">'


def _close_heading(_: Any, tokens: Sequence[Token], index: int, *__: Any) -> str:
    """A link to the section stands beside its heading, so that the heading is read without it."""
    token, heading = tokens[index], tokens[index].meta["heading"]
    if token.tag == "h1":
        return "</h1>\n"
    label = escape(f"Link to {heading.text}")
    link = f'<a class="anchor" href="#{heading.anchor}" aria-label="{label}"><span aria-hidden="true">#</span></a>'
    return f"</{token.tag}>{link}</div>\n"


def _inline_code(_: Any, tokens: Sequence[Token], index: int, *__: Any) -> str:
    """An endpoint, a parameter that may wrap after its object, or code."""
    token = tokens[index]
    text = escape(token.content, quote=False)
    if "host" in token.meta and (found := ENDPOINT.fullmatch(token.content)):
        address = escape(token.meta["host"] + found[2])
        return (
            f'<span class="method {found[1].lower()}">{found[1]}</span> <code>{escape(found[2])}</code> '
            f'<button type="button" class="little" data-copy="" data-copy-text="{address}">Copy URL</button>'
        )
    if found := PATH.fullmatch(token.content):
        return f'<code class="path"><span class="quiet">{found[1]}</span><wbr>{found[2]}</code>'
    return f"<code>{text}</code>"


def _image(_: Any, tokens: Sequence[Token], index: int, *__: Any) -> str:
    """With its size, so that nothing moves when it comes."""
    token = tokens[index]
    source = str(token.attrGet("src") or "")
    size = _sizes().get(source.rpartition("/")[2])
    sized = f' width="{size.width}" height="{size.height}"' if size else ""
    return f'<img src="{escape(source)}" alt="{escape(token.content)}"{sized} loading="lazy">'


@cache
def _sizes() -> Mapping[str, Size]:
    images = {path.name: open_header(path.read_bytes(), LIMITS) for path in (PAGES / "images").glob("*.webp")}
    return {name: Size(image.width, image.height) for name, image in images.items()}


RULES = {
    "table_open": _open_table,
    "table_close": _close_table,
    "heading_open": _open_heading,
    "heading_close": _close_heading,
    "code_inline": _inline_code,
    "image": _image,
}
