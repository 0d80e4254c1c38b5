"""A process that runs jobs and serves no API: to finish a stopped server's jobs, or to add capacity."""

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from socket import socket

import uvicorn

from easel.app import build_side_app
from easel.build import at_work, build_services, guarded, make_ready, sole_owner
from easel.config import Settings
from easel.db.engine import Database
from easel.jobs.load import unfinished_jobs
from easel.ops.first_start import FirstStart
from easel.runtime import open_database
from easel.runtime.process import Process
from easel.server.listen import bound_if_any
from easel.server.protocol import server_config
from easel.services import Services


def _quietly(*_: object) -> None:
    return


async def work(
    settings: Settings,
    *,
    until_empty: bool,
    on_first_start: Callable[[FirstStart], None] = _quietly,
    on_ready: Callable[[], None] = _quietly,
) -> None:
    """Run jobs until stopped, or until none is left."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    port = bound_if_any(settings.host, settings.metrics_port, setting="EASEL_METRICS_PORT")
    with sole_owner(settings), port as sockets:
        db = open_database(settings.data, settings.database_address)
        try:
            services = build_services(settings, db, process=Process("worker"))
            if first_start := await make_ready(settings, services):
                on_first_start(first_start)
            drain = settings.drain_seconds
            async with (
                guarded(services),
                at_work(services, drain_seconds=drain),
                watched(settings, services, sockets),
            ):
                on_ready()
                while not (stop.is_set() or (until_empty and await is_empty(db))):
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(stop.wait(), timeout=0.5)
        finally:
            await db.close()


async def is_empty(db: Database) -> bool:
    """Whether all jobs have ended."""
    return not await db.read(unfinished_jobs)


class _Side(uvicorn.Server):
    """An HTTP server beside the jobs; the worker handles the signals."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@contextlib.asynccontextmanager
async def watched(settings: Settings, services: Services, sockets: list[socket]) -> AsyncIterator[None]:
    """Serve /metrics, /healthz and /readyz of this process on these sockets meanwhile, if there are any."""
    if not sockets:
        yield
        return
    app = build_side_app(settings, services)
    side = _Side(server_config(app, settings, host=settings.host, port=settings.metrics_port or 0))
    task = asyncio.create_task(side.serve(sockets), name="side")
    try:
        yield
    finally:
        side.should_exit = True
        await asyncio.gather(task, return_exceptions=True)
