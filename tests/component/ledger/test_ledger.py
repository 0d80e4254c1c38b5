import asyncio
import random
from collections.abc import Callable

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError
from tests.support.jobs import NOW, Tenant, create_tenant, written_job

from easel.accounts.teams import Team, get_team
from easel.db.engine import Database
from easel.domain import Scope
from easel.errors import InvalidRequest
from easel.ledger import MAX_BALANCE
from easel.ledger.entries import grant, hold, record_hold, settle
from easel.ledger.read import Entry, entries_within, lines_within, receipt, unbalanced_teams

pytestmark = [pytest.mark.anyio, pytest.mark.backends]
WRITE = "INSERT INTO ledger (team_id, kind, amount, held, created_at)"


async def promised(db: Database, tenant: Tenant, credits: int) -> str:
    """A job of the tenant that holds so many credits; its id."""
    job = await written_job(db, tenant, quoted=credits)
    with db.transaction() as tx:
        assert hold(tx, team_id=tenant.team_id, credits=credits)
        record_hold(tx, team_id=tenant.team_id, job_id=job.id, credits=credits, now=NOW)
    return job.id


async def end(db: Database, tenant: Tenant, job_id: str, *, held: int, cost: int) -> None:
    await db.write(settle, team_id=tenant.team_id, job_id=job_id, held=held, cost=cost, now=NOW)


async def sums(db: Database, tenant: Tenant) -> tuple[int, int]:
    """What the team owns and what of it is held, once the books are seen to balance."""
    with db.reading() as connection:
        assert unbalanced_teams(connection) == []
        team: Team = get_team(connection, tenant.team_id)
    return team.balance, team.held


async def kinds(db: Database, job_id: str) -> list[tuple[str, int, int]]:
    with db.reading() as connection:
        return [(entry.kind, entry.amount, entry.held) for entry in receipt(connection, job_id)]


async def test_a_grant_arrives(db: Database, tenant: Tenant) -> None:
    await db.write(grant, team_id=tenant.team_id, credits=50, note="more", now=NOW + 1)
    assert await sums(db, tenant) == (150, 0)
    entries = await db.read(entries_within, Scope(tenant.team_id), 10)
    assert entries == [
        Entry(2, tenant.team_id, None, "grant", 50, 0, "more", NOW + 1),
        Entry(1, tenant.team_id, None, "grant", 100, 0, "a gift", NOW),
    ]


async def test_a_grant_is_one_teams_alone(db: Database, tenant: Tenant) -> None:
    other = await create_tenant(db, "Other", credits=5)
    await db.write(grant, team_id=tenant.team_id, credits=50, note="", now=NOW)
    await db.write(grant, team_id=tenant.team_id, credits=-20, note="", now=NOW)
    assert await sums(db, other) == (5, 0)
    assert await sums(db, tenant) == (130, 0)


async def test_the_newest_entries_come_first_and_as_many_as_asked(db: Database, tenant: Tenant) -> None:
    await promised(db, tenant, 10)
    with db.reading() as connection:
        assert [entry.kind for entry in entries_within(connection, Scope(tenant.team_id), 1)] == ["hold"]


async def test_the_statement_adds_up_to_what_is_available(db: Database, tenant: Tenant) -> None:
    ended = {await promised(db, tenant, held): (held, cost) for held, cost in ((20, 5), (8, 0), (6, 6))}
    running = await promised(db, tenant, 10)
    for job_id, (held, cost) in ended.items():
        await end(db, tenant, job_id, held=held, cost=cost)
    await db.write(grant, team_id=tenant.team_id, credits=-30, note="", now=NOW)
    lines = await db.read(lines_within, Scope(tenant.team_id), 10)
    assert [(line.opening.job_id, line.cost, line.credits) for line in lines] == [
        (None, None, -30),
        (running, None, -10),
        *((job_id, cost, -cost) for job_id, (_, cost) in reversed(ended.items())),
        (None, None, 100),
    ]
    balance, held = await sums(db, tenant)
    assert sum(line.credits for line in lines) == balance - held
    older = await db.read(lines_within, Scope(tenant.team_id), 2, before=lines[1].opening.id)
    assert older == lines[2:4]
    mine = await db.read(lines_within, Scope(tenant.team_id, tenant.user_id), 10)
    assert mine == lines[1:-1]
    assert await db.read(lines_within, Scope("nobody"), 10) == []


