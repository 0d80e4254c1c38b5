"""The rows of files: owners, expiry, and the stored bytes per team.

The bytes themselves are in the store. `teams.stored_bytes` and `stored_test_bytes` change only here, in the transaction
that writes or deletes the rows.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, Column, Connection, Update, bindparam, case, delete, func, insert, select, update

from easel.db.columns import values_of
from easel.db.engine import Transaction
from easel.db.scope import within
from easel.db.tables import files, teams
from easel.domain import Scope, StoredObject
from easel.errors import NotFound, StorageFull

INSERT = insert(files)
OF_JOBS = (
    select(files)
    .where(files.c.job_id.in_(bindparam("jobs", expanding=True)), files.c.kind == bindparam("kind"))
    .order_by(files.c.job_id, files.c.position)
)
TEAM: BindParameter[str] = bindparam("team")
ADDED: BindParameter[int] = bindparam("added")
LIMIT: BindParameter[int] = bindparam("limit")
STORED: dict[bool, "Column[int]"] = {False: teams.c.stored_bytes, True: teams.c.stored_test_bytes}


def _add(column: "Column[int]") -> Update:
    return update(teams).where(teams.c.id == TEAM).values({column: column + ADDED})


def _free(column: "Column[int]") -> Update:
    """Never below zero: a wrong sum must not prevent deletion. The doctor reports it."""
    return _add(column).values({column: case((column < -ADDED, 0), else_=column + ADDED)})


FREE = {test: _free(column) for test, column in STORED.items()}
ADD = {test: _add(column) for test, column in STORED.items()}
ADD_WITHIN = {test: _add(column).where(column + ADDED <= LIMIT) for test, column in STORED.items()}
HAS_ROOM = {test: select(column + ADDED <= LIMIT).where(teams.c.id == TEAM) for test, column in STORED.items()}


@dataclass(frozen=True, slots=True)
class FileRow:
    """One stored image: an output or an input of a job, or an upload that no job uses."""

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


def record_file(
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
    limit: int | None = None,
) -> FileRow:
    """Write a file's row. Raises StorageFull when its team would exceed `limit` bytes, also concurrently."""
    added: dict[str, object] = {"team": team_id, "added": stored.byte_size}
    if limit is None:
        tx.execute(ADD[test], added)
    elif not tx.execute(ADD_WITHIN[test], added | {"limit": limit}).rowcount:
        raise storage_full(limit, test=test)
    row = FileRow(
        name=stored.name,
        token=token,
        kind=kind,
        team_id=team_id,
        user_id=user_id,
        test=test,
        job_id=job_id,
        position=position,
        key=stored.key,
        media_type=stored.media_type,
        byte_size=stored.byte_size,
        etag=stored.etag,
        width=stored.size.width,
        height=stored.size.height,
        created_at=now,
        expires_at=expires_at,
    )
    tx.execute(INSERT, values_of(row))
    return row


def require_room(connection: Connection, team_id: str, *, test: bool, limit: int | None, added: int = 1) -> None:
    """Raises StorageFull when the team has no room for this many more bytes."""
    if limit is None:
        return
    values = {"team": team_id, "added": added, "limit": limit}
    if not connection.execute(HAS_ROOM[test], values).scalar_one():
        raise storage_full(limit, test=test)


def storage_full(limit: int, *, test: bool) -> StorageFull:
    return StorageFull(
        f"The team's storage limit of {limit / 10**9:g} GB{' in test mode' if test else ''} is reached.",
        hint="Delete jobs, or wait until files expire; your administrator can raise the limit.",
    )


def find_file(connection: Connection, name: str) -> FileRow | None:
    row = connection.execute(select(files).where(files.c.name == name)).mappings().first()
    return FileRow(**row) if row else None


def files_of_jobs(connection: Connection, job_ids: Sequence[str], kind: str = "output") -> dict[str, list[FileRow]]:
    """The files of each job, in order; jobs without files are absent."""
    by_job: dict[str, list[FileRow]] = {}
    for row in connection.execute(OF_JOBS, {"jobs": job_ids, "kind": kind}).mappings():
        by_job.setdefault(row["job_id"], []).append(FileRow(**row))
    return by_job


