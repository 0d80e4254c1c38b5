"""One signing identity per installation: stored in the database, copied to each process's folder.

A certificate set by the operator is distributed by the operator.
"""

import asyncio
from pathlib import Path

from sqlalchemy import Connection, insert, select

from easel.db.engine import Database, Transaction
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
    shared = await db.read(shared_identity)
    if shared is None:
        offered = own or (await asyncio.to_thread(certificate.made) if make else None)
        shared = await db.write(_offer, offered, now) if offered else None
    if shared and shared != own:
        certificate.keep(shared, folder)


def shared_identity(connection: Connection) -> Identity | None:
    row = connection.execute(select(identities).where(identities.c.name == NAME)).first()
    return Identity(row.chain, row.key) if row else None


def _offer(tx: Transaction, offered: Identity, now: int) -> Identity:
    """Of processes that offer one at the same time, the first wins."""
    tx.alone_in("identity")
    first = shared_identity(tx.connection)
    if first is None:
        values = {"name": NAME, "chain": offered.chain, "key": offered.key, "created_at": now}
        tx.execute(insert(identities), values)
    return first or offered
