"""The input fields of a model on Replicate, read from its live schema: enums have been widened without notice."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from easel.errors import UnsupportedRequest
from easel.kit.words import nearest
from easel.providers.upstream import as_list, as_mapping

FRESH_SECONDS = 24 * 3600
ONLY_HELPFUL = ("user_id", "moderation")  # the image is the same without them


@dataclass(frozen=True, slots=True)
class Inputs:
    """The input fields of a model, and the words of each (none without an enum). Empty when unknown."""

    fields: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    read_at: float = field(default_factory=time.monotonic)

    @property
    def stale(self) -> bool:
        return not self.fields or time.monotonic() - self.read_at > FRESH_SECONDS

    def fit(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The fields the model has; raises UnsupportedRequest when it lacks an important field or word."""
        if not self.fields:
            return dict(given)
        for name, value in given.items():
            if name not in self.fields and name not in ONLY_HELPFUL:
                raise UnsupportedRequest(f"Replicate's model no longer has {name}.")
            legal = self.fields.get(name)
            if legal and value not in legal:
                near = nearest(str(value), {str(one) for one in legal})
                meant = f" The nearest valid value is {near}." if near else ""
                raise UnsupportedRequest(f"Replicate's model does not accept {name} {value}.{meant}")
        return {name: value for name, value in given.items() if name in self.fields}


def inputs_of(model: Any) -> Inputs:
    """The input fields in a model's description; empty when it has none."""
    version = as_mapping(as_mapping(model).get("latest_version"))
    schemas = as_mapping(as_mapping(as_mapping(version.get("openapi_schema")).get("components")).get("schemas"))
    properties = as_mapping(as_mapping(schemas.get("Input")).get("properties"))
    return Inputs({name: _words(as_mapping(one), schemas) for name, one in properties.items()})


def _words(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> tuple[Any, ...]:
    """The enum of one field, inline or referenced."""
    for one in (schema, *map(as_mapping, as_list(schema.get("allOf")))):
        name = str(one.get("$ref", "")).rsplit("/", 1)[-1]
        if found := as_list(one.get("enum")) or as_list(as_mapping(schemas.get(name)).get("enum")):
            return tuple(found)
    return ()
