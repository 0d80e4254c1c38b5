"""/docs: the documentation of this server, with its models and its address."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Request, Response
from fastapi import Path as PathParameter
from fastapi.responses import FileResponse, PlainTextResponse, RedirectResponse

from easel.api.caller import ServicesDep
from easel.api.present import base_url
from easel.catalog import Catalog
from easel.docs import HOME, HOST, PAGES
from easel.kit.origin import ROOT, at
from easel.web.packed import pack
from easel.web.page import HEADERS, answer_page

if TYPE_CHECKING:
    from easel.docs.site import Site

router = APIRouter(include_in_schema=False)

SOMEWHERE = "http://host-of-the-reader"  # placeholder of the server's address in cached pages
OpenAPI = Callable[[], dict[str, Any]]
NOWHERE = "-"  # no page's slug
NEVER_LONG = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}


# Pages are rendered once, by modules that the first of them imports: cards and pages do not change while a server runs.
# Untrusted hosts and paths never trigger rendering: the host is inserted afterwards, and all unknown pages share one
# 404 page.
@lru_cache(maxsize=256)
def _page(catalog: Catalog, slug: str, root: str, openapi: OpenAPI | None, host: str) -> str:
    from easel.docs.html import html_of

    site = _site(catalog, root, openapi, host)
    return html_of(site, site.doc(slug))


@lru_cache(maxsize=8)
def _site(catalog: Catalog, root: str, openapi: OpenAPI | None, host: str) -> "Site":
    from easel.docs.site import Site

    return Site(catalog, host, root, openapi() if openapi else None)


@lru_cache(maxsize=256)
def _markdown(catalog: Catalog, slug: str, root: str, openapi: OpenAPI | None, host: str) -> str:
    doc = _site(catalog, root, openapi, host).doc(slug)
    return doc.markdown if doc else ""


@lru_cache(maxsize=4)
def _slugs(catalog: Catalog) -> frozenset[str]:
    return frozenset(_site(catalog, "", None, HOST).slugs())


@lru_cache(maxsize=4)
def _search(catalog: Catalog, root: str, openapi: OpenAPI) -> str:
    from easel.docs.search import search_index

    return search_index(_site(catalog, root, openapi, SOMEWHERE))


@lru_cache(maxsize=4)
def _llms(catalog: Catalog) -> str:
    return _site(catalog, "", None, SOMEWHERE).llms()


def _here(text: str, request: Request) -> str:
    """The text with this server's address, restricted to characters that need no escaping in HTML or JSON."""
    return text.replace(SOMEWHERE, re.sub(r"[^\w.:/\[\]-]", "", base_url(request)))


def _host(request: Request) -> str:
    """The address in a cached page: only at the default one do commands need no EASEL_URL."""
    return HOST if base_url(request) == HOST else SOMEWHERE


def _openapi_for(slug: str, request: Request) -> OpenAPI | None:
    """The OpenAPI document, for the page that shows it: the others are the same for all applications."""
    return request.app.openapi if slug == "reference" else None


@router.get("/docs")
@router.get("/docs/")
async def home() -> Response:
    return RedirectResponse(at(f"/docs/{HOME}"), status_code=303)


@router.get("/llms.txt")
@router.get("/docs/llms.txt")
async def llms(request: Request, services: ServicesDep) -> Response:
    return PlainTextResponse(_here(_llms(services.catalog), request), headers=NEVER_LONG)


@router.get("/docs/search.json")
async def search(request: Request, services: ServicesDep) -> Response:
    text = _here(_search(services.catalog, ROOT.get(), request.app.openapi), request)
    return pack(Response(text, media_type="application/json", headers=NEVER_LONG), request.headers)


@router.get("/docs/images/{name}")
async def image(name: Annotated[str, PathParameter(pattern=r"^[\w-]+\.webp$")]) -> Response:
    path = PAGES / "images" / name
    return FileResponse(path, headers=NEVER_LONG) if path.exists() else PlainTextResponse("", status_code=404)


@router.get("/docs/{slug:path}")
async def show(request: Request, services: ServicesDep, slug: str) -> Response:
    """A page; with `.md` at the end of the address, its Markdown."""
    catalog, slugs = services.catalog, _slugs(services.catalog)
    if slug.endswith(".md") and slug.removesuffix(".md") in slugs:
        known = slug.removesuffix(".md")
        text = _here(_markdown(catalog, known, ROOT.get(), _openapi_for(known, request), _host(request)), request)
        return pack(PlainTextResponse(text, media_type="text/markdown", headers=HEADERS | NEVER_LONG), request.headers)
    known = slug.rstrip("/") if slug.rstrip("/") in slugs else NOWHERE
    text = _here(_page(catalog, known, ROOT.get(), _openapi_for(known, request), _host(request)), request)
    return pack(answer_page(text, status=404 if known == NOWHERE else 200), request.headers)
