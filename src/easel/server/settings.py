"""The settings of a process: where it listens, its data folder, its database."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, field_validator
from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from easel.kit.settings import SettingsModel, require_host

FORM = "write postgresql://user:password@host:5432/name, or nothing for SQLite"


class ServerSettings(SettingsModel):
    host: str = "127.0.0.1"
    """Address to listen on."""
    port: int = Field(default=8787, ge=0, le=65535)
    """Port to listen on; 0 picks a free one."""
    data: Path = Path("easel-data")
    """Folder of the database and the images."""
    database_url: SecretStr | None = None
    """postgresql://user:password@host/name, for several processes. Default: a file in `data`."""
    workers: int = Field(default=1, ge=1, le=64)
    """Processes that `easel serve` starts on this machine, on one port. More than one needs EASEL_DATABASE_URL."""
    drain_seconds: float = Field(default=10.0, ge=0)
    """Seconds a stopping server waits for running jobs; the others continue after the next start."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """Minimum level of log messages."""

    @field_validator("database_url")
    @classmethod
    def _is_postgresql(cls, url: SecretStr | None) -> SecretStr | None:
        if url is None:
            return None
        try:
            parts = make_url(url.get_secret_value())
        except (SQLAlchemyError, ValueError) as error:
            raise ValueError(f"is not a database address: {FORM}") from error
        if parts.drivername.partition("+")[0] not in ("postgresql", "postgres"):
            raise ValueError(f"names {parts.drivername}, which is not supported: {FORM}")
        return url

    @field_validator("host")
    @classmethod
    def _is_a_host(cls, host: str) -> str:
        require_host(host)
        return host

    @property
    def database_address(self) -> str | None:
        return self.database_url.get_secret_value() if self.database_url else None
