"""A connection that was lost while it was idle costs no statement."""

import pytest
from sqlalchemy import Connection, text

from easel.db.engine import Database
from easel.runtime.postgres import database

pytestmark = [pytest.mark.anyio, pytest.mark.backends("postgres")]
PID = text("SELECT pg_backend_pid()")
END = text("SELECT pg_terminate_backend(:pid, 5000)")


def pid_of(connection: Connection) -> int:
    return int(connection.execute(PID).scalar_one())


def end(connection: Connection, pid: int) -> None:
    assert connection.execute(END, {"pid": pid}).scalar_one()


async def test_a_lost_connection_is_replaced_before_it_is_used(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "UNASKED", 0.0)
    with db.reading() as connection, db.reading() as other:
        lost = pid_of(other)
        other.close()
        end(connection, lost)
        with db.reading() as again:
            assert pid_of(again) != lost
        assert await db.write(lambda transaction: pid_of(transaction.connection)) != lost
