"""A rig: the whole server in this process, on either backend; its provider takes no time."""

import contextlib
import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

import httpx
from tests.support.waiting import until

from easel.db.engine import Database
from easel.jobs.job import Job
from easel.jobs.load import get_job
from easel.providers import Provider
from easel.services import Services

KEY = "afk_your_api_key_here"


@dataclasses.dataclass
class Rig:
    """Everything a test of the API wants to hold: the services, and a client that speaks HTTP to them."""

    services: Services
    client: httpx.AsyncClient
    provider: Provider
    transport: httpx.ASGITransport  # the application itself, for another client

    @property
    def db(self) -> Database:
        return self.services.db

    async def generate(self, body: Mapping[str, Any] | None = None, **headers: str) -> httpx.Response:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.client.post("/v2/images/generate", json=body or request(), headers=sent)

    async def finished(self, submitted: httpx.Response) -> dict[str, Any]:
        """The job a submit began, once it is final. On a clock that runs ahead, a wait may be over long before."""
        assert submitted.status_code == 202, submitted.text
        path = f"/v2/jobs/{submitted.json()['jobId']}"

        async def ended() -> dict[str, Any] | None:
            job: dict[str, Any] = (await self.client.get(path, params={"wait": 30})).json()
            return job if job["status"] in ("COMPLETED", "FAILED", "CANCELLED") else None

        job: dict[str, Any] = await until(ended)
        return job

    async def job(self, submitted: httpx.Response) -> Job:
        """The job's row as it is now."""
        job = await self.db.read(get_job, submitted.json()["jobId"])
        assert job is not None
        return job

    async def becomes(self, submitted: httpx.Response, is_so: Callable[[Job], bool]) -> Job:
        """The job's row, once this is true of it."""

        async def found() -> Job | None:
            job = await self.job(submitted)
            return job if is_so(job) else None

        job: Job = await until(found)
        return job

    async def credits(self) -> int:
        return int((await self.client.get("/v2/me")).json()["team"]["credits"])


def request(prompt: str = "a plain picture", model: str = "gpt-image-2", **params: Any) -> dict[str, Any]:
    """A legal request body; cheap unless told otherwise: PNG is the quickest to write."""
    field = {"gpt-image-2": "gptImage2Params", "gpt-image-1.5": "gptImageParams"}[model]
    return {"model": model, "prompt": prompt, field: {"quality": "low", "output_format": "png", **params}}


MakeRig = Callable[..., contextlib.AbstractAsyncContextManager[Rig]]
