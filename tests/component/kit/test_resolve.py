"""Names of strangers: whoever's name server does not answer waits for nobody but themselves."""

import asyncio
import socket
import threading
from collections.abc import AsyncIterator
from typing import Any

import pytest

from easel.kit.resolve import LookupFailed, Resolver

pytestmark = pytest.mark.anyio


class NameServer:
    """Names that begin with `slow` are answered when `open` is set; `none` has no address."""

    def __init__(self) -> None:
        self.open = threading.Event()
        self.asked: list[str] = []

    def __call__(self, host: str, port: int) -> list[Any]:
        self.asked.append(host)
        if host.startswith("slow"):
            self.open.wait(20)
        if host == "none":
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.0.2.1", port))]


@pytest.fixture
async def names() -> AsyncIterator[NameServer]:
    made = NameServer()
    yield made
    made.open.set()


def resolver(names: NameServer, *, most: int = 4, each: int = 2, seconds: float = 0.05) -> Resolver:
    return Resolver(most=most, each=each, seconds=seconds, lookup=names)


async def why_not(asked: Resolver, host: str, who: str = "") -> str:
    with pytest.raises(LookupFailed) as failure:
        await asked.addresses(host, 80, who=who)
    return str(failure.value)


async def test_a_name_that_does_not_answer_is_given_up_and_holds_up_nobody_else(names: NameServer) -> None:
    asked = resolver(names)
    first = await asyncio.gather(*(why_not(asked, f"slow-{number}.test", "one") for number in range(8)))
    assert sum("timed out after" in sentence for sentence in first) == 2
    assert sum("too many names" in sentence for sentence in first) == 6
    assert len(names.asked) == 2  # the other threads are for others
    assert [str(found) for found in await asked.addresses("well.test", 80, who="two")] == ["192.0.2.1"]
    names.open.set()
    await asyncio.sleep(0.05)
    assert await asked.addresses("well.test", 80, who="one")
    await asked.close()


async def test_who_may_wait_gets_their_turn_and_their_time_does_not_run_meanwhile(names: NameServer) -> None:
    asked = resolver(names, most=1, each=1, seconds=10)
    stuck = asyncio.create_task(asked.addresses("slow.test", 80, who="one"))
    await asyncio.sleep(0.02)

    async def patient() -> object:
        async with asyncio.timeout(0.05) as deadline:
            return await asked.addresses("well.test", 80, who="two", deadline=deadline)

    waiting = asyncio.create_task(patient())
    await asyncio.sleep(0.1)
    assert not waiting.done()
    names.open.set()
    assert await waiting
    assert await stuck
    await asked.close()


async def test_who_gives_up_while_they_wait_leaves_their_place(names: NameServer) -> None:
    asked = resolver(names, most=1, each=1, seconds=10)
    stuck = asyncio.create_task(asked.addresses("slow.test", 80))
    await asyncio.sleep(0.02)
    gone = asyncio.create_task(asked.addresses("never-asked.test", 80))
    await asyncio.sleep(0.02)
    gone.cancel()
    await asyncio.gather(gone, return_exceptions=True)
    names.open.set()
    assert await stuck
    assert await asked.addresses("well.test", 80)
    assert "never-asked.test" not in names.asked
    await asked.close()


async def test_a_name_without_an_address_is_no_passing_fault(names: NameServer) -> None:
    asked = resolver(names)
    with pytest.raises(LookupFailed, match="the host none cannot be found") as failure:
        await asked.addresses("none", 80)
    assert not failure.value.again
    await asked.close()


async def test_the_loops_own_look_ups_do_not_wait_for_stuck_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    """Providers are looked up by the loop. This one's pool has fewer threads than there are stuck names."""
    names, system = NameServer(), socket.getaddrinfo

    def stub(host: Any, *given: Any, **more: Any) -> Any:
        return names(host, 0) if str(host).startswith("slow") else system(host, *given, **more)

    monkeypatch.setattr(socket, "getaddrinfo", stub)
    asked = Resolver(most=40, each=40, seconds=0.05)
    await asyncio.gather(*(why_not(asked, f"slow-{number}.test") for number in range(40)))
    assert len(names.asked) == 40
    async with asyncio.timeout(5):
        assert await asyncio.get_running_loop().getaddrinfo("127.0.0.1", 80)
    names.open.set()
    await asked.close()
