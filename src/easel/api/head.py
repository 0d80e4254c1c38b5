"""HEAD wherever GET answers: the headers of GET, without its body."""

import asyncio
from collections.abc import Collection

from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from easel.kit.tasks import end_tasks


class Head:
    """ASGI middleware: asks the app as GET. It is stopped once it has begun to answer, so streams end at once.

    Routes that take HEAD themselves are asked as they are.
    """

    def __init__(self, app: ASGIApp, routes: list[BaseRoute]) -> None:
        self._app, self._routes = app, routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD" or self._is_taken(scope):
            await self._app(scope, receive, send)
            return
        head: asyncio.Future[Message] = asyncio.get_running_loop().create_future()

        async def keep(message: Message) -> None:
            if not head.done():
                head.set_result(message)

        scope["method"] = "GET"
        work = asyncio.ensure_future(self._app(scope, receive, keep))
        try:
            await asyncio.wait((work, head), return_when=asyncio.FIRST_COMPLETED)
        finally:
            scope["method"] = "HEAD"
            await end_tasks(work)
        if not head.done():
            work.result()
        await send(await head)
        await send({"type": "http.response.body", "body": b""})

    def _is_taken(self, scope: Scope) -> bool:
        return any("HEAD" in _methods(route) and route.matches(scope)[0] is Match.FULL for route in self._routes)


def _methods(route: BaseRoute) -> Collection[str]:
    """A mount of files decides by itself."""
    return getattr(route, "methods", None) or ("HEAD",)
