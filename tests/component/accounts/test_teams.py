import pytest
from sqlalchemy.exc import IntegrityError
from tests.support.jobs import NOW, Tenant, create_tenant

from easel.accounts.teams import (
    addresses_in,
    any_team,
    create_team,
    create_user,
    find_team,
    find_user,
    first_owner,
    get_team,
    list_teams,
    list_users,
    remove_user,
    set_job_limit,
)
from easel.db.engine import Database
from easel.domain import Role
from easel.errors import Conflict, NotFound
from easel.ledger.entries import hold

pytestmark = pytest.mark.anyio
NOBODY = "01998f5e-8f00-7abc-8def-0123456789ab"


async def test_a_new_installation_has_no_team(db: Database) -> None:
    with db.reading() as connection:
        assert not any_team(connection)
        assert list_teams(connection) == []
    await create_tenant(db)
    with db.reading() as connection:
        assert any_team(connection)


async def test_a_team_begins_with_nothing_owned_and_nothing_at_work(db: Database) -> None:
    team_id = await db.write(create_team, name="Main", job_limit=3, now=NOW)
    team = await db.read(get_team, team_id)
    assert (team.name, team.job_limit, team.created_at) == ("Main", 3, NOW)
    assert (team.balance, team.held, team.available, team.admitted) == (0, 0, 0, 0)


async def test_what_is_held_cannot_be_spent(db: Database, tenant: Tenant) -> None:
    with db.transaction() as tx:
        assert hold(tx, team_id=tenant.team_id, credits=30)
    team = await db.read(get_team, tenant.team_id)
    assert (team.balance, team.held, team.available) == (100, 30, 70)


async def test_a_team_is_found_by_name_and_by_id(db: Database, tenant: Tenant) -> None:
    await create_tenant(db, "Next")
    with db.reading() as connection:
        by_id = find_team(connection, tenant.team_id)
        assert find_team(connection, "Main") == by_id == get_team(connection, tenant.team_id)


@pytest.mark.parametrize("name", ["main", "Main ", "", "%", NOBODY])
async def test_a_team_nobody_knows_is_not_found(db: Database, tenant: Tenant, name: str) -> None:
    with db.reading() as connection:
        with pytest.raises(NotFound, match="No team"):
            find_team(connection, name)
        with pytest.raises(NotFound):
            get_team(connection, name)


async def test_a_name_two_teams_share_finds_neither(db: Database, tenant: Tenant) -> None:
    await db.write(create_team, name="Main", job_limit=1, now=NOW)
    with db.reading() as connection, pytest.raises(NotFound, match="2 teams are called 'Main'"):
        find_team(connection, "Main")


async def test_teams_are_listed_oldest_first(db: Database, tenant: Tenant) -> None:
    await create_tenant(db, "Next")
    with db.reading() as connection:
        assert [team.name for team in list_teams(connection)] == ["Main", "Next"]


async def test_people_are_found_by_address(db: Database, tenant: Tenant) -> None:
    with db.reading() as connection:
        user = find_user(connection, "owner@main.test")
        assert (user.id, user.team_id, user.role) == (tenant.user_id, tenant.team_id, "OWNER")
        with pytest.raises(NotFound, match="No member has the address"):
            find_user(connection, "nobody@main.test")


async def test_an_address_belongs_to_one_person(db: Database, tenant: Tenant) -> None:
    with pytest.raises(Conflict):
        await db.write(create_user, team_id=tenant.team_id, email="owner@main.test", role=Role.MEMBER, now=NOW)


async def test_a_person_needs_a_team(db: Database) -> None:
    with pytest.raises(IntegrityError):
        await db.write(create_user, team_id=NOBODY, email="a@b.test", role=Role.MEMBER, now=NOW)


async def test_a_teams_people_are_listed_and_its_first_owner_found(db: Database, tenant: Tenant) -> None:
    await create_tenant(db, "Next")
    with db.transaction() as tx:
        for email, role in (("a@main.test", Role.OWNER), ("b@main.test", Role.ADMIN), ("c@main.test", Role.MEMBER)):
            create_user(tx, team_id=tenant.team_id, email=email, role=role, now=NOW)
    with db.reading() as connection:
        assert first_owner(connection, tenant.team_id).id == tenant.user_id
        people = list_users(connection, tenant.team_id)
    assert [(person.email, person.role) for person in people] == [
        ("owner@main.test", "OWNER"),
        ("a@main.test", "OWNER"),
        ("b@main.test", "ADMIN"),
        ("c@main.test", "MEMBER"),
    ]


async def test_a_team_without_an_owner_has_none(db: Database) -> None:
    with db.transaction() as tx:
        team_id = create_team(tx, name="Empty", job_limit=1, now=NOW)
        create_user(tx, team_id=team_id, email="a@b.test", role=Role.ADMIN, now=NOW)
    with db.reading() as connection, pytest.raises(NotFound, match="no owner"):
        first_owner(connection, team_id)


async def test_a_removed_members_address_can_join_another_team(db: Database, tenant: Tenant) -> None:
    next_team = await create_tenant(db, "Next")

    async def join(team: Tenant) -> str:
        return await db.write(create_user, team_id=team.team_id, email="a@b.test", role=Role.MEMBER, now=NOW)

    first = await join(tenant)
    with pytest.raises(Conflict):
        await join(next_team)
    await db.write(remove_user, first, NOW)
    second = await join(next_team)
    assert second != first
    assert (await db.read(find_user, "a@b.test")).id == second
    assert (await db.read(addresses_in, tenant.team_id))[first] == f"a@b.test (removed, {first[-8:]})"
    await db.write(remove_user, second, NOW)
    assert await join(tenant) not in (first, second)  # what was given up stays so


async def test_the_job_limit_of_one_team_can_be_changed(db: Database, tenant: Tenant) -> None:
    neighbours = await create_tenant(db, "Next")
    await db.write(set_job_limit, tenant.team_id, 7)
    with db.reading() as connection:
        assert get_team(connection, tenant.team_id).job_limit == 7
        assert get_team(connection, neighbours.team_id).job_limit == 2


@pytest.mark.parametrize(("role", "leads"), [(Role.OWNER, True), (Role.ADMIN, True), (Role.MEMBER, False)])
async def test_owners_and_admins_lead(role: Role, leads: bool) -> None:
    assert role.leads is leads
