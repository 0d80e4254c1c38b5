"""Who finds room among the open connections, and who makes way."""

import asyncio

import pytest
from tests.support.waiting import settled

from easel.server import connections
from easel.server.connections import Connections
from easel.server.limits import ConnectionSettings, reserve_of

pytestmark = pytest.mark.anyio


class Held:
    """A connection that does nothing."""

    def __init__(self, address: str = "127.0.0.1", *, is_known: bool = False) -> None:
        self.address: str | None = address
        self.is_known, self.ended, self.late = is_known, False, False

    def abort(self) -> None:
        self.ended = True

    def head_is_late(self) -> None:
        self.late = True

    def look(self, now: float) -> None: ...


def room(**limits: int) -> Connections:
    return Connections(ConnectionSettings(**limits), limit=65_536)


async def test_whoever_waits_longest_makes_way_and_then_the_oldest_without_a_key() -> None:
    limits, keyed, asking, silent = room(max_connections=3), Held(is_known=True), Held(), Held()
    for one in (keyed, asking, silent):
        assert limits.enter(one)
    limits.arrived(keyed)
    limits.arrived(asking)
    for gone in (silent, asking):
        new = Held(is_known=True)
        assert limits.enter(new)
        limits.arrived(new)
        assert gone.ended
    assert not limits.enter(Held()), "all that are left have shown a key"
    assert not keyed.ended
    limits.wait(keyed)
    assert limits.enter(Held()), "its request is answered: it waits like any other"


@pytest.mark.parametrize(
    ("addresses", "limited"),
    [
        (["8.8.8.8"], True),
        (["::ffff:8.8.8.8", "8.8.8.8"], True),
        (["2001:4860:4860::1", "2001:4860:4860::2"], True),
        (["2001:4860:4860::1", "2001:4860:4860:1::1"], False),
        (["127.0.0.1"], False),
        (["172.18.0.5"], False),
        (["fd00::1"], False),
    ],
)
async def test_a_public_address_has_its_share_and_a_proxy_may_have_all(addresses: list[str], limited: bool) -> None:
    limits = room(max_connections=10, max_connections_per_address=3)
    held = [Held(addresses[number % len(addresses)]) for number in range(4)]
    assert [limits.enter(one) for one in held] == [True, True, True, not limited]
    limits.leave(held[0])
    limits.leave(held[0])
    assert limits.enter(Held(addresses[0]))


async def test_time_in_which_the_server_did_not_run_is_not_the_clients(monkeypatch: pytest.MonkeyPatch) -> None:
    loop, passed = asyncio.get_running_loop(), 0.0
    monkeypatch.setattr(loop, "time", lambda: passed)
    limits, held = room(head_seconds=10), Held()
    limits.enter(held)
    passed += 60  # the loop was busy, and what has arrived is read after its timers: one second counts
    await settled()
    assert not held.late
    for _ in range(9):
        assert not held.late
        passed += 1
        await settled()
    assert held.late


async def test_some_descriptors_are_kept_for_what_is_no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "open_descriptors", lambda: 40)
    limits = Connections(ConnectionSettings(), limit=200)
    assert limits.most == 200 - 50 - 40
    assert limits.backlog <= reserve_of(200)
    assert room().most == 1_000


async def test_bodies_that_nobody_will_read_are_taken_slowly_over_all_connections() -> None:
    limits, second = room(), connections.IGNORED_PER_SECOND
    assert limits.pause_after(second) == pytest.approx(1, abs=0.1)
    assert limits.pause_after(second) == pytest.approx(2, abs=0.1), "another's, at the same time"
