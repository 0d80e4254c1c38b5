"""A small client of the public API, for the commands that call a server over HTTP."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any, Self

import httpx
import typer

from easel.cli.output import CommandError
from easel.config import ClientSettings

Url = Annotated[str | None, typer.Option(help="Server URL. Default: EASEL_URL, http://127.0.0.1:8787.")]
Key = Annotated[str | None, typer.Option(help="API key. Default: EASEL_API_KEY.")]

FINAL = ("COMPLETED", "FAILED", "CANCELLED")


class Client:
    """One server with one key."""

    def __init__(self, url: str, key: str) -> None:
        self.url, self.key = url, key
        self._http = httpx.AsyncClient(base_url=url, headers={"X-API-Key": key}, timeout=90)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.aclose()

    async def params_field(self, model: str) -> str:
        """The request field with the parameters of a model."""
        models = (await self._json("GET", "/v2/models"))["models"]
        for model_card in models:
            if model_card["id"] == model:
                return str(model_card["paramsField"])
        raise CommandError(f"This server has no model {model}; it has {', '.join(item['id'] for item in models)}.")

    async def upload(self, path: Path) -> str:
        """The URL of an uploaded image."""
        with path.open("rb") as file:
            return str((await self._json("POST", "/v2/uploads", files={"file": (path.name, file)}))["url"])

    async def generate(self, body: Mapping[str, Any]) -> str:
        """The id of the job."""
        return str((await self._json("POST", "/v2/images/generate", json=body))["jobId"])

    async def finished(self, job_id: str, on_progress: Callable[[Mapping[str, Any]], None]) -> Mapping[str, Any]:
        """The job, once it has ended; raises CommandError when it did not complete."""
        while True:
            job: Mapping[str, Any] = await self._json("GET", f"/v2/jobs/{job_id}", params={"wait": 1})
            on_progress(job)
            if job["status"] in FINAL:
                break
        if job["status"] != "COMPLETED":
            raise CommandError(f"Job {job['status']}: {job['error'] or 'no reason given'}")
        return job

    async def events(self, after: int, *, wait: float = 0) -> Mapping[str, Any]:
        """The team's events after a number, as soon as there are some or after `wait` seconds."""
        params = {"after": after, "wait": wait, "limit": 100}
        page: Mapping[str, Any] = await self._json("GET", "/v2/events", params=params)
        return page

    async def last_event(self) -> int:
        """The number of the newest event."""
        page = await self.events(0)
        while page["hasMore"]:
            page = await self.events(page["next"])
        return int(page["next"])

    async def webhook_secrets(self) -> list[str]:
        """The signing secrets of the team's webhooks; raises CommandError without permission."""
        return [one["secret"] for one in (await self._json("GET", "/v2/webhooks/secret"))["secrets"]]

    async def download(self, url: str, path: Path) -> None:
        async with self._http.stream("GET", url) as response:
            response.raise_for_status()
            with path.open("wb") as file:
                async for chunk in response.aiter_bytes():
                    file.write(chunk)

    async def _json(self, method: str, path: str, **request: Any) -> Any:
        response = await self._http.request(method, path, **request)
        if response.is_success:
            return response.json()
        try:
            body = response.json()
        except ValueError as error:
            raise CommandError(f"The server responded with HTTP {response.status_code}.") from error
        raise CommandError(" ".join(filter(None, (body.get("error"), body.get("hint")))))


def configured_client(url: str | None, key: str | None) -> Client:
    """The client of these options and, without them, of the environment; raises CommandError without a key."""
    settings = ClientSettings()
    api_key = key or (settings.api_key.get_secret_value() if settings.api_key else None)
    if not api_key:
        raise CommandError("No API key. Set EASEL_API_KEY or use --key.")
    return Client(url or settings.url, api_key)
