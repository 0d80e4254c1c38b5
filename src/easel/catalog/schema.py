"""A card as JSON Schema: for /v2/models, OpenAPI and forms.

Every optional field may be null, which is the same as leaving it out.
"""

from collections.abc import Sequence
from typing import Any

from easel.catalog.card import Card, Choice, Images, Integer, OneImage, Parameter, Text
from easel.catalog.plan import IMAGE_ADDRESS, VARIATION
from easel.kit.words import SOME_TEXT

WEBHOOK_FIELDS: dict[str, Any] = {
    "webhookUrl": {
        "type": ["string", "null"],
        "format": "uri",
        "maxLength": 2048,
        "description": "Where to send the job's events. Public https only, unless the operator trusts more networks.",
    },
    "webhookEvents": {
        "type": ["array", "string", "null"],
        "minItems": 1,
        "items": {"type": "string", "enum": ["progress", "completed", "failed"]},
        "pattern": "^(progress|completed|failed)$",  # one of them, as a string
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
                # what is left out has its default, so a rule about the default applies then too
                "properties": {name: {"enum": _left_out_too(card, name, [value])} for name, value in rule.when.items()},
                "required": [name for name, value in rule.when.items() if value != card.parameters[name].default],
            },
            "then": {"properties": {rule.parameter: {"enum": _left_out_too(card, rule.parameter, rule.values)}}},
        }
        for rule in card.rules
    ]
    rules += [
        {
            "if": {"properties": {name: {"type": "string"}}, "required": [name]},
            "then": {
                "properties": {one.beside: {"type": ["array", "string"], "minItems": 1}},
                "required": [one.beside],
            },
        }
        for name, one in card.parameters.items()
        if isinstance(one, OneImage)
    ]
    return schema | ({"allOf": rules} if rules else {})


def _left_out_too(card: Card, name: str, values: Sequence[str | int]) -> list[str | int | None]:
    """These values of a parameter, and null if its default is one of them."""
    return [*values, None] if card.parameters[name].default in values else list(values)


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
            card.params_object: params_schema(card) | {"type": ["object", "null"]},
            "variation": _property(VARIATION),
            **WEBHOOK_FIELDS,
        },
    }


def _property(parameter: Parameter) -> dict[str, Any]:
    match parameter:
        case Choice():
            shape: dict[str, Any] = {
                "type": ["string", "null"],
                "enum": [*parameter.values, None],
                "default": parameter.default,
            }
        case Integer():
            shape = {
                "type": ["integer", "null"],
                "minimum": parameter.minimum,
                "maximum": parameter.maximum,
                "default": parameter.default,
            }
        case Images():
            shape = {
                "type": ["array", "string", "null"],
                "pattern": IMAGE_ADDRESS,  # of one that is sent as a string
                "maxItems": parameter.maximum,
                "items": {"type": "string", "pattern": IMAGE_ADDRESS},
                "default": None,
            }
        case OneImage():
            shape = {"type": ["string", "null"], "pattern": IMAGE_ADDRESS, "default": None}
        case Text():
            shape = {"type": ["string", "null"], "maxLength": parameter.maximum, "default": None}
    return shape | {"description": parameter.sentence}
