"""A page of the documentation as HTML, with its navigation."""

import re
from itertools import chain
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markupsafe import Markup

from easel.docs import HOST
from easel.docs.reference import Operation, errors_everywhere
from easel.docs.render import render
from easel.docs.site import Doc, Site
from easel.web.page import environment

TEMPLATES = environment(Path(__file__).parent / "templates")
# HTML in the Markdown is shown, not run.
UNCOLOURED = re.compile(r'<span class="(?:p|o|n|nx|nb|nn)">([^<]*)</span>')
TEXT = MarkdownIt("commonmark", {"html": False})


def _sample(operation: Operation) -> Markup:
    """The code samples of a call as tabs."""
    blocks = (f"```{language}\n{code}\n```" for language, code in operation.samples.items())
    html = render("\n\n".join(blocks)).html
    return Markup(_alone(html, operation.anchor))  # noqa: S704 - the renderer escapes


def _alone(html: str, prefix: str) -> str:
    """Code with ids that no other code of the page has, without the spans that no style colours: half of its size."""
    return UNCOLOURED.sub(r"\1", html.replace('"code-', f'"{prefix}-'))


TEMPLATES.filters |= {
    "markdown": lambda text: Markup(TEXT.render(text)),  # noqa: S704 - the renderer escapes
    "inline": lambda text: Markup(TEXT.renderInline(text)),  # noqa: S704 - the renderer escapes
    "capital": lambda text: text[:1].upper() + text[1:],
    "sample": _sample,
}


def html_of(site: Site, doc: Doc | None) -> str:
    """A page of the documentation; without a `doc`, the one for unknown addresses."""
    sections = [(name, [(slug, site.titles[slug]) for slug in slugs]) for name, slugs in site.sections()]
    if doc is None:
        return TEMPLATES.get_template("gone.html").render(sections=sections)
    pages = list(chain.from_iterable(pages for _, pages in sections))
    number = [slug for slug, _ in pages].index(doc.slug)
    context: dict[str, Any] = {
        "doc": doc,
        "sections": sections,
        "section": next(name for name, pages in sections if doc.slug in dict(pages)),
        "before": pages[number - 1] if number else None,
        "after": pages[number + 1] if number + 1 < len(pages) else None,
    }
    if doc.slug == "reference":
        return _reference(site, doc, context)
    rendered = render(doc.markdown, site.host)
    return TEMPLATES.get_template("doc.html").render(context, html=rendered.html, headings=rendered.headings)


def _reference(site: Site, doc: Doc, context: dict[str, Any]) -> str:
    """The API reference: its calls have a template of their own, what is before them is the Markdown's."""
    start = doc.markdown.partition("\n## ")[0]
    text = TEMPLATES.get_template("reference.html").render(
        context, html=render(start).html, groups=site.groups, errors=errors_everywhere()
    )
    return text.replace(HOST, site.host)