async def test_credits_can_be_taken_back_down_to_nothing(db: Database, tenant: Tenant) -> None:
    await db.write(grant, team_id=tenant.team_id, credits=-100, note="a mistake", now=NOW)
    assert await sums(db, tenant) == (0, 0)


@pytest.mark.parametrize("credits", [-71, -100, -1_000])
async def test_credits_that_are_promised_cannot_be_taken_back(db: Database, tenant: Tenant, credits: int) -> None:
    await promised(db, tenant, 30)
    with pytest.raises(InvalidRequest, match="does not have that many available credits"):
        await db.write(grant, team_id=tenant.team_id, credits=credits, note="", now=NOW)
    assert await sums(db, tenant) == (100, 30)


@pytest.mark.parametrize("credits", [1, 99, 100])
async def test_what_is_affordable_can_be_held(db: Database, tenant: Tenant, credits: int) -> None:
    job_id = await promised(db, tenant, credits)
    assert await sums(db, tenant) == (100, credits)
    assert await kinds(db, job_id) == [("hold", 0, credits)]


@pytest.mark.parametrize("credits", [101, 10**12])
async def test_what_is_not_affordable_cannot_be_held(db: Database, tenant: Tenant, credits: int) -> None:
    with db.transaction() as tx:
        assert not hold(tx, team_id=tenant.team_id, credits=credits)
    assert await sums(db, tenant) == (100, 0)


async def test_credits_are_promised_only_once(db: Database, tenant: Tenant) -> None:
    await promised(db, tenant, 60)
    with db.transaction() as tx:
        assert not hold(tx, team_id=tenant.team_id, credits=41)
        assert hold(tx, team_id=tenant.team_id, credits=40)


async def test_nobody_holds_another_teams_credits(db: Database, tenant: Tenant) -> None:
    poor = await create_tenant(db, "Poor")
    with db.transaction() as tx:
        assert not hold(tx, team_id=poor.team_id, credits=1)
        assert not hold(tx, team_id="nobody", credits=1)
    assert await sums(db, tenant) == (100, 0)


@pytest.mark.parametrize(
    ("held", "cost", "entries"),
    [
        (36, 36, [("hold", 0, 36), ("settle", -36, -36)]),
        (36, 18, [("hold", 0, 36), ("settle", -18, -18), ("release", 0, -18)]),
        (36, 0, [("hold", 0, 36), ("settle", 0, 0), ("release", 0, -36)]),
        (1, 1, [("hold", 0, 1), ("settle", -1, -1)]),
    ],
)
async def test_a_job_costs_what_it_delivered_and_the_rest_is_free_again(
    db: Database, tenant: Tenant, held: int, cost: int, entries: list[tuple[str, int, int]]
) -> None:
    job_id = await promised(db, tenant, held)
    await end(db, tenant, job_id, held=held, cost=cost)
    assert await sums(db, tenant) == (100 - cost, 0)
    assert await kinds(db, job_id) == entries


@pytest.mark.parametrize("cost", [-1, 37, 1_000])
async def test_a_job_never_costs_more_than_it_held_nor_less_than_nothing(
    db: Database, tenant: Tenant, cost: int
) -> None:
    job_id = await promised(db, tenant, 36)
    with pytest.raises(ValueError, match="cannot cost"):
        await end(db, tenant, job_id, held=36, cost=cost)
    assert await sums(db, tenant) == (100, 36)


async def test_a_hold_is_recorded_once(db: Database, tenant: Tenant) -> None:
    job_id = await promised(db, tenant, 10)
    with pytest.raises(IntegrityError):
        await db.write(record_hold, team_id=tenant.team_id, job_id=job_id, credits=10, now=NOW)
    assert await sums(db, tenant) == (100, 10)


