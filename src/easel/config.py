"""All settings, composed of the settings classes of the packages. The only file that reads the environment."""

import os
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, Self, TypeVar
from urllib.parse import urlsplit

from annotated_types import Le
from pydantic import SecretStr, ValidationError, ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings, InitSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

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
from easel.kit.proxies import Proxies, for_libraries, proxies_in, proxy_faults
from easel.kit.settings import (
    WrongSettings,
    is_inner,
    joined,
    read_key,
    read_toml,
    require_address,
    require_host,
    require_key,
    require_plain,
    require_readable,
    sentence_of,
    sentences,
    tidied,
)
from easel.kit.wire import certificate_faults
from easel.kit.words import listed, nearest
from easel.ops.first_start import BootstrapSettings
from easel.providers.build import ProviderSettings
from easel.providers.presets import CompatibleServer
from easel.server.limits import ConnectionSettings
from easel.server.settings import ServerSettings
from easel.services import PipelineSettings
from easel.storage.bucket import StorageSettings, origin_for_browsers
from easel.telemetry import TelemetrySettings

PREFIX = "EASEL_"
TESTING = "EASEL_TEST_"  # read by the tests alone
CONFIG_FILE = "easel.toml"
MIN_KEY = 24
LARGEST = 10**9
ADDRESSES = ("database_url",)  # secret as a whole, for the password in them
FILES = ("provenance_certificate", "provenance_key")
KUBERNETES = " Kubernetes sets it for a Service named easel: add enableServiceLinks: false to the pod."
LOOPBACK = ("127.0.0.1", "localhost", "::1")


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
        extra="forbid",
        env_ignore_empty=True,
        enable_decoding=False,
        frozen=True,
    )
    looks_around: ClassVar[bool] = True  # whether to read the environment
    config_file: ClassVar[str | None] = CONFIG_FILE

    @property
    def proxies(self) -> Proxies:
        """The proxies that the environment names, as for every other program."""
        return proxies_in(os.environ)

    @model_validator(mode="before")
    @classmethod
    def _tidied(cls, given: Any) -> Any:
        """Without the accidents of copying; what is empty then is not set."""
        tidy = {name: tidied(value) for name, value in given.items()}
        return {name: value for name, value in tidy.items() if value != ""}

    @model_validator(mode="after")
    def _browsers_reach_the_store(self) -> Self:
        """Images of a public server that lead to an inner address would be seen by nobody."""
        origin, public = origin_for_browsers(self), urlsplit(self.public_url or "")
        if origin is None or not public.hostname or is_inner(public.hostname):
            return self
        store = urlsplit(origin)
        if is_inner(store.hostname or "") or (store.scheme, public.scheme) == ("http", "https"):
            raise ValueError(
                f"EASEL_STORAGE_SIGNED_URLS sends browsers from {self.public_url} to {origin}, which is not reachable: "
                "set EASEL_STORAGE_PUBLIC_ENDPOINT to a public address of the store, by https:// like the server's."
            )
        return self

    @field_validator("*", mode="before")
    @classmethod
    def _plain(cls, value: Any, info: ValidationInfo) -> Any:
        if isinstance(value, str):
            require_plain(value, secret=is_secret(info.field_name or ""))
        for item in value if isinstance(value, list) else ():
            if isinstance(item, str):
                require_plain(item)
        return value

    @field_validator("*")
    @classmethod
    def _usable(cls, value: Any, info: ValidationInfo) -> Any:
        """What can be known at the start: it would otherwise fail at the first job."""
        name = info.field_name or ""
        if isinstance(value, SecretStr) and name not in ADDRESSES:
            require_key(value.get_secret_value())
        elif isinstance(value, Path):
            try:
                value = value.expanduser()
            except RuntimeError as error:
                raise ValueError(f"names {value}, but there is no such user") from error
            if name.endswith("_file"):
                read_key(value)
            elif name in FILES:
                require_readable(value)
        elif isinstance(value, str) and value.lower().startswith(("http://", "https://")):
            require_address(value)
        elif name.endswith("_hosts"):
            for host in value:
                require_host(host)
        return value

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
        environment = (env_settings,) if cls.looks_around else ()
        file = (InitSettingsSource(settings_cls, read_toml(Path(cls.config_file))),) if cls.config_file else ()
        return (init_settings, *environment, *file)


class EnvironmentSettings(Settings):
    """The same without easel.toml, to find what else is wrong when that cannot be read."""

    config_file = None


class FileSettings(Settings):
    """Settings from a file in the format of easel.toml; the environment and easel.toml are ignored."""

    looks_around = False
    config_file = None

    @classmethod
    def of(cls, file: Path) -> Self:
        """Raises WrongSettings."""
        values = read_toml(file)
        return checked(lambda: cls(**values), lambda name: f"{file}: {name}")


