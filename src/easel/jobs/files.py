"""Which files there are, whose they are and how long they stay. The bytes are the store's business."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from easel.db.engine import Transaction
from easel.db.scope import within
from easel.db.tables import files, jobs
from easel.domain import Scope, StoredObject

INSERT = insert(files)


@dataclass(frozen=True, slots=True)
class FileRow:
    """One stored picture: an output or an input of a job, or an upload no job has."""

    name: str
    token: str
    kind: str
    team_id: str
    job_id: str | None
    position: int
    key: str
    media_type: str
    byte_size: int
    etag: str
    width: int
    height: int
    created_at: int
    expires_at: int
    user_id: str | None
    test: bool


async def record_file(
    tx: Transaction,
    stored: StoredObject,
    *,
    token: str,
    kind: str,
    team_id: str,
    user_id: str,
    test: bool,
    job_id: str | None,
    position: int,
    now: int,
    expires_at: int,
) -> None:
    values = {
        "name": stored.name,
        "token": token,
        "kind": kind,
        "team_id": team_id,
        "user_id": user_id,
        "test": test,
        "job_id": job_id,
        "position": position,
        "key": stored.key,
        "media_type": stored.media_type,
        "byte_size": stored.byte_size,
        "etag": stored.etag,
        "width": stored.size.width,
        "height": stored.size.height,
        "created_at": now,
        "expires_at": expires_at,
    }
    await tx.execute(INSERT, values)


async def find_file(connection: AsyncConnection, name: str) -> FileRow | None:
    row = (await connection.execute(select(files).where(files.c.name == name))).mappings().first()
    return FileRow(**row) if row else None


async def files_of_jobs(
    connection: AsyncConnection, job_ids: Sequence[str], kind: str = "output"
) -> dict[str, list[FileRow]]:
    """The files of each job, in order; jobs without any are absent."""
    query = (
        select(files)
        .where(files.c.job_id.in_(job_ids), files.c.kind == kind)
        .order_by(files.c.job_id, files.c.position)
    )
    found: dict[str, list[FileRow]] = {}
    for row in (await connection.execute(query)).mappings():
        found.setdefault(row["job_id"], []).append(FileRow(**row))
    return found


async def all_files_of(connection: AsyncConnection, job_id: str) -> Sequence[FileRow]:
    """Pictures and inputs."""
    query = select(files).where(files.c.job_id == job_id).order_by(files.c.name)
    return [FileRow(**row) for row in (await connection.execute(query)).mappings()]


async def find_files(connection: AsyncConnection, scope: Scope, names: Sequence[str]) -> Sequence[FileRow]:
    """Those of these files that the scope holds, in the order of the names."""
    query = select(files).where(files.c.name.in_(names), within(files, scope))
    found = {row["name"]: FileRow(**row) for row in (await connection.execute(query)).mappings()}
    return [found[name] for name in names if name in found]


async def expired_files(connection: AsyncConnection, now: int, limit: int = 500) -> Sequence[FileRow]:
    query = select(files).where(files.c.expires_at <= now).order_by(files.c.expires_at).limit(limit)
    return [FileRow(**row) for row in (await connection.execute(query)).mappings()]


async def forget_files(tx: Transaction, gone: Sequence[FileRow]) -> None:
    """Drop the rows of purged files, and mark the jobs whose pictures are gone as expired."""
    await tx.execute(delete(files).where(files.c.name.in_([file.name for file in gone])))
    job_ids = {file.job_id for file in gone if file.kind == "output" and file.job_id}
    await tx.execute(update(jobs).where(jobs.c.id.in_(job_ids)).values(expired=True))


async def keys_without_row(connection: AsyncConnection, keys: Sequence[str]) -> Sequence[str]:
    """Which of these object keys no file row names. A key ends with its file's name, by which rows are found."""
    names = [key.rpartition("/")[2] for key in keys]
    known = set((await connection.execute(select(files.c.key).where(files.c.name.in_(names)))).scalars())
    return [key for key in keys if key not in known]


async def names_without_row(connection: AsyncConnection, names: Sequence[str]) -> Sequence[str]:
    """Which of these names no file has."""
    known = set((await connection.execute(select(files.c.name).where(files.c.name.in_(names)))).scalars())
    return [name for name in names if name not in known]
