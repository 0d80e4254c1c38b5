"""Every other address below /studio: a page that says so; with the navigation for those who are signed in."""

import contextlib

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from easel.api.caller import ServicesDep, caller_of
from easel.errors import EaselError, NotFound
from easel.studio.frame import Page, frame_of

router = APIRouter(prefix="/studio", include_in_schema=False, route_class=Page)


@router.get("/{path:path}")
async def missing(request: Request, services: ServicesDep, path: str) -> Response:
    """Raises NotFound; for doubled and trailing slashes the error that leads to the address without them."""
    if "//" in request.scope["path"] or path.endswith("/"):
        raise HTTPException(NotFound.status)
    with contextlib.suppress(EaselError):
        await frame_of(request, services, await caller_of(request, services))
    raise NotFound("There is no page at this address in the Studio.", hint="Check the address for a typing error.")
