"""easel migrate-data: move an installation to another database, another store, or both."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from easel.cli.options import DataFolder, load_settings
from easel.cli.output import CommandError, say, table, trouble

if TYPE_CHECKING:
    from rich.progress import Progress

    from easel.config import Settings
    from easel.db.engine import Database
    from easel.ops.data_migration import Moved, Place, Watcher
    from easel.ops.data_migration.objects import Objects


def migrate_data(
    to: Annotated[Path, typer.Option("--to", help="Settings file of the target.", exists=True, dir_okay=False)],
    data: DataFolder = None,
) -> None:
    """Move this installation to another database and store: SQLite or PostgreSQL, a folder or a bucket.

    The environment and easel.toml describe the source. The target is described by a settings file of the same format,
    and by nothing else.

    For example grown.toml, for `easel migrate-data --to grown.toml`:

        database_url = "postgresql://easel:secret@db/easel"
        storage_url = "s3://images"

    To move back, use a file with `data = "a/new/folder"`. What source and target share stays in place.

    Stop every server and worker first. Migrate into an empty database and an empty store.

    The result is compared with the source before it is committed. Until then the target has no rows, and the command
    can be repeated.

    The source is left unchanged.
    """
    import asyncio

    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from easel.config import FileSettings
    from easel.ops.data_migration import CannotMove

    source, target = load_settings(data=data), FileSettings.of(to)
    if not source.database_url and not (source.data / "easel.db").exists():
        raise CommandError(f"There is no installation in {source.data}.")
    if same_database(source, target) and same_storage(source, target):
        raise CommandError(f"{to} describes the source itself.")
    say(f"from  {_told(source)}")
    say(f"to    {_told(target)}")
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=trouble, transient=True) as bar:
        try:
            moved = asyncio.run(migrate(source, target, ShownProgress(bar)))
        except CannotMove as error:
            raise CommandError(f"{error}\nNothing was moved.") from error
    same = [(name, f"{one.rows:,}", "yes") for name, one in moved.tables.items()]
    table(("TABLE", "COUNT", "IDENTICAL"), [*same, ("objects", f"{moved.objects.count:,}", "yes")])
    say("Moved. Do not start the source again: its jobs continue in the target.")


def same_database(one: Settings, other: Settings) -> bool:
    return _database_of(one) == _database_of(other)


def same_storage(one: Settings, other: Settings) -> bool:
    return _storage_of(one) == _storage_of(other)


def _database_of(settings: Settings) -> object:
    from sqlalchemy import make_url

    if address := settings.database_address:
        url = make_url(address)
        return url.host, url.port or 5432, url.database, url.query
    return settings.data.resolve()


def _storage_of(settings: Settings) -> object:
    if settings.storage_url:
        return settings.storage_url.rstrip("/"), (settings.storage_endpoint or "").rstrip("/")
    return settings.data.resolve()


def _told(settings: Settings) -> str:
    from sqlalchemy import make_url

    address = settings.database_address
    rows = make_url(address).render_as_string() if address else settings.data / "easel.db"
    return f"{rows}, objects in {settings.storage_url or settings.data / 'files'}"


async def migrate(source: Settings, target: Settings, watcher: Watcher) -> Moved:
    """Open both installations and move, as the only process that uses them."""
    from easel.build import identity_folder, open_storage, sole_owner
    from easel.ops.data_migration import CannotMove, Place, move
    from easel.ops.doctor.installation import schema
    from easel.ops.signing_identity import share_identity
    from easel.runtime import open_database, runtime_of

    async with contextlib.AsyncExitStack() as stack:

        async def opened(settings: Settings) -> Database:
            stack.enter_context(sole_owner(settings))
            db = open_database(settings.data, settings.database_address)
            stack.push_async_callback(db.close)
            return db

        here = await _place(await opened(source), source)
        if problems := (await schema(here.db)).problems:
            raise CannotMove(*problems)
        await share_identity(here.db, source, identity_folder(source), now=here.clock.now(), make=False)
        there = here
        if not same_database(source, target):
            there = await _place(await opened(target), target)
            await there.db.migrate()
        if same_storage(source, target):
            there = Place(there.db, here.storage, there.clock)
        elif there is here:
            there = Place(here.db, open_storage(target), here.clock)
        queue = runtime_of(there.db).queue(at_once=target.jobs_at_once, works=False)
        await queue.prepare()
        return await move(here, there, queue=queue, at_once=source.pictures_in_memory, watcher=watcher)


async def _place(db: Database, settings: Settings) -> Place:
    from easel.build import open_storage
    from easel.ops.data_migration import Place
    from easel.runtime import runtime_of

    clock = runtime_of(db).clock()
    await clock.sync()
    return Place(db, open_storage(settings), clock)


class ShownProgress:
    """A progress bar on standard error."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._task = bar.add_task("looking", total=None)

    def planned(self, rows: int, objects: Objects) -> None:
        self._bar.stop()  # the bar's line would interfere
        say(f"      {rows:,} rows, {objects.count:,} objects with {objects.bytes:,} bytes")
        self._bar.start()

    def progress(self, what: str, done: int, total: int) -> None:
        self._bar.update(self._task, description=what, completed=done, total=total)
