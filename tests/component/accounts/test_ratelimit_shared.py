"""The rate limit of several processes on one PostgreSQL."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import func, select
from tests.support.jobs import some_caller

from easel.accounts.ratelimit import (
    Allowance,
    RateLimit,
    RateLimitSettings,
    SharedCounter,
    forget_old_counts,
)
from easel.db.engine import Database
from easel.db.fleet_tables import request_counts
from easel.errors import RateLimited
from easel.kit.clock import MINUTE
from easel.runtime import runtime_of
from easel.runtime.embedded.database import SqliteDatabase
from easel.runtime.postgres.database import PostgresDatabase
from easel.testing.clock import ManualClock

pytestmark = [pytest.mark.anyio, pytest.mark.backends("postgres")]
LIMIT = 20


def limit(db: Database, clock: ManualClock) -> RateLimit:
    """As another process has it."""
    return RateLimit(RateLimitSettings(rate_limit_per_minute=LIMIT), clock, SharedCounter(db))


async def test_all_processes_together_let_as_many_through_as_the_limit_says(db: PostgresDatabase) -> None:
    clock = ManualClock()
    processes = [limit(db, clock) for _ in range(3)]
    answers = await asyncio.gather(
        *(one.count(some_caller("key", "ann")) for one in processes * LIMIT), return_exceptions=True
    )
    passed = [answer.remaining for answer in answers if isinstance(answer, Allowance)]
    assert sorted(passed) == list(range(LIMIT))
    assert all(isinstance(answer, Allowance | RateLimited) for answer in answers)
    with pytest.raises(RateLimited) as refusal:
        await limit(db, clock).count(some_caller("key", "ann"))
    assert refusal.value.headers["X-RateLimit-Remaining"] == "0"
    assert await limit(db, clock).count(some_caller("another", "another"))
    clock.advance(MINUTE)
    assert [bool(await one.count(some_caller("key", "ann"))) for one in processes] == [True] * 3


async def test_the_minutes_that_are_over_are_forgotten(db: PostgresDatabase) -> None:
    clock = ManualClock()
    for _ in range(4):
        await limit(db, clock).count(some_caller("key", "ann"))
        clock.advance(MINUTE)
    with db.transaction() as tx:
        forget_old_counts(tx, clock.now() - MINUTE)
        assert tx.execute(select(func.count()).select_from(request_counts)).scalar_one() == 4


async def test_on_postgresql_the_count_is_shared_and_on_sqlite_it_is_not(db: PostgresDatabase, tmp_path: Path) -> None:
    assert isinstance(runtime_of(db).counter(), SharedCounter)
    assert not isinstance(runtime_of(SqliteDatabase(tmp_path / "easel.db")).counter(), SharedCounter)
