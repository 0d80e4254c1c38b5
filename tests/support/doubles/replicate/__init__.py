"""A stand-in for api.replicate.com on loopback: the same API, real images, no bill, and a script of what goes wrong.

with ReplicateDouble().serving() as double:
    double.script(Throttled(retry_after=2), Fails(SENSITIVE), Ok())
    ...  # REPLICATE_BASE_URL=double.url, REPLICATE_API_TOKEN=double.key
    assert double.paid == 1

`python -m tests.support.doubles.replicate --port 9100 --delay 5` serves one until it is interrupted.
"""

from tests.support.doubles.base import HangUp, ReceivedRequest
from tests.support.doubles.replicate.double import KEY, ReplicateDouble
from tests.support.doubles.replicate.models import THREE_RATIOS, Model, gpt_image_2, gpt_image_15
from tests.support.doubles.replicate.outcomes import (
    DIRECTOR,
    INTERRUPTED,
    OUT_OF_MEMORY,
    SENSITIVE,
    SENSITIVE_WITH_REFERENCE,
    UNAVAILABLE,
    UPSTREAM,
    Aborts,
    Delivers,
    Fails,
    Hang,
    NoCredit,
    NotThere,
    Ok,
    Outcome,
    ServerError,
    Slow,
    Throttled,
    Unauthenticated,
    WebhookScript,
)
from tests.support.doubles.replicate.webhooks import Delivery

__all__ = [
    "DIRECTOR",
    "INTERRUPTED",
    "KEY",
    "OUT_OF_MEMORY",
    "SENSITIVE",
    "SENSITIVE_WITH_REFERENCE",
    "THREE_RATIOS",
    "UNAVAILABLE",
    "UPSTREAM",
    "Aborts",
    "Delivers",
    "Delivery",
    "Fails",
    "Hang",
    "HangUp",
    "Model",
    "NoCredit",
    "NotThere",
    "Ok",
    "Outcome",
    "ReceivedRequest",
    "ReplicateDouble",
    "ServerError",
    "Slow",
    "Throttled",
    "Unauthenticated",
    "WebhookScript",
    "gpt_image_2",
    "gpt_image_15",
]
