"""The database's time, as a process tells it."""

import time

import pytest
from structlog.testing import capture_logs

from easel.db.clock import DatabaseClock
from easel.db.engine import Database
from easel.kit.clock import MINUTE, Clock

pytestmark = [pytest.mark.anyio, pytest.mark.backends("postgres")]


async def test_until_it_is_set_it_is_the_hosts(db: Database) -> None:
    assert abs(DatabaseClock(db).now() - Clock().now()) <= 2


async def test_a_host_whose_clock_is_wrong_follows_the_databases_and_says_so(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = Clock().now()
    monkeypatch.setattr(Clock, "now", lambda _: time.time_ns() // 1_000_000 + 5 * MINUTE)
    clock = DatabaseClock(db)
    assert clock.now() - right >= 5 * MINUTE
    with capture_logs() as said:
        await clock.sync()
    [line] = said
    assert abs(line["milliseconds"] - 5 * MINUTE) < 200
    assert 0 <= clock.now() - right < 2_000


async def test_what_is_done_to_the_hosts_clock_meanwhile_changes_nothing(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = DatabaseClock(db)
    await clock.sync()
    before = clock.now()
    monkeypatch.setattr(Clock, "now", lambda _: 0)
    assert 0 <= clock.now() - before < 2_000


async def test_small_differences_are_no_news(db: Database) -> None:
    with capture_logs() as said:
        await DatabaseClock(db).sync()
    assert said == []
