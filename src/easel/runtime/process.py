"""This process among those that share a database: what it is for, and how the others know it."""

import os
import socket
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from easel import __version__
from easel.db.engine import Transaction
from easel.db.fleet_tables import processes
from easel.kit.clock import MINUTE, SECOND
from easel.kit.ids import new_id

Kind = Literal["server", "worker", "api"]
SEEN_WITHIN, KEPT = 30 * SECOND, 10 * MINUTE


@dataclass(frozen=True, slots=True)
class Process:
    """A server works and answers, a worker only works, an `api` only answers."""

    kind: Kind = "server"
    id: str = field(default_factory=new_id)
    name: str = field(default_factory=lambda: f"{socket.gethostname()}:{os.getpid()}")
    version: str = __version__

    @property
    def works(self) -> bool:
        """Whether it runs jobs, sweeps, and carries messages out."""
        return self.kind != "api"


async def record_heartbeat(tx: Transaction, process: Process, now: int) -> None:
    values = {"id": process.id, "name": process.name, "kind": process.kind, "version": process.version}
    seen = insert(processes).values(**values, started_at=now, seen_at=now)
    await tx.execute(seen.on_conflict_do_update(index_elements=["id"], set_={"seen_at": now}))


async def remove_process(tx: Transaction, process: Process) -> None:
    await tx.execute(delete(processes).where(processes.c.id == process.id))


async def delete_stale_processes(tx: Transaction, now: int) -> None:
    """Those that went without a word."""
    await tx.execute(delete(processes).where(processes.c.seen_at < now - KEPT))


async def live_processes(connection: AsyncConnection, now: int) -> Sequence[Process]:
    """Those that are there, the oldest first."""
    query = select(processes).where(processes.c.seen_at > now - SEEN_WITHIN).order_by(processes.c.started_at)
    return [Process(row.kind, row.id, row.name, row.version) for row in await connection.execute(query)]