def lock_files_of(tx: Transaction, job_ids: Sequence[str]) -> Sequence[FileRow]:
    """The images and inputs of some jobs. Until the transaction ends nobody else deletes one of them."""
    query = select(files).where(files.c.job_id.in_(job_ids)).order_by(files.c.name).with_for_update()
    return [FileRow(**row) for row in tx.execute(query).mappings()]


def lock_image(tx: Transaction, scope: Scope, job_id: str, number: int) -> FileRow:
    """An image of a job, counting from 1; raises NotFound.

    Until the transaction ends nobody deletes it, or adds it to anything.
    """
    wanted = (files.c.job_id == job_id, files.c.kind == "output", files.c.position == number, within(files, scope))
    row = tx.execute(select(files).where(*wanted).with_for_update()).mappings().first()
    if row is None:
        raise no_image()
    return FileRow(**row)


def no_image() -> NotFound:
    return NotFound("Image not found", code="image_not_found")


def find_files(connection: Connection, scope: Scope, names: Sequence[str]) -> Sequence[FileRow]:
    """The files within the scope, in the order of the names."""
    query = select(files).where(files.c.name.in_(names), within(files, scope))
    by_name = {row["name"]: FileRow(**row) for row in connection.execute(query).mappings()}
    return [by_name[name] for name in names if name in by_name]


def expired_files(connection: Connection, now: int, limit: int = 500) -> Sequence[FileRow]:
    query = select(files).where(files.c.expires_at <= now).order_by(files.c.expires_at).limit(limit)
    return [FileRow(**row) for row in connection.execute(query).mappings()]


def delete_files(tx: Transaction, gone: Sequence[FileRow]) -> set[str]:
    """Delete the rows of purged files; returns the jobs whose images they were, which have expired."""
    dropped = delete(files).where(files.c.name.in_([file.name for file in gone]))
    freed: Counter[tuple[str, bool]] = Counter()
    for row in tx.execute(dropped.returning(files.c.team_id, files.c.test, files.c.byte_size)):
        freed[row.team_id, row.test] += row.byte_size
    for (team_id, test), size in sorted(freed.items()):  # always in this order: two sweeps never deadlock
        tx.execute(FREE[test], {"team": team_id, "added": -size})
    return {file.job_id for file in gone if file.kind == "output" and file.job_id}


def shorten_inputs(tx: Transaction, job_id: str, *, expires_at: int) -> None:
    """Let the inputs of a failed job expire by then."""
    kept = (files.c.job_id == job_id) & (files.c.kind == "input") & (files.c.expires_at > expires_at)
    tx.execute(update(files).where(kept).values(expires_at=expires_at))


def miscounted_bytes(connection: Connection) -> Sequence[str]:
    """One sentence for each team whose stored bytes differ from the sum of its files."""

    def total(*, test: bool) -> Any:
        return func.coalesce(func.sum(case((files.c.test.is_(test), files.c.byte_size), else_=0)), 0)

    query = (
        select(teams, total(test=False).label("live"), total(test=True).label("test"))
        .outerjoin(files, files.c.team_id == teams.c.id)
        .group_by(teams.c.id)
        .having((teams.c.stored_bytes != total(test=False)) | (teams.c.stored_test_bytes != total(test=True)))
    )
    return [
        f"Team {row.name!r} counts {row.stored_bytes:,} stored bytes and {row.stored_test_bytes:,} of test mode; "
        f"its files have {row.live:,} and {row.test:,}."
        for row in connection.execute(query)
    ]


def keys_without_row(connection: Connection, keys: Sequence[str]) -> Sequence[str]:
    """The object keys without a file row. A key ends with the file's name, which is indexed."""
    names = [key.rpartition("/")[2] for key in keys]
    known = set(connection.execute(select(files.c.key).where(files.c.name.in_(names))).scalars())
    return [key for key in keys if key not in known]


def names_without_row(connection: Connection, names: Sequence[str]) -> Sequence[str]:
    """The names without a file row."""
    known = set(connection.execute(select(files.c.name).where(files.c.name.in_(names))).scalars())
    return [name for name in names if name not in known]
