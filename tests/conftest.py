"""Fixtures of every shelf."""

import asyncio
import contextlib
import dataclasses
import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.rig import KEY, MakeRig, Rig
from tests.support import Household, move_in

from easel.app import at_work, build_app, build_stations, open_database
from easel.config import Settings
from easel.db.engine import Database
from easel.kit.clock import Clock
from easel.kit.logging import set_up_logging
from easel.providers import Provider
from easel.testing import InstantPainter
from easel.testing.server import NO_KEYS
from easel.workflow.bootstrap import bootstrap

for name in NO_KEYS:
    os.environ.pop(name, None)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def make_rig(tmp_path: Path, empty_file: Path) -> MakeRig:
    """Make a rig with other settings, another painter, or the `real` ones of the settings.

    A second rig on the same folder is a restart.
    """

    @contextlib.asynccontextmanager
    async def make(
        *, painter: Provider | None = None, real: bool = False, clock: Clock | None = None, **given: Any
    ) -> AsyncIterator[Rig]:
        defaults: dict[str, Any] = {"data": tmp_path, "bootstrap_key": KEY, "rate_limit_per_minute": 0}
        settings = Settings(**defaults | {"drain_seconds": 0.5} | given)
        if not (settings.data / "easel.db").exists():
            shutil.copyfile(empty_file, settings.data / "easel.db")
        db = open_database(settings.data)
        await bootstrap(db, Clock(), settings)
        painter = painter or InstantPainter()
        stations = build_stations(settings, db, painter=None if real else painter)
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


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of the newest schema: copying it is a hundred times faster than migrating anew."""
    path = tmp_path_factory.mktemp("empty") / "easel.db"

    async def make() -> None:
        db = Database(path)
        await db.migrate()
        await db.close()

    asyncio.run(make())
    return path


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory, empty_file: Path) -> tuple[Path, Household]:
    """The same with one team in it, which has 100 credits and places for two jobs at work."""
    path = tmp_path_factory.mktemp("furnished") / "easel.db"
    shutil.copyfile(empty_file, path)

    async def make() -> Household:
        db = Database(path)
        home = await move_in(db, credits=100)
        await db.close()
        return home

    return path, asyncio.run(make())


@pytest.fixture
async def db(request: pytest.FixtureRequest, empty_file: Path, tmp_path: Path) -> AsyncIterator[Database]:
    lived_in = "home" in request.fixturenames
    source = request.getfixturevalue("furnished")[0] if lived_in else empty_file
    path = tmp_path / "easel.db"
    shutil.copyfile(source, path)
    database = Database(path)
    yield database
    await database.close()


@pytest.fixture
def home(furnished: tuple[Path, Household]) -> Household:
    """The team that lives in `db`."""
    return furnished[1]
