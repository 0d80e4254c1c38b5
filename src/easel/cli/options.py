"""Shared by several commands: the data folder, and access to its database."""

import asyncio
import tomllib
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from easel.cli.output import CommandError
from easel.config import CONFIG_FILE, Settings, unknown_settings
from easel.db.engine import Database
from easel.runtime import open_database

Result = TypeVar("Result")
MOST_ROWS = 100_000  # rows that a command reads and prints at once

DataFolder = Annotated[Path | None, typer.Option("--data", help="Data folder. Default: EASEL_DATA, easel-data.")]


def load_settings(**given: Any) -> Settings:
    """The settings, overridden by command-line options; raises CommandError for an unknown setting."""
    if unknown := unknown_settings():
        raise CommandError(" ".join(unknown))
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except tomllib.TOMLDecodeError as error:
        raise CommandError(f"{CONFIG_FILE}: {error}.") from error


def with_database(data: Path | None, action: Callable[[Database], Awaitable[Result]]) -> Result:
    """Run `action` on an installation's database; a server may use it at the same time."""
    settings = load_settings(data=data)
    if not settings.database_url and not (settings.data / "easel.db").exists():
        raise CommandError(f"There is no installation in {settings.data}. `easel serve` creates one.")

    async def run() -> Result:
        db = open_database(settings.data, settings.database_address)
        try:
            return await action(db)
        finally:
            await db.close()

    return asyncio.run(run())
