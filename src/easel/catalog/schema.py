"""A card as JSON Schema: for /v2/models, OpenAPI and forms."""

from typing import Any

from easel.catalog.card import Card, Choice, Images, Integer, OneImage, Parameter, Text
from easel.catalog.plan import IMAGE_ADDRESS
from easel.kit.words import SOME_TEXT

WEBHOOK_FIELDS: dict[str, Any] = {
    "webhookUrl": {
        "type": "string",
        "format": "uri",
        "maxLength": 2048,
        "description": "Where to send the job's events. Public https only, unless the operator trusts more networks.",
    },
    "webhookEvents": {
        "type": "array",
        "minItems": 1,
        "items": {"type": "string", "enum": ["progress", "completed", "failed"]},
        "default": ["completed", "failed"],
        "description": "Which events to send.",
    },
}


def params_schema(card: Card) -> dict[str, Any]:
    """The model's own parameters object."""
    schema: dict[str, Any] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {name: _property(parameter) for name, parameter in card.parameters.items()},
    }
    rules: list[dict[str, Any]] = [
        {
            "if": {
                "properties": {name: {"const": value} for name, value in rule.when.items()},
                # what is left out has its default, so a rule about the default applies then too
                "required": [name for name, value in rule.when.items() if value != card.parameters[name].default],
            },
            "then": {"properties": {rule.parameter: {"enum": list(rule.values)}}},
        }
        for rule in card.rules
    ]
    rules += [
        {
            "if": {"properties": {name: {"type": "string"}}, "required": [name]},
            "then": {"properties": {one.beside: {"type": "array", "minItems": 1}}, "required": [one.beside]},
        }
        for name, one in card.parameters.items()
        if isinstance(one, OneImage)
    ]
    return schema | ({"allOf": rules} if rules else {})


def request_schema(card: Card) -> dict[str, Any]:
    """The whole body of a generate request for this model."""
    return {
        "title": f"{card.label} request",
        "type": "object",
        "additionalProperties": False,
        "required": ["model", "prompt"],
        "properties": {
            "model": {"const": card.id},
            "prompt": {"type": "string", "minLength": 1, "maxLength": card.prompt_max, "pattern": SOME_TEXT},
            card.params_object: params_schema(card),
            **WEBHOOK_FIELDS,
        },
    }


def _property(parameter: Parameter) -> dict[str, Any]:
    match parameter:
        case Choice():
            shape: dict[str, Any] = {"type": "string", "enum": list(parameter.values), "default": parameter.default}
        case Integer():
            shape = {
                "type": "integer",
                "minimum": parameter.minimum,
                "maximum": parameter.maximum,
                "default": parameter.default,
            }
        case Images():
            shape = {
                "type": ["array", "null"],
                "maxItems": parameter.maximum,
                "items": {"type": "string", "pattern": IMAGE_ADDRESS},
                "default": None,
            }
        case OneImage():
            shape = {"type": ["string", "null"], "pattern": IMAGE_ADDRESS, "default": None}
        case Text():
            shape = {"type": ["string", "null"], "maxLength": parameter.maximum, "default": None}
    return shape | {"description": parameter.sentence}
