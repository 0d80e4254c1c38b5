"""A page: a template, its typed context, and headers that restrict the browser to content of this server."""

from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

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
    made.globals["asset"] = asset
    made.filters.update(FILTERS)
    return made


def page(
    templates: Environment, name: str, context: Any, *, status: int = 200, cache: str = "no-cache"
) -> HTMLResponse:
    """The template with the fields of its context, a dataclass, as a response."""
    return answer_page(text_of(templates, name, context), status=status, cache=cache)


def text_of(templates: Environment, name: str, context: Any) -> str:
    """The template with the fields of its context, a dataclass."""
    assert is_dataclass(context)  # noqa: S101 - its fields are the template's names
    return templates.get_template(name).render({one.name: getattr(context, one.name) for one in fields(context)})


def answer_page(text: str, *, status: int = 200, cache: str = "no-cache") -> HTMLResponse:
    return HTMLResponse(text, status_code=status, headers=HEADERS | {"Cache-Control": f"private, {cache}"})
