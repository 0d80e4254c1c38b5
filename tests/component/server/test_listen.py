"""An address that several processes listen at."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from easel.server.listen import SPREADS, CannotListen, bound, bound_too, share

pytestmark = pytest.mark.skipif(not SPREADS, reason="only Linux spreads connections")
CONNECTIONS = 60


@pytest.fixture
def shared() -> Iterator[list[socket.socket]]:
    with bound("127.0.0.1", 0) as sockets:
        share(sockets)
        yield sockets


def test_connections_are_spread_and_pass_over_one_that_is_gone(shared: list[socket.socket]) -> None:
    with ExitStack() as first, ExitStack() as second, ExitStack() as clients:
        one, other = listening(shared, first), listening(shared, second)
        for _ in range(CONNECTIONS):
            clients.enter_context(socket.create_connection(one.getsockname()))
        took = accepted(one), accepted(other)
        assert sum(took) == CONNECTIONS
        assert min(took) > 5, "a fair coin gives this few once in 10^11 runs"
        first.close()
        for _ in range(CONNECTIONS):
            clients.enter_context(socket.create_connection(other.getsockname()))
        assert accepted(other) == CONNECTIONS


def test_an_address_at_which_processes_listen_is_taken_for_others(shared: list[socket.socket]) -> None:
    port = shared[0].getsockname()[1]
    with ExitStack() as until:
        listening(shared, until)
        with pytest.raises(CannotListen, match="another program"), bound("127.0.0.1", port):
            pass


def listening(shared: list[socket.socket], until: ExitStack) -> socket.socket:
    (one,) = until.enter_context(bound_too(shared))
    one.listen(2 * CONNECTIONS)
    one.setblocking(False)
    return one


def accepted(listener: socket.socket) -> int:
    count = 0
    while True:
        try:
            listener.accept()[0].close()
        except BlockingIOError:
            return count
        count += 1
