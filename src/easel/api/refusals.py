"""The possible errors of a route, for its documentation."""

from typing import Any

from fastapi.encoders import jsonable_encoder

from easel.api.schemas import Body, Error, InsufficientCreditsError

SENTENCES = {
    400: "The body, query, cursor or id breaks a rule; `details` says which.",
    401: "No API key, an unknown one, or one that has expired.",
    402: "Not enough credits, or the key's monthly limit is reached; nothing was queued.",
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

REFERENCE = "#/components/schemas/{model}"


def _content(model: type[Body]) -> dict[str, Any]:
    """By reference: as `model`, FastAPI would build its schema anew for each status of each route, at the start."""
    return {"application/json": {"schema": {"$ref": REFERENCE.format(model=model.__name__)}}}


ANY, INSUFFICIENT = _content(Error), _content(InsufficientCreditsError)
WITH_A_KEY = (401, 403, 429, 500, 503)
PUBLIC = (500, 503)


def refusals(*statuses: int, public: bool = False) -> dict[int | str, dict[str, Any]]:
    """The documented errors: these, and those of every route."""
    everywhere = PUBLIC if public else WITH_A_KEY
    slow = {408} if 413 in statuses else set()  # routes that read a body have a timeout for it
    return {
        status: {
            "content": INSUFFICIENT if status == 402 else ANY,
            "description": SENTENCES[status],
            **({"headers": {"Retry-After": RETRY_AFTER}} if status in (429, 503) else {}),
        }
        for status in sorted({*statuses, *slow, *everywhere})
    }


def error_schemas() -> dict[str, Any]:
    """The schemas that the documented errors refer to, by name."""
    models = (Error, InsufficientCreditsError)
    made = {one.__name__: one.model_json_schema(mode="serialization", ref_template=REFERENCE) for one in models}
    described: dict[str, Any] = jsonable_encoder(made, exclude_none=True)  # as FastAPI writes the others
    return described


RETRY_AFTER = {"description": "Seconds to wait.", "schema": {"type": "integer"}, "required": False}
