"""The queue of many processes begins and ends without leaving anything behind."""

import asyncio

import pytest

from easel.runtime.postgres.database import PostgresDatabase
from easel.runtime.postgres.queue import PostgresQueue

pytestmark = [pytest.mark.anyio, pytest.mark.backends("postgres")]


async def handler(job_id: str) -> None:
    raise AssertionError(job_id)


async def test_one_that_is_stopped_while_it_connects_leaves_no_task(
    db: PostgresDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A task of its pool that is left would never end: it swallows what the event loop cancels it with."""
    connecting = asyncio.Event()

    async def never(*_: object, **__: object) -> None:
        connecting.set()
        await asyncio.sleep(60)

    monkeypatch.setattr("psycopg_pool.AsyncConnectionPool.wait", never)
    before = asyncio.all_tasks()
    queue = PostgresQueue(db, at_once=1)
    await queue.start(handler)
    await asyncio.wait_for(connecting.wait(), 10)
    await queue.stop(0)
    assert asyncio.all_tasks() == before
