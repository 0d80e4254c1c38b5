"""A script: what happens to the next requests, one outcome for each, in order."""

import random
from collections import deque
from collections.abc import Callable, Iterator, Sequence
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


def bad_days(
    lot: random.Random, count: int, troubles: Sequence[tuple[int, OutcomeT]], *, usual: Callable[[], OutcomeT]
) -> Iterator[OutcomeT]:
    """`count` outcomes for a script: each of the `troubles` so many times in a hundred, else the `usual` one."""
    for _ in range(count):
        chance = lot.randrange(100)
        for percent, trouble in troubles:
            chance -= percent
            if chance < 0:
                yield trouble
                break
        else:
            yield usual()
