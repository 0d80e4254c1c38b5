"""The limits of connections, and the descriptors they are counted against."""

import contextlib
import sys
from pathlib import Path

from pydantic import BaseModel, Field

MOST_DESCRIPTORS = 65_536  # more than this is never needed, and some systems allow a thousand million
RESERVE = 1_024


class ConnectionSettings(BaseModel):
    max_connections: int = Field(default=1_000, ge=1, description="Connections that may be open at once.")
    max_connections_per_address: int = Field(
        default=200,
        ge=1,
        description="Of these, connections of one public address. Private addresses and loopback may be proxies,"
        " and have no such limit.",
    )
    max_head_kilobytes: int = Field(
        default=64, ge=1, description="The size of a request's first line and headers together at the most."
    )
    max_head_fields: int = Field(default=100, ge=1, description="Headers a request may have.")
    head_seconds: float = Field(
        default=10.0, gt=0, description="How long a connection may take until its request's headers are complete."
    )
    reader_seconds: float = Field(
        default=30.0, gt=0, description="How long a client may read nothing of its answer before it is disconnected."
    )


def raise_descriptors() -> int:
    """Allow this process as many descriptors as it may have; how many that is."""
    if sys.platform == "win32":
        return MOST_DESCRIPTORS
    import resource  # not on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, MOST_DESCRIPTORS)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(ValueError, OSError):  # macOS allows less than it says
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
            soft = wanted
    return MOST_DESCRIPTORS if soft == resource.RLIM_INFINITY else min(soft, MOST_DESCRIPTORS)


def connections_at_most(settings: ConnectionSettings) -> int:
    """How many connections this process can have open, with nothing else open but the reserve."""
    limit = raise_descriptors()
    return max(1, min(settings.max_connections, limit - reserve_of(limit)))


def open_descriptors() -> int | None:
    """How many descriptors this process has open; None where that cannot be told."""
    try:
        return sum(1 for _ in Path("/dev/fd").iterdir())
    except OSError:
        return None


def reserve_of(limit: int) -> int:
    """How many of so many descriptors are kept for what is no connection: database, files, calls of providers."""
    return min(RESERVE, limit // 4)
