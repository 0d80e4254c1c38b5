"""What is around the fleet: a provider that bills and has its own bad days, and a receiver of webhooks."""

import random
import threading
from collections import Counter
from collections.abc import Iterator

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from tests.support.doubles.base.script import bad_days
from tests.support.doubles.replicate import (
    SENSITIVE,
    Delivers,
    Fails,
    HangUp,
    Outcome,
    ReplicateDouble,
    ServerError,
    Slow,
    Throttled,
)

# How often each happens, of a hundred.
TROUBLES: tuple[tuple[int, Outcome], ...] = (
    (4, Fails(SENSITIVE)),
    (4, Throttled(retry_after=1)),
    (3, ServerError()),
    (3, ServerError(after_work=True)),
    (3, HangUp()),
    (3, HangUp(after_work=True)),
    (3, Delivers(refusals=1)),
)


def some_days(lot: random.Random, count: int) -> Iterator[Outcome]:
    """What becomes of the next creates: mostly one to five seconds of generating."""
    return bad_days(lot, count, TROUBLES, usual=lambda: Slow(lot.uniform(1, 5)))


def billed(double: ReplicateDouble) -> Counter[str]:
    """How often the provider would bill for each prompt."""
    begun = (one for one in double.predictions.values() if one["started_at"])
    return Counter(one["input"]["prompt"] for one in begun)


class Receiver:
    """Takes messages, and refuses one in ten at its first coming. `taken` counts them by job."""

    def __init__(self, lot: random.Random) -> None:
        self.taken: Counter[str] = Counter()
        self.refused: set[str] = set()
        self._lot, self._lock = lot, threading.Lock()

    def app(self) -> Starlette:
        async def take(request: Request) -> Response:
            job_id = str((await request.json())["jobId"])
            with self._lock:
                if job_id not in self.refused and job_id not in self.taken and self._lot.random() < 0.1:
                    self.refused.add(job_id)
                    return Response(status_code=503)
                self.taken[job_id] += 1
            return Response()

        return Starlette(routes=[Route("/hook", take, methods=["POST"])])
