"""Common to providers whose API is a queue: when to look again, and whose message about a job is believed."""

import asyncio
import contextlib
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Generic, TypeVar

from easel.domain import Pending
from easel.errors import ProviderError

SIGNED_WITHIN = 300  # seconds
KEY_PAUSE = 30  # seconds between two requests for the key that signs webhooks
_SENT_AT = re.compile(r"[0-9]{1,12}")

KeyT = TypeVar("KeyT")


def looked_at(upstream_id: str, state: Mapping[str, Any]) -> Pending:
    """A generation that goes on since `state["since"]`: checked after one second at first, later a tenth of its age."""
    pause = min(max(1.0, (time.time() - state["since"]) / 10), 10.0)
    return Pending(upstream_id, state, check_after=pause)


def is_recent(sent_at: str) -> bool:
    """Whether a message was signed within the last minutes; `sent_at` is in seconds since 1970."""
    return bool(_SENT_AT.fullmatch(sent_at)) and abs(time.time() - int(sent_at)) <= SIGNED_WITHIN


class WebhookKey(Generic[KeyT]):
    """What verifies a provider's webhooks, asked for when the first comes. Rarely, because anybody can trigger it.

    `ask` raises ProviderError or ValueError when it cannot be had. A key is asked for anew after `fresh` seconds.
    """

    def __init__(self, ask: Callable[[], Awaitable[KeyT]], *, fresh: float = float("inf")) -> None:
        self._ask, self._fresh = ask, fresh
        self._key: KeyT | None = None
        self._until = self._ask_at = 0.0
        self._asking = asyncio.Lock()

    async def get(self) -> KeyT | None:
        """The key; None while it is unavailable."""
        async with self._asking:
            now = time.monotonic()
            if now >= max(self._until if self._key else 0.0, self._ask_at):
                self._ask_at = now + KEY_PAUSE
                with contextlib.suppress(ProviderError, ValueError):
                    self._key = await self._ask()
                    self._until = now + self._fresh
        return self._key
