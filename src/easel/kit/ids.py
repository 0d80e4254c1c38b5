"""Identifiers: sortable ids, secrets nobody can guess, and the digests they are looked up by."""

import hashlib
import secrets
import string
from uuid import UUID

import uuid_utils

ALPHABET = string.ascii_letters + string.digits


def new_id() -> str:
    """A UUIDv7: unique, and sorted as text it is sorted by time, also within one millisecond of one process."""
    return str(uuid_utils.uuid7())


def is_id(text: str) -> bool:
    """Whether `text` is a UUID in its usual spelling."""
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False


def new_secret(length: int = 32) -> str:
    """Random letters and digits: 5.95 bits each, so 32 of them hold 190 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def digest(secret: str) -> bytes:
    """SHA-256 of a secret. Enough for keys of 190 random bits, which no dictionary reaches."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()
