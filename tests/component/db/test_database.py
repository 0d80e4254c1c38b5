import asyncio
import threading
from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from tests.support.jobs import create_tenant

from easel.db.engine import Database, Transaction

THREADS = 10  # of either database, at the most

pytestmark = [pytest.mark.anyio, pytest.mark.backends]


def name_of_team(connection: Connection) -> str:
    return str(connection.execute(text("SELECT name FROM teams")).scalar_one())


def balance_of_team(connection: Connection) -> int:
    return int(connection.execute(text("SELECT balance FROM teams")).scalar_one())


def count(tx: Transaction) -> int:
    return int(tx.execute(text("SELECT count(*) FROM teams")).scalar_one())


async def count_teams(db: Database) -> int:
    with db.reading() as connection:
        return int(connection.execute(text("SELECT count(*) FROM teams")).scalar_one())


async def test_a_committed_block_is_seen_by_every_reader(db: Database, open_again: Callable[[], Database]) -> None:
    await create_tenant(db)
    second = open_again()
    assert await count_teams(second) == 1
    await second.close()


async def test_readers_see_nothing_of_an_open_transaction_and_do_not_wait_for_it(db: Database) -> None:
    await create_tenant(db)
    with db.transaction() as tx:
        tx.execute(text("UPDATE teams SET name = 'Other'"))
        with db.reading() as connection:
            assert connection.execute(text("SELECT name FROM teams")).scalar_one() == "Main"


async def test_a_block_that_raises_leaves_no_trace(db: Database) -> None:
    await create_tenant(db)
    with pytest.raises(RuntimeError, match="midway"), db.transaction() as tx:
        tx.execute(text("UPDATE teams SET name = 'Other'"))
        raise RuntimeError("midway")
    with db.reading() as connection:
        assert connection.execute(text("SELECT name FROM teams")).scalar_one() == "Main"


async def test_a_write_that_raises_leaves_no_trace_and_keeps_nobody_out(db: Database) -> None:
    await create_tenant(db)

    def change(tx: Transaction) -> None:
        tx.execute(text("UPDATE teams SET name = 'Other'"))
        raise RuntimeError("midway")

    with pytest.raises(RuntimeError, match="midway"):
        await db.write(change)
    assert await db.read(name_of_team) == "Main"
    assert await db.write(count) == 1
    assert await db.read(name_of_team) == "Main"


async def test_a_transaction_that_waits_when_it_is_cancelled_never_happens(db: Database) -> None:
    await create_tenant(db)
    entered, go_on = threading.Event(), threading.Event()

    def hold(tx: Transaction) -> None:
        tx.execute(text("UPDATE teams SET name = name"))
        entered.set()
        go_on.wait(10)

    def rename(tx: Transaction) -> None:
        tx.execute(text("UPDATE teams SET name = 'Other'"))

    holding = [asyncio.create_task(db.write(hold)) for _ in range(THREADS)]  # as many as there are threads
    await asyncio.to_thread(entered.wait, 10)
    waiting = asyncio.create_task(db.write(rename))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    go_on.set()
    await asyncio.gather(*holding)
    assert await db.read(name_of_team) == "Main"


async def test_a_transaction_that_runs_when_it_is_cancelled_is_whole(db: Database) -> None:
    await create_tenant(db)
    entered, go_on, heard = threading.Event(), threading.Event(), asyncio.Event()

    def rename(tx: Transaction) -> None:
        tx.execute(text("UPDATE teams SET name = 'Other'"))
        entered.set()
        go_on.wait(10)
        tx.after_commit(heard.set)

    task = asyncio.create_task(db.write(rename))
    await asyncio.to_thread(entered.wait, 10)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    go_on.set()
    await asyncio.wait_for(heard.wait(), 10)
    assert await db.read(name_of_team) == "Other"