@pytest.mark.parametrize("cost", [0, 5, 10])
async def test_a_job_is_settled_once(db: Database, tenant: Tenant, cost: int) -> None:
    job_id = await promised(db, tenant, 10)
    await promised(db, tenant, 50)
    await end(db, tenant, job_id, held=10, cost=cost)
    with pytest.raises(IntegrityError):
        await end(db, tenant, job_id, held=10, cost=cost)
    assert await sums(db, tenant) == (100 - cost, 50)


@pytest.mark.parametrize(("first", "second"), [(10, 0), (0, 10), (10, 5), (5, 0)])
async def test_a_job_is_settled_once_also_when_the_second_ending_is_another(
    db: Database, tenant: Tenant, first: int, second: int
) -> None:
    job_id = await promised(db, tenant, 10)
    await promised(db, tenant, 50)
    await end(db, tenant, job_id, held=10, cost=first)
    with pytest.raises(IntegrityError):
        await end(db, tenant, job_id, held=10, cost=second)
    assert await sums(db, tenant) == (100 - first, 50)


async def test_a_job_that_held_nothing_writes_nothing(db: Database, tenant: Tenant) -> None:
    job = await written_job(db, tenant, test=True)
    await end(db, tenant, job.id, held=0, cost=0)
    assert await kinds(db, job.id) == []
    assert await sums(db, tenant) == (100, 0)


async def test_what_was_rolled_back_never_happened(db: Database, tenant: Tenant) -> None:
    with pytest.raises(RuntimeError), db.transaction() as tx:
        assert hold(tx, team_id=tenant.team_id, credits=10)
        raise RuntimeError
    assert await sums(db, tenant) == (100, 0)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger SET amount = 1000000",
        "UPDATE ledger SET note = 'nicer'",
        "DELETE FROM ledger",
        "DELETE FROM ledger WHERE id = 1",
    ],
)
async def test_an_entry_is_never_changed_and_never_deleted(db: Database, tenant: Tenant, statement: str) -> None:
    with pytest.raises(DBAPIError, match="append-only"), db.transaction() as tx:
        tx.execute(text(statement))
    assert await sums(db, tenant) == (100, 0)


@pytest.mark.backends("embedded")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE OR REPLACE ledger SET amount = 1",
        "INSERT OR REPLACE INTO ledger SELECT id, team_id, job_id, kind, 9, held, note, created_at FROM ledger",
    ],
)
async def test_an_entry_is_not_replaced_either(db: Database, tenant: Tenant, statement: str) -> None:
    with pytest.raises(DBAPIError, match="append-only"), db.transaction() as tx:
        tx.execute(text(statement))
    assert await sums(db, tenant) == (100, 0)


@pytest.mark.parametrize(
    "statement", ["UPDATE teams SET held = -1", "UPDATE teams SET held = 101", "UPDATE teams SET balance = -1"]
)
async def test_the_database_itself_knows_no_overdraft(db: Database, tenant: Tenant, statement: str) -> None:
    with pytest.raises(IntegrityError), db.transaction() as tx:
        tx.execute(text(statement))


async def test_sums_that_are_not_those_of_the_entries_are_told(db: Database, tenant: Tenant) -> None:
    await create_tenant(db, "Honest", credits=5)
    with db.transaction() as tx:
        tx.execute(text("UPDATE teams SET balance = 99, held = 3 WHERE name = 'Main'"))
    with db.reading() as connection:
        assert unbalanced_teams(connection) == ["Team 'Main' has 99 credits, 3 reserved; its entries sum to 100 and 0."]


async def test_a_sum_without_any_entry_is_told_too(db: Database) -> None:
    await create_tenant(db, "Rich")
    with db.transaction() as tx:
        tx.execute(text("UPDATE teams SET balance = 7"))
    [sentence] = await db.read(unbalanced_teams)
    assert "has 7 credits" in sentence
    with db.transaction() as tx:
        tx.execute(text("UPDATE teams SET balance = 0, held = 0"))
    assert await db.read(unbalanced_teams) == []


async def test_thirty_at_once_with_money_for_seven_are_seven(db: Database) -> None:
    tenant = await create_tenant(db, credits=75)

    async def parsed() -> bool:
        job = await written_job(db, tenant)
        with db.transaction() as tx:
            if affordable := hold(tx, team_id=tenant.team_id, credits=10):
                record_hold(tx, team_id=tenant.team_id, job_id=job.id, credits=10, now=NOW)
        return affordable

    assert sum(await asyncio.gather(*(parsed() for _ in range(30)))) == 7
    assert await sums(db, tenant) == (75, 70)


