"""From what a provider raised to what its job's owner is told, and to what the attempt's record says."""

from easel.errors import (
    ContentRejected,
    GenerationFailed,
    JobFailure,
    Misconfigured,
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

IN_DOUBT = "The provider's answer was lost on the way. Nothing was sent again and nothing was charged."

FAILURES: dict[type[ProviderError], type[JobFailure]] = {
    ContentRejected: Refused,
    UnsupportedRequest: RequestRejected,
    Misconfigured: ProviderMisconfigured,
    Throttled: ProviderBusy,
    Unreachable: ProviderDown,
    GenerationFailed: ProviderFailed,
}


def failure_of(error: ProviderError) -> JobFailure:
    """How a job ends that this error ends."""
    if isinstance(error, OutcomeUnknown):
        return UpstreamInDoubt(IN_DOUBT, cause=error)
    return FAILURES[type(error)](error.message, cause=error)


def ending_of(error: ProviderError) -> Ending:
    """How an attempt ends that this error ends."""
    return Ending(
        error.outcome,
        error.paid,
        status=error.status,
        code=error.code[:120] if error.code else None,
        request_id=error.request_id[:200] if error.request_id else None,
        detail=error.detail or error.message,
    )
