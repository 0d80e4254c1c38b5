"""What OpenAI says no with: a status and `{"error": {"message", "type", "param", "code"}}`, sentences included.

https://platform.openai.com/docs/guides/error-codes
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.responses import HTMLResponse, JSONResponse, Response
from tests.support.doubles import base

INVALID = "invalid_request_error"
USER_ERROR = "image_generation_user_error"


@dataclass(eq=False)
class Refusal(base.Refusal):
    """One error answer. `details` join the error object, `html` replaces it by a page, as a proxy would."""

    message: str
    status: int = 400
    kind: str = INVALID
    code: str | None = None
    param: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    html: str = ""

    @property
    def body(self) -> dict[str, Any]:
        error = {"message": self.message, "type": self.kind, "param": self.param, "code": self.code}
        return {"error": error | dict(self.details)}

    def response(self) -> Response:
        if self.html:
            return HTMLResponse(self.html, self.status, self.headers)
        return JSONResponse(self.body, self.status, self.headers)


def no_key() -> Refusal:
    return Refusal(
        "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth "
        "(i.e. Authorization: Bearer YOUR_KEY), or as the password field (with blank username) if you're accessing "
        "the API from your browser and are prompted for a username and password. You can obtain an API key from "
        "https://platform.openai.com/account/api-keys.",
        status=401,
    )


def wrong_key(key: str) -> Refusal:
    shown = f"{key[:8]}{'*' * (len(key) - 12)}{key[-4:]}" if len(key) > 12 else key
    return Refusal(
        f"Incorrect API key provided: {shown}. "
        "You can find your API key at https://platform.openai.com/account/api-keys.",
        status=401,
        code="invalid_api_key",
    )


def not_json() -> Refusal:
    return Refusal(
        "We could not parse the JSON body of your request. (HINT: This likely means you aren't using your HTTP library "
        "correctly. The OpenAI API expects a JSON payload, but what was sent was not valid JSON. If you have trouble "
        "figuring out how to fix this, please contact us through our help center at help.openai.com.)"
    )


def unknown_parameter(name: str, hint: str = "") -> Refusal:
    return Refusal(f"Unknown parameter: '{name}'.{hint}", code="unknown_parameter", param=name)


def missing(name: str) -> Refusal:
    return Refusal(f"Missing required parameter: '{name}'.", code="missing_required_parameter", param=name)


def duplicate(name: str) -> Refusal:
    return Refusal(
        f"Duplicate parameter: '{name}'. You provided multiple values for this parameter, whereas only one is allowed. "
        "If you are trying to provide a list of values, use the array syntax instead e.g. "
        f"'{name}[]=<value>'.",
        code="duplicate_parameter",
        param=name,
    )


def wrong_type(name: str, expected: str, got: str) -> Refusal:
    message = f"Invalid type for '{name}': expected {expected}, but got {got} instead."
    return Refusal(message, code="invalid_type", param=name)


def wrong_value(name: str, value: str, supported: Sequence[str]) -> Refusal:
    quoted = [f"'{one}'" for one in supported]
    last = f"{'' if len(quoted) < 3 else ','} and {quoted[-1]}" if len(quoted) > 1 else quoted[-1]
    listed = ", ".join(quoted[:-1]) + last
    message = f"Invalid value: '{value}'. Supported values are: {listed}."
    return Refusal(message, code="invalid_value", param=name)


def out_of_range(name: str, value: int, low: int, high: int) -> Refusal:
    bound, sign, limit = ("above maximum", "<=", high) if value > high else ("below minimum", ">=", low)
    return Refusal(
        f"Invalid '{name}': integer {bound} value. Expected a value {sign} {limit}, but got {value} instead.",
        code=f"integer_{bound.replace(' ', '_').replace('maximum', 'max').replace('minimum', 'min')}_value",
        param=name,
    )


def empty_text(name: str) -> Refusal:
    return Refusal(
        f"Invalid '{name}': empty string. Expected a string with minimum length 1, but got an empty string instead.",
        code="empty_string",
        param=name,
    )


def too_long(name: str, what: str, most: int, got: int) -> Refusal:
    return Refusal(
        f"Invalid '{name}': {what} too long. Expected {'an' if what == 'array' else 'a'} {what} with maximum length "
        f"{most}, but got {'an' if what == 'array' else 'a'} {what} with length {got} instead.",
        code=f"{what}_above_max_length",
        param=name,
    )


def user_error(message: str, *, code: str = "invalid_value", param: str | None = None) -> Refusal:
    return Refusal(message, kind=USER_ERROR, code=code, param=param)


def unsupported_model(model: str) -> Refusal:
    return user_error(f"The model '{model}' does not exist.", param="model")


def unlisted_model(model: str) -> Refusal:
    return Refusal(f"The model '{model}' does not exist", status=404, code="model_not_found", param="model")


def wrong_url(method: str, path: str) -> Refusal:
    return Refusal(f"Invalid URL ({method} {path})", status=404)


def wrong_method(method: str, path: str) -> Refusal:
    hint = "(HINT: Perhaps you meant to use a different HTTP method?)"
    return Refusal(f"Not allowed to {method} on {path} {hint}", status=405)
