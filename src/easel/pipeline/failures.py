"""What a provider's error means: for the job, for its attempt, for the provider's limiter, and for what comes next."""

from dataclasses import dataclass
from enum import StrEnum

from easel.domain import Paid
from easel.errors import (
    ContentRejected,
    GenerationFailed,
    JobFailure,
    Misconfigured,
    ModelUnavailable,
    OutcomeUnknown,
    ProviderBusy,
    ProviderDown,
    ProviderError,
    ProviderFailed,
    ProviderMisconfigured,
    Refused,
    RequestRejected,
    Throttled,
    Unreachable,
    UnsupportedRequest,
    UpstreamInDoubt,
)
from easel.jobs.attempts import Ending
from easel.runtime.embedded.limiter import ProviderLimiter

IN_DOUBT = "The provider's answer was lost on the way. Nothing was sent again and nothing was charged."


class Next(StrEnum):
    """What the run does after an error of `start`."""

    FAIL = "fail"  # the job ends with this failure
    REQUEUE = "requeue"  # nothing was started: the job is queued again
    REROUTE = "reroute"  # nothing was started: another provider may take it; if none is left, the job fails
    SEARCH = "search"  # something may have been started: look for it, and never send again


class Effect(StrEnum):
    """What the limiter of the provider learns."""

    SUCCESS = "success"  # the provider answered as it should
    PAUSE = "pause"  # nobody calls before `retry_after` has passed
    FAILURE = "failure"  # one more in a row, which opens the circuit after a few
    DISABLE_MODEL = "disable_model"  # this model, until the operator has seen to it: others go on
    DISABLE = "disable"  # until the operator has seen to it


@dataclass(frozen=True, slots=True)
class Meaning:
    """The row of one error. The attempt's outcome stands on the error itself."""

    failure: type[JobFailure]
    next: Next
    limiter: Effect


MEANINGS: dict[type[ProviderError], Meaning] = {
    ContentRejected: Meaning(Refused, Next.FAIL, Effect.SUCCESS),
    UnsupportedRequest: Meaning(RequestRejected, Next.REROUTE, Effect.SUCCESS),
    Throttled: Meaning(ProviderBusy, Next.REQUEUE, Effect.PAUSE),
    Unreachable: Meaning(ProviderDown, Next.REQUEUE, Effect.FAILURE),
    ModelUnavailable: Meaning(ProviderMisconfigured, Next.REROUTE, Effect.DISABLE_MODEL),
    Misconfigured: Meaning(ProviderMisconfigured, Next.REROUTE, Effect.DISABLE),
    GenerationFailed: Meaning(ProviderFailed, Next.FAIL, Effect.SUCCESS),
    OutcomeUnknown: Meaning(UpstreamInDoubt, Next.SEARCH, Effect.FAILURE),
}


def meaning_of(error: ProviderError) -> Meaning:
    return MEANINGS[type(error)]


def failure_of(error: ProviderError) -> JobFailure:
    """The failure of a job that ends with this error."""
    message = IN_DOUBT if isinstance(error, OutcomeUnknown) else error.message
    return meaning_of(error).failure(message, cause=error)


def failed_on_its_side(error: ProviderError) -> bool:
    """Whether the response was lost, or the provider broke down at the work: another try may succeed."""
    return isinstance(error, OutcomeUnknown) or (isinstance(error, GenerationFailed) and (error.status or 0) >= 500)


def ending_of(error: ProviderError, *, free: bool = False) -> Ending:
    """The ending of an attempt that ends with this error; `free` when its provider's calls cost nothing."""
    return Ending(
        error.outcome,
        Paid.NO if free else error.paid,
        status=error.status,
        code=error.code[:120] if error.code else None,
        request_id=error.request_id[:200] if error.request_id else None,
        detail=error.detail or error.message,
    )


def report_model(limiter: ProviderLimiter, error: ProviderError | None) -> None:
    """Tell the limiter of a model how a call went. Only what the model itself answered says that it is well."""
    if error and meaning_of(error).limiter is Effect.DISABLE_MODEL:
        limiter.record_failure(error.message, permanent=True)
    elif error is None or isinstance(error, ContentRejected | GenerationFailed):
        limiter.record_success()


def report(limiter: ProviderLimiter, error: ProviderError | None) -> None:
    """Tell the limiter how a call went: everybody who waits for the same account goes by it."""
    effect = meaning_of(error).limiter if error else Effect.SUCCESS
    if isinstance(error, GenerationFailed) and (error.status or 0) >= 500:
        effect = Effect.FAILURE  # the server's own fault, not the request's
    match error, effect:
        case Throttled(), _:
            limiter.pause(error.retry_after)
        case ProviderError(), Effect.FAILURE | Effect.DISABLE:
            limiter.record_failure(error.message, permanent=effect is Effect.DISABLE)
        case _:
            limiter.record_success()
