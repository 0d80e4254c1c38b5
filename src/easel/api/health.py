"""Is the process alive, and can it do its work?"""

from fastapi import APIRouter, Response

from easel.api.caller import At
from easel.api.schemas import Health, Readiness

router = APIRouter(tags=["Health"])


@router.get("/healthz")
async def get_health() -> Health:
    """Alive."""
    return Health(status="ok")


@router.get("/readyz", responses={503: {"model": Readiness, "description": "Something it needs is missing."}})
async def get_readiness(response: Response, stations: At) -> Readiness:
    """Ready for work: database, file store and spool could keep what a painter makes, and jobs are being taken up."""
    checks = {part: fault or "ok" for part, fault in (await stations.keeping.look()).items()}
    checks["engine"] = "ok" if stations.engine.running else "not taking up jobs"
    ready = set(checks.values()) == {"ok"}
    response.status_code = 200 if ready else 503
    painters = {name: gate.trouble or "ok" for name, gate in stations.gates.items()}
    return Readiness(status="ready" if ready else "not ready", checks=checks, painters=painters)