async def test_who_gets_no_thread_in_time_is_told_so(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = threading.Event()
    holding = [asyncio.create_task(db.write(lambda _: go_on.wait(10))) for _ in range(THREADS)]
    await asyncio.sleep(0.01)
    monkeypatch.setattr("easel.db.engine.LONGEST_WAIT", 0.05)
    with pytest.raises(PoolTimeout):
        await db.write(count)
    go_on.set()
    await asyncio.gather(*holding)


async def test_what_waits_for_the_commit_happens_after_it_in_order(db: Database) -> None:
    heard: list[str] = []

    def change(tx: Transaction) -> None:
        tx.after_commit(lambda: heard.append("first"))
        tx.after_commit(lambda: heard.append("second"))
        assert heard == []

    await db.write(change)
    assert heard == ["first", "second"]


async def test_what_waits_for_a_commit_that_never_comes_never_happens(db: Database) -> None:
    heard: list[str] = []

    def change(tx: Transaction) -> None:
        tx.after_commit(lambda: heard.append("rung"))
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await db.write(change)
    assert heard == []


async def ends_of_one_commit(db: Database, *changes: Callable[[Transaction], None]) -> list[BaseException | None]:
    """How each of these ends. On SQLite they share a commit, since all wait behind another one."""
    go_on = threading.Event()
    first = asyncio.create_task(db.write(lambda _: go_on.wait(10)))
    others = [asyncio.create_task(db.write(change)) for change in changes]
    await asyncio.sleep(0.01)
    go_on.set()
    await first
    return await asyncio.gather(*others, return_exceptions=True)


async def test_who_fails_is_rolled_back_alone(db: Database) -> None:
    await create_tenant(db)

    def add(tx: Transaction, amount: int) -> None:
        tx.execute(text("UPDATE teams SET balance = balance + :amount"), {"amount": amount})
        if amount % 2:
            raise ValueError(amount)

    ends = await ends_of_one_commit(db, *(partial(add, amount=amount) for amount in range(10)))
    assert [isinstance(end, ValueError) for end in ends] == [bool(amount % 2) for amount in range(10)]
    assert await db.read(balance_of_team) == 0 + 2 + 4 + 6 + 8


@pytest.mark.backends("embedded")
@pytest.mark.parametrize(("refused_after_a_change", "runs"), [(False, 1), (True, 2)])
async def test_they_are_run_again_only_when_one_fails_that_has_changed_something(
    db: Database, refused_after_a_change: bool, runs: int
) -> None:
    """Most refusals have changed nothing, and do not cost those who share their commit."""
    await create_tenant(db)
    heard, ran = list[int](), Counter[int]()

    def add(tx: Transaction, number: int) -> None:
        ran[number] += 1
        if number != 1 or refused_after_a_change:
            tx.execute(text("UPDATE teams SET balance = balance + 1"))
        tx.after_commit(lambda: heard.append(number))
        if number == 1:
            raise ValueError

    ends = await ends_of_one_commit(db, *(partial(add, number=number) for number in range(3)))
    assert [type(end) for end in ends] == [type(None), ValueError, type(None)]
    assert (await db.read(balance_of_team), heard) == (2, [0, 2])
    # Whoever comes before the one that fails is run again; who comes after it had not been run.
    assert (ran[0], ran[1], ran[2]) == (runs, runs, 1)


@pytest.mark.backends("embedded")
async def test_a_commit_that_fails_is_told_to_all_who_share_it(db: Database) -> None:
    await create_tenant(db)

    def add(tx: Transaction) -> None:
        tx.execute(text("UPDATE teams SET balance = balance + 1"))

    def lose(tx: Transaction) -> None:
        """As SQLite does when the disk is full."""
        tx.connection.exec_driver_sql("ROLLBACK")
        raise OperationalError("UPDATE", {}, Exception("disk is full"))

    ends = await ends_of_one_commit(db, add, lose, add)
    assert [type(end) for end in ends] == [OperationalError] * 3
    await db.write(add)
    assert await db.read(balance_of_team) == 1


async def test_writers_take_turns_and_none_is_lost(db: Database, open_again: Callable[[], Database]) -> None:
    await create_tenant(db)
    second = open_again()

    def add_one(tx: Transaction) -> None:
        tx.alone_in("balance")
        balance = balance_of_team(tx.connection)
        tx.execute(text("UPDATE teams SET balance = :balance"), {"balance": balance + 1})

    await asyncio.gather(*(database.write(add_one) for database in [db, second] * 10))
    assert await db.read(balance_of_team) == 20
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
    with pytest.raises(IntegrityError), db.transaction() as tx:
        tx.execute(
            text("INSERT INTO users (id, team_id, email, role, created_at) VALUES ('u', 'nobody', 'e', 'OWNER', 1)")
        )


@pytest.mark.backends("embedded")
async def test_what_is_committed_survives_a_power_cut(db: Database) -> None:
    settings = {}
    with db.transaction() as tx:
        for name in ("journal_mode", "synchronous", "foreign_keys"):
            settings[name] = tx.execute(text(f"PRAGMA {name}")).scalar_one()
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
