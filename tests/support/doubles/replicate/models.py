"""The models the double offers, and their schemas as Replicate publishes them: cog's OpenAPI, enums apart.

https://replicate.com/openai/gpt-image-2/api/schema and https://replicate.com/openai/gpt-image-1.5/api/schema.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

THREE_RATIOS = ("1:1", "3:2", "2:3")
SIZES = ((1024, 1024), (1536, 1024), (1024, 1536), (1536, 1152), (1152, 1536), (2048, 2048), (2048, 1152), (1152, 2048))
LARGE = ((3840, 2160), (2160, 3840))
PIXELS = tuple(f"{width}x{height}" for width, height in SIZES + LARGE)
ALL_RATIOS = (*THREE_RATIOS, "4:3", "3:4", "16:9", "9:16", "auto", *PIXELS)
RATIO_PIXELS = {
    "1:1": "1024x1024",
    "3:2": "1536x1024",
    "2:3": "1024x1536",
    "4:3": "1536x1152",
    "3:4": "1152x1536",
    "16:9": "2048x1152",
    "9:16": "1152x2048",
    "auto": "1024x1024",
}


@dataclass(frozen=True)
class Model:
    """One official model. `transparent` says whether it can make a transparent background."""

    owner: str
    name: str
    schemas: Mapping[str, Any]
    transparent: bool

    @property
    def slug(self) -> str:
        return f"{self.owner}/{self.name}"

    @property
    def version(self) -> str:
        return hashlib.sha256(self.slug.encode()).hexdigest()

    @property
    def properties(self) -> Mapping[str, Any]:
        return self.schemas["Input"]["properties"]  # type: ignore[no-any-return]  # JSON


def gpt_image_2(*, aspect_ratios: Sequence[str] = ALL_RATIOS) -> Model:
    """As of today; in April 2026 the aspect ratios were `THREE_RATIOS`."""
    return Model("openai", "gpt-image-2", _schemas(aspect_ratios, fidelity=False), transparent=False)


def gpt_image_15(*, aspect_ratios: Sequence[str] = THREE_RATIOS) -> Model:
    return Model("openai", "gpt-image-1.5", _schemas(aspect_ratios, fidelity=True), transparent=True)


def shown(model: Model, web: str) -> dict[str, Any]:
    """The model as `GET /v1/models/{owner}/{name}` shows it."""
    openapi = {
        "openapi": "3.0.2",
        "info": {"title": "Cog", "version": "0.1.0"},
        "paths": {},
        "components": {"schemas": model.schemas},
    }
    return {
        "url": f"{web}/{model.slug}",
        "owner": model.owner,
        "name": model.name,
        "description": "A model of the double",
        "visibility": "public",
        "github_url": None,
        "paper_url": None,
        "license_url": None,
        "run_count": 1,
        "cover_image_url": None,
        "default_example": None,
        "is_official": True,
        "latest_version": {
            "id": model.version,
            "created_at": "2026-04-21T17:00:00.000000Z",
            "cog_version": "0.18.0",
            "openapi_schema": openapi,
        },
    }


def _schemas(aspect_ratios: Sequence[str], *, fidelity: bool) -> dict[str, Any]:
    enums: dict[str, Sequence[str]] = {
        "aspect_ratio": aspect_ratios,
        "quality": ("low", "medium", "high", "auto"),
        "background": ("auto", "transparent", "opaque"),
        "output_format": ("png", "jpeg", "webp"),
        "moderation": ("auto", "low"),
    }
    fields: dict[str, dict[str, Any]] = {
        "prompt": {"type": "string"},
        "openai_api_key": {"type": "string", "format": "password", "writeOnly": True, "x-cog-secret": True},
        "aspect_ratio": _choice("aspect_ratio", "1:1"),
    }
    if fidelity:
        enums["input_fidelity"] = ("low", "high")
        fields["input_fidelity"] = _choice("input_fidelity", "low")
    fields |= {
        "input_images": {
            "type": "array",
            "items": {"type": "string", "format": "uri"},
            "nullable": True,
        },
        "number_of_images": {"type": "integer", "default": 1, "minimum": 1, "maximum": 10},
        "quality": _choice("quality", "auto"),
        "background": _choice("background", "auto"),
        "output_compression": {"type": "integer", "default": 90, "minimum": 0, "maximum": 100},
        "output_format": _choice("output_format", "webp"),
        "moderation": _choice("moderation", "auto"),
        "user_id": {"type": "string", "nullable": True},
    }
    titled = {
        name: {"title": name.replace("_", " ").title(), "description": name, "x-order": position, **field}
        for position, (name, field) in enumerate(fields.items())
    }
    return {
        "Input": {"type": "object", "title": "Input", "required": ["prompt"], "properties": titled},
        "Output": {"type": "array", "items": {"type": "string", "format": "uri"}, "title": "Output"},
        **{name: _enum(name, values) for name, values in enums.items()},
    }


def _choice(name: str, default: str) -> dict[str, Any]:
    return {"allOf": [{"$ref": f"#/components/schemas/{name}"}], "default": default}


def _enum(name: str, values: Sequence[str]) -> dict[str, Any]:
    return {"type": "string", "title": name, "enum": list(values), "description": "An enumeration."}
