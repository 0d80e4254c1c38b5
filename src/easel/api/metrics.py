"""GET /metrics, for Prometheus. Access is decided once, when the server starts."""

import hmac
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from easel.api.caller import ServicesDep
from easel.api.hosts import is_forwarded
from easel.errors import Forbidden, Unauthorized
from easel.telemetry.page import MEDIA_TYPE, page, shared_page

router = APIRouter()

HINT = "Set EASEL_METRICS_TOKEN, and configure Prometheus to send it as a bearer token."


@dataclass(frozen=True, slots=True)
class Readers:
    """Access: with the token; without a configured token, only on a server that is not publicly reachable."""

    token: str | None
    everybody: bool


@router.get("/metrics", include_in_schema=False)
async def get_metrics(request: Request, services: ServicesDep) -> Response:
    """The counters of this process and the state of the installation from the database.

    On a port that several processes share, only the state: counters of whichever process answers would jump.
    """
    _let_in(request, request.app.state.metrics_readers)
    telemetry = services.telemetry
    seen = await telemetry.installation.look(services.db, services.clock)
    if request.app.state.port_is_shared:
        return Response(shared_page(seen), media_type=MEDIA_TYPE)
    faults = await services.readiness.look()
    text = page(
        telemetry.metrics,
        seen,
        circuit_open={name: limiter.open_reason is not None for name, limiter in services.limiters.items()},
        waiting={name: limiter.waiting for name, limiter in services.limiters.items()},
        can_keep={part: fault is None for part, fault in faults.items()},
        taking_jobs=services.queue.running,
    )
    return Response(text, media_type=MEDIA_TYPE)


def _let_in(request: Request, readers: Readers) -> None:
    if readers.token is None:
        if not readers.everybody or is_forwarded(request.scope):  # a proxy is on this machine, its clients are not
            raise Forbidden(
                "Metrics require EASEL_METRICS_TOKEN on a publicly reachable server.", code="metrics_closed", hint=HINT
            )
        return
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not hmac.compare_digest(given.strip().encode(), readers.token.encode()):
        raise Unauthorized("The metrics token is required.", code="metrics_token_required", hint=HINT)
