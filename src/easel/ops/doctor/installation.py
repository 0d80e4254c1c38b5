"""Versions, processes, storage and clocks."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from easel import __version__
from easel.db.clock import TOLERATED, host_ahead
from easel.db.engine import Database, newest_schema, schema_of
from easel.db.fleet_tables import installation as table
from easel.kit.clock import SECOND, iso
from easel.ops.doctor.finding import Finding
from easel.runtime.postgres.queue_state import queue_version
from easel.runtime.process import Process, live_processes
from easel.runtime.readiness import Keeping


async def schema(db: Database) -> Finding:
    """Whether the schema is this version's: otherwise no other check can run."""
    async with db.read() as connection:
        revision = await schema_of(connection)
    newest = newest_schema()
    wrong = f"The schema is {revision}, this version needs {newest}. `easel serve` migrates an older one."
    return Finding("the schema is current", [wrong] if revision != newest else [], facts=[f"schema {revision}"])


async def versions(db: Database, connection: AsyncConnection, now: int) -> Finding:
    """The processes that use this database."""
    facts = [f"Easel {__version__} (this command)", await _database_version(db, connection)]
    if db.dialect != "postgresql":
        return Finding("versions are known", [], facts=facts)
    seen = await live_processes(connection, now)
    facts.append(f"queue: {await queue_version(connection)}")
    facts += [f"Easel {one.version}: {one.kind} {one.name}" for one in seen]
    return Finding("versions are known", [], notes=_notes(seen), facts=facts)


async def keeps(keeping: Keeping) -> Finding:
    """Whether provider results could be stored, as seen from here."""
    faults = (await keeping.look()).items()
    wrong = [f"{part}: {fault} Paid providers are not called meanwhile." for part, fault in faults if fault]
    return Finding("provider results can be stored", wrong)


async def clock(db: Database, connection: AsyncConnection) -> Finding:
    """Whether this host's clock agrees with the database's, and whether the sweep trusts it."""
    row = (await connection.execute(select(table))).first()
    notes = []
    if row is not None and row.trusted_at and row.doubted_at is not None:
        since = iso(row.doubted_at)
        notes = [
            f"The clock has jumped, or no server was running: old files are not deleted until a day after {since}."
        ]
    if db.dialect != "postgresql":
        return Finding("the clock is right", [], notes, ["SQLite has no clock; this host's is used"])
    ahead = await host_ahead(db)
    wrong = f"This host's clock is {ahead / SECOND:+.1f} s off the database's, which is used. Synchronise it."
    return Finding("the clock is right", [wrong] if abs(ahead) > TOLERATED else [], notes, [f"{ahead / SECOND:+.3f} s"])


def _notes(seen: Sequence[Process]) -> list[str]:
    notes = []
    if not any(one.works for one in seen):
        notes.append("No worker is running.")
    if not any(one.kind != "worker" for one in seen):
        notes.append("No server is running.")
    different = Counter(one.version for one in seen)
    if len(different) > 1:
        versions = ", ".join(f"{count} of {version}" for version, count in sorted(different.items()))
        notes.append(f"Processes of several versions are running: {versions}.")
    return notes


async def _database_version(db: Database, connection: AsyncConnection) -> str:
    if db.dialect == "postgresql":
        return f"PostgreSQL {(await connection.execute(text('SHOW server_version'))).scalar_one()}"
    return f"SQLite {(await connection.execute(text('SELECT sqlite_version()'))).scalar_one()}"
