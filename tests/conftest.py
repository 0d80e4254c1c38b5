"""Fixtures of every shelf."""

import gc

gc.disable()  # until all is collected: what is imported stays

import asyncio
import contextlib
import os
import shutil
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.rig import KEY, MakeRig, Rig
from tests.servers import shared
from tests.support.backends import (
    Backend,
    DatabasePool,
    SettingsFor,
    bucket_server,
    embedded_settings,
    opened,
    polling_often,
    postgres_settings,
    template_server,
)
from tests.support.jobs import Tenant, create_tenant
from tests.support.object_store import bucket_at
from tests.support.prepared import Prepared
from tests.support.samples import may_have_proofs
from tests.support.statements import compile_once

from easel.app import build_app
from easel.build import at_work, build_services
from easel.config import FileSettings
from easel.db.engine import Database
from easel.kit.clock import Clock
from easel.kit.logging import set_up_logging
from easel.ops.first_start import bootstrap
from easel.providers import Provider
from easel.runtime import open_database
from easel.runtime.embedded.database import SqliteDatabase
from easel.testing import InstantProvider, server
from easel.testing.server import NO_KEYS

API = Path(__file__).parent / "api"

for name in NO_KEYS:
    os.environ.pop(name, None)
compile_once()
server.Popen = Prepared  # most of the time of a start is importing
os.environ["EASEL_REFUSAL_SECONDS"] = "0"  # the tests are refused thousands of times


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """For the proof, files that have none of it are not even imported."""
    if " or " in config.option.markexpr or not config.option.markexpr.startswith("proof"):
        return None
    return True if collection_path.suffix == ".py" and not may_have_proofs(collection_path) else None


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tests marked `backends` run on a file and a folder and on PostgreSQL and a bucket, or where the mark says.

    What the API does is the same on both: its tests run on PostgreSQL as part of the proof, unless they are about it.
    So do those marked `backends(postgres="proof")`.
    """
    mark = metafunc.definition.get_closest_marker("backends")
    if mark and "backend" in metafunc.fixturenames:
        again = API in metafunc.definition.path.parents or mark.kwargs.get("postgres") == "proof"
        for_proof = pytest.param("postgres", marks=pytest.mark.proof) if again else "postgres"
        metafunc.parametrize("backend", mark.args or ("embedded", for_proof))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for path in {item.path for item in items if item.get_closest_marker("proof")}:
        assert may_have_proofs(path), f"{path} has tests of the proof that the proof would not find"


def pytest_collection_finish() -> None:
    """What was imported and collected stays: looking through it for garbage takes a tenth of the time."""
    gc.freeze()
    gc.enable()


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def backend() -> Backend:
    """Where the test's data is: see `tests.support.backends`."""
    return "embedded"


@pytest.fixture
def settings_for(request: pytest.FixtureRequest, backend: Backend) -> Iterator[SettingsFor]:
    if backend == "embedded":
        yield embedded_settings(request.getfixturevalue("empty_file"))
    else:
        with postgres_settings(request.getfixturevalue("lending"), request.getfixturevalue("bucket")) as prepare:
            yield prepare


@pytest.fixture
def make_rig(tmp_path: Path, settings_for: SettingsFor) -> MakeRig:
    """Make a rig with other settings, another provider, or the `real` ones of the settings.

    A second rig on the same folder is a restart.
    """

    @contextlib.asynccontextmanager
    async def make(
        *, provider: Provider | None = None, real: bool = False, clock: Clock | None = None, **given: Any
    ) -> AsyncIterator[Rig]:
        defaults: dict[str, Any] = {"data": tmp_path, "bootstrap_key": KEY, "rate_limit_per_minute": 0}
        defaults |= {"allowed_hosts": "easel.test", "refusal_seconds": 0}
        wanted = defaults | {"drain_seconds": 0.1} | given
        settings = FileSettings(**{**settings_for(wanted["data"]), **wanted})
        db = open_database(settings.data, settings.database_address)
        await bootstrap(db, Clock(), settings)
        provider = provider or InstantProvider()
        services = polling_often(build_services(settings, db, provider=None if real else provider, clock=clock))
        app = build_app(settings, services)
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        try:
            async with (
                at_work(services, drain_seconds=settings.drain_seconds),
                httpx.AsyncClient(
                    transport=transport, base_url="http://easel.test", headers={"X-API-Key": KEY}
                ) as client,
            ):
                yield Rig(services, client, provider, transport)
        finally:
            await db.close()

    return make


