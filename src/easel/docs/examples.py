"""An example of a JSON body, made from its schema: what the schema gives as example or default, or a likely value."""

from collections.abc import Mapping
from typing import Any

from easel.docs import HOST
from easel.docs.schema import Schema, Schemas, types_of

ID = "019c8a3e-5f0b-7c41-9d1e-2f6b8a7c5d10"
FILE = f"{ID}-1.webp"
TIME = "2026-11-22T09:30:00Z"
LATER = "2026-11-22T09:30:12Z"
EXPIRY = "2026-12-22T09:30:12Z"
TOKEN = "hT3mPqVx8Wc2"  # noqa: S105 - an example of what is in the address of every image
NOTHING: Any = object()

# By the field's name, or by its schema's title and its name; a value is used where the schema allows its type. None:
# the usual value is null.
LIKELY: Mapping[str, Any] = {
    "Attempt.outcome": "generated",
    "Attempt.status": None,
    "Delivery.status": "delivered",
    "DeliveryTry.status": 200,
    "LedgerEntry.kind": "settle",
    "MeTeam.credits": 99_977,
    "MeTeam.name": "Default",
    "Model.description": "OpenAI's image model.",
    "Model.id": "gpt-image-2",
    "Model.pricingMode": "per-output",
    "Provider.name": "sketch",
    "ProviderHealth.models": {},
    "ProviderHealth.name": "sketch",
    "Submitted.status": "QUEUED",
    "Uploaded.url": f"{HOST}/files/{TOKEN}/{ID}.png",
    "Uploaded.contentType": "image/png",
    "WebhookSecret.secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    "at": TIME,
    "aspect_ratio": "3:2",
    "amount": -23,
    "answer": "ok",
    "b64_json": "UklGRiQAAABXRUJQVlA4…",
    "balance": 99_977,
    "body": {"event": "completed", "jobId": ID},
    "brief": None,
    "byteSize": 184_320,
    "calls": 1,
    "capabilities": ["text-to-image", "edit"],
    "checks": {"database": "ok", "files": "ok", "queue": "ok"},
    "code": None,
    "completedAt": LATER,
    "contentType": "image/webp",
    "costMax": 23,
    "costMin": 4,
    "count": 1,
    "created": 1_795_340_400,
    "createdAt": TIME,
    "creditCost": 23,
    "credits": 23,
    "creditsAvailable": 99_977,
    "creditsByQuality": {"low": 4, "medium": 9, "high": 23, "auto": 23},
    "creditsPerPartialImage": 1,
    "creditsRequired": 23,
    "customerId": None,
    "dated": "2026-11-22",
    "description": "Built-in placeholder generator.",
    "differences": [],
    "email": "ada@example.com",
    "endedAt": LATER,
    "error": None,
    "errorCode": None,
    "event": "completed",
    "expiresAt": EXPIRY,
    "file": None,
    "hasMore": False,
    "height": 1024,
    "held": 0,
    "image_url": "https://example.com/portrait.jpg",
    "imagesPerMinute": None,
    "images": [f"{HOST}/files/{TOKEN}/{FILE}"],
    "input": {"model": "gpt-image-2", "prompt": "A red fox"},
    "inputs": [],
    "jobId": ID,
    "jobs": 1,
    "keyId": ID,
    "label": "GPT Image 2",
    "lastUsedAt": TIME,
    "mask": None,
    "maxConcurrentJobs": 3,
    "milliseconds": 84,
    "modality": "image",
    "model": "gpt-image-2",
    "models": None,
    "name": "Website",
    "next": 42,
    "nextAttemptAt": None,
    "nextCursor": None,
    "note": "",
    "number": 42,
    "object": "list",
    "outcome": "completed",
    "paramsField": "gptImage2Params",
    "parameters": {"type": "object"},
    "parents": [],
    "plan": "self-hosted",
    "prefix": "afk_b6f2",
    "preview": f"{HOST}/previews/{TOKEN}/{FILE}",
    "previews": [f"{HOST}/previews/{TOKEN}/{FILE}"],
    "progress": 100,
    "prompt": "A red fox",
    "promptTips": [],
    "provider": "sketch",
    "providers": {"sketch": "ok"},
    "requestId": None,
    "secret": "afk_your_api_key_here",
    "sizes": {"1:1": "1024x1024", "3:2": "1536x1024", "2:3": "1024x1536"},
    "startedAt": TIME,
    "trouble": None,
    "upstreamId": None,
    "url": "https://example.com/hook",
    "user": "ada@example.com",
    "waiting": 0,
    "warnings": [],
    "webhookStatus": None,
    "width": 1536,
}


def example(schemas: Schemas, schema: Schema, name: str = "", owner: str = "", *, only_required: bool = False) -> Any:
    """A value of this schema, of the field `name` of the schema with the title `owner`.

    `only_required`: without the optional fields, as of a short request.
    """
    schema = schemas.resolve(schema)
    for given in (*schema.get("examples", ()), schema.get("example", NOTHING), schema.get("const", NOTHING)):
        if given is not NOTHING:
            return given
    option = schemas.options(schema)[0]
    for likely in (f"{owner}.{name}", name):
        if likely in LIKELY and _fits(schemas, schema, option, LIKELY[likely]):
            return LIKELY[likely]
    if option is not schema and option.get("examples"):
        return option["examples"][0]
    if "properties" in option:
        required = option.get("required", ())
        return {
            key: example(schemas, one, key, option.get("title", ""), only_required=only_required)
            for key, one in option["properties"].items()
            if not only_required or key in required
        }
    return _of_type(schemas, option, name)


def _of_type(schemas: Schemas, schema: Schema, name: str) -> Any:
    if (default := schema.get("default")) is not None:
        return default
    if values := [value for value in schema.get("enum", ()) if value is not None]:
        return "COMPLETED" if "COMPLETED" in values else values[0]
    match next(iter(types_of(schema)), "object"):
        case "string":
            return ID if name == "id" else "text"
        case "integer" | "number":
            return schema.get("minimum", 1)
        case "boolean":
            return False
        case "array":
            return [example(schemas, schema["items"], name.removesuffix("s"))] if "items" in schema else []
    return {}


def _fits(schemas: Schemas, schema: Schema, option: Schema, value: Any) -> bool:
    """Whether the likely value of the name is of the type that the schema has here."""
    if value is None:
        return schemas.is_nullable(schema)
    if "enum" in option:
        return value in option["enum"]
    if "properties" in option:
        return False
    items = option.get("items")
    if isinstance(value, list) and items and "properties" in schemas.options(items)[0]:
        return False
    return {str: "string", bool: "boolean", int: "integer", list: "array", dict: "object"}[type(value)] in (
        types_of(option) or ["object"]
    )
