"""All settings, composed of the settings classes of the packages. The only file that reads the environment."""

import os
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar, Literal, Self
from urllib.parse import urlsplit

from annotated_types import Le
from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from easel.accounts.ratelimit import RateLimitSettings
from easel.accounts.sessions import SessionSettings
from easel.api.budget import BodySettings
from easel.api.cors import CorsSettings
from easel.api.hosts import HostSettings
from easel.api.middleware import RefusalSettings
from easel.api.openai.settings import OpenAIApiSettings
from easel.api.streams import StreamSettings
from easel.catalog import Catalog
from easel.imaging import ImagingSettings
from easel.kit.settings import SettingsModel
from easel.kit.words import listed, nearest
from easel.ops.first_start import BootstrapSettings
from easel.providers.build import ProviderSettings
from easel.providers.presets import CompatibleServer
from easel.server.limits import ConnectionSettings
from easel.services import PipelineSettings
from easel.storage.bucket import StorageSettings
from easel.telemetry import TelemetrySettings

PREFIX = "EASEL_"
TESTING = "EASEL_TEST_"  # read by the tests alone
CONFIG_FILE = "easel.toml"
MIN_KEY = 24
LARGEST = 10**9
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class ServerSettings(SettingsModel):
    host: str = "127.0.0.1"
    """Address to listen on."""
    port: int = Field(default=8787, ge=0, le=65535)
    """Port to listen on; 0 picks a free one."""
    data: Path = Path("easel-data")
    """Folder of the database and the images."""
    database_url: SecretStr | None = None
    """postgresql://user:password@host/name, for several processes. Default: a file in `data`."""
    drain_seconds: float = Field(default=10.0, ge=0)
    """Seconds a stopping server waits for running jobs; the others continue after the next start."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """Minimum level of log messages."""

    @property
    def database_address(self) -> str | None:
        return self.database_url.get_secret_value() if self.database_url else None


class Settings(
    ServerSettings,
    ConnectionSettings,
    BodySettings,
    HostSettings,
    CorsSettings,
    RefusalSettings,
    StreamSettings,
    OpenAIApiSettings,
    PipelineSettings,
    RateLimitSettings,
    SessionSettings,
    BootstrapSettings,
    ImagingSettings,
    StorageSettings,
    TelemetrySettings,
    ProviderSettings,
    BaseSettings,
):
    """Every setting. `EASEL_PORT` in the environment, `port` in easel.toml; the environment wins."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        toml_file=CONFIG_FILE,
        extra="forbid",
        env_ignore_empty=True,
        enable_decoding=False,
        frozen=True,
    )
    looks_around: ClassVar[bool] = True  # whether to read the environment and easel.toml

    @field_validator("*")
    @classmethod
    def _bounded(cls, value: object, info: ValidationInfo) -> object:
        """Limits numbers so that values derived from them fit their columns; exceptions set their own limit."""
        of_its_own = any(isinstance(one, Le) for one in cls.model_fields[info.field_name or ""].metadata)
        if isinstance(value, int | float) and not of_its_own and not value <= LARGEST:
            raise ValueError(f"must be at most {LARGEST:,}")
        return value

    @field_validator("servers")
    @classmethod
    def _servers_are_complete(cls, servers: Mapping[str, CompatibleServer]) -> Mapping[str, CompatibleServer]:
        """The servers with their keys; their models have cards."""
        return {name: cls._complete(name, server) for name, server in servers.items()}

    @classmethod
    def _complete(cls, name: str, server: CompatibleServer) -> CompatibleServer:
        known = Catalog.load().ids
        try:
            for model in server.models:
                if model not in known:
                    raise ValueError(f"models: {model} is unknown; known: {listed(known, 'and')}")
            return server.with_key(os.environ) if cls.looks_around else server
        except ValueError as error:
            raise ValueError(f"[servers.{name}] {error}") from error

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        around = (env_settings, TomlConfigSettingsSource(settings_cls)) if cls.looks_around else ()
        return (init_settings, *around)


