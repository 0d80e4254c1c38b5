import asyncio
from collections.abc import Callable

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from tests.support.jobs import move_in

from easel.db.engine import Database

pytestmark = [pytest.mark.anyio, pytest.mark.places]


async def count_teams(db: Database) -> int:
    async with db.read() as connection:
        return int((await connection.execute(text("SELECT count(*) FROM teams"))).scalar_one())


async def test_a_committed_block_is_seen_by_every_reader(db: Database, open_again: Callable[[], Database]) -> None:
    await move_in(db)
    second = open_again()
    assert await count_teams(second) == 1
    await second.close()


async def test_readers_see_nothing_of_an_open_transaction_and_do_not_wait_for_it(db: Database) -> None:
    await move_in(db)
    async with db.write() as tx:
        await tx.execute(text("UPDATE teams SET name = 'Other'"))
        async with db.read() as connection:
            assert (await connection.execute(text("SELECT name FROM teams"))).scalar_one() == "Main"


async def test_a_block_that_raises_leaves_no_trace(db: Database) -> None:
    await move_in(db)
    with pytest.raises(RuntimeError, match="midway"):
        async with db.write() as tx:
            await tx.execute(text("UPDATE teams SET name = 'Other'"))
            raise RuntimeError("midway")
    async with db.read() as connection:
        assert (await connection.execute(text("SELECT name FROM teams"))).scalar_one() == "Main"


async def test_a_cancelled_block_leaves_no_trace_and_no_lock(db: Database) -> None:
    await move_in(db)
    entered = asyncio.Event()

    async def hang() -> None:
        async with db.write() as tx:
            await tx.execute(text("UPDATE teams SET name = 'Other'"))
            entered.set()
            await asyncio.sleep(60)

    task = asyncio.create_task(hang())
    await entered.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with db.write() as tx:
        assert (await tx.execute(text("SELECT name FROM teams"))).scalar_one() == "Main"


async def test_what_waits_for_the_commit_happens_after_it_in_order(db: Database) -> None:
    heard: list[str] = []
    async with db.write() as tx:
        tx.after_commit(lambda: heard.append("first"))
        tx.after_commit(lambda: heard.append("second"))
        assert heard == []
    assert heard == ["first", "second"]


async def test_what_waits_for_a_commit_that_never_comes_never_happens(db: Database) -> None:
    heard: list[str] = []
    with pytest.raises(RuntimeError):
        async with db.write() as tx:
            tx.after_commit(lambda: heard.append("rung"))
            raise RuntimeError
    assert heard == []


async def test_writers_take_turns_and_none_is_lost(db: Database, open_again: Callable[[], Database]) -> None:
    await move_in(db)
    second = open_again()

    async def add_one(database: Database) -> None:
        async with database.write() as tx:
            await tx.alone_in("balance")
            balance = (await tx.execute(text("SELECT balance FROM teams"))).scalar_one()
            await asyncio.sleep(0)
            await tx.execute(text("UPDATE teams SET balance = :balance"), {"balance": balance + 1})

    await asyncio.gather(*(add_one(database) for database in [db, second] * 10))
    async with db.read() as connection:
        assert (await connection.execute(text("SELECT balance FROM teams"))).scalar_one() == 20
    await second.close()


async def test_what_nobody_else_does_meanwhile(db: Database, open_again: Callable[[], Database]) -> None:
    second = open_again()
    async with db.try_lock("this") as first, second.try_lock("other") as other:
        assert (first, other) == (True, True)
        if db.dialect == "postgresql":  # a file has one process
            async with second.try_lock("this") as again:
                assert not again
    async with second.try_lock("this") as later:
        assert later
    await second.close()


async def test_a_foreign_key_must_lead_somewhere(db: Database) -> None:
    with pytest.raises(IntegrityError):
        async with db.write() as tx:
            await tx.execute(
                text("INSERT INTO users (id, team_id, email, role, created_at) VALUES ('u', 'nobody', 'e', 'OWNER', 1)")
            )


@pytest.mark.places("small")
async def test_what_is_committed_survives_a_power_cut(db: Database) -> None:
    settings = {}
    async with db.write() as tx:
        for name in ("journal_mode", "synchronous", "foreign_keys"):
            settings[name] = (await tx.execute(text(f"PRAGMA {name}"))).scalar_one()
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
