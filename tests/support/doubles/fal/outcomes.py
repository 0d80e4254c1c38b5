"""What a test may ask to happen instead of the usual: answers to the first call, and how a request ends.

The shapes and types are fal's own: https://fal.ai/docs/documentation/model-apis/errors and .../request-errors.
"""

from dataclasses import dataclass
from typing import Any, Literal

from starlette.responses import HTMLResponse, JSONResponse, Response
from tests.support.doubles import base
from tests.support.doubles.base import HangUp


class Refusal(base.Refusal):
    """One error answer: a `detail`, and for errors of the platform an `error_type`, also in a header."""

    def __init__(self, status: int, detail: Any, *, error_type: str | None = None, html: bool = False) -> None:
        self.status, self.detail, self.error_type, self.html = status, detail, error_type, html

    def response(self) -> Response:
        if self.html:
            return HTMLResponse(f"<html><body><center>{self.status} nginx</center></body></html>", self.status)
        if self.error_type is None:
            return JSONResponse({"detail": self.detail}, self.status)
        body = {"detail": self.detail, "error_type": self.error_type}
        return JSONResponse(body, self.status, {"x-fal-error-type": self.error_type})


def located(kind: str, message: str, *where: str) -> list[dict[str, Any]]:
    """The `detail` of a model's error."""
    return [
        {
            "loc": ["body", *where],
            "msg": message,
            "type": kind,
            "url": f"https://docs.fal.ai/errors#{kind}",
            "input": "",
        }
    ]


CONTENT = Refusal(422, located("content_policy_violation", "The content was flagged by a content checker.", "prompt"))
VALIDATION = Refusal(422, located("image_too_large", "The image is too large.", "image_urls", "0"))
MEDIA = Refusal(422, located("no_media_generated", "No image was generated from the request."))
RUNNER = Refusal(500, "The runner failed.", error_type="runner_server_error")
STARTUP = Refusal(504, "The runner did not start in time.", error_type="startup_timeout")


@dataclass(frozen=True, slots=True)
class Throttled:
    """429 to the first call."""

    retry_after: int | None = 1

    def refusal(self) -> Refusal:
        return Refusal(429, f"Too many requests, try again in {self.retry_after} seconds.")


@dataclass(frozen=True, slots=True)
class Locked:
    """403: the account has no credit."""

    reason: str = "Exhausted balance. Top up your balance at fal.ai/dashboard/billing."

    def refusal(self) -> Refusal:
        return Refusal(403, f"User is locked. Reason: {self.reason}")


@dataclass(frozen=True, slots=True)
class Unauthenticated:
    """401, though the key is right."""

    def refusal(self) -> Refusal:
        return Refusal(401, "No user found for Key ID and Secret")


@dataclass(frozen=True, slots=True)
class NotThere:
    """404, though the model exists."""

    def refusal(self) -> Refusal:
        return Refusal(404, "Application 'gpt-image-2' not found")


@dataclass(frozen=True, slots=True)
class ServerError:
    """An error of the edge. With `after_work` the request was queued all the same, and runs and is paid."""

    status: int = 502
    after_work: bool = False

    def refusal(self) -> Refusal:
        return Refusal(self.status, "", html=True)


@dataclass(frozen=True, slots=True)
class Ok:
    """Nothing special."""


@dataclass(frozen=True, slots=True)
class Slow:
    """This one runs for `seconds`."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Fails:
    """It is queued, and ends with this error. `named`: its status says so too, as it does for the platform's errors."""

    error: Refusal

    @property
    def named(self) -> bool:
        return self.error.error_type is not None


@dataclass(frozen=True, slots=True)
class Delivers:
    """It succeeds with something else than asked: `count` images; as `data_urls`; at `wrong_host`; `gone`; `broken`;
    the first downloads, `refusals` of them, are answered 503."""

    count: int | None = None
    data_urls: bool = False
    wrong_host: str | None = None
    gone: bool = False
    broken: Literal["html", "empty"] | None = None
    refusals: int = 0


Failure = Throttled | Locked | Unauthenticated | NotThere | ServerError
Outcome = Failure | HangUp | Ok | Slow | Fails | Delivers
