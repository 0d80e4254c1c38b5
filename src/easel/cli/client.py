"""A small client of the public API, for the commands that call a server over HTTP."""

import contextlib
import math
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, Self, TypeVar

import httpx
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, stop_after_delay, wait_exponential

from easel.cli.answers import easels, may_pass, meaning
from easel.cli.output import CommandError, tell
from easel.config import PREFIX, ClientSettings, checked, use_network_variables
from easel.kit.clock import Clock
from easel.kit.ids import new_id
from easel.kit.proxies import Proxies
from easel.kit.wire import transport_by_rule

FINAL = ("COMPLETED", "FAILED", "CANCELLED")
PATIENCE = 600.0  # seconds to wait for a server that restarts while a job runs
KEY_HEADER = "X-API-Key"
# The types of an image: stores answer with the last two where they were told none.
IMAGE_TYPES = ("image/", "application/octet-stream", "binary/octet-stream")

Result = TypeVar("Result")


class Unanswered(CommandError):
    """The server, or the proxy in front of it, does not answer now; it may in a moment."""


class NoImages(CommandError):
    """The job ended without images, or is not there: nothing can be saved later either."""


class Client:
    """One server with one key."""

    def __init__(self, url: str, key: str, clock: Clock | None = None, *, proxies: Proxies | None = None) -> None:
        self.url, self.key, self.proxies = url, key, proxies
        self._clock = clock or Clock()
        self._http = httpx.AsyncClient(
            base_url=url, headers={KEY_HEADER: key}, timeout=90, trust_env=False, transport=transport_by_rule(proxies)
        )

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
        content = path.read_bytes()
        answer = await self._patiently(PATIENCE, "POST", "/v2/uploads", files={"file": (path.name, content)})
        return str(answer["url"])

    async def generate(self, body: Mapping[str, Any], *, once: str | None = None) -> str:
        """The id of the job; of the same one for the same `once`: repeated after a lost answer, it is paid once."""
        headers = {"Idempotency-Key": once or new_id()}
        answer = await self._patiently(PATIENCE, "POST", "/v2/images/generate", json=body, headers=headers)
        return str(answer["jobId"])

    async def finished(self, job_id: str, on_progress: Callable[[Mapping[str, Any]], None]) -> Mapping[str, Any]:
        """The job, once it has ended; raises NoImages when it did not complete."""
        while True:
            job: Mapping[str, Any] = await self._patiently(
                PATIENCE, "GET", f"/v2/jobs/{job_id}", missing=NoImages, params={"wait": 1}
            )
            on_progress(job)
            if job["status"] in FINAL:
                break
        if job["status"] != "COMPLETED":
            raise NoImages(f"Job {job['status']}: {job['error'] or 'no reason given'}")
        return job

    async def events(self, after: int, *, wait: float = 0) -> Mapping[str, Any]:
        """The team's events after a number, as soon as there are some or after `wait` seconds; then also however long
        the server is away."""
        params = {"after": after, "wait": wait, "limit": 100}
        patience = math.inf if wait else 0
        page: Mapping[str, Any] = await self._patiently(patience, "GET", "/v2/events", params=params)
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
        """Save an image, whole or not at all; broken connections are continued where they broke."""
        part = path.with_name(f".{path.name}.part")
        part.unlink(missing_ok=True)
        try:
            await self._again(PATIENCE, lambda: self._download(url, part))
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)

    async def _download(self, url: str, part: Path) -> None:
        """Append what is missing: the bytes behind an image's address never change. Raises Unanswered if it may be
        had in a moment, from its beginning when what came does not fit."""
        had = part.stat().st_size if part.exists() else 0
        headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={had}-"} if had else {})
        request = self._http.build_request("GET", url, headers=headers)
        with contextlib.suppress(KeyError):
            del request.headers[KEY_HEADER]  # images need none, and their address may lead elsewhere
        try:
            response = await self._http.send(request, stream=True, follow_redirects=True)
            try:
                if had and response.headers.get("content-range") == f"bytes */{had}":
                    return  # only the end of the response was missing
                if had and not _continues(response, had):
                    part.unlink()
                    raise Unanswered(f"{name_of(url)} cannot be continued at byte {had}.")
                if not response.is_success:
                    await response.aread()
                    raise (Unanswered if may_pass(response) else CommandError)(f"{url}: {_sentence(response)}")
                if not response.headers.get("content-type", "").startswith(IMAGE_TYPES):
                    raise CommandError(f"{url}: {meaning(response)}")
                with part.open("ab" if response.status_code == httpx.codes.PARTIAL_CONTENT else "wb") as file:
                    async for chunk in response.aiter_raw():
                        file.write(chunk)
                    size = file.tell()
                _require_whole(response, url, size)
            finally:
                await response.aclose()
        except httpx.TransportError as error:
            raise Unanswered(f"The download of {name_of(url)} broke: {error or type(error).__name__}.") from error

    async def _json(self, method: str, path: str, *, missing: type[CommandError] = CommandError, **request: Any) -> Any:
        """The JSON of a response; raises CommandError, Unanswered if the same request may be answered in a moment,
        and `missing` if Easel has nothing there."""
        try:
            response = await self._http.request(method, path, **request)
        except httpx.TransportError as error:
            reason = str(error or type(error).__name__).rstrip(".")
            raise Unanswered(
                f"The server at {self.url} is unreachable: {reason}. Is it elsewhere? Set EASEL_URL or --url."
            ) from error
        body = easels(response)
        if response.is_success and body is not None:
            return body
        passing = body.get("retryable") if body else may_pass(response)
        if body and response.status_code == httpx.codes.NOT_FOUND:
            raise missing(_sentence(response))
        raise (Unanswered if passing else CommandError)(_sentence(response))

    async def _patiently(self, patience: float, method: str, path: str, **request: Any) -> Any:
        """The same, asked again for so many seconds."""
        return await self._again(patience, lambda: self._json(method, path, **request))

    async def _again(self, patience: float, action: Callable[[], Awaitable[Result]]) -> Result:
        again = AsyncRetrying(
            retry=retry_if_exception_type(Unanswered),
            wait=wait_exponential(multiplier=0.25, max=15),
            stop=stop_after_delay(patience),
            before_sleep=_tell_once,
            sleep=self._clock.sleep,
            reraise=True,
        )

        async def once() -> Result:
            return await action()

        return await again(once)


