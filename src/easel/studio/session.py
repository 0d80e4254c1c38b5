"""GET /studio/session: who is signed in, for scripts of public pages, which must not have it in their HTML."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from easel.studio.frame import Framed, Page

router = APIRouter(prefix="/studio", route_class=Page, include_in_schema=False)

# No cache keeps it, and no page of another origin can read it: it has no CORS headers.
PRIVATE = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff", "Vary": "Cookie"}
ALONE = {"Cross-Origin-Resource-Policy": "same-origin"}


@router.get("/session")
async def get_session(frame: Framed) -> JSONResponse:
    """The email address of the user, whether the key is a test key, and the token that changes need."""
    content: dict[str, Any] = {"email": frame.me.user.email, "test": frame.me.apiKey.test, "csrf": frame.csrf}
    return JSONResponse(content, headers=PRIVATE | ALONE)
