"""Checks of an installation: ledger, jobs, files, messages, versions, time.

Read-only; safe on a live installation.
"""

from collections.abc import Sequence

from sqlalchemy import Connection

from easel.db.engine import Database
from easel.files.retention import RetentionSettings
from easel.files.rows import miscounted_bytes
from easel.kit.clock import Clock
from easel.ledger.read import miscounted_usage, unbalanced_teams
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
    return [
        *await db.read(check_books),
        Finding("no job is past its deadline", shortened(await db.read(stuck.overdue, now))),
        Finding("no job is lost", shortened(await db.read(stuck.forgotten, runtime, now))),
        Finding("every delivered image has its row", shortened(await db.read(files.missing_rows))),
        Finding("every row has its file", shortened(await files.missing_files(db, storage))),
        *await files.nobodys_files(db, storage, now, settings.max_orphan_percent),
        Finding(
            "messages are delivered",
            shortened(await db.read(messages.undelivered, now)),
            notes=await db.read(messages.given_up, now),
        ),
        Finding(
            "providers respond",
            await db.read(stuck.failing_providers, now),
            notes=shortened(await db.read(stuck.calls_in_doubt, now)),
        ),
        *([await installation.keeps(readiness)] if readiness else []),
        await installation.clock(db, runtime),
        schema,
        await db.read(installation.versions, runtime, now),
    ]


def check_books(connection: Connection) -> Sequence[Finding]:
    """What must always hold, even in the middle of a step."""
    return [
        Finding("balances are the sums of their entries", unbalanced_teams(connection)),
        Finding(
            "each job was reserved, charged and refunded once and in full",
            shortened(books.unsettled_jobs(connection)),
        ),
        Finding("usage is the sum of its entries", shortened(miscounted_usage(connection))),
        Finding("each team's running jobs are counted correctly", books.miscounted_teams(connection)),
        Finding("each team's stored bytes are the sum of its files", miscounted_bytes(connection)),
    ]
