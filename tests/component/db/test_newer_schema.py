"""An Easel that is older than its database, as in the middle of an upgrade."""

import pytest
from sqlalchemy import text

from easel.db.engine import Database
from easel.db.schema import SchemaTooNew, newest_schema

pytestmark = [pytest.mark.anyio, pytest.mark.backends]


async def test_it_says_so_and_touches_nothing(db: Database) -> None:
    change = text("UPDATE alembic_version SET version_num = :number")
    with db.transaction() as tx:
        tx.execute(change, {"number": "9999"})
    with pytest.raises(SchemaTooNew, match=r"\(9999\) belongs to a newer version of Easel"):
        await db.migrate()
    with db.transaction() as tx:
        tx.execute(change, {"number": newest_schema()})
    await db.migrate()
