"""A page of the documentation as HTML, with its navigation."""

from itertools import chain
from pathlib import Path

from easel.docs.render import render
from easel.docs.site import Doc, Site
from easel.web.page import environment

TEMPLATES = environment(Path(__file__).parent / "templates")


def html_of(site: Site, doc: Doc | None) -> str:
    """A page of the documentation; without a `doc`, the one for unknown addresses."""
    titles = {one.slug: one.title for one in site.docs()}
    sections = [(name, [(slug, titles[slug]) for slug in slugs]) for name, slugs in site.sections()]
    if doc is None:
        return TEMPLATES.get_template("gone.html").render(sections=sections)
    pages = list(chain.from_iterable(pages for _, pages in sections))
    number = [slug for slug, _ in pages].index(doc.slug)
    rendered = render(doc.markdown, site.host)
    template = TEMPLATES.get_template("reference.html" if doc.slug == "reference" else "doc.html")
    return template.render(
        doc=doc,
        html=rendered.html,
        headings=rendered.headings,
        sections=sections,
        section=next(name for name, pages in sections if doc.slug in dict(pages)),
        before=pages[number - 1] if number else None,
        after=pages[number + 1] if number + 1 < len(pages) else None,
    )
