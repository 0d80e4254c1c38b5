"""A stand-in for queue.fal.run and rest.fal.ai on loopback: the same API, real images, no bill, and a script of what
goes wrong.

with FalDouble().serving() as double:
    double.script(Throttled(), Fails(CONTENT), Ok())
    ...  # FAL_BASE_URL=FAL_REST_URL=double.url, FAL_KEY=double.key
    assert double.paid == 1

`python -m tests.support.doubles.fal --port 9200 --delay 5` serves one until it is interrupted.
"""

from tests.support.doubles.base import HangUp, ReceivedRequest
from tests.support.doubles.fal.double import KEY, FalDouble
from tests.support.doubles.fal.outcomes import (
    CONTENT,
    MEDIA,
    RUNNER,
    STARTUP,
    VALIDATION,
    Delivers,
    Fails,
    Locked,
    NotThere,
    Ok,
    Outcome,
    ServerError,
    Slow,
    Throttled,
    Unauthenticated,
)

__all__ = [
    "CONTENT",
    "KEY",
    "MEDIA",
    "RUNNER",
    "STARTUP",
    "VALIDATION",
    "Delivers",
    "Fails",
    "FalDouble",
    "HangUp",
    "Locked",
    "NotThere",
    "Ok",
    "Outcome",
    "ReceivedRequest",
    "ServerError",
    "Slow",
    "Throttled",
    "Unauthenticated",
]
