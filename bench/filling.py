"""Fills a database with jobs that look like a real one, thousands of times faster than generating them would.

What the real job left in every table is copied under new ids; all the files are its one image.
"""

import asyncio
import gc
import json
import random
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import JSON, Connection, Table, select

from easel.db.tables import api_keys, attempts, deliveries, events, files, jobs, ledger, metadata, teams, users
from easel.domain import Role
from easel.kit.clock import DAY, SECOND
from easel.runtime import open_database
from easel.runtime.postgres.database import plain_address

Row = dict[str, Any]
Pour = Callable[[Table, Sequence[Row]], None]

KEPT, NEWS_KEPT = 85 * DAY, 29 * DAY  # as a server keeps them whose sweep has just been there
ENDS, ODDS = ("COMPLETED", "FAILED", "CANCELLED"), (95, 4, 1)
SUBJECTS = ("a lighthouse in fog", "a fox reading", "Poster for an open studio night", "a bowl of lemons", "a red door")
PROMPT = "the prompt"
OTHER_TEAMS, WAITING, CREDITS = 20, 50, 10**9
BATCH = 5_000


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose jobs they are, and what part of all."""

    team_id: str
    user_id: str
    key_id: str
    share: int


@dataclass(frozen=True, slots=True)
class Like:
    """What one real job left behind. `asked` is its request, with PROMPT for what it asked for."""

    job: Row
    asked: str
    file: Row
    ledger: Sequence[Row]
    event: Row


def fill(data: Path, address: str | None, count: int, *, others: bool = True) -> None:
    """Bring the database of a stopped server that has generated one job to `count` of them, over the last 85 days.

    With `others` they belong to several teams, the server's own having 60 % of them and its first person 40 %, and a
    few of another team wait in its line; else they are all the first person's, and completed.
    """
    like = asyncio.run(_real_job(data, address))
    chance, now = random.Random(count), time.time_ns() // 1_000_000
    with _postgres(address) if address else _sqlite(data / "easel.db") as pour:
        owners = [Owner(like.job["team_id"], like.job["user_id"], like.job["key_id"], 40)]
        gc.disable()  # millions of small things, none of them in a circle: half of the time would be looking for one
        if others:
            owners += _people(pour, owners[0], chance, now)
        _grant(pour, owners, now)
        for first in range(1, count, BATCH):
            moments = [now - KEPT + KEPT * number // count for number in range(first, min(first + BATCH, count))]
            _pour_jobs(
                pour, like, moments, owners, chance, ends=ODDS if others else (1, 0, 0), news_after=now - NEWS_KEPT
            )
        if others:
            _pour_waiting(pour, like, owners[-1], chance, now)
        gc.enable()


async def _real_job(data: Path, address: str | None) -> Like:
    db = open_database(data, address)
    with db.reading() as connection:
        (job,) = _rows(connection, jobs)
        (file,) = _rows(connection, files)
        (event,) = _rows(connection, events)
        entries = [row for row in _rows(connection, ledger) if row["job_id"]]
    await db.close()
    asked = json.dumps(json.loads(job["request"]) | {"prompt": PROMPT})
    return Like(job, asked, file, entries, event)


def _rows(connection: Connection, table: Table) -> list[Row]:
    """Every row but for what the database counts by itself, with its JSON as the text that is kept."""
    texts = [column.name for column in table.columns if isinstance(column.type, JSON)]
    kept = [column for column in table.columns if column is not table.autoincrement_column]
    found = connection.execute(select(*kept)).mappings()
    return [dict(row) | {name: json.dumps(row[name]) for name in texts} for row in found]


def _people(pour: Pour, first: Owner, chance: random.Random, now: int) -> list[Owner]:
    """Two colleagues, and twenty teams of one."""
    made = [Owner(first.team_id, _id(now, chance), _id(now, chance), 10) for _ in range(2)]
    made += [Owner(_id(now, chance), _id(now, chance), _id(now, chance), 2) for _ in range(OTHER_TEAMS)]
    strangers = [one for one in made if one.team_id != first.team_id]
    team = {"plan": "self-hosted", "job_limit": 0, "created_at": now}
    pour(teams, [team | {"id": one.team_id, "name": f"Team {one.team_id}"} for one in strangers])
    person = {"role": Role.MEMBER.value, "created_at": now}
    pour(
        users,
        [person | {"id": one.user_id, "team_id": one.team_id, "email": f"{one.user_id}@localhost"} for one in made],
    )
    key = {"name": "key", "prefix": "afk_", "test": False, "state": "active", "created_at": now}
    pour(
        api_keys,
        [key | {"id": one.key_id, "user_id": one.user_id, "digest": chance.randbytes(32)} for one in made],
    )
    return made


def _grant(pour: Pour, owners: Sequence[Owner], now: int) -> None:
    """Credits enough for everything that is poured."""
    entry = {"kind": "grant", "amount": CREDITS, "held": 0, "note": "for all that follows", "created_at": now}
    pour(ledger, [entry | {"team_id": team_id} for team_id in {one.team_id for one in owners}])


def _pour_jobs(
    pour: Pour,
    like: Like,
    moments: Sequence[int],
    owners: Sequence[Owner],
    chance: random.Random,
    *,
    ends: Sequence[int],
    news_after: int,
) -> None:
    rows: dict[Table, list[Row]] = {table: [] for table in (jobs, files, ledger, attempts, events, deliveries)}
    chosen = chance.choices(owners, [one.share for one in owners], k=len(moments))
    for moment, owner, state in zip(moments, chosen, chance.choices(ENDS, ends, k=len(moments)), strict=True):
        job = _job(like, moment, owner, state, chance)
        theirs = {"team_id": owner.team_id, "job_id": job["id"]}
        done = state == "COMPLETED"
        rows[jobs].append(job)
        if done:
            file = like.file | theirs | {"name": f"{job['id']}-1.webp", "token": job["file_token"]}
            rows[files].append(file | {"created_at": job["completed_at"], "expires_at": moment + 90 * DAY})
        rows[ledger] += _entries(like, theirs, moment, done=done)
        rows[attempts].append(_attempt(job, done=done))
        if moment > news_after:
            event = _event(like, job, state, chance)
            rows[events].append(event | theirs)
            if chance.random() < 0.3:
                rows[deliveries].append(_delivery(event | theirs, owner))
    for table, some in rows.items():
        pour(table, some)


def _pour_waiting(pour: Pour, like: Like, owner: Owner, chance: random.Random, now: int) -> None:
    """A line that does not move: of a team that may have nothing at work, with a test key, which holds no credits."""
    waiting = {"status": "QUEUED", "test": True, "admitted_at": None, "started_at": None, "completed_at": None}
    waiting |= {"progress": 0, "epoch": 0, "deadline_at": None}
    line = [_job(like, now, owner, "QUEUED", chance) | waiting for _ in range(WAITING)]
    pour(jobs, line)


def _job(like: Like, moment: int, owner: Owner, state: str, chance: random.Random) -> Row:
    done = state == "COMPLETED"
    number = chance.randrange(1_000_000)
    prompt = f"{SUBJECTS[number % len(SUBJECTS)]}, number {number}"
    return like.job | {
        "id": _id(moment, chance),
        "team_id": owner.team_id,
        "user_id": owner.user_id,
        "key_id": owner.key_id,
        "model": "gpt-image-1.5" if number % 10 == 0 else "gpt-image-2",
        "request": like.asked.replace(PROMPT, prompt),
        "status": state,
        "error": None if done else "The provider failed.",
        "error_code": None if done else "provider_failed",
        "credit_cost": like.job["credit_cost"] if done else 0,
        "file_token": f"{chance.getrandbits(128):032x}",
        "created_at": moment,
        "admitted_at": moment,
        "started_at": moment + 40,
        "completed_at": moment + 9 * SECOND + number % 4000,
    }


def _entries(like: Like, theirs: Row, moment: int, *, done: bool) -> Iterator[Row]:
    for entry in like.ledger:
        free = {} if done or entry["kind"] == "hold" else {"kind": "release", "amount": 0}
        yield {**entry, **theirs, "created_at": moment, **free}


def _attempt(job: Row, *, done: bool) -> Row:
    outcome, paid = ("generated", "yes") if done else ("failed", "no")
    times = {"started_at": job["started_at"], "ended_at": job["completed_at"]}
    return times | {"job_id": job["id"], "provider": job["provider"], "outcome": outcome, "paid": paid}


def _event(like: Like, job: Row, state: str, chance: random.Random) -> Row:
    body = like.event["body"].replace(like.job["id"], job["id"])
    made = {"id": _id(job["created_at"], chance), "body": body, "created_at": job["completed_at"]}
    return like.event | made | {"kind": state.lower()}


def _delivery(event: Row, owner: Owner) -> Row:
    sent = {"key_id": owner.key_id, "url": "http://127.0.0.1:1/hook", "state": "delivered", "tries": 1}
    return event | sent | {"ended_at": event["created_at"] + SECOND}


def _id(moment: int, chance: random.Random) -> str:
    """A UUIDv7 of that moment."""
    text = f"{moment:012x}7{chance.getrandbits(12):03x}{8 + chance.getrandbits(2):x}{chance.getrandbits(60):015x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


@contextmanager
def _sqlite(path: Path) -> Iterator[Pour]:
    """Pour into a file, as one transaction, and then make the teams' sums those of their entries."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA synchronous=OFF")  # for this connection alone

        def pour(table: Table, rows: Sequence[Row]) -> None:
            if rows:
                names, marks = ",".join(f'"{name}"' for name in rows[0]), ",".join("?" * len(rows[0]))
                lines = [tuple(row.values()) for row in rows]
                connection.executemany(f"INSERT INTO {table.name} ({names}) VALUES ({marks})", lines)

        yield pour
        for statement in SUMS:
            connection.execute(statement)


