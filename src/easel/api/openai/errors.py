"""Errors as OpenAI's clients know them: `{"error": {message, type, param, code}}`.

Clients repeat 408, 409, 429 and 5xx by themselves unless `x-should-retry` forbids it.
"""

from starlette.responses import JSONResponse
from starlette.types import Scope

from easel.accounts.ratelimit import Allowance
from easel.domain import JobState
from easel.errors import (
    Conflict,
    EaselError,
    Forbidden,
    InsufficientCredits,
    InvalidRequest,
    RateLimited,
    StorageFull,
    Unauthorized,
    Unavailable,
)
from easel.jobs.job import Job

PREFIX = "/v1/"
INVALID, SERVER, USER = "invalid_request_error", "server_error", "image_generation_user_error"
INVALID_MASK = "invalid_mask_image_format"
# By our class: their status (None: ours), type and code (None: ours).
CLASSES: dict[type[EaselError], tuple[int | None, str, str | None]] = {
    Unauthorized: (None, INVALID, "invalid_api_key"),
    InsufficientCredits: (429, "insufficient_quota", "insufficient_quota"),  # their clients know no 402
    StorageFull: (429, "insufficient_quota", None),
    RateLimited: (None, "requests", "rate_limit_exceeded"),
}
# By our code of a refusal that is about the mask: their code.
OF_MASKS = {
    "invalid_request": "invalid_value",
    "mask_unusable": INVALID_MASK,
    "no_provider": "unsupported_parameter",
}
OF_CODES = {"model_not_allowed": "model_not_found"}  # as a project of theirs without access to a model
REPEATED_IN_VAIN = (InsufficientCredits, StorageFull, Conflict, Forbidden)
# By the code of a job that failed: status, type, code. All were refunded, and a repeat finds the same job.
FAILURES = {
    "moderation_refused": (400, USER, "moderation_blocked"),
    "input_unusable": (400, INVALID, "invalid_image_file"),
    "mask_unusable": (400, USER, INVALID_MASK),
    "request_rejected": (400, USER, "request_rejected"),
    "no_room": (429, "insufficient_quota", "storage_quota_exceeded"),
    "provider_busy": (429, "requests", "rate_limit_exceeded"),
    "provider_down": (503, SERVER, "provider_down"),
    "deadline_exceeded": (504, SERVER, "deadline_exceeded"),
}


class FailedJob(EaselError):
    """The job of a request did not complete: its error, in their words."""

    def __init__(self, job: Job) -> None:
        code = "job_cancelled" if job.status is JobState.CANCELLED else job.error_code or "failed"
        cancelled = (409, INVALID, code)
        self.wire = cancelled if job.status is JobState.CANCELLED else FAILURES.get(code, (502, SERVER, code))
        super().__init__(job.error or "The job was cancelled.", code=self.wire[2])


def is_theirs(scope: Scope) -> bool:
    """Whether a request is in their dialect."""
    return str(scope["path"]).startswith(PREFIX)


def answer(error: EaselError, *, headers: dict[str, str] | None = None) -> JSONResponse:
    """The response an error makes."""
    status = error.wire[0] if isinstance(error, FailedJob) else (_class_of(error)[0] or error.status)
    final = isinstance(error, (*REPEATED_IN_VAIN, FailedJob))
    again = {"x-should-retry": "false"} if final else {}
    return JSONResponse(body_of(error), status_code=status, headers=error.headers | again | (headers or {}))


def body_of(error: EaselError) -> dict[str, dict[str, str | None]]:
    """What an error response says; an event of a stream says the same."""
    _, kind, code = error.wire if isinstance(error, FailedJob) else _class_of(error)
    message = f"{error.message} {error.hint}" if error.hint else error.message
    return {"error": {"message": message, "type": kind, "param": error.param, "code": code or error.code}}


def _class_of(error: EaselError) -> tuple[int | None, str, str | None]:
    if found := CLASSES.get(type(error)):
        return found
    if error.code == INVALID_MASK:
        return (None, USER, INVALID_MASK)
    return (None, SERVER if error.status >= 500 else INVALID, OF_CODES.get(error.code))


def going_down() -> Unavailable:
    return Unavailable("The server is going down.", hint="Repeat the request: it finds the same job.")


def limits(allowance: Allowance) -> dict[str, str]:
    """What is left of the rate limit, in their headers."""
    return {
        "x-ratelimit-limit-requests": str(allowance.limit),
        "x-ratelimit-remaining-requests": str(allowance.remaining),
        "x-ratelimit-reset-requests": f"{allowance.reset_seconds}s",
    }


def in_their_words(error: InvalidRequest, params_object: str) -> InvalidRequest:
    """The refusal of a request in our words: its fields by their names."""
    names = {"aspect_ratio": "size", "number_of_images": "n", "input_images": "image"}

    def theirs(text: str) -> str:
        text = text.replace(f"{params_object}.", "")
        for ours, name in names.items():
            text = text.replace(ours, name)
        return text

    param = theirs(error.param) if error.param else None
    code = OF_MASKS.get(error.code, error.code) if param == "mask" else error.code
    return InvalidRequest(theirs(error.message), code=code, hint=error.hint, param=param)
