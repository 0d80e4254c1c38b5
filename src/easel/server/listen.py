"""Binds the address of a server before anything else is started, so that what the system refuses is one sentence.

A bound socket takes no connections until the server listens on it.
"""

import contextlib
import errno
import os
import socket
import sys
from collections.abc import Iterable, Iterator, Sequence

FIRST_FREE, LAST_PORT = 1024, 65535  # ports below the first belong to the system
SPREADS = sys.platform == "linux"  # elsewhere SO_REUSEPORT gives all connections to one process


class CannotListen(Exception):
    """Why the address is not available, and what to do."""


@contextlib.contextmanager
def bound(host: str, port: int, *, setting: str = "EASEL_PORT") -> Iterator[list[socket.socket]]:
    """Sockets bound to every address of the host, closed with the block; `setting` named the port.

    Raises CannotListen.
    """
    with contextlib.ExitStack() as sockets:
        opened = []
        for family, address in _addresses(host, port):
            try:
                opened.append(sockets.enter_context(_bound(family, address)))
            except OSError as error:
                if opened and error.errno in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT):
                    continue  # localhost on a machine without IPv6
                raise CannotListen(_reason(error, host, port, setting)) from error
        yield opened


def share(sockets: Iterable[socket.socket]) -> None:
    """Let other processes of this user bind these addresses too, with `bound_too`. `bound` did not allow it: what
    listened here before would have refused it.

    Linux then spreads connections evenly over all that listen, and passes over a process that has died. Of one socket
    that several processes accept from, the first to wake takes nearly all connections of a proxy.
    """
    if SPREADS:
        for one in sockets:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)


@contextlib.contextmanager
def bound_too(shared: Sequence[socket.socket]) -> Iterator[list[socket.socket]]:
    """Sockets of this process at the addresses of the shared ones; where these cannot be had, the shared ones."""
    with contextlib.ExitStack() as opened:
        yield [
            opened.enter_context(_bound(one.family, one.getsockname(), shared=True) if SPREADS else one)
            for one in shared
        ]


@contextlib.contextmanager
def bound_if_any(host: str, port: int | None, *, setting: str) -> Iterator[list[socket.socket]]:
    """The same; no sockets without a port."""
    if port is None:
        yield []
        return
    with bound(host, port, setting=setting) as sockets:
        yield sockets


def _addresses(host: str, port: int) -> list[tuple[int, tuple[object, ...]]]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError) as error:
        raise CannotListen(f"EASEL_HOST is {host}, which cannot be found. Use 127.0.0.1, or 0.0.0.0.") from error
    return list(dict.fromkeys((int(family), address) for family, _, _, _, address in found))


def _bound(family: int, address: tuple[object, ...], *, shared: bool = False) -> socket.socket:
    one = socket.socket(family, socket.SOCK_STREAM)
    try:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        if shared:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        one.bind(address)
    except OSError:
        one.close()
        raise
    return one


def _reason(error: OSError, host: str, port: int, setting: str) -> str:
    match error.errno:
        case errno.EADDRINUSE:
            return f"{setting} is {port}, which another program on {host} uses. Stop it, or choose another port."
        case errno.EACCES:
            who = f"user {os.geteuid()} may not open it" if hasattr(os, "geteuid") else "this user may not open it"
            return f"{setting} is {port}: {who}. Choose a port from {FIRST_FREE}."
        case errno.EADDRNOTAVAIL:
            return f"EASEL_HOST is {host}, which is not an address of this machine. Use 127.0.0.1, or 0.0.0.0."
    return f"EASEL_HOST is {host}, {setting} is {port}: {error.strerror or error}."
