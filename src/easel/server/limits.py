"""The limits of connections, and of file descriptors."""

import contextlib
import sys
from pathlib import Path

from pydantic import Field

from easel.kit.settings import SettingsModel

MOST_DESCRIPTORS = 65_536  # more is never needed, and some systems allow 10^9
RESERVE = 1_024


class ConnectionSettings(SettingsModel):
    max_connections: int = Field(default=1_000, ge=1)
    """Maximum open connections."""
    max_connections_per_address: int = Field(default=200, ge=1)
    """Maximum open connections of one public IP address. Private and loopback addresses may be proxies and have no such
    limit."""
    max_head_kilobytes: int = Field(default=64, ge=1)
    """Maximum size of a request line and its headers together."""
    max_head_fields: int = Field(default=100, ge=1)
    """Maximum number of headers of a request."""
    head_seconds: float = Field(default=10.0, gt=0)
    """Seconds until the headers of a request must be complete."""
    keep_alive_seconds: float = Field(default=650.0, ge=1, le=86_400)
    """Seconds a connection stays open between two requests. Set it above the idle timeout of the proxy in front, so
    that it uses no connection that is being closed; the usual ones have 600 at most."""
    reader_seconds: float = Field(default=30.0, gt=0)
    """Seconds after which a client that does not read its response is disconnected."""


def raise_descriptors() -> int:
    """Raise this process's limit of file descriptors to the maximum; returns it."""
    if sys.platform == "win32":
        return MOST_DESCRIPTORS
    import resource  # not on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, MOST_DESCRIPTORS)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(ValueError, OSError):  # macOS allows less than it reports
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
            soft = wanted
    return MOST_DESCRIPTORS if soft == resource.RLIM_INFINITY else min(soft, MOST_DESCRIPTORS)


def connections_at_most(settings: ConnectionSettings) -> int:
    """How many connections this process can have open beside the reserve."""
    limit = raise_descriptors()
    return max(1, min(settings.max_connections, limit - reserve_of(limit)))


def open_descriptors() -> int | None:
    """How many file descriptors this process has open; None where unknown."""
    try:
        return sum(1 for _ in Path("/dev/fd").iterdir())
    except OSError:
        return None


def reserve_of(limit: int) -> int:
    """How many descriptors are reserved for other uses: database, files, provider calls."""
    return min(RESERVE, limit // 4)