class FileSettings(Settings):
    """Settings from a file in the format of easel.toml; the environment and easel.toml are ignored."""

    model_config = SettingsConfigDict(toml_file=None)
    looks_around = False

    @classmethod
    def of(cls, file: Path) -> Self:
        """Raises TOMLDecodeError or ValidationError."""
        return cls(**tomllib.loads(file.read_text("utf-8")))


class ClientSettings(BaseSettings):
    """The settings of `easel generate`."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True)

    url: str = "http://127.0.0.1:8787"
    api_key: SecretStr | None = None


def unknown_settings(environment: Mapping[str, str] = os.environ) -> list[str]:
    """One warning for each EASEL_ variable that is not a setting: typos must not be ignored."""
    known = {
        *map(environment_name, Settings.model_fields),
        *(PREFIX + name.upper() for name in ClientSettings.model_fields),
    }
    ours = [name for name in environment if name.startswith(PREFIX) and not name.startswith(TESTING)]
    unknown = [name for name in ours if name not in known]
    return [f"{name} is not a setting. {_meant(name, known)}" for name in sorted(unknown)]


def _meant(name: str, known: set[str]) -> str:
    near = nearest(name, known)
    return f"Did you mean {near}?" if near else "`easel settings` lists them all."


def within_reach(settings: Settings) -> bool:
    """Whether other machines can reach the server, directly or through a proxy."""
    public = urlsplit(settings.public_url).hostname if settings.public_url else None
    return settings.host not in LOOPBACK or (public is not None and public not in LOOPBACK)


def unsafe_settings(settings: Settings) -> list[str]:
    """One warning for each setting that is acceptable on a laptop but not on the public internet."""
    problems = []
    open_to_all = settings.host not in LOOPBACK
    if open_to_all and settings.rate_limit_per_minute == 0:
        problems.append("EASEL_RATE_LIMIT_PER_MINUTE is 0 on a publicly reachable server.")
    if open_to_all and settings.public_url is None:
        problems.append(
            "EASEL_PUBLIC_URL is not set: only IP addresses and EASEL_ALLOWED_HOSTS are served, and image URLs follow "
            "the Host header of the request."
        )
    if open_to_all and settings.networks:
        problems.append("EASEL_TRUSTED_NETWORKS lets every key holder reach those private networks.")
    key = settings.bootstrap_key.get_secret_value() if settings.bootstrap_key else None
    if key is not None and len(key) < MIN_KEY and open_to_all:
        problems.append(f"EASEL_BOOTSTRAP_KEY has fewer than {MIN_KEY} characters and can be guessed.")
    return problems


def describe_settings() -> list[tuple[str, str, str]]:
    """The environment name, default and description of each setting."""
    return [
        (environment_name(name), _default(field.default), " ".join((field.description or "").split()))
        for name, field in sorted(Settings.model_fields.items())
    ]


def written_name(place: Sequence[str | int]) -> str:
    """A setting as its writer knows it: a table of easel.toml, or its name in the environment. None for all servers."""
    if place[:1] == ("servers",):
        table, inside = ".".join(map(str, place[:2])), ".".join(str(one) for one in place[2:] if one != "[key]")
        return f"[{table}] {inside}".strip() if place[1:] else ""
    known = place[:1] and str(place[0]) in Settings.model_fields
    return environment_name(str(place[0])) if known else PREFIX + "_".join(map(str, place)).upper()


def environment_name(name: str) -> str:
    """The name of a setting in the environment: ours, or the well-known name of a provider."""
    return name.upper() if Settings.model_fields[name].validation_alias else PREFIX + name.upper()


def _default(value: object) -> str:
    if value is None or value in ((), {}):
        return ""
    if isinstance(value, tuple):
        return ",".join(value)
    if isinstance(value, Mapping):
        return ",".join(f"{name}={ours}" for name, ours in value.items())
    return str(value)
