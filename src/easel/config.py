"""All settings, composed from the services' own. The only file that reads the environment."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar, Literal, Self
from urllib.parse import urlsplit

from annotated_types import Le
from pydantic import BaseModel, Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from easel.accounts.ratelimit import RateLimitSettings
from easel.accounts.sessions import SessionSettings
from easel.api.budget import BodySettings
from easel.api.hosts import HostSettings
from easel.api.streams import StreamSettings
from easel.imaging import ImagingSettings
from easel.kit.words import nearest
from easel.ops.first_start import BootstrapSettings
from easel.providers.build import ProviderSettings
from easel.server.limits import ConnectionSettings
from easel.services import WorkflowSettings
from easel.storage.bucket import StorageSettings
from easel.telemetry import TelemetrySettings

PREFIX = "EASEL_"
TESTING = "EASEL_TEST_"  # read by the tests alone
CONFIG_FILE = "easel.toml"
MIN_KEY = 24
LARGEST = 10**9
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class ServerSettings(BaseModel):
    host: str = Field(default="127.0.0.1", description="The address to listen on.")
    port: int = Field(default=8787, ge=0, le=65535, description="The port to listen on; 0 takes a free one.")
    data: Path = Field(default=Path("easel-data"), description="The folder of the database and the pictures.")
    database_url: SecretStr | None = Field(
        default=None,
        description="postgresql://user:password@host/name, for many processes. Unset, a file in `data`.",
    )
    drain_seconds: float = Field(
        default=10.0, ge=0, description="How long a stopping server lets jobs at work finish; the rest go on later."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(default="info", description="What is logged.")

    @property
    def database_address(self) -> str | None:
        return self.database_url.get_secret_value() if self.database_url else None


class Settings(
    ServerSettings,
    ConnectionSettings,
    BodySettings,
    HostSettings,
    StreamSettings,
    WorkflowSettings,
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
    looks_around: ClassVar[bool] = True  # whether the environment and easel.toml count

    @field_validator("*")
    @classmethod
    def _bounded(cls, value: object, info: ValidationInfo) -> object:
        """No number is so large that what is made of it leaves a column; those that may be larger say how large."""
        of_its_own = any(isinstance(one, Le) for one in cls.model_fields[info.field_name or ""].metadata)
        if isinstance(value, int | float) and not of_its_own and not value <= LARGEST:
            raise ValueError(f"must be at most {LARGEST:,}")
        return value

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
    """Every setting as a file of the form of easel.toml has it: neither the environment nor easel.toml counts."""

    model_config = SettingsConfigDict(toml_file=None)
    looks_around = False

    @classmethod
    def of(cls, file: Path) -> Self:
        """Raises TOMLDecodeError or ValidationError."""
        return cls(**tomllib.loads(file.read_text("utf-8")))


class ClientSettings(BaseSettings):
    """What `easel generate` needs to know."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True)

    url: str = "http://127.0.0.1:8787"
    api_key: SecretStr | None = None


class TerminalSettings(BaseSettings):
    """What terminals say of themselves."""

    term: str = ""
    term_program: str = ""
    kitty_window_id: str = ""

    @property
    def kitty(self) -> bool:
        return bool(self.kitty_window_id) or self.term in ("xterm-kitty", "xterm-ghostty")

    @property
    def iterm(self) -> bool:
        return self.term_program in ("iTerm.app", "WezTerm")


def unknown_settings(environment: Mapping[str, str] = os.environ) -> list[str]:
    """A sentence for each EASEL_ variable that is no setting: a misspelt one must not be ignored."""
    known = {
        *map(environment_name, Settings.model_fields),
        *(PREFIX + name.upper() for name in ClientSettings.model_fields),
    }
    ours = [name for name in environment if name.startswith(PREFIX) and not name.startswith(TESTING)]
    given = [name for name in ours if name not in known]
    return [f"{name} is not a setting. {_meant(name, known)}" for name in sorted(given)]


def _meant(name: str, known: set[str]) -> str:
    near = nearest(name, known)
    return f"Did you mean {near}?" if near else "`easel settings` lists them all."


def within_reach(settings: Settings) -> bool:
    """Whether others than this machine can ask the server: by its own address, or by one that leads to it."""
    public = urlsplit(settings.public_url).hostname if settings.public_url else None
    return settings.host not in LOOPBACK or (public is not None and public not in LOOPBACK)


def unsafe_settings(settings: Settings) -> list[str]:
    """A sentence for each setting that is fine on a laptop and not on the open internet."""
    problems = []
    open_to_all = settings.host not in LOOPBACK
    if open_to_all and settings.rate_limit_per_minute == 0:
        problems.append("EASEL_RATE_LIMIT_PER_MINUTE is 0 on a server that others can reach.")
    if open_to_all and settings.public_url is None:
        problems.append(
            "EASEL_PUBLIC_URL is not set: only numbers and EASEL_ALLOWED_HOSTS are answered, and picture addresses"
            " follow the Host that a request names."
        )
    if open_to_all and settings.networks:
        problems.append("EASEL_TRUSTED_NETWORKS lets every key holder reach those private networks.")
    key = settings.bootstrap_key.get_secret_value() if settings.bootstrap_key else None
    if key is not None and len(key) < MIN_KEY and open_to_all:
        problems.append(f"EASEL_BOOTSTRAP_KEY has fewer than {MIN_KEY} characters: it can be guessed.")
    return problems


def describe_settings() -> list[tuple[str, str, str]]:
    """Each setting's environment name, default and sentence."""
    return [
        (environment_name(name), _default(field.default), field.description or "")
        for name, field in sorted(Settings.model_fields.items())
    ]


def environment_name(name: str) -> str:
    """A setting's name in the environment: ours, or the one that people know from elsewhere."""
    return name.upper() if Settings.model_fields[name].validation_alias else PREFIX + name.upper()


def _default(value: object) -> str:
    if value is None or value in ((), {}):
        return ""
    if isinstance(value, tuple):
        return ",".join(value)
    return str(value)
