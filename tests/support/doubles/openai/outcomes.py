"""What can happen to a request instead of a plain delivery."""

import asyncio
import math
import threading
from dataclasses import dataclass, field
from typing import Literal

from tests.support.doubles.base import HangUp
from tests.support.doubles.openai.refusals import USER_ERROR, Refusal, wrong_key

BUSY_PAGE = "<html>\n<head><title>{status}</title></head>\n<body><center><h1>{status}</h1></center></body>\n</html>\n"


@dataclass(frozen=True, slots=True)
class Delivers:
    """200, and images; with the defaults, those that were asked for.

    `count` images come instead of `n`, in another `size` ("512x512"), cut in half (`broken`), or as the bytes of an
    HTML page (`html`). `urls` answers links to this server instead of base64. `bare` says nothing but `created` and
    `data`.
    """

    count: int | None = None
    broken: bool = False
    html: bool = False
    urls: bool = False
    bare: bool = False
    size: str | None = None


@dataclass(frozen=True, slots=True)
class Slow:
    """The images, after so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Stepwise:
    """Each partial image, and then the images, when the test says `go`."""

    _steps: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))

    def go(self, steps: int = 1) -> None:
        self._steps.release(steps)

    async def step(self) -> None:
        while not self._steps.acquire(blocking=False):
            await asyncio.sleep(0.01)


@dataclass(frozen=True, slots=True)
class Hang:
    """The images are made and paid for, and the answer never comes."""


@dataclass(frozen=True, slots=True)
class Drips:
    """The images, in so many pieces with a pause (in seconds) before each."""

    pieces: int = 10
    pause: float = 0.05


@dataclass(frozen=True, slots=True)
class BreaksOff:
    """200 and half of the answer, and the connection is gone."""


@dataclass(frozen=True, slots=True)
class RateLimited:
    """429 `rate_limit_exceeded`: how long to wait stands in the message, and in `retry-after` too if `in_header`."""

    retry_after: float = 12
    in_header: bool = True

    def refusal(self, *, model: str, key: str, request_id: str) -> Refusal:
        wait = f"{self.retry_after:g}s" if self.retry_after >= 1 else f"{self.retry_after * 1000:g}ms"
        return Refusal(
            f"Rate limit reached for {model} (for limit gpt-image) in organization org-easeldouble on input-images per "
            f"min: Limit 5, Used 5, Requested 1. Please try again in {wait}. "
            "Visit https://platform.openai.com/account/rate-limits to learn more.",
            status=429,
            kind="requests",
            code="rate_limit_exceeded",
            headers=_retry_after(self.retry_after) if self.in_header else {},
        )


@dataclass(frozen=True, slots=True)
class SlowDown:
    """429 or 503 `slow_down`, with `retry-after`."""

    status: Literal[429, 503] = 429
    retry_after: float = 5

    def refusal(self, *, model: str, key: str, request_id: str) -> Refusal:
        return Refusal(
            "Slow down. Please reduce your request rate to its original level, maintain a consistent rate for at least "
            "15 minutes, and then gradually increase it.",
            status=self.status,
            kind="requests" if self.status == 429 else "server_error",
            code="slow_down",
            headers=_retry_after(self.retry_after),
        )


@dataclass(frozen=True, slots=True)
class NoQuota:
    """429 `insufficient_quota`: waiting does not help."""

    def refusal(self, *, model: str, key: str, request_id: str) -> Refusal:
        return Refusal(
            "You exceeded your current quota, please check your plan and billing details. For more information on this "
            "error, read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors.",
            status=429,
            kind="insufficient_quota",
            code="insufficient_quota",
        )


@dataclass(frozen=True, slots=True)
class BillingLimit:
    """400 `billing_hard_limit_reached`."""

    def refusal(self, *, model: str, key: str, request_id: str) -> Refusal:
        message = "Billing hard limit has been reached."
        return Refusal(message, kind="billing_limit_user_error", code="billing_hard_limit_reached")


@dataclass(frozen=True, slots=True)
class Refused:
    """400 `moderation_blocked`. What is refused at the stage "output" has been generated, and is paid for.

    Without `details` it is the older form, which names the categories in the message.
    """

    stage: Literal["input", "output", "unknown"] = "input"
    categories: tuple[str, ...] = ("violence",)
    details: bool = True

    @property
    def after_work(self) -> bool:
        return self.stage == "output"

    def refusal(self, *, model: str, key: str, request_id: str) -> Refusal:
        more = {"moderation_stage": self.stage, "categories": list(self.categories)}
        older = "" if self.details else f" safety_violations=[{', '.join(self.categories)}]."
        return Refusal(
            "Your request was rejected by the safety system. If you believe this is an error, contact us at "
            f"help.openai.com and include the request ID {request_id}.{older}",
            kind=USER_ERROR,
            code="moderation_blocked",
            details={"moderation_details": more} if self.details else {},
        )


@dataclass(frozen=True, slots=True)
class BadKey:
    """401 `invalid_api_key`, whatever the key is."""

    def refusal(self, *, model: str, key: str, request_id: str) -> Refusal:
        return wrong_key(key)


@dataclass(frozen=True, slots=True)
class Unverified:
    """403: the organization may not use this model."""

    def refusal(self, *, model: str, key: str, request_id: str) -> Refusal:
        message = (
            f"Your organization must be verified to use the model `{model}`. Please go to: "
            "https://platform.openai.com/settings/organization/general and click on Verify Organization. "
            "If you just verified, it can take up to 15 minutes for access to propagate."
        )
        return Refusal(message, status=403)


@dataclass(frozen=True, slots=True)
class ServerError:
    """A 5xx, as JSON or as a proxy's HTML page. After the work, the images are paid for."""

    after_work: bool = False
    html: bool = False
    status: int = 500

    def refusal(self, *, model: str, key: str, request_id: str) -> Refusal:
        message = (
            "The server had an error while processing your request. Sorry about that! You can retry your request, or "
            f"contact us through our help center at help.openai.com if you keep seeing this error. (Please include the "
            f"request ID {request_id} in your email.)"
        )
        page = BUSY_PAGE.format(status=self.status) if self.html else ""
        return Refusal(message, status=self.status, kind="server_error", html=page)


Failure = RateLimited | SlowDown | NoQuota | BillingLimit | Refused | BadKey | Unverified | ServerError
Outcome = Failure | HangUp | Hang | BreaksOff | Slow | Stepwise | Drips | Delivers


def costs(outcome: Outcome) -> bool:
    """Whether the generation begins, which is when it is paid for."""
    if isinstance(outcome, Refused | ServerError | HangUp):
        return outcome.after_work
    return not isinstance(outcome, Failure)


def _retry_after(seconds: float) -> dict[str, str]:
    return {"retry-after": str(math.ceil(seconds))}
