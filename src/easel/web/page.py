"""A page: a template, and headers that restrict the browser to content of this server."""

from pathlib import Path

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from easel.kit.origin import at
from easel.web.assets import asset
from easel.web.filters import FILTERS

HERE = Path(__file__).parent / "templates"
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


def environment(folder: Path) -> Environment:
    """The templates of one folder, above the shared ones. Autoescaped; an undefined name is an error."""
    made = Environment(
        loader=FileSystemLoader([folder, HERE]),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"asset": asset, "at": at}
    made.filters.update(FILTERS)
    return made


def answer_page(text: str, *, status: int = 200, cache: str = "no-cache") -> HTMLResponse:
    return HTMLResponse(text, status_code=status, headers=HEADERS | {"Cache-Control": f"private, {cache}"})
