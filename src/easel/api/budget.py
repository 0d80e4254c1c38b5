"""How many bytes of request bodies are in memory, over all requests: a total limit, and a share per team.

Nothing waits here: a body without room is refused, and its sender retries.
"""

import asyncio
from collections import Counter
from dataclasses import dataclass

from pydantic import Field

from easel.errors import Unavailable
from easel.kit.memory import MEGABYTE
from easel.kit.settings import SettingsModel

FORMS, HOOKS = "forms", "hooks"  # bodies without a key have two shared pools, forms and hooks


class BodySettings(SettingsModel):
    max_body_megabytes: int = Field(default=64, ge=1)
    """Maximum size of a request body, including data: URLs."""
    body_memory_megabytes: int = Field(default=256, ge=1)
    """Memory for request bodies, over all requests. One team can use a third of it, and another third with its test
    keys; one whole body always fits."""
    anonymous_body_megabytes: int = Field(default=16, ge=1)
    """Part of it that requests without a key can use: sign-in forms, and the same again for provider webhooks."""
    body_idle_seconds: float = Field(default=10.0, gt=0)
    """Seconds without data after which a request body is rejected."""
    body_seconds: float = Field(default=300.0, gt=0)
    """Maximum seconds for receiving a request body."""
    body_kilobytes_per_second: float = Field(default=8.0, ge=0)
    """Minimum speed of a request body, measured from its start after the first seconds; 0 for no minimum."""


class BodyBudget:
    """The bodies of all requests of this process. `largest` is the maximum size of one body in bytes."""

    def __init__(self, settings: BodySettings, *, largest: int) -> None:
        self._total = max(settings.body_memory_megabytes * MEGABYTE, largest)
        self._share = max(self._total // 3, largest)
        self._anonymous = settings.anonymous_body_megabytes * MEGABYTE
        self._held: Counter[str] = Counter()
        self.parsing = asyncio.Lock()  # held while a large body is parsed

    @property
    def held(self) -> int:
        """Bytes in memory."""
        return self._held.total()

    def must_have_room(self, whose: str, size: int) -> None:
        """Raises Unavailable if this many more bytes do not fit into the budget."""
        share = self._anonymous if whose in (FORMS, HOOKS) else self._share
        if self.held + size > self._total or self._held[whose] + size > share:
            raise Unavailable(
                "Too many large request bodies are in memory.",
                code="too_many_bodies",
                hint="Retry later with fewer requests at once, or pass images as URLs.",
                retry_after=2,
            )

    def take(self, whose: str, size: int) -> None:
        """Add bytes to a share. Raises Unavailable, adding none."""
        self.must_have_room(whose, size)
        self._held[whose] += size

    def give_back(self, whose: str, size: int) -> None:
        self._held[whose] -= size
        if self._held[whose] <= 0:
            del self._held[whose]


@dataclass(slots=True)
class HeldBody:
    """The bytes of one request's body in the budget, until the request is answered."""

    budget: BodyBudget
    whose: str
    size: int = 0

    def expect(self, size: int) -> None:
        """Refuse a body at once that will not fit; raises Unavailable."""
        self.budget.must_have_room(self.whose, size)

    def grow(self, size: int) -> None:
        """Raises Unavailable."""
        self.budget.take(self.whose, size)
        self.size += size

    def release(self) -> None:
        self.budget.give_back(self.whose, self.size)
        self.size = 0
