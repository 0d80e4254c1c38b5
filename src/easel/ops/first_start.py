"""The first start: a team, its owner, some credits and a key."""

from dataclasses import dataclass

from pydantic import Field, SecretStr, field_validator

from easel.accounts import MAX_JOB_LIMIT
from easel.accounts.keys import LIVE_PREFIX, TEST_PREFIX, create_key
from easel.accounts.teams import any_team, create_team, create_user
from easel.db.engine import Database, Transaction
from easel.domain import Role
from easel.kit.clock import Clock
from easel.kit.settings import SettingsModel
from easel.ledger import MAX_GRANT
from easel.ledger.entries import grant

OWNER = "owner@localhost"
MIN_SECRET = 16


class BootstrapSettings(SettingsModel):
    bootstrap_key: SecretStr | None = None
    """Presets the first API key, for automation; begins with afk_ and must be hard to guess."""
    bootstrap_credits: int = Field(default=1000, ge=0, le=MAX_GRANT)
    """Credits of the first team."""
    max_concurrent_jobs: int = Field(default=10, ge=1, le=MAX_JOB_LIMIT)
    """Concurrent jobs of a new team; extra jobs are queued."""

    @field_validator("bootstrap_key")
    @classmethod
    def _looks_like_a_key(cls, key: SecretStr | None) -> SecretStr | None:
        secret = key.get_secret_value() if key else None
        if secret is None:
            return None
        if not secret.startswith(LIVE_PREFIX) or secret.startswith(TEST_PREFIX) or len(secret) < MIN_SECRET:
            raise ValueError(
                f"must begin with {LIVE_PREFIX}, must not be a test key and needs at least {MIN_SECRET} characters"
            )
        return key


@dataclass(frozen=True, slots=True)
class FirstStart:
    """What a first start created. `secret` is None when it was preset."""

    secret: str | None
    credits: int


async def bootstrap(db: Database, clock: Clock, settings: BootstrapSettings) -> FirstStart | None:
    """Create the first team, unless there is one."""
    now = clock.now()
    preset = settings.bootstrap_key.get_secret_value() if settings.bootstrap_key else None
    credits = settings.bootstrap_credits

    def first_team(tx: Transaction) -> FirstStart | None:
        tx.alone_in("bootstrap")
        if any_team(tx.connection):
            return None
        team_id = create_team(tx, name="Main", job_limit=settings.max_concurrent_jobs, now=now)
        user_id = create_user(tx, team_id=team_id, email=OWNER, role=Role.OWNER, now=now)
        key = create_key(tx, user_id=user_id, name="first key", test=False, now=now, secret=preset)
        if credits:
            grant(tx, team_id=team_id, credits=credits, note="first start", now=now)
        return FirstStart(secret=None if preset else key.secret, credits=credits)

    return await db.write(first_team)
