"""What a test may ask to happen instead of the usual: answers, failures, odd images, odd webhooks.

The sentences are Replicate's own: https://replicate.com/docs/topics/predictions/lifecycle and
https://replicate.com/docs/reference/error-codes.
"""

from dataclasses import dataclass, field
from typing import Literal

from tests.support.doubles.base import HangUp
from tests.support.doubles.replicate import refusals
from tests.support.doubles.replicate.refusals import Refusal

SENSITIVE = "The input or output was flagged as sensitive. Please try again with different inputs. (E005)"
SENSITIVE_WITH_REFERENCE = f"Prediction failed: Async prediction failed: ModelError: {SENSITIVE} (uIJ6l3ruRD)"
INTERRUPTED = "Prediction interrupted; please retry (code: PA)"
DIRECTOR = "Director: unexpected error handling prediction (E9828)"
UPSTREAM = "An error occurred while processing your request (E001) (1cah9wlWR9)"
UNAVAILABLE = "Service is temporarily unavailable. Please try again later. (E004)"
OUT_OF_MEMORY = "The model ran out of memory. (E1001)"


@dataclass(frozen=True, slots=True)
class Throttled:
    """429. `place` is where the seconds are: in the body's `retry_after`, only in its sentence, or only in a header."""

    retry_after: int = 1
    place: Literal["body", "sentence", "header", "nowhere"] = "body"

    def refusal(self) -> Refusal:
        return refusals.throttled(self.retry_after, place=self.place)


@dataclass(frozen=True, slots=True)
class NoCredit:
    """402."""

    def refusal(self) -> Refusal:
        return refusals.no_credit()


@dataclass(frozen=True, slots=True)
class Unauthenticated:
    """401, though the token is right."""

    def refusal(self) -> Refusal:
        return refusals.unauthenticated()


@dataclass(frozen=True, slots=True)
class NotThere:
    """404, though the model or the prediction exists."""

    def refusal(self) -> Refusal:
        return refusals.not_found()


@dataclass(frozen=True, slots=True)
class ServerError:
    """An error of the edge. With `after_work` a create was accepted all the same, and runs and is paid."""

    after_work: bool = False
    html: bool = True
    status: int = 502

    def refusal(self) -> Refusal:
        return refusals.server_error(self.status, html=self.html)


@dataclass(frozen=True, slots=True)
class Hang:
    """The answer is `seconds` late. Without `after_work` nothing is created before, nor for a client that gave up."""

    seconds: float = 600.0
    after_work: bool = True


@dataclass(frozen=True, slots=True)
class Ok:
    """Nothing special."""


@dataclass(frozen=True, slots=True)
class Slow:
    """This one runs for `seconds`, and waits `boot` seconds before it starts."""

    seconds: float
    boot: float = 0.0


@dataclass(frozen=True, slots=True)
class Fails:
    """It runs, and fails with this sentence."""

    error: str = DIRECTOR


@dataclass(frozen=True, slots=True)
class Aborts:
    """It never starts, and ends as `aborted`."""


@dataclass(frozen=True, slots=True)
class Delivers:
    """It succeeds with something else than asked.

    `count` images; as `data_urls`; a `bare` string instead of a list; `broken` bytes behind each address; another
    `output_format` than asked; addresses at the origin `wrong_host` ("https://images.example"); files that are
    already `gone`; files whose first downloads, `refusals` of them, are answered 503.
    """

    count: int | None = None
    data_urls: bool = False
    bare: bool = False
    broken: Literal["html", "svg", "truncated", "empty"] | None = None
    output_format: Literal["png", "jpeg", "webp"] | None = None
    wrong_host: str | None = None
    gone: bool = False
    refusals: int = 0


Failure = Throttled | NoCredit | Unauthenticated | NotThere | ServerError
Answer = Failure | HangUp | Hang
Course = Ok | Slow | Fails | Aborts | Delivers
Outcome = Answer | Course


@dataclass(frozen=True, slots=True)
class WebhookScript:
    """How webhooks go wrong, for predictions created from now on.

    Each message is sent 1 + `duplicates` times; after `delay` seconds; never (`drop`); `reordered`: all of them when
    the prediction ends, the last one first; `forged`: signed with another secret; `age` seconds ago by its timestamp;
    with a signature of another version in front (`decoy`). `retries` are the pauses before the terminal message is
    sent again to a receiver that failed.
    """

    duplicates: int = 0
    delay: float = 0.0
    drop: bool = False
    reordered: bool = False
    forged: bool = False
    age: int = 0
    decoy: bool = False
    retries: tuple[float, ...] = field(default=(0.5, 1, 2, 4, 8, 16, 30))
