"""What the operator decides about the OpenAI-compatible API."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from easel.kit.settings import SettingsModel, pairs

ALIASES = (
    "gpt-image-1",
    "gpt-image-1-mini",
    "dall-e-2",
    "dall-e-3",
    "gpt-image-2-2026-04-21",
    "chatgpt-image-latest",
)


class OpenAIApiSettings(SettingsModel):
    openai_aliases: Annotated[Mapping[str, str], BeforeValidator(pairs)] = dict.fromkeys(ALIASES, "gpt-image-2")
    """Other names of models under /v1, for example dall-e-3=gpt-image-2. Default: OpenAI's former image models."""
    openai_sizes: Literal["exact", "nearest"] = "exact"
    """Whether /v1 refuses a size that the model does not have, or generates the nearest one and says so."""
    sync_wait_seconds: float = Field(default=600, ge=1, le=3600)
    """Seconds a request under /v1 waits for its images; then it is told to ask again."""
