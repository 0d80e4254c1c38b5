"""The refusals of a route, for its documentation."""

from typing import Any

from easel.api.schemas import Error, InsufficientCreditsError

SENTENCES = {
    400: "The body, query, cursor or id breaks a rule; `details` says which.",
    401: "No API key, or an unknown one.",
    402: "Not enough credits; nothing was queued.",
    403: "The key is inactive, or may not do this.",
    404: "Missing, or another team's.",
    408: "The body did not arrive in time.",
    409: "An Idempotency-Key used with another body, a job that is final already, or no room for the team's files.",
    413: "The body is over its limit.",
    416: "No such range of bytes.",
    429: "Too many requests; wait `Retry-After` seconds.",
    500: "A fault of the server's own; its log has the request id.",
    502: "The file store is out; try again.",
    503: "The database is out, too many large bodies are in memory, or the server is going down; try again.",
}

WITH_A_KEY = (401, 403, 429, 500, 503)
PUBLIC = (500, 503)


def refusals(*statuses: int, public: bool = False) -> dict[int | str, dict[str, Any]]:
    """How a route may refuse: these ways, and those every route has."""
    everywhere = PUBLIC if public else WITH_A_KEY
    slow = {408} if 413 in statuses else set()  # whatever reads a body does not wait for it for ever
    return {
        status: {
            "model": InsufficientCreditsError if status == 402 else Error,
            "description": SENTENCES[status],
            **({"headers": {"Retry-After": RETRY_AFTER}} if status in (429, 503) else {}),
        }
        for status in sorted({*statuses, *slow, *everywhere})
    }


RETRY_AFTER = {"description": "Seconds to wait.", "schema": {"type": "integer"}, "required": False}
