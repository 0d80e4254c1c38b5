"""What an answer means that is not Easel's: it comes from a proxy in front of it, or from another server.

The same table for the Studio is in web/assets/answers.js.
"""

from typing import Any

import httpx

PROXY = "The proxy in front of Easel"
DOWN = "Easel is restarting or not running: the proxy in front of it cannot reach it."
SIGN_IN = f"{PROXY} asks for a sign-in of its own. Let it pass requests to /v1 and /v2, which need an API key."
ELSEWHERE = "Another page came instead of Easel's response. Is the URL that of an Easel server?"
MEANINGS = {
    401: SIGN_IN,
    403: f"{PROXY} refuses this request.",
    404: "There is no Easel at this URL, or the proxy in front of it does not pass this address on.",
    405: f"{PROXY} does not pass this kind of request on.",
    407: "The proxy on the way to the server asks for a user and a password.",
    408: f"{PROXY} did not receive the request in time.",
    413: f"{PROXY} refuses bodies of this size. Raise its limit, with nginx client_max_body_size.",
    414: f"{PROXY} refuses addresses of this length.",
    429: f"{PROXY} limits requests.",
    431: f"{PROXY} refuses headers of this size.",
    502: DOWN,
    503: DOWN,
    504: f"{PROXY} did not wait for the response. Raise its time-out, with nginx proxy_read_timeout.",
}


def easels(response: httpx.Response) -> Any:
    """The JSON of a response of Easel; None for any other."""
    if not response.headers.get("content-type", "").startswith("application/json"):
        return None
    try:
        body = response.json()
    except ValueError:
        return None
    return body if response.is_success or (isinstance(body, dict) and isinstance(body.get("error"), str)) else None


def meaning(response: httpx.Response) -> str:
    """A sentence for a response that is not Easel's."""
    status = response.status_code
    if status < 400:
        where = f" It leads to {response.headers['location']}." if "location" in response.headers else ""
        return f"{ELSEWHERE}{where} (HTTP {status})"
    return f"{MEANINGS.get(status, DOWN if status >= 500 else f'{PROXY} refuses this request.')} (HTTP {status})"


def may_pass(response: httpx.Response) -> bool:
    """Whether the same request, which changes nothing, may be answered in a moment."""
    return response.status_code == 429 or response.status_code >= 502
