"""JSON Schema as rows of a table: each field with its type, whether it is required, its default and its rules."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from easel.api.jobs import UUID
from easel.kit.words import SOME_TEXT

Schema = Mapping[str, Any]
MAX_DEPTH = 4
PLURALS = {"string": "strings", "integer": "integers", "number": "numbers", "object": "objects", "file": "files"}
PATTERNS = {SOME_TEXT: "not blank", UUID: "a UUID"}  # the others say nothing to a person that the sentence does not


@dataclass(frozen=True, slots=True)
class Field:
    """One row. `values` are all legal values, if they can be listed; `depth` is 0 for the outermost object."""

    name: str
    type: str
    about: str = ""
    required: bool = False
    default: str | None = None
    rules: Sequence[str] = ()
    values: Sequence[str] = ()
    depth: int = 0


class Schemas:
    """The named schemas of an OpenAPI document."""

    def __init__(self, document: Schema) -> None:
        self._named: Mapping[str, Schema] = document["components"]["schemas"]

    def resolve(self, schema: Schema) -> Schema:
        """The schema behind references; what stands beside a reference, as a description, wins."""
        while "$ref" in schema:
            beside = {name: value for name, value in schema.items() if name != "$ref"}
            schema = {**self._named[schema["$ref"].rpartition("/")[2]], **beside}
        return schema

    def options(self, schema: Schema) -> Sequence[Schema]:
        """The alternatives of a schema, without null."""
        schema = self.resolve(schema)
        alternatives = schema.get("anyOf") or schema.get("oneOf")
        if alternatives is None:
            return [schema]
        beside = {name: value for name, value in schema.items() if name not in ("anyOf", "oneOf")}
        return [
            {**one, **beside}
            for one in map(self.resolve, alternatives)
            if one.get("type") != "null" and not one.get("deprecated")
        ]

    def is_nullable(self, schema: Schema) -> bool:
        schema = self.resolve(schema)
        kinds = [schema, *schema.get("anyOf", ()), *schema.get("oneOf", ())]
        return any(one.get("type") == "null" or "null" in types_of(one) for one in kinds)

    def fields(self, schema: Schema, *, response: bool = False, depth: int = 0) -> Iterator[Field]:
        """The rows of an object, those of inner objects after their own.

        In a request a field can be required, and null means the same as no field; in a response null is a value.
        """
        required, properties = self.merged(schema)
        for name, property_ in properties.items():
            field = self.field(name, property_, required=name in required and not response, nullable=response)
            yield replace(field, depth=depth)
            if depth < MAX_DEPTH and (inner := self._inner(property_)):
                yield from self.fields(inner, response=response, depth=depth + 1)

    def field(self, name: str, schema: Schema, *, required: bool = False, nullable: bool = False) -> Field:
        """One row, for a property or a parameter."""
        schema = self.resolve(schema)
        types = " or ".join(dict.fromkeys(text for one in self.options(schema) for text in self._named_types(one)))
        default = schema.get("default")
        first = self.options(schema)[0]
        return Field(
            name=name,
            type=(types or "any") + (" or null" if nullable and self.is_nullable(schema) else ""),
            about=schema.get("description", ""),
            required=required,
            default=None if default is None or required else _spelled(default),
            rules=list(_rules(first)),
            values=[_spelled(value) for value in _values(first)],
        )

    def merged(self, schema: Schema) -> tuple[Sequence[str], Mapping[str, Schema]]:
        """The required names and the properties of an object, or of all alternatives together, of which each has some.

        A property whose alternatives are constants, as `model` is, is a choice of them.
        """
        options = [one for one in self.options(schema) if "properties" in one]
        properties: dict[str, Schema] = {}
        for one in options:
            for name, property_ in one["properties"].items():
                before = properties.get(name)
                if before and {"const"} <= set(property_) | set(before) and before != property_:
                    property_ = {"type": "string", "enum": [*_values(before), property_["const"]]}
                properties[name] = property_ if before is None or "enum" in property_ else before
        params = [name for name in properties if name.endswith("Params")]
        order = ["model", "prompt", *params, *properties] if len(options) > 1 else list(properties)
        required = [name for name in properties if all(name in one.get("required", ()) for one in options)]
        return required, {name: properties[name] for name in dict.fromkeys(order) if name in properties}

    def _inner(self, schema: Schema) -> Schema | None:
        """The object whose fields are worth rows of their own: the schema itself, or the items of an array."""
        options = self.options(schema)
        if objects := [one for one in options if "properties" in one]:
            return objects[0] if len(objects) == 1 else {"oneOf": objects}
        for one in options:
            if "items" in one and (inner := self._inner(one["items"])):
                return inner
            if isinstance(values := one.get("additionalProperties"), Mapping) and (inner := self._inner(values)):
                return inner
        return None

    def _named_types(self, schema: Schema) -> Iterator[str]:
        for kind in types_of(schema) or (["string"] if {"const", "enum"} & set(schema) else []):
            if kind == "array":
                inner = [text for one in self.options(schema.get("items", {})) for text in self._named_types(one)]
                yield f"array of {PLURALS.get(inner[0], inner[0])}" if inner else "array"
            elif kind == "string" and schema.get("format") == "binary":
                yield "file"
            elif kind != "null":
                yield kind


def types_of(schema: Schema) -> Sequence[str]:
    """The JSON types that the schema names, which can be none."""
    kinds = schema.get("type", [])
    return [kinds] if isinstance(kinds, str) else kinds


def _values(schema: Schema) -> Sequence[Any]:
    if "const" in schema:
        return [schema["const"]]
    return [value for value in schema.get("enum", schema.get("items", {}).get("enum", ())) if value is not None]


def _rules(schema: Schema) -> Iterator[str]:
    yield from _span(schema, "minLength", "maxLength", "character")
    yield from _span(schema, "minItems", "maxItems", "item")
    yield from _span(schema, "minimum", "maximum", "")
    if schema.get("format") == "uri":
        yield "a URL"
    if sentence := PATTERNS.get(schema.get("pattern", "")):
        yield sentence


def _span(schema: Schema, least: str, most: str, unit: str) -> Iterator[str]:
    low, high = schema.get(least), schema.get(most)
    units = f" {unit}s" if unit else ""
    if high is not None and high < 2**53:  # beyond, it is only the limit of JSON's numbers
        yield f"up to {high:,.0f}{units}" if low is None or (unit and not low) else f"{low:,.0f} to {high:,.0f}{units}"
    elif low is not None:
        yield f"at least {low:,.0f}{f' {unit}' if unit and low == 1 else units}"


def _spelled(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
