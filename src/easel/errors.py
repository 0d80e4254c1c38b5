"""Everything that can go wrong, as one tree.

EaselError                     code, status, a sentence safe to show, a hint
├── InvalidRequest             400  the body, query, cursor, id or upload breaks a rule; says which and how to fix it
├── Unauthorized               401  no key, or an unknown key
├── Forbidden                  403  the key is disabled, or lacks the permission
├── InsufficientCredits        402  not enough credits; nothing was queued
├── NotFound                   404  missing, or another team's: the message never says which
├── MethodNotAllowed           405
├── RequestTimeout             408  the request body stalled or was too slow
├── Conflict                   409  an Idempotency-Key with another body, a job that has ended
├── StorageFull                409  the team's storage is full; nothing was stored, queued or charged
├── TooLarge                   413  a body or an upload above its limit
├── RangeOutside               416  no such bytes in the file
├── Misdirected                421  a Host that is not this server's
├── RateLimited                429  wait `retry_after` seconds
├── StorageUnavailable         502  the file store is unavailable
└── Unavailable                503  the database or the queue is unavailable, or the server is stopping

JobFailure                     why a job ends FAILED: a code and a sentence, kept on the job
├── InputUnusable              an input image cannot be fetched or is not an image
├── MaskUnusable               the mask cannot be fetched, or does not fit the first input image
├── NoRoom                     the team's storage is full; nothing was generated
├── Refused                    the model declined the prompt or an input
├── RequestRejected            the provider does not support this request
├── ProviderFailed             the provider started and did not succeed
├── ProviderBusy               the job waited too long for the provider's rate limits
├── ProviderDown               the provider was unreachable for too long
├── ServerUnable               this server's disk, store or database could not store the images in time
├── ProviderMisconfigured      the operator's account or settings are wrong; also logged for the operator
├── UpstreamInDoubt            the provider's response was lost; the call is never sent again
├── NotAnImage                 the provider's result is not the requested image
└── DeadlineExceeded           the job reached its deadline

ProviderError                  the class decides what the pipeline does next
├── ContentRejected            refund: the model declined the request
├── UnsupportedRequest         not started: this provider does not support the request, another one may
├── Throttled                  not started: start again after `retry_after` seconds
├── Unreachable                not started, the provider is unreachable: start again later
├── ModelUnavailable           not started: this provider does not offer the model; another one may
├── Misconfigured              not started: the operator's account is wrong; use another provider and tell the operator
├── GenerationFailed           refund: the generation started and failed
└── OutcomeUnknown             it may have started: look it up, never send it again
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from easel.domain import AttemptOutcome, Paid

Details = Mapping[str, Sequence[str]]
Extra = Mapping[str, str | int | bool | None]


class EaselError(Exception):
    """A response to a caller: `status` for the wire, `code` for programs, `message` for people."""

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
    """`reason` is for whoever operates the server; `rejected` when only they can mend it: a key, a bucket."""

    status = 502
    code = "storage_unavailable"
    retryable = True

    def __init__(self, message: str, *, reason: str | None = None, rejected: bool = False, **more: Any) -> None:
        super().__init__(message, **more)
        self.reason, self.rejected = reason, rejected


class Unavailable(EaselError):
    status = 503
    code = "unavailable"
    retryable = True


class JobFailure(Exception):
    """Why a job ends FAILED. `message` is shown to its owner; `code` is stable; `cause` is the provider's error."""

    code: ClassVar[str] = "failed"

    def __init__(self, message: str, *, cause: "ProviderError | None" = None) -> None:
        super().__init__(message)
        self.message = message
        self.cause = cause


class InputUnusable(JobFailure):
    code = "input_unusable"


class MaskUnusable(JobFailure):
    code = "mask_unusable"


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
    """What a provider raises. The class decides what the pipeline does next; the message is for the job's owner.

    `status`, `code` and `request_id` are the provider's own, and `detail` its own message without secrets: for the
    operator. `outcome` is the word recorded for the attempt, `paid` whether it may have been billed: no, yes or
    unknown.
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
    """The request will never be generated: the model declined it."""

    outcome = AttemptOutcome.REJECTED


class UnsupportedRequest(ProviderError):
    """Not started: this provider does not support the request."""

    outcome = AttemptOutcome.UNSUPPORTED


class Throttled(ProviderError):
    """Not started. Start again after `retry_after` seconds."""

    outcome = AttemptOutcome.THROTTLED

    def __init__(self, message: str, *, retry_after: float, **facts: Any) -> None:
        super().__init__(message, **facts)
        self.retry_after = retry_after


class Unreachable(ProviderError):
    """Not started: the provider was unreachable; the fault looks temporary."""

    outcome = AttemptOutcome.UNREACHABLE


class ModelUnavailable(ProviderError):
    """Not started: the provider does not offer this model, or not to the operator's account. Others it may."""

    outcome = AttemptOutcome.MODEL_UNAVAILABLE


class Misconfigured(ProviderError):
    """Not started: the operator's key, billing or settings are wrong. A retry changes nothing."""

    outcome = AttemptOutcome.MISCONFIGURED


class GenerationFailed(ProviderError):
    """The generation started and failed. Starting it again might be billed again."""

    outcome = AttemptOutcome.FAILED
    paid = Paid.UNKNOWN


class OutcomeUnknown(ProviderError):
    """The response was lost: a generation may have started, and may be billed."""

    outcome = AttemptOutcome.LOST
    paid = Paid.UNKNOWN
