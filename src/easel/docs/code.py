"""Blocks of code: in colour, with a button to copy each; several languages that stand together are tabs."""

from html import escape

from markdown_it.token import Token
from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

# By the info of a block; the second word is for two blocks of one language side by side.
NAMES = {
    "sh": "curl",
    "python": "Python",
    "js": "JavaScript",
    "json": "JSON",
    "text": "Text",
    "python openai": "OpenAI SDK",
    "sh easel": "easel",
}
LONG = 40  # characters of a line that may need to wrap


def code(blocks: list[Token], number: int) -> str:
    """The code blocks that stand together: one as it is, several as tabs."""
    names = [NAMES.get(block.info.strip(), _language(block)) for block in blocks]
    if len(blocks) == 1 or len(set(names)) < len(blocks):
        return "".join(_single(block, f"code-{number}-{index}") for index, block in enumerate(blocks))
    tabs, panels = [], []
    for index, (block, name) in enumerate(zip(blocks, names, strict=True)):
        id_ = f"code-{number}-{index}"
        tabs.append(
            f'<button type="button" role="tab" id="{id_}-tab" aria-controls="{id_}-panel" '
            f'aria-selected="{"false" if index else "true"}">{escape(name)}</button>'
        )
        hidden = " hidden" if index else ""
        panels.append(
            f'<div role="tabpanel" id="{id_}-panel" aria-labelledby="{id_}-tab"{hidden}>'
            f"{_copy(id_)}{_pre(block, id_, name)}</div>"
        )
    tablist = f'<div role="tablist" aria-label="Language">{"".join(tabs)}</div>'
    return f'<div class="code tabs" data-tabs>{tablist}{"".join(panels)}</div>'


def _single(block: Token, id_: str) -> str:
    name = {"sh": "Shell"}.get(_language(block), NAMES.get(_language(block), _language(block) or "Text"))
    bar = f'<div class="bar"><span>{escape(name)}</span>{_copy(id_)}</div>'
    return f'<div class="code">{bar}{_pre(block, id_, name)}</div>'


def _copy(id_: str) -> str:
    return f'<button type="button" class="little" data-copy="{id_}">Copy</button>'


def _pre(block: Token, id_: str, name: str) -> str:
    language = _language(block)
    try:
        lexer = get_lexer_by_name({"sh": "bash"}.get(language, language or "text"))
    except ClassNotFound:
        lexer = get_lexer_by_name("text")
    coloured = highlight(block.content, lexer, HtmlFormatter(nowrap=True)).splitlines(keepends=True)
    sources = block.content.splitlines()
    # Pygments omits empty lines at the start and the end; then none is indented when it wraps.
    lines = map(_line, coloured, sources) if len(coloured) == len(sources) else coloured
    label = escape(name)
    return f'<pre tabindex="0" aria-label="{label}"><code id="{id_}">{"".join(lines)}</code></pre>'


def _line(coloured: str, source: str) -> str:
    """A long line wraps below its own indentation, and not right after it."""
    if len(source) <= LONG:
        return coloured
    spaces = len(source) - len(source.lstrip(" "))
    if coloured.startswith(" "):
        coloured = f'<span class="w">{coloured[:spaces]}</span>{coloured[spaces:]}'
    text = coloured.removesuffix("\n")
    return f'<span class="line i{min(spaces, 16) // 2 * 2}">{text}</span>{coloured[len(text) :]}'


def _language(block: Token) -> str:
    return block.info.split()[0] if block.info.strip() else ""
