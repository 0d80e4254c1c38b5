"""The front door: `/` leads people to the Studio, and tells programs what this is and where its parts are."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

from easel import __version__
from easel.api.present import base_url
from easel.kit.origin import at

router = APIRouter(include_in_schema=False)

PATHS = {"studio": "/studio", "docs": "/docs", "openapi": "/openapi.json", "llms": "/llms.txt", "health": "/healthz"}


@router.get("/")
async def front_door(request: Request) -> Response:
    """The address that the server prints at its start."""
    headers = {"Vary": "Accept", "Cache-Control": "no-cache"}
    if prefers_page(",".join(request.headers.getlist("Accept"))):
        return RedirectResponse(at("/studio"), status_code=303, headers=headers)
    base = base_url(request)
    paths = {
        "studio": "/studio",
        "docs": "/docs",
        "openapi": "/openapi.json",
        "llms": "/llms.txt",
        "health": "/healthz",
    }
    about = {"name": "Easel", "description": "Image generation API", "version": __version__}
    return JSONResponse(about | {name: base + path for name, path in paths.items()}, headers=headers)


def prefers_page(accept: str) -> bool:
    """Whether an Accept header asks for HTML: browsers name it, programs take anything. Of both alike: JSON."""
    html = max(_quality(accept, "text/html"), _quality(accept, "text/*"), _quality(accept, "application/xhtml+xml"))
    return html > _quality(accept, "application/json") and html > 0


def _quality(accept: str, wanted: str) -> float:
    """How much a header wants a media type that it names, from 0 to 1; 0 when it does not, and for nonsense."""
    for part in accept[:2000].split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if name == wanted:
            quality = next((value[2:] for value in parameters if value.startswith("q=")), "1")
            try:
                return min(max(float(quality), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 0.0
