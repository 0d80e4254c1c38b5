"""Checks of an installation: ledger, jobs, files, messages, versions, time.

Read-only; safe on a live installation.
"""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from easel.db.engine import Database
from easel.files.retention import RetentionSettings
from easel.files.rows import miscounted_bytes
from easel.kit.clock import Clock
from easel.ledger.read import unbalanced_teams
from easel.ops.doctor import books, files, installation, messages, stuck
from easel.ops.doctor.finding import Finding, shortened
from easel.runtime import runtime_of
from easel.runtime.readiness import Readiness
from easel.storage import Storage

__all__ = ["Finding", "check_books", "examine"]


async def examine(
    db: Database,
    storage: Storage,
    clock: Clock,
    settings: RetentionSettings | None = None,
    readiness: Readiness | None = None,
) -> Sequence[Finding]:
    """Every check, in reading order. On an unknown schema only that is reported."""
    schema = await installation.schema(db)
    if schema.problems:
        return [schema]
    now, settings, runtime = clock.now(), settings or RetentionSettings(), runtime_of(db)
    async with db.read() as connection:
        return [
            *await check_books(connection),
            Finding("no job is past its deadline", shortened(await stuck.overdue(connection, now))),
            Finding("no job is lost", shortened(await stuck.forgotten(runtime, connection, now))),
            Finding("every delivered image has its row", shortened(await files.missing_rows(connection))),
            Finding("every row has its file", shortened(await files.missing_files(connection, storage))),
            *await files.nobodys_files(connection, storage, now, settings.max_orphan_percent),
            Finding(
                "messages are delivered",
                shortened(await messages.undelivered(connection, now)),
                notes=await messages.given_up(connection, now),
            ),
            Finding(
                "providers respond",
                await stuck.failing_providers(connection),
                notes=shortened(await stuck.calls_in_doubt(connection, now)),
            ),
            *([await installation.keeps(readiness)] if readiness else []),
            await installation.clock(runtime, connection),
            schema,
            await installation.versions(runtime, connection, now),
        ]


async def check_books(connection: AsyncConnection) -> Sequence[Finding]:
    """What must always hold, even in the middle of a step."""
    return [
        Finding("balances are the sums of their entries", await unbalanced_teams(connection)),
        Finding(
            "each job was reserved, charged and refunded once and in full",
            shortened(await books.unsettled_jobs(connection)),
        ),
        Finding("each team's running jobs are counted correctly", await books.miscounted_teams(connection)),
        Finding("each team's stored bytes are the sum of its files", await miscounted_bytes(connection)),
    ]
