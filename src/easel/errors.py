"""Everything that can go wrong, as one tree.

EaselError                     code, status, a sentence safe to show, a hint
├── InvalidRequest             400  the body, query, cursor, id or upload breaks a rule; says which and how to mend it
├── Unauthorized               401  no key, or a key nobody knows
├── Forbidden                  403  a key that is switched off, or may not do this
├── InsufficientCredits        402  not enough credits; nothing was queued
├── NotFound                   404  missing, or another team's: never says which
├── MethodNotAllowed           405
├── RequestTimeout             408  a body that stood still, or came too slowly
├── Conflict                   409  an Idempotency-Key used twice, a job that is already final
├── StorageFull                409  the team stores as much as it may; nothing was stored, queued or charged
├── TooLarge                   413  a body or an upload over its limit
├── RangeOutside               416  no such bytes in the file
├── Misdirected                421  a Host that is not this server's
├── RateLimited                429  wait `retry_after` seconds
├── StorageUnavailable         502  the file store is out
└── Unavailable                503  the database, the queue, or a server on its way down

JobFailure                     why a job ends FAILED: a code and a sentence, kept on the job
├── InputUnusable              an input image that cannot be fetched or is not an image
├── NoRoom                     the team stores as much as it may, before anything was generated
├── Refused                    the model declined the prompt or an input
├── RequestRejected            the provider does not take a request like this one
├── ProviderFailed             the provider tried and did not succeed
├── ProviderBusy               the provider's limits did not let the job through in time
├── ProviderDown               the provider could not be reached in time
├── ServerUnable               this server's disk, store or database could not have kept the images in time
├── ProviderMisconfigured      the operator's account or settings; says so to the operator
├── UpstreamInDoubt            the answer was lost in flight; nothing is ever sent a second time
├── NotAnImage                 what the provider delivered is not the image that was asked for
└── DeadlineExceeded           the job ran out of time

ProviderError                  answers one question: what may the pipeline do next?
├── ContentRejected            release: the model declined it
├── UnsupportedRequest         nothing was started: this provider does not take the request, another one may
├── Throttled                  nothing was started: wait `retry_after` seconds and start again
├── Unreachable                nothing was started, the provider could not be reached: start again later
├── Misconfigured              nothing was started: the operator's account; another provider may, and tell the operator
├── GenerationFailed           release: it was begun and came to nothing
└── OutcomeUnknown             something may have been started: look before you leap
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from easel.domain import AttemptOutcome, Paid

Details = Mapping[str, Sequence[str]]
Extra = Mapping[str, str | int | bool | None]


class EaselError(Exception):
    """An answer to a caller: `status` for the wire, `code` for programs, `message` for people."""

    status: ClassVar[int] = 500
    code: str = "internal_error"
    retryable: ClassVar[bool] = False

    def __init__(
        self,
        message: str,
        *,
        code: str | None = None,
        hint: str | None = None,
        param: str | None = None,
        details: Details | None = None,
        extra: Extra | None = None,
        retry_after: int | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.code
        self.hint = hint
        self.param = param
        self.details = details
        self.extra = extra or {}
        self.headers = dict(headers or {}) | ({} if retry_after is None else {"Retry-After": str(retry_after)})


class InvalidRequest(EaselError):
    status = 400
    code = "invalid_request"


class Unauthorized(EaselError):
    status = 401
    code = "invalid_api_key"


class InsufficientCredits(EaselError):
    status = 402
    code = "insufficient_credits"


class Forbidden(EaselError):
    status = 403
    code = "permission_denied"


class NotFound(EaselError):
    status = 404
    code = "not_found"


class MethodNotAllowed(EaselError):
    status = 405
    code = "method_not_allowed"


class RequestTimeout(EaselError):
    status = 408
    code = "request_timeout"
    retryable = True


class Conflict(EaselError):
    status = 409
    code = "conflict"


class StorageFull(EaselError):
    status = 409
    code = "storage_quota_exceeded"


class TooLarge(EaselError):
    status = 413
    code = "too_large"


class RangeOutside(EaselError):
    status = 416
    code = "range_outside"


class Misdirected(EaselError):
    status = 421
    code = "unknown_host"


class RateLimited(EaselError):
    status = 429
    code = "rate_limited"
    retryable = True


class StorageUnavailable(EaselError):
    status = 502
    code = "storage_unavailable"
    retryable = True


class Unavailable(EaselError):
    status = 503
    code = "unavailable"
    retryable = True


class JobFailure(Exception):
    """Why a job ends FAILED. The message is shown to the job's owner; `code` is stable; `cause` is the provider's."""

    code: ClassVar[str] = "failed"

    def __init__(self, message: str, *, cause: "ProviderError | None" = None) -> None:
        super().__init__(message)
        self.message = message
        self.cause = cause


class InputUnusable(JobFailure):
    code = "input_unusable"


class NoRoom(JobFailure):
    code = "no_room"


class Refused(JobFailure):
    code = "moderation_refused"


class RequestRejected(JobFailure):
    code = "request_rejected"


class ProviderFailed(JobFailure):
    code = "provider_failed"


class ProviderBusy(JobFailure):
    code = "provider_busy"


class ProviderDown(JobFailure):
    code = "provider_down"


class ProviderMisconfigured(JobFailure):
    code = "provider_misconfigured"


class ServerUnable(JobFailure):
    code = "server_unable"


class UpstreamInDoubt(JobFailure):
    code = "upstream_in_doubt"


class NotAnImage(JobFailure):
    code = "not_an_image"


class DeadlineExceeded(JobFailure):
    code = "deadline_exceeded"


class ProviderError(Exception):
    """What a provider raises. The class says what the workflow may do next; the message is for the job's owner.

    `status`, `code` and `request_id` are the upstream's own, and `detail` its own words: for the operator, without
    secrets. `outcome` is the word for it in an attempt, `paid` whether it may have cost money: no, yes or unknown.
    """

    outcome: ClassVar[AttemptOutcome] = AttemptOutcome.FAILED
    paid: Paid = Paid.NO

    def __init__(
        self,
        message: str,
        *,
        status: int | None = None,
        code: str | None = None,
        request_id: str | None = None,
        detail: str | None = None,
        paid: Paid | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.paid = paid or self.paid
        self.status = status
        self.code = code
        self.request_id = request_id
        self.detail = detail


class ContentRejected(ProviderError):
    """The request will never be painted: the model declined it."""

    outcome = AttemptOutcome.REJECTED


class UnsupportedRequest(ProviderError):
    """Nothing was started: this provider does not take a request like this one."""

    outcome = AttemptOutcome.UNSUPPORTED


class Throttled(ProviderError):
    """Nothing was started. Start again after `retry_after` seconds."""

    outcome = AttemptOutcome.THROTTLED

    def __init__(self, message: str, *, retry_after: float, **facts: Any) -> None:
        super().__init__(message, **facts)
        self.retry_after = retry_after


class Unreachable(ProviderError):
    """Nothing was started: the provider could not be reached, and the fault looks passing."""

    outcome = AttemptOutcome.UNREACHABLE


class Misconfigured(ProviderError):
    """Nothing was started: the operator's key, bill or settings. Retrying changes nothing."""

    outcome = AttemptOutcome.MISCONFIGURED


class GenerationFailed(ProviderError):
    """It was begun, and came to nothing. Starting it again might be paid for again."""

    outcome = AttemptOutcome.FAILED
    paid = Paid.UNKNOWN


class OutcomeUnknown(ProviderError):
    """The answer was lost: something may have been started, and paid for."""

    outcome = AttemptOutcome.LOST
    paid = Paid.UNKNOWN
