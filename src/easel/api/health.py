"""Is the process alive, and can it do its work?"""

from fastapi import APIRouter, Response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from easel.api.caller import At
from easel.api.schemas import Health, Readiness
from easel.errors import StorageUnavailable
from easel.workflow.stations import Stations

router = APIRouter(tags=["Health"])


@router.get("/healthz")
async def get_health() -> Health:
    """Alive."""
    return Health(status="ok")


@router.get("/readyz", responses={503: {"model": Readiness, "description": "Something it needs is missing."}})
async def get_readiness(response: Response, stations: At) -> Readiness:
    """Ready for work: the database answers, the file store can be written to, jobs are being taken up."""
    checks = {
        "database": await _database(stations),
        "storage": await _storage(stations),
        "engine": "ok" if stations.engine.running else "not taking up jobs",
    }
    ready = set(checks.values()) == {"ok"}
    response.status_code = 200 if ready else 503
    painters = {name: gate.trouble or "ok" for name, gate in stations.gates.items()}
    return Readiness(status="ready" if ready else "not ready", checks=checks, painters=painters)


async def _database(stations: Stations) -> str:
    try:
        async with stations.db.read() as connection:
            await connection.execute(text("SELECT 1"))
    except SQLAlchemyError as error:
        return type(error).__name__
    return "ok"


async def _storage(stations: Stations) -> str:
    try:
        await stations.storage.ping()
    except StorageUnavailable as error:
        return error.message
    return "ok"
