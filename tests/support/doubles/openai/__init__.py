"""A stand-in for OpenAI's image endpoints: a real server on loopback that says what api.openai.com says.

    with OpenAIDouble(key="sk-test").serving() as double:
        double.script(RateLimited(retry_after=2), HangUp(after_work=True))
        ...
    assert double.paid == 2

`python -m tests.support.doubles.openai` serves one until it is interrupted.
"""

from tests.support.doubles.base import HangUp, ReceivedRequest, Upload
from tests.support.doubles.openai.double import OpenAIDouble
from tests.support.doubles.openai.outcomes import (
    BadKey,
    BillingLimit,
    BreaksOff,
    Delivers,
    Drips,
    Hang,
    NoQuota,
    Outcome,
    RateLimited,
    Refused,
    ServerError,
    Slow,
    SlowDown,
    Stepwise,
    Unverified,
)

__all__ = [
    "BadKey",
    "BillingLimit",
    "BreaksOff",
    "Delivers",
    "Drips",
    "Hang",
    "HangUp",
    "NoQuota",
    "OpenAIDouble",
    "Outcome",
    "RateLimited",
    "ReceivedRequest",
    "Refused",
    "ServerError",
    "Slow",
    "SlowDown",
    "Stepwise",
    "Unverified",
    "Upload",
]
