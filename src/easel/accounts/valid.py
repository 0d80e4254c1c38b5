"""Rules for names of members, teams and keys."""

import re

from easel.errors import InvalidRequest
from easel.kit.words import SOME_TEXT

MAX_NAME = 200
# No control characters and no text-direction characters, and something to see. Python, pydantic and JSON Schema read
# the pattern alike.
_IN_A_NAME = r"[^\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]*"
NAME = f"^{_IN_A_NAME}{SOME_TEXT}{_IN_A_NAME}$"
MAX_ADDRESS = 254
_LABEL = "[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?"
ADDRESS = rf"^[A-Za-z0-9._%+'-]+@{_LABEL}(\.{_LABEL})*$"


def valid_name(name: str) -> str:
    """The name of a key or a team; raises InvalidRequest."""
    if len(name) > MAX_NAME or not re.fullmatch(NAME, name):
        raise InvalidRequest(
            f"A name has 1 to {MAX_NAME} characters, at least one of them to see, and no control characters, unlike "
            f"{name[:MAX_NAME]!r}.",
            param="name",
        )
    return name


def valid_address(email: str) -> str:
    """A member's address; raises InvalidRequest."""
    if not re.fullmatch(ADDRESS, email) or len(email) > MAX_ADDRESS:
        raise InvalidRequest(
            f"An address looks like ada@example.com and has at most {MAX_ADDRESS} characters, unlike "
            f"{email[:MAX_ADDRESS]!r}.",
            param="email",
        )
    return email
