"""What the tests of several services need: a team that has moved in, and a job of it."""

from dataclasses import dataclass, replace
from typing import Any

from easel.accounts.keys import create_key
from easel.accounts.teams import create_team, create_user
from easel.db.engine import Database
from easel.domain import Caller, Role, Size
from easel.jobs.job import Job, NewJob
from easel.jobs.write import insert_job
from easel.kit.ids import new_id
from easel.ledger.entries import grant

NOW = 1_800_000_000_000


@dataclass(frozen=True, slots=True)
class Tenant:
    """A team, its owner and the owner's key."""

    team_id: str
    user_id: str
    key_id: str
    secret: str


async def create_tenant(db: Database, name: str = "Main", *, credits: int = 0, job_limit: int = 2) -> Tenant:
    """A new team with one owner, who has one live key."""
    with db.transaction() as tx:
        team_id = create_team(tx, name=name, job_limit=job_limit, now=NOW)
        email = f"owner@{name.lower()}.test"
        user_id = create_user(tx, team_id=team_id, email=email, role=Role.OWNER, now=NOW)
        key = create_key(tx, user_id=user_id, name="first", test=False, now=NOW)
        if credits:
            grant(tx, team_id=team_id, credits=credits, note="a gift", now=NOW)
    return Tenant(team_id, user_id, key.id, key.secret)


def some_caller(key_id: str = "key", user_id: str = "me", **changes: Any) -> Caller:
    """Who asks with a live key of a member."""
    given: dict[str, Any] = {"key_name": "k", "key_prefix": "afk_", "email": "me@us.test", "role": Role.MEMBER}
    return Caller(**{"key_id": key_id, "user_id": user_id, "team_id": "us", "test": False, **given, **changes})


def new_job(tenant: Tenant, **changes: Any) -> Job:
    """A job as `submit` writes it: queued, and not yet admitted unless told so."""
    new = NewJob(
        id=new_id(),
        team_id=tenant.team_id,
        user_id=tenant.user_id,
        key_id=tenant.key_id,
        test=False,
        model="gpt-image-2",
        params={"quality": "low"},
        size=Size(1024, 1024),
        count=1,
        inputs=[],
        request={"model": "gpt-image-2", "prompt": "a plain picture"},
        webhook=None,
        address="http://easel.test",
        provider="sketch",
        trace=None,
        quoted=4,
        file_token="token",
        created_at=NOW,
    )
    return replace(new.queued(admitted=False), **{"warnings": [], **changes})  # a row has lists


async def written_job(db: Database, tenant: Tenant, **changes: Any) -> Job:
    """A job of the tenant, in the database."""
    job = new_job(tenant, **changes)
    await db.write(insert_job, job)
    return job