class ClientSettings(BaseSettings):
    """The settings of `easel generate`."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True)

    url: str = "http://127.0.0.1:8787"
    api_key: SecretStr | None = None

    @field_validator("url", "api_key", mode="before")
    @classmethod
    def _plain(cls, value: Any, info: ValidationInfo) -> Any:
        value = tidied(value)
        if isinstance(value, str):
            (require_key if info.field_name == "api_key" else require_address)(value)
        return value or None if info.field_name == "api_key" else value


Made = TypeVar("Made", bound=BaseSettings)


def checked(make: Callable[[], Made], written: Callable[[str], str]) -> Made:
    """Settings; raises WrongSettings. `written` tells the name that a field was given by."""
    try:
        return make()
    except ValidationError as error:
        faults = joined([dict(fault) for fault in error.errors()])
        raise WrongSettings([_told(fault, written) for fault in faults]) from error


def _told(fault: dict[str, Any], written: Callable[[str], str]) -> str:
    """One of Pydantic's errors, with the name of its setting; the rules about several settings name them themselves."""
    name = str(fault["loc"][0]) if fault["loc"] else None
    if name is None:
        return sentence_of(fault)
    if name == "servers":
        where, sentence = place_of(fault["loc"]), sentence_of(fault, secret=True)
        return f"{where}: {sentence}" if where else sentence
    if fault["type"] == "extra_forbidden":
        return f"{written(name)} is not a setting. {_meant(name, set(Settings.model_fields))}"
    field = Settings.model_fields.get(name)
    hint = KUBERNETES if str(fault.get("input")).startswith("tcp://") else ""
    return f"{written(name)} {sentence_of(fault, field and field.default, secret=is_secret(name))}{hint}"


def unknown_settings(environment: Mapping[str, str] = os.environ) -> list[str]:
    """One sentence for each EASEL_ variable that is not a setting: typos must not be ignored."""
    known = {
        *map(environment_name, Settings.model_fields),
        *(PREFIX + name.upper() for name in ClientSettings.model_fields),
    }
    ours = [name for name in environment if name.upper().startswith(PREFIX) and not name.startswith(TESTING)]
    unknown = [name for name in ours if name.upper() not in known]
    return [f"{name} is not a setting. {_meant(name, known)}" for name in sorted(unknown)]


def _meant(name: str, known: set[str]) -> str:
    if (usual := name.upper().removeprefix(PREFIX)) in known:  # the names of providers have no prefix
        return f"Its name is {usual}."
    if re.match(r"EASEL_(SERVICE|PORT)_", name):
        return KUBERNETES.strip()
    near = nearest(name, known)
    return f"Did you mean {near}?" if near else "`easel settings` lists them all."


def is_secret(name: str) -> bool:
    """Whether a setting is never shown."""
    field = Settings.model_fields.get(name)
    return field is not None and "SecretStr" in str(field.annotation)


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
    said, fields = sentences(Settings), sorted(Settings.model_fields.items())
    return [(environment_name(name), _default(field.default), " ".join(said[name].split())) for name, field in fields]


def place_of(place: Sequence[str | int]) -> str:
    """Where something of a server is in easel.toml; nothing when it is about all of them."""
    table, inside = ".".join(map(str, place[:2])), ".".join(str(one) for one in place[2:] if one != "[key]")
    return f"[{table}] {inside}".strip() if place[1:] else ""


def environment_name(name: str) -> str:
    """The name of a setting in the environment: ours, or the well-known name of a provider."""
    return name.upper() if Settings.model_fields[name].validation_alias else PREFIX + name.upper()


def use_network_variables() -> Proxies:
    """The proxies, when the variables of proxies and certificates can be used; they are tidied for every library.

    Raises WrongSettings.
    """
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        if name in os.environ:
            os.environ[name] = tidied(os.environ[name])
    if faults := [*proxy_faults(os.environ), *certificate_faults(os.environ)]:
        raise WrongSettings(faults)
    os.environ.update(for_libraries(os.environ))
    return proxies_in(os.environ)


def in_environment(name: str) -> str | None:
    """The variable that sets it, as it was written; None when there is none."""
    return next((one for one, value in os.environ.items() if value and one.upper() == name), None)


def _default(value: object) -> str:
    if value is None or value in ((), {}):
        return ""
    if isinstance(value, tuple):
        return ",".join(value)
    if isinstance(value, Mapping):
        return ",".join(f"{name}={ours}" for name, ours in value.items())
    return str(value)
