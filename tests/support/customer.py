"""Who asks a running server over HTTP, as a customer does."""

from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

import httpx
from tests.rig import request

from easel.testing import KEY, RunningServer


class Customer:
    """One connection and one key. Only `submit`, `job` and `credits` insist on an answer."""

    def __init__(self, server: RunningServer, key: str = KEY) -> None:
        self.http = httpx.Client(base_url=server.url, headers={"X-API-Key": key}, timeout=90)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.http.close()

    def submit(self, body: Mapping[str, Any] | None = None, *, once: str | None = None, **more: Any) -> str:
        """The id of a new job; of the same one for the same `once`."""
        headers = {"Idempotency-Key": once} if once else {}
        answer = self.http.post("/v2/images/generate", json={**(body or request()), **more}, headers=headers)
        assert answer.status_code == 202, answer.text
        return str(answer.json()["jobId"])

    def job(self, job_id: str, *, wait: int = 0) -> dict[str, Any]:
        found: dict[str, Any] = self.http.get(f"/v2/jobs/{job_id}", params={"wait": wait}).raise_for_status().json()
        return found

    def finished(self, job_id: str) -> dict[str, Any]:
        """The job once it has ended."""
        while True:
            job = self.job(job_id, wait=60)
            if job["status"] in ("COMPLETED", "FAILED", "CANCELLED"):
                return job

    def credits(self) -> int:
        return int(self.http.get("/v2/me").raise_for_status().json()["team"]["credits"])
