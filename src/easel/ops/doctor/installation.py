"""Versions, processes, storage and clocks."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import Connection, select

from easel import __version__
from easel.db.clock import TOLERATED
from easel.db.engine import Database
from easel.db.fleet_tables import installation as table
from easel.db.schema import newest_schema, schema_of
from easel.kit.clock import SECOND, iso
from easel.ops.doctor.finding import Finding
from easel.runtime.base import Runtime
from easel.runtime.process import Process
from easel.runtime.readiness import Readiness


async def schema(db: Database) -> Finding:
    """Whether the schema is this version's: otherwise no other check can run."""
    revision = await db.read(schema_of)
    newest = newest_schema()
    wrong = f"The schema is {revision}, this version needs {newest}. `easel serve` migrates an older one."
    return Finding("the schema is current", [wrong] if revision != newest else [], facts=[f"schema {revision}"])


def versions(connection: Connection, runtime: Runtime, now: int) -> Finding:
    """The processes that use this database."""
    facts = [f"Easel {__version__} (this command)", *runtime.versions(connection)]
    if not runtime.shared:
        return Finding("versions are known", [], facts=facts)
    processes = runtime.live_processes(connection, now)
    facts += [f"Easel {process.version}: {process.kind} {process.name}" for process in processes]
    notes = [*_notes(processes), *filter(None, [runtime.connections_short(connection, processes)])]
    return Finding("versions are known", [], notes=notes, facts=facts)


async def keeps(readiness: Readiness) -> Finding:
    """Whether provider results could be stored, as seen from here."""
    faults = (await readiness.look()).items()
    wrong = [f"{part}: {fault} Paid providers are not called meanwhile." for part, fault in faults if fault]
    return Finding("provider results can be stored", wrong)


async def clock(db: Database, runtime: Runtime) -> Finding:
    """Whether this host's clock agrees with the database's, and whether the sweep trusts it."""
    row = await db.read(lambda connection: connection.execute(select(table)).first())
    notes = []
    if row is not None and row.trusted_at and row.doubted_at is not None:
        since = iso(row.doubted_at)
        notes = [f"The clock has jumped, or no server ran: old files are not deleted until a day after {since}."]
    ahead = await runtime.host_ahead()
    if ahead is None:
        return Finding("the clock is right", [], notes, ["SQLite has no clock; this host's is used"])
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
