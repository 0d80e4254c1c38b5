"""/assets: styles, scripts and fonts, at an address that changes with their content, so that they can be cached."""

import hashlib
from functools import cache
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from easel.kit.origin import at
from easel.web.packed import pack

FOLDER = Path(__file__).parent / "assets"
TEXTS = (".css", ".js", ".svg")


def _version() -> str:
    names = sorted(path for path in FOLDER.rglob("*") if path.is_file())
    return hashlib.sha256(b"".join(path.read_bytes() for path in names)).hexdigest()[:12]


VERSION = _version()


def asset(name: str) -> str:
    """The address of a file in the assets folder."""
    return at(f"/assets/{VERSION}/{name}")


@cache
def _content(path: str) -> bytes:
    return Path(path).read_bytes()


class _ForEver(StaticFiles):
    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        if isinstance(response, FileResponse) and scope["method"] == "GET" and Path(path).suffix in TEXTS:
            whole = Response(_content(str(response.path)), media_type=response.media_type)
            response = pack(whole, Headers(scope=scope))
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response


mount = Mount(f"/assets/{VERSION}", _ForEver(directory=FOLDER), name="assets")
