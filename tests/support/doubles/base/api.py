"""What every request to a double goes through: it is logged, its API key is checked, and a handler answers it."""

import hmac
import time
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from tests.support.doubles.base.account import Account
from tests.support.doubles.base.refusal import Refusal
from tests.support.doubles.base.seen import Seen

SeenT = TypeVar("SeenT", bound=Seen)
Handler = Callable[[Request], Awaitable[Response]]


class Api(ABC, Generic[SeenT]):
    """The routes of a vendor. A handler returns the answer, or raises a `Refusal`."""

    schemes: ClassVar[Sequence[str]] = ("bearer",)

    def __init__(self, account: Account[SeenT, Any]) -> None:
        self._account = account

    @abstractmethod
    def routes(self) -> Sequence[BaseRoute]:
        """Every route, made with `route`."""

    @abstractmethod
    async def read(self, request: Request) -> SeenT:
        """The request for the log. It is read before its key is checked."""

    @abstractmethod
    def no_key(self, header: str) -> Refusal:
        """For an `Authorization` header without a key."""

    @abstractmethod
    def wrong_key(self, key: str) -> Refusal:
        """For any key but the account's."""

    def headers(self, seen: SeenT, seconds: float) -> Mapping[str, str]:
        """What the vendor adds to every answer."""
        return {}

    def app(self) -> Starlette:
        return Starlette(routes=self.routes())

    def route(self, path: str, handler: Handler, *methods: str) -> Route:
        """A route that is logged and needs the key; GET unless `methods` are given."""

        async def endpoint(request: Request) -> Response:
            began = time.monotonic()
            seen = await self.read(request)
            self._account.requests.append(seen)
            try:
                self.check_key(request)
                response = await handler(request)
            except Refusal as refusal:
                response = refusal.response()
            response.headers.update(self.headers(seen, time.monotonic() - began))
            return response

        return Route(path, endpoint, methods=methods or ("GET",))

    def check_key(self, request: Request) -> None:
        """Raises Refusal."""
        header = request.headers.get("authorization", "")
        scheme, _, key = header.partition(" ")
        if scheme.lower() not in self.schemes or not key:
            raise self.no_key(header)
        if not hmac.compare_digest(key.encode(), self._account.key.encode()):
            raise self.wrong_key(key)
