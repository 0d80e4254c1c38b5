"""Liveness and readiness of the process."""

from fastapi import APIRouter, Response

from easel.api.caller import ServicesDep
from easel.api.schemas import Health, Readiness

router = APIRouter(tags=["Health"])


@router.get("/healthz", summary="Check that the server is alive")
async def get_health() -> Health:
    """Alive."""
    return Health(status="ok")


@router.get(
    "/readyz",
    summary="Check that the server is ready",
    responses={503: {"model": Readiness, "description": "A dependency is unavailable."}},
)
async def get_readiness(response: Response, services: ServicesDep) -> Readiness:
    """Ready for work: database, file store and spool can store images, and jobs are being run."""
    checks = {part: fault or "ok" for part, fault in (await services.readiness.look()).items()}
    checks["queue"] = "ok" if services.queue.running else "not running jobs"
    ready = set(checks.values()) == {"ok"}
    response.status_code = 200 if ready else 503
    providers = {name: limiter.open_reason or "ok" for name, limiter in services.limiters.items()}
    models = {" ".join(of): limiter.open_reason for of, limiter in services.model_limiters.items()}
    providers |= {name: fault for name, fault in models.items() if fault}
    return Readiness(status="ready" if ready else "not ready", checks=checks, providers=providers)
