"""One signing identity per installation: stored in the database, copied to each process's folder.

A certificate set by the operator is distributed by the operator.
"""

import asyncio
from pathlib import Path

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from easel.db.engine import Database
from easel.db.fleet_tables import identities
from easel.imaging.provenance import ProvenanceSettings, certificate
from easel.imaging.provenance.certificate import Identity

NAME = "pictures"


async def share_identity(db: Database, settings: ProvenanceSettings, folder: Path, *, now: int, make: bool) -> None:
    """Ensure that the folder has the installation's identity. If there is none yet, the folder's becomes it.

    Without one in the folder either, one is created if `make` is set; otherwise the first image will create it.
    """
    if not settings.provenance or settings.provenance_certificate:
        return
    own = certificate.kept(folder)
    async with db.read() as connection:
        shared = await shared_identity(connection)
    if shared is None:
        offered = own or (await asyncio.to_thread(certificate.made) if make else None)
        shared = await _offer(db, offered, now) if offered else None
    if shared and shared != own:
        certificate.keep(shared, folder)


async def shared_identity(connection: AsyncConnection) -> Identity | None:
    row = (await connection.execute(select(identities).where(identities.c.name == NAME))).first()
    return Identity(row.chain, row.key) if row else None


async def _offer(db: Database, offered: Identity, now: int) -> Identity:
    """Of processes that offer one at the same time, the first wins."""
    async with db.write() as tx:
        await tx.alone_in("identity")
        first = await shared_identity(tx.connection)
        if first is None:
            values = {"name": NAME, "chain": offered.chain, "key": offered.key, "created_at": now}
            await tx.execute(insert(identities), values)
    return first or offered
