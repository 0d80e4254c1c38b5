"""The providers of this server, in the operator's order."""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, ValidationError, field_validator, model_validator

from easel.kit.proxies import Proxies
from easel.kit.settings import Words
from easel.kit.words import listed, nearest
from easel.providers import Provider
from easel.providers.fal import Fal, FalSettings
from easel.providers.openai import OpenAI, OpenAISettings
from easel.providers.presets import OFFICIAL, CompatibleServer
from easel.providers.redact import secrets_of
from easel.providers.replicate import Replicate, ReplicateSettings
from easel.providers.sketch import Sketch, SketchSettings

KEYED = {"replicate": "REPLICATE_API_TOKEN", "openai": "OPENAI_API_KEY", "fal": "FAL_KEY"}
KINDS = (*KEYED, "sketch")
RESERVED = (*KINDS, "test")
SERVER_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
OPENAI_NAMES = {"key": "OPENAI_API_KEY", "base_url": "OPENAI_BASE_URL", "models": "EASEL_OPENAI_MODELS"}


def _tables(value: Any) -> Any:
    """Tables of easel.toml, or JSON in the environment."""
    try:
        tables = json.loads(value) if isinstance(value, str) else value
    except ValueError:
        tables = None
    if not isinstance(tables, Mapping):
        raise ValueError("servers is a table for each, [servers.NAME], in easel.toml, or JSON in EASEL_SERVERS")
    return tables


class ProviderSettings(ReplicateSettings, OpenAISettings, FalSettings, SketchSettings):
    model_config = ConfigDict(hide_input_in_errors=True)  # contains the keys

    providers: Words = ()
    """Providers, in order of preference. Default: all servers, then all with a key; sketch when there is none."""
    servers: Annotated[Mapping[str, CompatibleServer], BeforeValidator(_tables)] = {}
    """More servers with OpenAI's API, by name: tables [servers.NAME] in easel.toml, or JSON in the environment."""

    @property
    def provider_names(self) -> Sequence[str]:
        """The names of the providers, in order."""
        found = [*self.servers, *(name for name in KEYED if self.has_key(name))]
        return self.providers or found or ["sketch"]

    def has_key(self, name: str) -> bool:
        """Whether a provider is configured. A self-hosted server may need no key."""
        match name:
            case "replicate":
                return bool(self.replicate_api_token or self.replicate_api_token_file)
            case "openai":
                elsewhere = self.openai_base_url != OFFICIAL or self.openai_preset not in (None, "openai")
                return bool(self.openai_api_key or self.openai_api_key_file or elsewhere)
            case "fal":
                return bool(self.fal_key or self.fal_key_file)
        return True

    @field_validator("servers")
    @classmethod
    def _are_named(cls, servers: Mapping[str, CompatibleServer]) -> Mapping[str, CompatibleServer]:
        for name in servers:
            if name in RESERVED:
                raise ValueError(f"[servers.{name}]: {name} is another provider; choose another name")
            if not SERVER_NAME.fullmatch(name):
                raise ValueError(f"[servers.{name}]: a name has up to 40 lower-case letters, digits and hyphens")
        return servers

    @model_validator(mode="after")
    def _every_provider_is_configured(self) -> "ProviderSettings":
        known = (*KINDS, *self.servers)
        for name in self.provider_names:
            if name not in known:
                near = nearest(name, known)
                meant = f"Did you mean {near}?" if near else f"Known: {listed(known, 'and')}."
                raise ValueError(f"EASEL_PROVIDERS names {name}, which is not a provider. {meant}")
            if not self.has_key(name):
                raise ValueError(f"EASEL_PROVIDERS names {name}, but {KEYED[name]} is not set.")
        return self

    @model_validator(mode="after")
    def _openai_can_be_asked(self) -> "ProviderSettings":
        try:
            if "openai" in self.provider_names:
                self.openai_server  # noqa: B018 — it is checked as it is made
        except ValidationError as error:
            [*place], sentence = error.errors()[0]["loc"], error.errors()[0]["msg"].removeprefix("Value error, ")
            field, rest = (str(place[0]), f": {sentence}") if place else (sentence.split(" ")[0], sentence)
            raise ValueError(OPENAI_NAMES.get(field, field) + rest.removeprefix(field)) from error
        return self


def build_providers(settings: ProviderSettings, spool: Path, proxies: Proxies | None = None) -> dict[str, Provider]:
    """The providers by name. Responses are buffered in the folder `spool`."""
    spool.mkdir(mode=0o700, parents=True, exist_ok=True)
    return {name: _build(name, settings, spool, proxies) for name in settings.provider_names}


def _build(name: str, settings: ProviderSettings, spool: Path, proxies: Proxies | None) -> Provider:
    match name:
        case "replicate":
            return Replicate(settings, spool, proxies)
        case "openai":
            return OpenAI(settings.openai_server, spool, secrets=secrets_of(settings), proxies=proxies)
        case "fal":
            return Fal(settings, spool, proxies)
        case "sketch":
            return Sketch(settings)
    return OpenAI(settings.servers[name], spool, name=name, secrets=secrets_of(settings), proxies=proxies)
