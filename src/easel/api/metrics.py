"""GET /metrics, for Prometheus. Who may read it is decided once, when the server is built."""

import hmac
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from easel.api.caller import ServicesDep
from easel.api.hosts import is_forwarded
from easel.errors import Forbidden, Unauthorized
from easel.telemetry.page import MEDIA_TYPE, ProviderState, page

router = APIRouter()

HINT = "Set EASEL_METRICS_TOKEN, and have Prometheus send it as a bearer token."


@dataclass(frozen=True, slots=True)
class Readers:
    """Who may read: whoever has the token; without one, everybody if only this machine can ask."""

    token: str | None
    everybody: bool


@router.get("/metrics", include_in_schema=False)
async def get_metrics(request: Request, services: ServicesDep) -> Response:
    """What this process counts, and what the database says of the whole installation."""
    _let_in(request, request.app.state.metrics_readers)
    telemetry = services.telemetry
    seen = await telemetry.installation.look(services.db, services.clock)
    providers = [
        ProviderState(name, limiter.open_reason is not None, limiter.waiting)
        for name, limiter in services.limiters.items()
    ]
    kept = {part: fault is None for part, fault in (await services.readiness.look()).items()}
    text = page(telemetry.metrics, seen, providers, can_keep=kept, taking_jobs=services.queue.running)
    return Response(text, media_type=MEDIA_TYPE)


def _let_in(request: Request, readers: Readers) -> None:
    if readers.token is None:
        if not readers.everybody or is_forwarded(request.scope):  # a proxy's neighbours are not the proxy's machine
            raise Forbidden("Metrics are closed on a server that others can reach.", code="metrics_closed", hint=HINT)
        return
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not hmac.compare_digest(given.strip().encode(), readers.token.encode()):
        raise Unauthorized("The metrics token is required.", code="metrics_token_required", hint=HINT)
