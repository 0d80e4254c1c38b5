"""easel serve: the server; with SQLite, everything in one process."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import itertools
import signal
import sys
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Sequence
from functools import partial
from pathlib import Path
from socket import socket
from types import FrameType
from typing import TYPE_CHECKING, Annotated, NoReturn

import structlog
import typer
import uvicorn

from easel.cli.options import database_of, load_settings
from easel.cli.output import CommandError, errors, say
from easel.cli.studio import link_code
from easel.server.listen import LAST_PORT, bound, bound_if_any, bound_too, share
from easel.server.supervisor import Member, supervise, when_supervisor_dies

if TYPE_CHECKING:
    from easel.config import Settings
    from easel.db.engine import Database
    from easel.ops.first_start import FirstStart
    from easel.runtime.process import Kind
    from easel.services import Services

    Build = Callable[[Settings, Database], Services]
    OnListening = Callable[["Server"], Awaitable[None]]

ONE_PROCESS = "{} needs a shared database: set EASEL_DATABASE_URL. On SQLite one process does everything."

log = structlog.get_logger()


class Server(uvicorn.Server):
    """Uvicorn that reports its address, and wakes waiting requests when it is stopped."""

    def __init__(self, settings: Settings, services: Services, on_listening: OnListening) -> None:
        from easel.app import build_app
        from easel.server.protocol import server_config

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
    workers: Annotated[
        int | None, typer.Option(help="Processes on this port, each of which serves and runs jobs; with PostgreSQL.")
    ] = None,
) -> None:
    """Serve the API and run its jobs."""
    from easel.build import build_services
    from easel.config import unsafe_settings
    from easel.kit.logging import set_up_logging
    from easel.runtime.process import Process

    settings = load_settings(host=host, port=port, data=data, workers=workers)
    if no_worker and not settings.database_url:
        raise CommandError(ONE_PROCESS.format("--no-worker"))
    if settings.workers > 1 and not settings.database_url:
        name = "EASEL_WORKERS" if workers is None else "--workers"
        raise CommandError(ONE_PROCESS.format(f"{name} {settings.workers}"))
    set_up_logging(settings.log_level)
    for sentence in unsafe_settings(settings):
        log.warning("unsafe setting", what=sentence)
    kind: Kind = "api" if no_worker else "server"
    if settings.workers > 1:
        serve_together(settings, kind)
    with database_of(settings):
        run(serve_until_told(settings, build=partial(build_services, process=Process(kind))))


def serve_together(settings: Settings, kind: Kind) -> NoReturn:
    """Serve in several processes on one port, until a signal stops them."""
    from easel.build import sole_owner

    with contextlib.ExitStack() as stack:
        stack.enter_context(sole_owner(settings))
        sockets = stack.enter_context(bound(settings.host, settings.port))
        share(sockets)
        own = [stack.enter_context(side) for side in _own_ports(settings)]
        work = partial(_serve_as_member, settings, kind, sockets, own)
        code = supervise(work, settings.workers, [*sockets, *itertools.chain(*own)])
    sys.exit(code)


def _own_ports(settings: Settings) -> Iterator[contextlib.AbstractContextManager[list[socket]]]:
    """For health and metrics of each process: EASEL_METRICS_PORT plus its number; that itself may be EASEL_PORT."""
    base, highest = settings.metrics_port, LAST_PORT - settings.workers
    if base and base > highest:
        raise CommandError(
            f"EASEL_METRICS_PORT is {base}: the {settings.workers} ports after it are those of the processes. "
            f"Choose {highest} at most."
        )
    for number in range(1, settings.workers + 1):
        port = base and base + number
        yield bound_if_any(settings.host, port, setting=f"EASEL_METRICS_PORT + {number}")


def _serve_as_member(
    settings: Settings, kind: Kind, sockets: list[socket], own: Sequence[list[socket]], member: Member
) -> None:
    """One of several processes. The first one announces the server, once."""
    from easel.build import build_services, own_spool
    from easel.kit.logging import set_up_logging
    from easel.runtime.process import Process

    process = Process(kind, number=member.number)
    set_up_logging(settings.log_level, process=process.name)

    async def on_listening(server: Server) -> None:
        when_supervisor_dies(server.stop)
        if member.number == 1 and not member.replaces:
            short = server.services.runtime.connections_short
            if sentence := await server.services.db.read(short, [process] * settings.workers):
                log.warning("too few database connections", what=sentence)
            await announce(server)
        member.ready()

    with errors(), database_of(settings), own_spool(settings, member.number), bound_too(sockets) as listening:
        build = partial(build_services, process=process)
        run(serve_on(listening, settings, build, show_key, on_listening, own=own[member.number - 1]))


def run(main: Coroutine[object, object, None]) -> None:
    """Run on the fastest available event loop, with the maximum of file descriptors."""
    from easel.kit.memory import use_again_what_was_freed
    from easel.server.limits import raise_descriptors

    raise_descriptors()
    use_again_what_was_freed()
    gc.freeze()
    gc.set_threshold(700)
    with asyncio.Runner(loop_factory=uvicorn.Config("", log_config=None).get_loop_factory()) as runner:
        runner.run(main)


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
    from easel.config import within_reach

    base = server.settings.public_url or server.address
    code = None if within_reach(server.settings) else await link_code(server.services.db)
    return f"{base}/studio/enter?code={code}" if code else f"{base}/studio"


async def serve_until_told(
    settings: Settings,
    *,
    build: Build | None = None,
    on_first_start: Callable[[FirstStart], None] = show_key,
    on_listening: OnListening = announce,
) -> None:
    """Lock the data folder, bind the port, migrate the schema, create the first team if necessary, and serve."""
    from easel.build import build_services, sole_owner

    with sole_owner(settings), bound(settings.host, settings.port) as sockets:
        await serve_on(sockets, settings, build or build_services, on_first_start, on_listening)


async def serve_on(
    sockets: list[socket],
    settings: Settings,
    build: Build,
    on_first_start: Callable[[FirstStart], None],
    on_listening: OnListening,
    *,
    own: Sequence[socket] = (),
) -> None:
    """The same on bound sockets, in a data folder that nobody else uses. `own` are for this process's metrics."""
    from easel.build import guarded, make_ready
    from easel.runtime import open_database
    from easel.worker import watched

    db = open_database(settings.data, settings.database_address)
    try:
        services = build(settings, db)
        if first_start := await make_ready(settings, services):
            on_first_start(first_start)
        async with guarded(services), watched(settings, services, list(own)):
            await Server(settings, services, on_listening).serve(sockets)
    finally:
        await db.close()
