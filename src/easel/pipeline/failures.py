"""From what a painter raised to what its job's owner is told, and to what the attempt's record says."""

from easel.errors import (
    Broken,
    Busy,
    Failed,
    Invalid,
    JobFailure,
    Misconfigured,
    PainterBusy,
    PainterDown,
    PainterFailed,
    PainterMisconfigured,
    ProviderError,
    Refused,
    Rejected,
    RequestRejected,
    Unknown,
    UpstreamInDoubt,
)
from easel.jobs.attempts import Ending

IN_DOUBT = "The painter's answer was lost on the way. Nothing was sent again and nothing was charged."

FAILURES: dict[type[ProviderError], type[JobFailure]] = {
    Rejected: Refused,
    Invalid: RequestRejected,
    Misconfigured: PainterMisconfigured,
    Busy: PainterBusy,
    Broken: PainterDown,
    Failed: PainterFailed,
}


def failure_of(error: ProviderError) -> JobFailure:
    """How a job ends that this error ends."""
    if isinstance(error, Unknown):
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
