"""Fixtures of every shelf."""

import contextlib
import dataclasses
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.rig import KEY, MakeRig, Rig

from easel.app import at_work, build_app, build_stations, open_database
from easel.config import Settings
from easel.kit.clock import Clock
from easel.kit.logging import set_up_logging
from easel.providers import Provider
from easel.testing import InstantPainter
from easel.workflow.bootstrap import bootstrap


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def make_rig(tmp_path: Path) -> MakeRig:
    """Make a rig with other settings, or another painter. A second rig on the same folder is a restart."""

    @contextlib.asynccontextmanager
    async def make(*, painter: Provider | None = None, clock: Clock | None = None, **given: Any) -> AsyncIterator[Rig]:
        defaults: dict[str, Any] = {"data": tmp_path, "bootstrap_key": KEY, "rate_limit_per_minute": 0}
        settings = Settings(**defaults | {"drain_seconds": 0.5} | given)
        db = open_database(settings.data)
        await db.migrate()
        await bootstrap(db, Clock(), settings)
        painter = painter or InstantPainter()
        stations = build_stations(settings, db, painter=painter)
        if clock:
            stations = dataclasses.replace(stations, clock=clock)
        app = build_app(settings, stations)
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        try:
            async with (
                at_work(stations, drain_seconds=settings.drain_seconds),
                httpx.AsyncClient(
                    transport=transport, base_url="http://easel.test", headers={"X-API-Key": KEY}
                ) as client,
            ):
                yield Rig(stations, client, painter)
        finally:
            await db.close()

    return make


@pytest.fixture
async def rig(make_rig: MakeRig) -> AsyncIterator[Rig]:
    async with make_rig() as made:
        yield made


@pytest.fixture(autouse=True, scope="session")
def _quiet_logs() -> None:
    """Logs as they are in production: one JSON object a line, no local variables in tracebacks."""
    set_up_logging("warning")
