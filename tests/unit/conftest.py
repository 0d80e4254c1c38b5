"""A database of its own for every test that wants one, and a team in it."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from tests.unit.support import Household, move_in

from easel.db.engine import Database


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database of the newest schema: copying it is a hundred times faster than migrating anew."""
    path = tmp_path_factory.mktemp("migrated") / "easel.db"

    async def migrate() -> None:
        db = Database(path)
        await db.migrate()
        await db.close()

    asyncio.run(migrate())
    return path


@pytest.fixture
async def db(migrated_file: Path, tmp_path: Path) -> AsyncIterator[Database]:
    path = tmp_path / "easel.db"
    shutil.copyfile(migrated_file, path)
    database = Database(path)
    yield database
    await database.close()


@pytest.fixture
async def home(db: Database) -> Household:
    """A team with 100 credits and places for two jobs at work."""
    return await move_in(db, credits=100)