async def test_thirty_at_once_from_two_processes_worth_of_connections_are_seven(
    db: Database, open_again: Callable[[], Database]
) -> None:
    tenant = await create_tenant(db, credits=75)
    second = open_again()

    async def parsed(database: Database) -> bool:
        return await database.write(hold, team_id=tenant.team_id, credits=10)

    held = await asyncio.gather(*(parsed(database) for database in [db, second] * 15))
    await second.close()
    assert sum(held) == 7


async def test_the_books_balance_after_any_life(db: Database) -> None:
    chance = random.Random(7)
    tenant = await create_tenant(db, credits=200)
    owned, open_jobs = 200, dict[str, int]()
    for _ in range(40):
        if open_jobs and chance.random() < 0.5:
            job_id = chance.choice(list(open_jobs))
            held = open_jobs.pop(job_id)
            cost = chance.randint(0, held)
            await end(db, tenant, job_id, held=held, cost=cost)
            owned -= cost
        elif owned - sum(open_jobs.values()) >= 10:
            open_jobs[await promised(db, tenant, 10)] = 10
    assert await sums(db, tenant) == (owned, sum(open_jobs.values()))


@pytest.mark.parametrize("credits", [10**12 + 1, -(10**12) - 1, 2**63 - 1, 10**20])
async def test_a_grant_is_bounded(db: Database, tenant: Tenant, credits: int) -> None:
    with pytest.raises(InvalidRequest, match="At most"):
        await db.write(grant, team_id=tenant.team_id, credits=credits, note="", now=NOW)
    assert await sums(db, tenant) == (100, 0)


async def test_so_is_what_a_team_owns(db: Database, tenant: Tenant) -> None:
    with db.transaction() as tx:
        tx.execute(text(f"{WRITE} SELECT id, 'grant', {MAX_BALANCE - 107}, 0, 0 FROM teams"))
        tx.execute(text(f"UPDATE teams SET balance = {MAX_BALANCE - 7}"))
    await db.write(grant, team_id=tenant.team_id, credits=7, note="", now=NOW)
    with pytest.raises(InvalidRequest, match="A team can have at most 1,000,000,000,000,000 credits"):
        await db.write(grant, team_id=tenant.team_id, credits=1, note="", now=NOW)
    assert await sums(db, tenant) == (MAX_BALANCE, 0)


async def test_a_note_is_bounded(db: Database, tenant: Tenant) -> None:
    await db.write(grant, team_id=tenant.team_id, credits=1, note="x" * 500, now=NOW)
    with pytest.raises(InvalidRequest, match="A note can have at most 500 characters"):
        await db.write(grant, team_id=tenant.team_id, credits=1, note="x" * 501, now=NOW)
    assert await sums(db, tenant) == (101, 0)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE teams SET balance = 1000000000000001",
        "UPDATE teams SET balance = 9223372036854775807",
        "UPDATE teams SET balance = 1000000000000001, held = 1000000000000001",
        "UPDATE teams SET stored_bytes = -1",
        "UPDATE teams SET stored_test_bytes = 1000000000000000001",
        f"{WRITE} SELECT id, 'grant', 1000000000000001, 0, 0 FROM teams",
        f"{WRITE} SELECT id, 'hold', 0, -1000000000000001, 0 FROM teams",
    ],
)
async def test_the_database_itself_keeps_amounts_within_bounds(db: Database, tenant: Tenant, statement: str) -> None:
    with pytest.raises(IntegrityError), db.transaction() as tx:
        tx.execute(text(statement))


@pytest.mark.backends("embedded")
@pytest.mark.parametrize(
    "statement",
    ["UPDATE teams SET balance = 1.5", "UPDATE teams SET balance = 1e15 * 10", "UPDATE teams SET held = 'a'"],
)
async def test_sqlite_keeps_whole_numbers_only(db: Database, tenant: Tenant, statement: str) -> None:
    with pytest.raises(IntegrityError), db.transaction() as tx:
        tx.execute(text(statement))
