import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from tests.support.jobs import NOW, Tenant, create_tenant

from easel.accounts.keys import LIVE_PREFIX, TEST_PREFIX, NewKey, authenticate, create_key, list_keys, set_key_state
from easel.db.engine import Database
from easel.domain import Caller, Role
from easel.errors import EaselError, Forbidden, NotFound, Unauthorized
from easel.runtime.embedded.database import SqliteDatabase

pytestmark = pytest.mark.anyio


async def make(
    db: Database, tenant: Tenant, *, test: bool = False, secret: str | None = None, name: str = "a key"
) -> NewKey:
    return await db.write(create_key, user_id=tenant.user_id, name=name, test=test, now=NOW, secret=secret)


async def who_is(db: Database, secret: str) -> Caller:
    return await db.read(authenticate, secret, NOW)


async def switch(db: Database, key_id: str, state: str) -> None:
    await db.write(set_key_state, key_id, state)


def bytes_on_disk(db: Database) -> bytes:
    assert isinstance(db, SqliteDatabase)
    return b"".join(path.read_bytes() for path in db.path.parent.glob(db.path.name + "*"))


@pytest.mark.parametrize(("test", "prefix"), [(False, LIVE_PREFIX), (True, TEST_PREFIX)])
async def test_a_key_says_what_it_is_and_is_known_again(db: Database, tenant: Tenant, test: bool, prefix: str) -> None:
    key = await make(db, tenant, test=test)
    assert key.secret.startswith(prefix)
    assert key.secret.removeprefix(prefix).isalnum()
    assert len(key.secret.removeprefix(prefix)) == 32
    assert await who_is(db, key.secret) == Caller(
        key_id=key.id,
        key_name="a key",
        key_prefix=key.secret[: len(prefix) + 4],
        user_id=tenant.user_id,
        email="owner@main.test",
        role=Role.OWNER,
        team_id=tenant.team_id,
        test=test,
    )


async def test_keys_are_never_the_same(db: Database, tenant: Tenant) -> None:
    secrets = {(await make(db, tenant)).secret for _ in range(10)}
    assert len(secrets) == 10


async def test_a_preset_key_is_taken_as_it_is(db: Database, tenant: Tenant) -> None:
    key = await make(db, tenant, secret="afk_your_api_key_here")
    assert key.secret == "afk_your_api_key_here"
    assert (await who_is(db, key.secret)).key_prefix == "afk_your"


async def test_the_same_key_cannot_be_made_twice(db: Database, tenant: Tenant) -> None:
    await make(db, tenant, secret="afk_your_api_key_here")
    with pytest.raises(IntegrityError):
        await make(db, tenant, secret="afk_your_api_key_here")


@pytest.mark.parametrize("test", [False, True])
async def test_of_a_secret_only_prefix_and_digest_reach_the_disk(db: Database, tenant: Tenant, test: bool) -> None:
    key = await make(db, tenant, test=test)
    listed = (await keys_by_id(db))[key.id]
    await db.close()
    kept = bytes_on_disk(db)
    assert listed.encode() in kept
    assert key.secret.encode() not in kept
    assert key.secret.removeprefix(listed).encode() not in kept
    assert key.secret[: len(listed) + 1].encode() not in kept


async def keys_by_id(db: Database) -> dict[str, str]:
    with db.reading() as connection:
        return {key.id: key.prefix for key in list_keys(connection, NOW)}


@pytest.mark.parametrize(
    "wrong", ["", "afk_", "x", "afk_" + "x" * 32, "Afk_", "' OR 1=1 --", "ключ", "\x00", "\ud800", "x" * 100_000]
)
async def test_a_wrong_key_is_nobodys(db: Database, tenant: Tenant, wrong: str) -> None:
    with pytest.raises(Unauthorized) as refusal:
        await who_is(db, wrong)
    assert refusal.value.message == "Invalid API key"


async def test_a_nearly_right_key_is_nobodys(db: Database, tenant: Tenant) -> None:
    for wrong in (tenant.secret[:-1], tenant.secret + " ", tenant.secret.swapcase(), tenant.secret[:8]):
        with pytest.raises(Unauthorized):
            await who_is(db, wrong)


async def refusal_of(db: Database, secret: str) -> tuple[type[EaselError], str, str]:
    with pytest.raises(EaselError) as refusal:
        await who_is(db, secret)
    return type(refusal.value), refusal.value.message, refusal.value.code


async def test_an_inactive_key_is_forbidden_until_it_is_active_again(db: Database, tenant: Tenant) -> None:
    await switch(db, tenant.key_id, "inactive")
    assert await refusal_of(db, tenant.secret) == (Forbidden, "API key is inactive", "api_key_inactive")
    await switch(db, tenant.key_id, "active")
    assert (await who_is(db, tenant.secret)).key_id == tenant.key_id


async def test_a_revoked_key_is_as_unknown_as_a_wrong_one(db: Database, tenant: Tenant) -> None:
    await switch(db, tenant.key_id, "revoked")
    assert await refusal_of(db, tenant.secret) == (Unauthorized, "Invalid API key", "invalid_api_key")


@pytest.mark.parametrize("state", ["active", "inactive", "revoked"])
async def test_nothing_brings_a_revoked_key_back(db: Database, tenant: Tenant, state: str) -> None:
    await switch(db, tenant.key_id, "revoked")
    with pytest.raises(NotFound):
        await switch(db, tenant.key_id, state)
    assert (await refusal_of(db, tenant.secret))[0] is Unauthorized


async def test_a_key_nobody_has_cannot_be_switched(db: Database) -> None:
    with pytest.raises(NotFound):
        await switch(db, "01998f5e-8f00-7abc-8def-0123456789ab", "inactive")


async def test_an_unknown_state_lets_nobody_in(db: Database, tenant: Tenant) -> None:
    with db.transaction() as tx:
        tx.execute(text("UPDATE api_keys SET state = 'paused'"))
    with pytest.raises(EaselError):
        await who_is(db, tenant.secret)


async def test_one_key_switched_off_leaves_the_others_alone(db: Database, tenant: Tenant) -> None:
    other = await make(db, tenant)
    await switch(db, tenant.key_id, "revoked")
    assert (await who_is(db, other.secret)).key_id == other.id


async def test_keys_are_listed_oldest_first_with_owner_and_state(db: Database, tenant: Tenant) -> None:
    neighbours = await create_tenant(db, "Next")
    second = await make(db, tenant, test=True, name="second")
    await switch(db, tenant.key_id, "inactive")
    keys = await db.read(list_keys, NOW)
    assert [(key.id, key.name, key.email, key.team, key.test, key.state) for key in keys] == [
        (tenant.key_id, "first", "owner@main.test", "Main", False, "inactive"),
        (neighbours.key_id, "first", "owner@next.test", "Next", False, "active"),
        (second.id, "second", "owner@main.test", "Main", True, "active"),
    ]
    assert all(key.created_at == NOW for key in keys)