def name_of(url: str) -> str:
    """The name of the image at an address."""
    return httpx.URL(url).path.rpartition("/")[2]


def _continues(response: httpx.Response, had: int) -> bool:
    """Whether the response to a request for the rest can be used: it begins there, or is the whole or a refusal."""
    if response.status_code == httpx.codes.PARTIAL_CONTENT:
        return str(response.headers.get("content-range")).startswith(f"bytes {had}-")
    return response.status_code != httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE


def _require_whole(response: httpx.Response, url: str, size: int) -> None:
    """Raises CommandError when nothing came, Unanswered when bytes are missing at the end."""
    if size == 0:
        raise CommandError(f"{url}: the response is empty (HTTP {response.status_code}).")
    total = response.headers.get("content-range", "").rpartition("/")[2]
    if total.isdecimal() and size < int(total):
        raise Unanswered(f"The download of {name_of(url)} broke: {size} of {total} bytes came.")
    if total.isdecimal() and size > int(total):
        raise CommandError(f"{url}: {size} bytes came of {total}.")


def _sentence(response: httpx.Response) -> str:
    body = easels(response)
    return " ".join(filter(None, (body.get("error"), body.get("hint")))) if body else meaning(response)


def _tell_once(state: RetryCallState) -> None:
    if state.attempt_number == 1 and state.outcome:
        tell(f"{state.outcome.exception()} Trying again…")


def configured_client(url: str | None, key: str | None) -> Client:
    """The client of these options and, without them, of the environment; raises CommandError without a key."""
    proxies = use_network_variables()
    given: dict[str, Any] = {name: value for name, value in (("url", url), ("api_key", key)) if value is not None}
    options = {"url": "--url", "api_key": "--key"}

    def written(name: str) -> str:
        return options[name] if name in given else PREFIX + name.upper()

    settings = checked(lambda: ClientSettings(**given), written)
    if settings.api_key is None:
        raise CommandError("No API key. Set EASEL_API_KEY or use --key.")
    return Client(settings.url, settings.api_key.get_secret_value(), proxies=proxies)
