"""A pooler in transaction mode gives one session to several connections."""

import pytest
from sqlalchemy import StaticPool, create_engine

from easel.db.engine import SharedSessions
from easel.runtime.postgres.database import PostgresDatabase

pytestmark = [pytest.mark.anyio, pytest.mark.backends("postgres")]


async def test_a_process_behind_one_does_not_start(db: PostgresDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    await db.migrate()
    one_session = create_engine(
        db.address.replace("postgresql:", "postgresql+psycopg:"), poolclass=StaticPool, isolation_level="AUTOCOMMIT"
    )
    monkeypatch.setattr(db, "_readers", one_session)
    with pytest.raises(SharedSessions, match="pooler in transaction mode"):
        await db.migrate()
    one_session.dispose()
