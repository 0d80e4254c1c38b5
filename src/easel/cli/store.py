"""easel store: confirm that database and store belong together, and delete objects without a row."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from easel.cli.options import DataFolder, load_settings, with_database
from easel.cli.output import CommandError, say

if TYPE_CHECKING:
    from easel.db.engine import Database
    from easel.ops.orphans import Orphans
    from easel.storage import Storage

app = typer.Typer(help="Check and clean the image store.", no_args_is_help=True)

Yes = Annotated[bool, typer.Option("--yes", help="Do not ask for confirmation.")]
Result = TypeVar("Result")


@app.command()
def adopt(yes: Yes = False, data: DataFolder = None) -> None:
    """Confirm that this database and this store belong together, after one of them was lost or restored.

    Afterwards a server again deletes objects without a row, if they are few.
    """
    from easel.ops import installation
    from easel.ops.orphans import orphans
    from easel.runtime import runtime_of

    async def look(db: Database, storage: Storage) -> tuple[str | None, int, int, int]:
        counts = await installation.count_both(db, storage)
        strangers = await orphans(db, storage, runtime_of(db).clock().now())
        return await installation.compare(db, storage), counts.rows, counts.objects, len(strangers.keys)

    problem, rows, objects, strangers = _with_both(data, look)
    say(problem or "Database and store belong together already.")
    say(f"The database has {rows:,} files; the store has {objects:,} objects, {strangers:,} of them without a row.")
    if yes or typer.confirm("Do they belong together?"):
        _with_both(data, installation.adopt)
        say("Database and store are now linked.")


@app.command()
def purge(yes: Yes = False, data: DataFolder = None) -> None:
    """Delete all objects without a row that are older than two days, regardless of their number."""
    from easel.ops.installation import compare
    from easel.ops.orphans import ORPHAN_AGE, orphans
    from easel.ops.sweep import delete_orphans
    from easel.runtime import runtime_of

    async def look(db: Database, storage: Storage) -> Orphans:
        clock = runtime_of(db).clock()
        await clock.sync()
        if problem := await compare(db, storage):
            raise CommandError(problem)
        return await orphans(db, storage, clock.now() - ORPHAN_AGE)

    orphaned = _with_both(data, look)
    say(f"{len(orphaned.keys):,} of {orphaned.objects:,} objects have no row.")
    if orphaned.keys and (yes or typer.confirm("Delete them permanently?")):
        _with_both(data, lambda _, storage: delete_orphans(storage, orphaned))
        say("Deleted.")


def _with_both(data: DataFolder, action: Callable[[Database, Storage], Awaitable[Result]]) -> Result:
    from easel.build import open_storage

    storage = open_storage(load_settings(data=data))
    return with_database(data, lambda db: action(db, storage))
