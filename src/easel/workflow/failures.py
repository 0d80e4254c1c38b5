"""From what a painter raised to what its job's owner is told, in one place."""

from easel.errors import (
    Broken,
    Busy,
    JobFailure,
    Misconfigured,
    PainterBusy,
    PainterFailed,
    PainterMisconfigured,
    ProviderError,
    Refused,
    Rejected,
    Unknown,
    UpstreamInDoubt,
)

IN_DOUBT = "The painter's answer was lost on the way. Nothing was sent again and nothing was charged."

FAILURES: dict[type[ProviderError], type[JobFailure]] = {
    Rejected: Refused,
    Misconfigured: PainterMisconfigured,
    Busy: PainterBusy,
    Broken: PainterFailed,
}


def failure_of(error: ProviderError) -> JobFailure:
    """How a job ends that this error ends."""
    if isinstance(error, Unknown):
        return UpstreamInDoubt(IN_DOUBT)
    return FAILURES[type(error)](str(error))
