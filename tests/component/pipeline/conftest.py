"""The pipeline by hand, on a file."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from tests.support.jobs import NOW, Tenant
from tests.support.pipeline import Pipeline, close

from easel.accounts.keys import authenticate
from easel.db.engine import Database


@pytest.fixture
async def pipeline(db: Database, tenant: Tenant, tmp_path: Path) -> AsyncIterator[Pipeline]:
    """A team with 100 credits and room for two jobs at once."""
    made = Pipeline.on(db, tmp_path, await db.read(authenticate, tenant.secret, NOW))
    yield made
    await close(made.services)
