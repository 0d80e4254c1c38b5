"""/openapi.json: the descriptions of the routes, and the request bodies of the model cards."""

import functools
import json
from collections.abc import Callable
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from easel.api.descriptions import describe_fields
from easel.api.openai.describe import edit_form, edit_schema, generation_schema
from easel.api.openai.settings import OpenAIApiSettings
from easel.api.refusals import error_schemas
from easel.catalog import Catalog
from easel.catalog.schema import request_schema

DESCRIPTION = """Text-to-image and image editing, as durable jobs paid with credits.

Send the API key as `X-API-Key`, or as a bearer token. Every response carries `X-Request-Id`. Errors have the shape of
`Error`: a sentence for people in `error`, a stable `code` for programs; under `/v1` they have OpenAI's.
"""

# In the order they are shown: /v2, then /v1.
TAGS = {
    "Images": "Generate or edit images, and ask for the price. `/v2`: the Apiframe v2 API.",
    "Jobs": "Every request is a job. Wait for it, watch it, list, cancel or delete it.",
    "Models": "The models, with their parameters and prices.",
    "Uploads": "Input images for edits.",
    "Files": "The stored images, also smaller, in other formats and as one archive.",
    "Webhooks": "Messages about finished jobs: deliveries, secrets and the feed of events.",
    "Library": "What you say of images: favourites and collections.",
    "Account": "The caller, the team's members and keys, its credits and the providers' health.",
    "OpenAI images": "`/v1`: the same jobs for [OpenAI's clients]({root}/docs/openai); "
    "the response waits for the images.",
    "OpenAI models": "The models as OpenAI's clients list them.",
    "Health": "For load balancers and monitoring.",
}
# Either header is sufficient.
SECURITY_SCHEMES = {
    "apiKey": {"type": "apiKey", "in": "header", "name": "X-API-Key", "description": "The API key, `afk_…`."},
    "bearer": {"type": "http", "scheme": "bearer", "description": "The same key as a bearer token."},
}

PROMPT = "Infographic explaining how photosynthesis works, bold sans-serif labels, light academic color palette"
EDIT_PROMPT = "Change the red hat to a light-blue velvet beret. Preserve the subject's face, pose, and lighting."
EXAMPLES: dict[str, dict[str, Any]] = {
    "text-to-image": {
        "summary": "Text to image",
        "value": {
            "model": "gpt-image-2",
            "prompt": PROMPT,
            "gptImage2Params": {"quality": "high", "aspect_ratio": "3:2"},
        },
    },
    "edit": {
        "summary": "Edit an image",
        "value": {
            "model": "gpt-image-2",
            "prompt": EDIT_PROMPT,
            "gptImage2Params": {"input_images": ["https://example.com/portrait.jpg"], "quality": "auto"},
        },
    },
}


def route_of(document: Callable[[], dict[str, Any]]) -> Route:
    """The route of the document. It is built once."""
    text = functools.cache(lambda: json.dumps(document(), ensure_ascii=False, separators=(",", ":")).encode())

    async def get_document(_: Request) -> Response:
        return Response(text(), media_type="application/json", headers={"Cache-Control": "no-cache"})

    return Route("/openapi.json", get_document, methods=["GET"])


def describe(app: FastAPI, catalog: Catalog, settings: OpenAIApiSettings, version: str, root: str) -> dict[str, Any]:
    """The OpenAPI document, with one request schema per model, of a server below the path `root`."""
    document = get_openapi(
        title="Easel",
        version=version,
        description=DESCRIPTION,
        routes=app.routes,
        openapi_version="3.1.0",
        tags=[{"name": name, "description": sentence.format(root=root)} for name, sentence in TAGS.items()],
        servers=[{"url": root}] if root else None,
    )
    summarize(document, app)
    schemas = document["components"]["schemas"]
    schemas.update(error_schemas())
    names = {}
    for card in catalog:
        names[card.id] = "".join(part.capitalize() for part in card.id.replace(".", "-").split("-")) + "Request"
        schemas[names[card.id]] = request_schema(card)
    references = {model: f"#/components/schemas/{name}" for model, name in names.items()}
    describe_fields(schemas)
    schema = {
        "oneOf": [{"$ref": reference} for reference in references.values()],
        "discriminator": {"propertyName": "model", "mapping": references},
    }
    body = {"required": True, "content": {"application/json": {"schema": schema, "examples": EXAMPLES}}}
    for path in ("/v2/images/generate", "/v2/images/estimate"):
        document["paths"][path]["post"]["requestBody"] = body
    document["paths"]["/v1/images/generations"]["post"]["requestBody"] = {
        "required": True,
        "content": {"application/json": {"schema": generation_schema(catalog, settings)}},
    }
    document["paths"]["/v1/images/edits"]["post"]["requestBody"] = {
        "required": True,
        "content": {
            "multipart/form-data": {"schema": edit_form(catalog, settings)},
            "application/json": {"schema": edit_schema(catalog, settings)},
        },
    }
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    document["components"]["securitySchemes"] = SECURITY_SCHEMES
    for operations in document["paths"].values():
        for operation in operations.values():
            operation["responses"].pop("422", None)
            if "401" in operation["responses"]:
                operation["security"] = [{name: []} for name in SECURITY_SCHEMES]
    return document


def summarize(document: dict[str, Any], app: FastAPI) -> None:
    """A route without a summary of its own has its function's name: `list_jobs` is "List jobs", not "List Jobs"."""
    for route in app.routes:
        if isinstance(route, APIRoute) and route.include_in_schema and not route.summary:
            for method in route.methods or ():
                summary = route.name.replace("_", " ").capitalize()
                document["paths"][route.path_format][method.lower()]["summary"] = summary
