"""What Replicate answers to what it refuses, word for word: https://replicate.com/docs/reference/http."""

from dataclasses import dataclass
from typing import Any

from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from tests.support.doubles import base

NO_CREDIT = (
    "You have insufficient credit to run this model. Go to https://replicate.com/account/billing#billing to purchase"
    " credit. Once you purchase credit, please wait a few minutes before trying again."
)
NOT_FOUND = {"detail": "The requested resource could not be found.", "status": 404}
LOW_CREDIT = (
    "Request was throttled. Your rate limit for creating predictions is reduced to 6 requests per minute with a burst"
    " of 1 requests while you have less than $5.0 in credit. Your rate limit resets in ~{}s."
)
EDGE = (
    "<html>\r\n<head><title>{0} {1}</title></head>\r\n<body>\r\n<center><h1>{0} {1}</h1></center>\r\n"
    "<hr><center>cloudflare</center>\r\n</body>\r\n</html>\r\n"
)
REASONS = {500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Temporarily Unavailable"}


class Refusal(base.Refusal):
    """One error answer."""

    def __init__(self, response: Response) -> None:
        super().__init__()
        self._response = response

    def response(self) -> Response:
        return self._response


@dataclass(frozen=True, slots=True)
class InvalidField:
    """One thing wrong with a request; `field` is empty for the body itself."""

    type: str
    field: str
    description: str

    @property
    def line(self) -> str:
        return f"- {self.field}: {self.description}\n" if self.field else f"- {self.description}\n"


def bad_request(sentence: str) -> Refusal:
    """Headers and bodies that cannot be read. Replicate does not document this one; it is ours."""
    return _json(400, {"title": "Bad Request", "detail": sentence, "status": 400})


def invalid(problems: list[InvalidField]) -> Refusal:
    fields = [{"type": it.type, "field": it.field, "description": it.description} for it in problems]
    body = {
        "detail": "".join(problem.line for problem in problems),
        "status": 422,
        "title": "Input validation failed",
        "invalid_fields": fields,
    }
    return _json(422, body)


def invalid_version() -> Refusal:
    sentence = "The specified version does not exist (or perhaps you don't have permission to use it?)"
    return _json(422, {"title": "Invalid version or not permitted", "detail": sentence, "status": 422})


def unauthenticated(*, passed: bool = True) -> Refusal:
    sentence = f"You did not pass {'a valid' if passed else 'an'} authentication token"
    return _json(401, {"title": "Unauthenticated", "detail": sentence, "status": 401})


def not_found() -> Refusal:
    return _json(404, NOT_FOUND)


def no_credit() -> Refusal:
    body = JSONResponse({"title": "Insufficient credit", "detail": NO_CREDIT, "status": 402}).body
    return Refusal(Response(bytes(body) + b"\n", 402, media_type="application/json"))


def throttled(seconds: int, *, place: str) -> Refusal:
    if place == "body":
        return _json(429, {"detail": LOW_CREDIT.format(seconds), "status": 429, "retry_after": seconds})
    if place == "sentence":
        return _json(429, {"detail": f"Request was throttled. Your rate limit resets in ~{seconds}s."})
    headers = {"retry-after": str(seconds)} if place == "header" else None
    return Refusal(JSONResponse({"detail": "Request was throttled."}, 429, headers))


def server_error(status: int, *, html: bool) -> Refusal:
    reason = REASONS.get(status, "Error")
    if html:
        return Refusal(HTMLResponse(EDGE.format(status, reason), status))
    return Refusal(PlainTextResponse(reason.lower(), status))


def file_problem(status: int, sentence: str) -> Refusal:
    """Files answer in RFC 9457's own media type."""
    return Refusal(JSONResponse({"detail": sentence}, status, media_type="application/problem+json"))


def _json(status: int, body: dict[str, Any]) -> Refusal:
    return Refusal(JSONResponse(body, status))
