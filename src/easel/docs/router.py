"""/docs: the documentation of this very server, its models and its address."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi import Path as PathParameter
from fastapi.responses import FileResponse, PlainTextResponse, RedirectResponse

from easel.api.caller import At
from easel.api.present import base_url
from easel.catalog import Catalog
from easel.docs.render import Heading, render
from easel.docs.search import search_index
from easel.docs.site import HOME, PAGES, Doc, Site
from easel.web.page import HEADERS, environment, page

router = APIRouter(include_in_schema=False)

TEMPLATES = environment(Path(__file__).parent / "templates")
NEVER_LONG = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}


@dataclass(frozen=True, slots=True)
class Shown:
    """The context of doc.html and reference.html. `sections` are (name, [(slug, title)])."""

    doc: Doc
    html: str
    headings: Sequence[Heading]
    sections: Sequence[tuple[str, Sequence[tuple[str, str]]]]


@dataclass(frozen=True, slots=True)
class NotThere:
    """The context of gone.html."""

    sections: Sequence[tuple[str, Sequence[tuple[str, str]]]]


def shown(site: Site, doc: Doc) -> tuple[str, Shown]:
    """The template of a page, and its context."""
    rendered = render(doc.markdown)
    template = "reference.html" if doc.slug == "reference" else "doc.html"
    return template, Shown(doc, rendered.html, rendered.headings, contents(site))


def contents(site: Site) -> Sequence[tuple[str, Sequence[tuple[str, str]]]]:
    titles = {doc.slug: doc.title for doc in site.docs()}
    return [(name, [(slug, titles[slug]) for slug in slugs]) for name, slugs in site.sections()]


@lru_cache(maxsize=128)
def _drawn(catalog: Catalog, host: str, slug: str) -> tuple[str, Shown] | None:
    """A page for one address, drawn once: cards and pages do not change while a server runs."""
    site = Site(catalog, host)
    doc = site.doc(slug)
    return shown(site, doc) if doc else None


@router.get("/docs")
@router.get("/docs/")
async def home() -> Response:
    return RedirectResponse(f"/docs/{HOME}", status_code=303)


@router.get("/llms.txt")
@router.get("/docs/llms.txt")
async def llms(request: Request, stations: At) -> Response:
    return PlainTextResponse(Site(stations.catalog, base_url(request)).llms(), headers=NEVER_LONG)


@router.get("/docs/search.json")
async def search(request: Request, stations: At) -> Response:
    text = search_index(Site(stations.catalog, base_url(request)))
    return Response(text, media_type="application/json", headers=NEVER_LONG)


@router.get("/docs/images/{name}")
async def picture(name: Annotated[str, PathParameter(pattern=r"^[\w-]+\.webp$")]) -> Response:
    path = PAGES / "images" / name
    return FileResponse(path, headers=NEVER_LONG) if path.exists() else PlainTextResponse("", status_code=404)


@router.get("/docs/{slug:path}")
async def show(request: Request, stations: At, slug: str) -> Response:
    """A page; with `.md` behind its address, its Markdown."""
    site = Site(stations.catalog, base_url(request))
    if slug.endswith(".md") and (doc := site.doc(slug.removesuffix(".md"))):
        return PlainTextResponse(doc.markdown, media_type="text/markdown", headers=HEADERS | NEVER_LONG)
    drawn = _drawn(stations.catalog, base_url(request), slug.rstrip("/"))
    if drawn is None:
        return page(TEMPLATES, "gone.html", NotThere(contents(site)), status=404)
    return page(TEMPLATES, *drawn)
