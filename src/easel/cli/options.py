"""Shared by several commands: the data folder, and access to its database."""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from easel.cli.output import CommandError

if TYPE_CHECKING:
    from easel.config import Settings
    from easel.db.engine import Database

Result = TypeVar("Result")
MOST_ROWS = 100_000  # rows that a command reads and prints at once

Url = Annotated[str | None, typer.Option(help="Server URL. Default: EASEL_URL, http://127.0.0.1:8787.")]
Key = Annotated[str | None, typer.Option(help="API key. Default: EASEL_API_KEY.")]
DataFolder = Annotated[Path | None, typer.Option("--data", help="Data folder. Default: EASEL_DATA, easel-data.")]


def load_settings(**given: Any) -> Settings:
    """The settings, overridden by command-line options. Raises WrongSettings with every fault at once."""
    from easel.config import (
        CONFIG_FILE,
        EnvironmentSettings,
        Settings,
        checked,
        environment_name,
        in_environment,
        unknown_settings,
        use_network_variables,
    )
    from easel.kit.settings import WrongSettings, read_toml

    options = {name: value for name, value in given.items() if value is not None}
    faults = unknown_settings()
    try:
        use_network_variables()
    except WrongSettings as error:
        faults += error.faults
    try:
        in_file = read_toml(Path(CONFIG_FILE))
        kind: type[Settings] = Settings
    except WrongSettings as error:
        faults += error.faults
        in_file, kind = {}, EnvironmentSettings

    def written(name: str) -> str:
        if name in options:
            return f"--{name.replace('_', '-')}"
        known = environment_name(name) if name in Settings.model_fields else name
        return in_environment(known) or (f"{CONFIG_FILE}: {name}" if name in in_file else known)

    try:
        settings = checked(lambda: kind(**options), written)
    except WrongSettings as error:
        raise WrongSettings([*faults, *error.faults]) from error
    if faults:
        raise WrongSettings(faults)
    return settings


@contextlib.contextmanager
def database_of(settings: Settings) -> Iterator[None]:
    """Around what uses the database: its errors name the setting that says where it is. Raises CommandError."""
    from sqlalchemy.exc import SQLAlchemyError

    kinds: tuple[type[Exception], ...] = (SQLAlchemyError,)
    if settings.database_url:
        import psycopg

        kinds = (SQLAlchemyError, psycopg.Error)
    try:
        yield
    except kinds as error:
        reason = " ".join(str(error.__cause__ or error).split()).removesuffix(".")
        where = "EASEL_DATABASE_URL" if settings.database_url else f"EASEL_DATA: {settings.data / 'easel.db'}"
        raise CommandError(f"{where}: {reason}.") from error


def with_database(data: Path | None, action: Callable[[Database], Awaitable[Result]]) -> Result:
    """Run `action` on an installation's database; a server may use it at the same time."""
    import asyncio

    from easel.runtime import open_database

    settings = load_settings(data=data)
    if not settings.database_url and not (settings.data / "easel.db").exists():
        raise CommandError(
            f"There is no installation in {settings.data}: name its folder with --data or EASEL_DATA. "
            "`easel serve` creates a new one, `make demo` one in demo-data."
        )

    async def run() -> Result:
        db = open_database(settings.data, settings.database_address)
        try:
            return await action(db)
        finally:
            await db.close()

    with database_of(settings):
        return asyncio.run(run())
