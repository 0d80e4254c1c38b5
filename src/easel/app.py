"""Builds each object once and wires them. With `worker.py` and `cli`, the only files that know every class."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from fastapi import FastAPI
from filelock import FileLock, Timeout

from easel import __version__
from easel.accounts.ratelimit import RateLimit
from easel.api import (
    account,
    credits,
    errors,
    events,
    files,
    health,
    hooks,
    images,
    jobs,
    keys,
    models,
    people,
    providers,
    uploads,
    watch,
    webhooks,
)
from easel.api.middleware import Envelope
from easel.api.openapi import describe
from easel.catalog import Catalog
from easel.config import Settings
from easel.db.engine import Database
from easel.docs import router as documentation
from easel.imaging import Imaging
from easel.kit.clock import Clock
from easel.kit.fetch import Fetcher
from easel.providers import Provider
from easel.providers.build import build_providers
from easel.providers.sketch import Sketch
from easel.providers.trial import Trial
from easel.storage import Storage
from easel.studio import account as account_page
from easel.studio import compare, create, gallery, job, signin, team
from easel.studio import webhooks as webhooks_page
from easel.web import assets
from easel.workflow.bell import Bell
from easel.workflow.dispatch import dispatch_for_ever
from easel.workflow.engine.embedded import EmbeddedEngine
from easel.workflow.gate import Gate
from easel.workflow.generate import generate
from easel.workflow.stations import Stations
from easel.workflow.sweep import sweep_for_ever

PAGES = (
    signin.router,
    create.router,
    gallery.router,
    job.router,
    compare.router,
    account_page.router,
    team.router,
    webhooks_page.router,
    documentation.router,
)
ROUTERS = (
    images.router,
    jobs.router,
    watch.router,
    models.router,
    account.router,
    credits.router,
    keys.router,
    people.router,
    providers.router,
    uploads.router,
    webhooks.router,
    events.router,
    files.router,
    hooks.router,
    health.router,
)


class DataInUse(Exception):
    """Another process works on the same data folder."""


def open_database(data: Path) -> Database:
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Database(data / "easel.db")


@contextlib.contextmanager
def sole_owner(data: Path) -> Iterator[None]:
    """Hold the data folder's lock: two processes that both take up its jobs would paint them twice."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = FileLock(data / "easel.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise DataInUse(f"Another easel process is working on {data}.") from error
    try:
        yield
    finally:
        lock.release()


def build_stations(settings: Settings, db: Database, *, painter: Provider | None = None) -> Stations:
    """The stations of one process. `painter` stands in for all of them, in tests and benchmarks."""
    providers = {painter.name: painter} if painter else build_providers(settings, settings.data / "spool")
    return Stations(
        settings=settings,
        clock=Clock(),
        db=db,
        storage=Storage(settings.data / "files"),
        catalog=Catalog.load(),
        imaging=Imaging(settings, settings.data / "provenance"),
        fetcher=Fetcher(settings.networks),
        providers=providers,
        gates={name: Gate(one.images_per_minute) for name, one in providers.items()},
        trial=Trial(painter or Sketch(settings)),  # a test key never reaches a painter that costs
        engine=EmbeddedEngine(db),
        bell=Bell(),
        hands=asyncio.Semaphore(settings.pictures_in_memory),
    )


@contextlib.asynccontextmanager
async def at_work(stations: Stations, *, drain_seconds: float) -> AsyncIterator[None]:
    """Take up jobs and sweep, until the block ends; then drain."""
    await stations.engine.start(lambda job_id: generate(stations, job_id))
    sweeper = asyncio.create_task(sweep_for_ever(stations), name="sweep")
    dispatcher = asyncio.create_task(dispatch_for_ever(stations), name="dispatch")
    try:
        yield
    finally:
        stations.bell.close()
        sweeper.cancel()
        await stations.engine.stop(drain_seconds)
        dispatcher.cancel()
        await stations.last_used.write_down(stations.db)
        await asyncio.gather(sweeper, dispatcher, return_exceptions=True)
        await stations.fetcher.close()
        for painter in (*stations.providers.values(), stations.trial):
            await painter.close()
        stations.imaging.close()


def build_app(settings: Settings, stations: Stations) -> FastAPI:
    """The HTTP application over these stations."""

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with at_work(stations, drain_seconds=settings.drain_seconds):
            yield

    app = FastAPI(title="Easel", version=__version__, lifespan=lifespan, docs_url=None, redoc_url=None)
    app.state.settings = settings
    app.state.stations = stations
    app.state.rate_limit = RateLimit(settings, stations.clock)
    for router in (*ROUTERS, *PAGES):
        app.include_router(router)
    app.state.routes = [route for router in (*ROUTERS, *PAGES) for route in router.routes]
    app.router.routes.append(assets.mount)
    errors.install(app)
    app.add_middleware(Envelope)
    document = describe(app, stations.catalog, __version__)
    app.openapi = lambda: document  # type: ignore[method-assign] # FastAPI's documented way to replace it
    return app
