"""What every request to a double goes through: it is logged, its API key is checked, and a handler answers it."""

import hmac
import time
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, ClassVar

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from tests.support.doubles.base.account import Account
from tests.support.doubles.base.refusal import Refusal
from tests.support.doubles.base.request import ReceivedRequest, json_of

Handler = Callable[[Request], Awaitable[Response]]


class Api(ABC):
    """The routes of a vendor. A handler returns the answer, or raises a `Refusal`."""

    schemes: ClassVar[Sequence[str]] = ("bearer",)  # of the `Authorization` header

    def __init__(self, account: Account[Any]) -> None:
        self._account = account

    @abstractmethod
    def routes(self) -> Sequence[BaseRoute]:
        """Every route, made with `route`."""

    @abstractmethod
    def no_key(self, request: Request) -> Refusal:
        """For a request without a key."""

    @abstractmethod
    def wrong_key(self, key: str) -> Refusal:
        """For any key but the account's."""

    async def read(self, request: Request) -> ReceivedRequest:
        """The request for the log. It is read before its key is checked."""
        return ReceivedRequest.of(request, await json_of(request))

    def key_of(self, request: Request) -> str:
        """The API key of a request, by default from its `Authorization` header; empty without one."""
        scheme, _, key = request.headers.get("authorization", "").partition(" ")
        return key if scheme.lower() in self.schemes else ""

    def headers(self, received: ReceivedRequest, seconds: float) -> Mapping[str, str]:
        """What the vendor adds to every answer."""
        return {}

    def app(self) -> Starlette:
        return Starlette(routes=self.routes())

    def route(self, path: str, handler: Handler, *methods: str) -> Route:
        """A route that is logged and needs the key; GET unless `methods` are given."""

        async def endpoint(request: Request) -> Response:
            began = time.monotonic()
            received = request.state.received = await self.read(request)
            self._account.requests.append(received)
            try:
                self.check_key(request)
                response = await handler(request)
            except Refusal as refusal:
                response = refusal.response()
            response.headers.update(self.headers(received, time.monotonic() - began))
            return response

        return Route(path, endpoint, methods=methods or ("GET",))

    def check_key(self, request: Request) -> None:
        """Raises Refusal."""
        key = self.key_of(request)
        if not key:
            raise self.no_key(request)
        if not hmac.compare_digest(key.encode(), self._account.key.encode()):
            raise self.wrong_key(key)