@contextmanager
def _postgres(address: str) -> Iterator[Pour]:
    """The same on a server, whose foreign keys are not checked meanwhile; and let it count what it has, as it would."""
    with psycopg.connect(plain_address(address)) as connection:
        connection.execute("SET session_replication_role = replica")

        def pour(table: Table, rows: Sequence[Row]) -> None:
            if rows:
                names = sql.SQL(",").join(map(sql.Identifier, rows[0]))
                copy = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), names)
                with connection.cursor().copy(copy) as into:
                    for row in rows:
                        into.write_row(tuple(row.values()))

        yield pour
        for statement in SUMS:
            connection.execute(statement)
    with psycopg.connect(plain_address(address), autocommit=True) as connection:
        for table in metadata.sorted_tables:
            connection.execute(sql.SQL("VACUUM ANALYZE {}").format(sql.Identifier(table.name)))


# What is kept with each row, made anew: on PostgreSQL no trigger runs meanwhile.
SUMS = (
    "UPDATE teams SET balance = (SELECT sum(amount) FROM ledger WHERE ledger.team_id = teams.id), "
    "stored_bytes = coalesce((SELECT sum(byte_size) FROM files WHERE files.team_id = teams.id), 0)",
    "DELETE FROM daily_usage",
    "INSERT INTO daily_usage (team_id, day, model, key_id, user_id, credits, jobs) "
    "SELECT ledger.team_id, ledger.created_at / 86400000, model, key_id, user_id, -sum(amount), count(*) "
    "FROM ledger JOIN jobs ON jobs.id = ledger.job_id WHERE ledger.kind = 'settle' "
    "GROUP BY ledger.team_id, ledger.created_at / 86400000, model, key_id, user_id",
)
