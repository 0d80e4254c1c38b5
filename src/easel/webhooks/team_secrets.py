"""The secrets that sign a team's webhooks: the current one, and a rotated one until it expires."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from easel.db.engine import Transaction
from easel.db.tables import webhook_secrets
from easel.kit.clock import DAY
from easel.webhooks.sign import new_webhook_secret

OVERLAP = DAY


@dataclass(frozen=True, slots=True)
class WebhookSecret:
    """One secret. `expires_at` is set when it was rotated."""

    secret: str
    created_at: int
    expires_at: int | None


def secrets_of_team(connection: Connection, team_id: str, *, now: int) -> Sequence[WebhookSecret]:
    """The secrets that sign now, newest first; none before the first was created."""
    columns = webhook_secrets.c
    query = (
        select(columns.secret, columns.created_at, columns.expires_at)
        .where(columns.team_id == team_id, columns.expires_at.is_(None) | (columns.expires_at > now))
        .order_by(columns.id.desc())
    )
    return [WebhookSecret(**row) for row in connection.execute(query).mappings()]


def ensure_secret(tx: Transaction, team_id: str, *, now: int) -> Sequence[WebhookSecret]:
    """The team's secrets; the first is created when there is none."""
    secrets = secrets_of_team(tx.connection, team_id, now=now)
    return secrets or [_add(tx, team_id, now=now)]


def rotate_secret(tx: Transaction, team_id: str, *, now: int) -> Sequence[WebhookSecret]:
    """Rotate the secret; the old one signs for 24 hours more. Older ones end at once."""
    columns = webhook_secrets.c
    of_team = update(webhook_secrets).where(columns.team_id == team_id)
    tx.execute(of_team.where(columns.expires_at > now).values(expires_at=now))
    tx.execute(of_team.where(columns.expires_at.is_(None)).values(expires_at=now + OVERLAP))
    _add(tx, team_id, now=now)
    return secrets_of_team(tx.connection, team_id, now=now)


def _add(tx: Transaction, team_id: str, *, now: int) -> WebhookSecret:
    made = WebhookSecret(new_webhook_secret(), now, None)
    values = {"team_id": team_id, "secret": made.secret, "created_at": now, "expires_at": None}
    tx.execute(insert(webhook_secrets).values(values))
    return made
