"""Rules for names of members, teams and keys."""

import re

from easel.errors import InvalidRequest

MAX_NAME = 200
# No control characters and no text-direction characters. Python, pydantic and JSON Schema read the pattern alike.
NAME = r"^[^\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+$"
MAX_ADDRESS = 254
_LABEL = "[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?"
ADDRESS = rf"^[A-Za-z0-9._%+'-]+@{_LABEL}(\.{_LABEL})*$"


def valid_name(name: str) -> str:
    """The name of a key or a team; raises InvalidRequest."""
    if not re.fullmatch(NAME, name) or len(name) > MAX_NAME:
        raise InvalidRequest(
            f"A name has 1 to {MAX_NAME} characters and no control characters, unlike {name[:MAX_NAME]!r}.",
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
