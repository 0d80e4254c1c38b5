"""A script: what happens to the next requests, one outcome for each, in order."""

from collections import deque
from dataclasses import dataclass
from typing import Generic, TypeVar

OutcomeT = TypeVar("OutcomeT")
DefaultT = TypeVar("DefaultT")


@dataclass(frozen=True, slots=True)
class HangUp:
    """The connection closes without an answer. With `after_work` the vendor did the work before, and bills it."""

    after_work: bool = False


class Script(Generic[OutcomeT]):
    """Outcomes in the order in which they were added. A test adds them from its own thread."""

    def __init__(self) -> None:
        self._outcomes: deque[OutcomeT] = deque()

    def add(self, *outcomes: OutcomeT) -> None:
        self._outcomes.extend(outcomes)

    def take(self, default: DefaultT) -> OutcomeT | DefaultT:
        """The next outcome; `default` after the last."""
        return self._outcomes.popleft() if self._outcomes else default