@pytest.fixture
async def rig(make_rig: MakeRig) -> AsyncIterator[Rig]:
    async with make_rig() as made:
        yield made


@pytest.fixture(autouse=True)
def _proxies_stay_as_they_are() -> Iterator[None]:
    """Commands tidy the variables of proxies for all libraries of their process; here other tests follow."""
    before = {name: value for name, value in os.environ.items() if name.lower().endswith("_proxy")}
    yield
    for name in [name for name in os.environ if name.lower().endswith("_proxy") and name not in before]:
        del os.environ[name]
    os.environ.update(before)


@pytest.fixture(autouse=True, scope="session")
def _quiet_logs() -> None:
    """Logs as they are in production: one JSON object a line, no local variables in tracebacks."""
    set_up_logging("warning")


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of the newest schema: copying it is a hundred times faster than migrating anew."""
    path = tmp_path_factory.mktemp("empty") / "easel.db"

    async def make() -> None:
        db = SqliteDatabase(path)
        await db.migrate()
        await db.close()

    asyncio.run(make())
    return path


@pytest.fixture(scope="session")
def first_database(empty_file: Path) -> Iterator[None]:
    """What the data folders of servers begin with: a database that needs no migration."""
    server.first_database = empty_file
    yield
    server.first_database = None


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an empty database of the newest schema, to be copied."""
    with shared(of_the_run(tmp_path_factory) / "postgres", template_server) as address:
        yield address


@pytest.fixture(scope="session")
def bucket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, str]]:
    """The settings of a bucket."""
    with shared(of_the_run(tmp_path_factory) / "bucket", bucket_server) as address:
        yield bucket_at(address).settings()


def of_the_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of the run share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def lending(template: str) -> Iterator[DatabasePool]:
    empty = DatabasePool(template)
    yield empty
    empty.close()


@pytest.fixture(scope="session")
def file_with_tenant(tmp_path_factory: pytest.TempPathFactory, empty_file: Path) -> tuple[Path, Tenant]:
    """The empty file with one team in it, which has 100 credits and room for two jobs at once."""
    path = tmp_path_factory.mktemp("file_with_tenant") / "easel.db"
    shutil.copyfile(empty_file, path)

    async def make() -> Tenant:
        db = SqliteDatabase(path)
        tenant = await create_tenant(db, credits=100)
        await db.close()
        return tenant

    return path, asyncio.run(make())


@pytest.fixture
def source(request: pytest.FixtureRequest, backend: Backend, tmp_path: Path) -> Iterator[Path | str]:
    """The test's own database: a file or an address."""
    if backend == "embedded":
        has_tenant = "tenant" in request.fixturenames
        original = (
            request.getfixturevalue("file_with_tenant")[0] if has_tenant else request.getfixturevalue("empty_file")
        )
        yield Path(shutil.copyfile(original, tmp_path / "easel.db"))
    else:
        with request.getfixturevalue("lending").lend() as address:
            yield address


@pytest.fixture
def open_again(source: Path | str) -> Callable[[], Database]:
    """Opens the test's database once more, as another process would."""
    return lambda: opened(source)


@pytest.fixture
async def db(source: Path | str) -> AsyncIterator[Database]:
    database = opened(source)
    yield database
    await database.close()


@pytest.fixture
async def tenant(backend: Backend, db: Database, file_with_tenant: tuple[Path, Tenant]) -> Tenant:
    """The team that lives in `db`."""
    return file_with_tenant[1] if backend == "embedded" else await create_tenant(db, credits=100)
