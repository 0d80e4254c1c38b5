"""Identifiers: sortable ids, unguessable secrets, and their digests for look-up."""

import hashlib
import ssl
import string
from uuid import UUID

import uuid_utils

ALPHABET = string.ascii_letters + string.digits
EVEN = 256 - 256 % len(ALPHABET)


def new_id() -> str:
    """A UUIDv7: unique, and its text sorts by time, also within one millisecond of one process."""
    return str(uuid_utils.uuid7())


def is_id(text: str) -> bool:
    """Whether `text` is a UUID in its usual spelling."""
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False


def new_secret(length: int = 32) -> str:
    """Random letters and digits: 5.95 bits each, so 32 of them hold 190 bits.

    OpenSSL's generator, unlike the system's, is asked without giving up the interpreter to another thread.
    """
    letters = ""
    while len(letters) < length:  # bytes that would make some letters likelier than others are left out
        letters += "".join(ALPHABET[byte % len(ALPHABET)] for byte in ssl.RAND_bytes(length + 8) if byte < EVEN)
    return letters[:length]


def digest(secret: str) -> bytes:
    """SHA-256 of a secret. Sufficient for keys of 190 random bits: no dictionary attack is possible."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()
