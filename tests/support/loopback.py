"""An ASGI app on a real port of this machine, from a thread of its own, for as long as a `with` block lasts.

It stops at once, whatever its clients are waiting for. An app may answer with `NoAnswer()`: the connection closes
without a byte, as when a peer dies.
"""

import asyncio
import contextlib
import socket
import threading
from collections.abc import Coroutine, Iterator

import uvicorn
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

HANG_UP = "tests.hang_up"


@contextlib.contextmanager
def serving(app: ASGIApp, *, port: int = 0) -> Iterator[str]:
    """Serve an ASGI app from a thread on loopback; gives its address, "http://127.0.0.1:PORT"."""
    listener = socket.create_server(("127.0.0.1", port), backlog=512)
    loop, stop = asyncio.new_event_loop(), asyncio.Event()
    thread = threading.Thread(target=_run, args=(loop, _serve(app, listener, stop)), name="loopback", daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()


class NoAnswer(Response):
    """Returned by a handler, it closes the connection without a byte."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["extensions"][HANG_UP]["now"]()
        while (await receive())["type"] != "http.disconnect":
            pass


class _Connection(HttpToolsProtocol):
    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["extensions"] = {HANG_UP: {"now": self.transport.abort}}


def _run(loop: asyncio.AbstractEventLoop, main: Coroutine[None, None, None]) -> None:
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        runner.run(main)


async def _serve(app: ASGIApp, listener: socket.socket, stop: asyncio.Event) -> None:
    # uvicorn's own server looks up from its sleep ten times a second; a test starts and stops many of these.
    config = uvicorn.Config(_quietly(app), log_config=None, access_log=False, lifespan="off", ws="none")
    config.load()
    state = ServerState()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Connection(config, state, {}), sock=listener)
    await stop.wait()
    server.close()
    for connection in list(state.connections):
        connection.transport.abort()
    await asyncio.sleep(0)
    await _ended(state.tasks)


async def _ended(tasks: set[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _quietly(app: ASGIApp) -> ASGIApp:
    """The same app, but that the server stops, or a client is killed while it sends, is nothing to report."""

    async def quiet(scope: Scope, receive: Receive, send: Send) -> None:
        with contextlib.suppress(asyncio.CancelledError, ClientDisconnect):
            await app(scope, receive, send)

    return quiet
