"""The possible errors of a route, for its documentation."""

from typing import Any

from easel.api.schemas import Error, InsufficientCreditsError

SENTENCES = {
    400: "The body, query, cursor or id breaks a rule; `details` says which.",
    401: "No API key, or an unknown one.",
    402: "Not enough credits; nothing was queued.",
    403: "The key is disabled, or lacks the permission.",
    404: "Missing, or another team's.",
    408: "The request body timed out.",
    409: "An Idempotency-Key used with another body, a job that has ended, or the team's storage is full.",
    413: "The body is above its limit.",
    416: "No such range of bytes.",
    429: "Too many requests; wait `Retry-After` seconds.",
    500: "Server error; search the log for the request ID.",
    502: "The file store is unavailable; retry.",
    503: "The database is unavailable, too many large bodies are in memory, or the server is stopping; retry.",
}

WITH_A_KEY = (401, 403, 429, 500, 503)
PUBLIC = (500, 503)


def refusals(*statuses: int, public: bool = False) -> dict[int | str, dict[str, Any]]:
    """The documented errors: these, and those of every route."""
    everywhere = PUBLIC if public else WITH_A_KEY
    slow = {408} if 413 in statuses else set()  # routes that read a body have a timeout for it
    return {
        status: {
            "model": InsufficientCreditsError if status == 402 else Error,
            "description": SENTENCES[status],
            **({"headers": {"Retry-After": RETRY_AFTER}} if status in (429, 503) else {}),
        }
        for status in sorted({*statuses, *slow, *everywhere})
    }


RETRY_AFTER = {"description": "Seconds to wait.", "schema": {"type": "integer"}, "required": False}
