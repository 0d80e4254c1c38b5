"""The OpenAPI description of OpenAI's dialect: what the bodies may have, and what is answered."""

from typing import Any

from easel.api.openai.fields import IDENTIFIERS, MOST_IMAGES
from easel.api.openai.settings import OpenAIApiSettings
from easel.catalog import Catalog
from easel.catalog.card import Choice, Integer, Text
from easel.kit.words import SOME_TEXT

ERROR: dict[str, Any] = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["message", "type", "param", "code"],
            "properties": {
                "message": {"type": "string"},
                "type": {"type": "string"},
                "param": {"type": ["string", "null"]},
                "code": {"type": ["string", "null"]},
            },
        }
    },
}
SENTENCES = {
    202: "The job goes on: the request preferred not to wait for its end.",
    400: "A field breaks a rule, or the model refused the prompt.",
    401: "No API key, an unknown one, or one that has expired.",
    403: "The key is disabled, or cannot use the model.",
    404: "No such model, or no longer any images.",
    408: "The request body timed out.",
    409: "An Idempotency-Key used with another body, or the job was cancelled.",
    413: "The body is above its limit.",
    429: "Too many requests, too few credits, or the monthly limit of the key.",
    500: "Server error; search the log for the request ID.",
    502: "The provider failed, or its response was lost.",
    503: "The images are not ready yet, the provider is away, or the server is stopping.",
    504: "The job ran out of time.",
}
# By field: what each does.
FIELDS = {
    "model": "The model. Names of OpenAI's former models mean one of this server's.",
    "prompt": "What to generate, or what to change.",
    "n": "Images to generate; each is charged.",
    "size": "Width and height of the images, in pixels.",
    "quality": "Higher quality takes longer and costs more.",
    "background": "Background of the images.",
    "output_format": "File format of the images.",
    "moderation": "How strictly content is filtered.",
    "output_compression": "Quality of webp and jpeg files: lower values make smaller files.",
    "response_format": "Whether `data` has the images themselves or their URLs.",
    "stream": "Send the images, and partial ones, as server-sent events.",
    "partial_images": "Partial images to send while the image is generated.",
    "user": "The former name of `safety_identifier`.",
    "safety_identifier": "Identifier of your end user, for example a hash of an email address.",
    "style": "Accepted from old clients and ignored.",
}
MODEL: dict[str, Any] = {
    "type": "object",
    "required": ["id", "object", "created", "owned_by"],
    "properties": {
        "id": {"type": "string", "examples": ["gpt-image-2"]},
        "object": {"const": "model"},
        "created": {"type": "integer", "description": "Seconds since 1970.", "examples": [1776729600]},
        "owned_by": {"type": "string", "examples": ["easel"]},
    },
}
MODELS: dict[str, Any] = {
    "type": "object",
    "required": ["object", "data"],
    "properties": {"object": {"const": "list"}, "data": {"type": "array", "items": MODEL}},
}
OF_MODELS = (400, 401, 403, 404, 429, 500, 503)
OF_IMAGES = tuple(status for status in SENTENCES if status != 202)
IMAGES: dict[str, Any] = {
    "type": "object",
    "required": ["created", "data"],
    "properties": {
        "created": {"type": "integer", "description": "Seconds since 1970."},
        "data": {
            "type": "array",
            "description": "One object per image, in order.",
            "items": {
                "type": "object",
                "properties": {
                    "b64_json": {"type": "string", "description": "The image in base64."},
                    "url": {"type": "string", "description": "Its URL, with `response_format` url."},
                },
            },
        },
        **{
            name: {"type": "string", "description": "As generated."}
            for name in ("background", "output_format", "quality", "size")
        },
        "usage": {"type": "object", "description": "Token counts, as OpenAI's API has them."},
    },
}


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The documented errors of a route."""
    return {status: {"description": SENTENCES[status], "content": _json(ERROR)} for status in statuses}


def models_or_errors(schema: dict[str, Any]) -> dict[int | str, dict[str, Any]]:
    """The documented responses of a route that describes models."""
    return {200: {"description": "", "content": _json(schema)}, **responses(*OF_MODELS)}


def images_or_errors() -> dict[int | str, dict[str, Any]]:
    """The documented responses of a route that generates images."""
    sent = {"description": "The images.", "content": {**_json(IMAGES), "text/event-stream": {}}}
    accepted = {"description": SENTENCES[202], "content": _json({"type": "object"})}
    return {200: sent, 202: accepted, **responses(*OF_IMAGES)}


def generation_schema(catalog: Catalog, settings: OpenAIApiSettings) -> dict[str, Any]:
    """The body of POST /v1/images/generations."""
    return _body(_fields(catalog, settings), required=["prompt"])


def edit_schema(catalog: Catalog, settings: OpenAIApiSettings) -> dict[str, Any]:
    """The JSON body of POST /v1/images/edits."""
    address = {"type": "object", "additionalProperties": False}
    names = {"image_url": "A URL or a data: URL.", "file_id": "The ID of an upload."}
    image = [
        address | {"required": [name], "properties": {name: {"type": "string", "description": sentence}}}
        for name, sentence in names.items()
    ]
    images = {
        "type": "array",
        "minItems": 1,
        "maxItems": MOST_IMAGES,
        "items": {"oneOf": image},
        "description": "The images to edit: each a URL, a data: URL, or the ID of an upload.",
    }
    mask = {"oneOf": [*image, {"type": "null"}], "description": "Where the first image may change."}
    fidelity = _one_of("low", "high") | {"description": "How closely the result follows the input images."}
    fields = _fields(catalog, settings) | {"images": images, "mask": mask, "input_fidelity": fidelity}
    return _body(fields, required=["prompt", "images"])


def edit_form(catalog: Catalog, settings: OpenAIApiSettings) -> dict[str, Any]:
    """The form of POST /v1/images/edits; `image[]` may be repeated instead of `image`."""
    file = {"type": "string", "format": "binary"}
    own = {
        "image": file | {"description": "The image to edit; `image[]` can be repeated instead."},
        "mask": file | {"description": "Where the first image may change: a PNG with an alpha channel."},
    }
    return _body(_fields(catalog, settings) | own, required=["prompt", "image"])


def _body(fields: dict[str, Any], *, required: list[str]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "required": required, "properties": fields}


def _fields(catalog: Catalog, settings: OpenAIApiSettings) -> dict[str, Any]:
    """What both dialects' cards allow, all models together: a model may refuse some of it."""
    sizes = {size for card in catalog for size in card.spelled_sizes.values()}
    text: dict[str, Any] = {"type": ["string", "null"]}
    fields: dict[str, Any] = {
        "model": _one_of(*catalog.ids, *settings.openai_aliases),
        "prompt": {
            "type": "string",
            "minLength": 1,
            "maxLength": max(card.prompt_max for card in catalog),
            "pattern": SOME_TEXT,
        },
        "n": _range(catalog, "number_of_images"),
        "size": _one_of("auto", *sorted(sizes)) if settings.openai_sizes == "exact" else text,
        "quality": _one_of(*_values(catalog, "quality"), "standard", "hd"),
        **{name: _one_of(*_values(catalog, name)) for name in ("background", "output_format", "moderation")},
        "output_compression": _range(catalog, "output_compression"),
        "response_format": _one_of("b64_json", "url"),
        "stream": {"type": ["boolean", "null"]},
        "partial_images": _range(catalog, "partial_images"),
        **{name: text | {"maxLength": _longest(catalog, name)} for name in IDENTIFIERS},
        "style": {},
    }
    return {name: schema | {"description": FIELDS[name]} for name, schema in fields.items()}


def _values(catalog: Catalog, name: str) -> list[str]:
    choices = (card.parameters.get(name) for card in catalog)
    return list(dict.fromkeys(value for choice in choices if isinstance(choice, Choice) for value in choice.values))


def _range(catalog: Catalog, name: str) -> dict[str, Any]:
    ranges = [one for card in catalog if isinstance(one := card.parameters.get(name), Integer)]
    return _whole(min(one.minimum for one in ranges), max(one.maximum for one in ranges))


def _longest(catalog: Catalog, name: str) -> int:
    return max(one.maximum for card in catalog if isinstance(one := card.parameters.get(name), Text))


def _one_of(*values: str) -> dict[str, Any]:
    return {"type": ["string", "null"], "enum": [*dict.fromkeys(values), None]}


def _whole(minimum: int, maximum: int) -> dict[str, Any]:
    return {"type": ["integer", "null"], "minimum": minimum, "maximum": maximum}


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}
