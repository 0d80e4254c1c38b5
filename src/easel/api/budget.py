"""How many bytes of request bodies are in memory, over all requests: a sum, and a share for each team.

Nothing waits here: a body that has no room is refused, and its sender tries again.
"""

import asyncio
from collections import Counter
from dataclasses import dataclass

from pydantic import BaseModel, Field

from easel.errors import Unavailable
from easel.kit.memory import MEGABYTE

FORMS, HOOKS = "forms", "hooks"  # what is read without a key counts together, the two apart


class BodySettings(BaseModel):
    max_body_megabytes: int = Field(
        default=64, ge=1, description="The size of a request body at the most; data: URLs count."
    )
    body_memory_megabytes: int = Field(
        default=256,
        ge=1,
        description="Request bodies that may be in memory at once, over all requests. One team may have a third of it,"
        " and as much for its test keys; at least one whole body.",
    )
    anonymous_body_megabytes: int = Field(
        default=16, ge=1, description="Of these, what may come without a key: sign-in forms, and as much for hooks."
    )
    body_idle_seconds: float = Field(
        default=10.0, gt=0, description="How long a request body may bring nothing before it is given up."
    )
    body_seconds: float = Field(default=300.0, gt=0, description="How long a request body may take to arrive.")
    body_kilobytes_per_second: float = Field(
        default=8.0,
        ge=0,
        description="How fast a request body must come, from its start on and after the first seconds; 0 for any.",
    )


class BodyBudget:
    """The bodies of all requests of this process. `largest` is how many bytes the largest that is taken has."""

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
        """Raises Unavailable if so many more bytes of somebody's are too many."""
        share = self._anonymous if whose in (FORMS, HOOKS) else self._share
        if self.held + size > self._total or self._held[whose] + size > share:
            raise Unavailable(
                "Too many large request bodies are in memory.",
                code="too_many_bodies",
                hint="Try again with a pause and fewer at once, or name images by their addresses.",
                retry_after=2,
            )

    def take(self, whose: str, size: int) -> None:
        """Count bytes of somebody's body. Raises Unavailable, counting none."""
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
        """Refuse at once what would find no room; raises Unavailable."""
        self.budget.must_have_room(self.whose, size)

    def grow(self, size: int) -> None:
        """Raises Unavailable."""
        self.budget.take(self.whose, size)
        self.size += size

    def release(self) -> None:
        self.budget.give_back(self.whose, self.size)
        self.size = 0
