"""The boundaries between two steps of a job, and a wire across them that is torn at the N-th.

They are the moments before and after each commit, each call of the provider, and each write to the store or to the file
of an answer that comes only once. A commit is named for the function that was the transaction.
"""

import base64
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any

from tests.rig import request
from tests.support.images import encoded, gradient

from easel.db.engine import Transaction
from easel.services import Services
from easel.testing import InstantProvider

# The steps of one job of two images, by the kind of its provider. Its work may be repeated, or it may not: then the
# images come at once, or it is asked for them again. A job with inputs gathers them between its claim and its call.
STEPS = {
    "free": "accept claim start put put close",
    "paid": "accept claim_to_send start keep put put close",
    "pending": "accept claim_to_send start mark_sent put put close",
    "edit": "put accept claim mark_sending start keep put put close",
}
# The same where other processes must learn from the row what one of them has on its disk.
AMONG_MANY = "keep note_held put note_delivered put note_delivered close"
NOT_DURABLE = ("start", "put")
NO_STEPS = ("is_read_only",)  # asked before a paid call


def boundaries(steps: str) -> list[str]:
    return [f"{when} {step}" for step in steps.split() for when in ("before", "after")]


BOUNDARIES = {kind: boundaries(steps) for kind, steps in STEPS.items()}


def body_of(kind: str) -> dict[str, Any]:
    """A request for two images whose job passes these boundaries."""
    if kind != "edit":
        return request(number_of_images=2)
    brought = base64.b64encode(encoded(gradient()).data).decode()
    return request(number_of_images=2, input_images=[f"data:image/png;base64,{brought}"])


def is_in_doubt(crossed: Sequence[str]) -> bool:
    """Whether a paid call may have left, when a process dies here, and nothing durable says what became of it."""
    durable = [boundary for boundary in crossed if boundary.startswith("after") and not boundary.endswith(NOT_DURABLE)]
    return durable[-1:] in (["after claim_to_send"], ["after mark_sending"])


class Wire(ABC):
    """Counts the boundaries that are crossed, and is torn at the chosen one; at none with 0."""

    def __init__(self, at: int) -> None:
        self.crossed: list[str] = []
        self._at = at

    @abstractmethod
    def tear(self) -> None:
        """The process dies."""

    def counts(self) -> bool:
        """Whether what begins now is a job's work."""
        return True

    def cross(self, boundary: str) -> None:
        self.crossed.append(boundary)
        if len(self.crossed) == self._at:
            self.tear()

    def stretch(self, services: Services, provider: InstantProvider) -> None:
        """Lay it across everything a job passes in these services."""
        self._across_commits(services)
        self._across(services.storage, "put")
        self._across(services.held, "keep")
        self._across(provider, "start")

    def _across(self, owner: Any, name: str) -> None:
        real: Callable[..., Awaitable[Any]] = getattr(owner, name)

        async def crossing(*given: Any, **named: Any) -> Any:
            self.cross(f"before {name}")
            try:
                return await real(*given, **named)
            finally:
                self.cross(f"after {name}")

        setattr(owner, name, crossing)

    def _across_commits(self, services: Services) -> None:
        real = services.db.write

        async def write(change: Callable[..., Any], *given: Any, **named: Any) -> Any:
            step = step_of(change)
            if step in NO_STEPS or not self.counts():
                return await real(change, *given, **named)

            def crossing(transaction: Transaction) -> Any:
                result = change(transaction, *given, **named)
                self.cross(f"before {step}")
                return result

            result = await real(crossing)
            self.cross(f"after {step}")
            return result

        setattr(services.db, "write", write)  # noqa: B010 - it is a method to everybody else


def step_of(change: Callable[..., Any]) -> str:
    """What a transaction is called: `_close` is close."""
    return (change.func if isinstance(change, partial) else change).__name__.strip("_")
