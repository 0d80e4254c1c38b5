"""The providers of this server, in the operator's order."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, ConfigDict, model_validator

from easel.kit.settings import words
from easel.providers import Provider
from easel.providers.openai import OFFICIAL, OpenAI, OpenAISettings
from easel.providers.replicate import Replicate, ReplicateSettings
from easel.providers.sketch import Sketch, SketchSettings


class ProviderSettings(ReplicateSettings, OpenAISettings, SketchSettings):
    model_config = ConfigDict(hide_input_in_errors=True)  # contains the keys

    providers: Annotated[Sequence[Literal["replicate", "openai", "sketch"]], BeforeValidator(words)] = ()
    """Providers, in order of preference. Default: all with a key; sketch when none has one."""

    @property
    def provider_names(self) -> Sequence[str]:
        """The names of the providers, in order."""
        return self.providers or [name for name in ("replicate", "openai") if self.has_key(name)] or ["sketch"]

    def has_key(self, name: str) -> bool:
        """Whether a provider is configured. A self-hosted server may need no key."""
        match name:
            case "replicate":
                return bool(self.replicate_api_token or self.replicate_api_token_file)
            case "openai":
                return bool(self.openai_api_key or self.openai_api_key_file or self.openai_base_url != OFFICIAL)
        return True

    @model_validator(mode="after")
    def _every_provider_has_its_key(self) -> "ProviderSettings":
        missing = [name for name in self.provider_names if not self.has_key(name)]
        if missing:
            key = {"replicate": "REPLICATE_API_TOKEN", "openai": "OPENAI_API_KEY"}[missing[0]]
            raise ValueError(f"EASEL_PROVIDERS names {missing[0]}, but {key} is not set.")
        return self


def build_providers(settings: ProviderSettings, spool: Path) -> dict[str, Provider]:
    """The providers by name. Responses are buffered in the folder `spool`."""
    spool.mkdir(mode=0o700, parents=True, exist_ok=True)
    return {name: _build(name, settings, spool) for name in settings.provider_names}


def _build(name: str, settings: ProviderSettings, spool: Path) -> Provider:
    match name:
        case "replicate":
            return Replicate(settings, spool)
        case "openai":
            return OpenAI(settings, spool)
    return Sketch(settings)
