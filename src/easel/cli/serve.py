"""easel serve: the server; with SQLite, everything in one process."""

import asyncio
import signal
from collections.abc import Awaitable, Callable, Coroutine
from functools import partial
from pathlib import Path
from socket import socket
from types import FrameType
from typing import Annotated

import structlog
import typer
import uvicorn

from easel.app import build_app
from easel.build import build_services, guarded, make_ready, sole_owner
from easel.cli.options import database_of, load_settings
from easel.cli.output import CommandError, say
from easel.cli.studio import link_code
from easel.config import Settings, unsafe_settings, within_reach
from easel.db.engine import Database
from easel.kit.logging import set_up_logging
from easel.kit.memory import use_few_arenas
from easel.ops.first_start import FirstStart
from easel.runtime import open_database
from easel.runtime.process import Process
from easel.server.limits import raise_descriptors
from easel.server.listen import bound
from easel.server.protocol import server_config
from easel.services import Services

Build = Callable[[Settings, Database], Services]

ONE_PROCESS = "--no-worker needs a shared database: set EASEL_DATABASE_URL. On SQLite one process does everything."

log = structlog.get_logger()


class Server(uvicorn.Server):
    """Uvicorn that reports its address, and wakes waiting requests when it is stopped."""

    def __init__(self, settings: Settings, services: Services, on_listening: "OnListening") -> None:
        config = server_config(
            build_app(settings, services),
            settings,
            host=settings.host,
            port=settings.port,
            timeout_graceful_shutdown=max(1, round(settings.drain_seconds)),
        )
        super().__init__(config)
        self.settings, self.services = settings, services
        self._on_listening = on_listening

    async def startup(self, sockets: list[socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            await self._on_listening(self)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """On a signal, drain and exit cleanly. A second Ctrl+C exits immediately."""
        self.force_exit = self.should_exit and sig == signal.SIGINT
        self.stop()

    def stop(self) -> None:
        self.services.notifier.close()
        self.should_exit = True

    @property
    def address(self) -> str:
        """The address it listens on; port 0 has become a real one."""
        host, port = self.servers[0].sockets[0].getsockname()[:2]
        return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; 0 picks a free one.")] = None,
    data: Annotated[Path | None, typer.Option(help="Folder of the database and the images.")] = None,
    no_worker: Annotated[
        bool, typer.Option("--no-worker", help="Serve requests only; `easel worker` runs the jobs.")
    ] = False,
) -> None:
    """Serve the API and run its jobs."""
    settings = load_settings(host=host, port=port, data=data)
    if no_worker and not settings.database_url:
        raise CommandError(ONE_PROCESS)
    set_up_logging(settings.log_level)
    for sentence in unsafe_settings(settings):
        log.warning("unsafe setting", what=sentence)
    process = Process("api" if no_worker else "server")
    with database_of(settings):
        run(serve_until_told(settings, build=partial(build_services, process=process)))


def run(main: Coroutine[object, object, None]) -> None:
    """Run on the fastest available event loop, with the maximum of file descriptors."""
    raise_descriptors()
    use_few_arenas()
    with asyncio.Runner(loop_factory=uvicorn.Config("", log_config=None).get_loop_factory()) as runner:
        runner.run(main)


OnListening = Callable[[Server], Awaitable[None]]


def show_key(first_start: FirstStart) -> None:
    if first_start.secret:
        say(f"First start: created a team with {first_start.credits:,} credits. Its API key, shown only once:")
        say(f"    {first_start.secret}")


async def announce(server: Server) -> None:
    say(f"Easel is listening at {server.address}")
    say(f"  Studio:        {await studio_link(server)}")
    say(f"  documentation: {server.address}/docs")


async def studio_link(server: Server) -> str:
    """A one-time sign-in link to the Studio; the plain address where logs are shared or there is no key."""
    base = server.settings.public_url or server.address
    code = None if within_reach(server.settings) else await link_code(server.services.db)
    return f"{base}/studio/enter?code={code}" if code else f"{base}/studio"


async def serve_until_told(
    settings: Settings,
    *,
    build: Build = build_services,
    on_first_start: Callable[[FirstStart], None] = show_key,
    on_listening: OnListening = announce,
) -> None:
    """Lock the data folder, bind the port, migrate the schema, create the first team if necessary, and serve."""
    with sole_owner(settings), bound(settings.host, settings.port) as sockets:
        db = open_database(settings.data, settings.database_address)
        try:
            services = build(settings, db)
            if first_start := await make_ready(settings, services):
                on_first_start(first_start)
            async with guarded(services):
                await Server(settings, services, on_listening).serve(sockets)
        finally:
            await db.close()
