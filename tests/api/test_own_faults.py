"""Our own faults around a paid call: whatever of ours fails, and when, it is paid for once, delivered and charged.

Each fault comes at a moment of a job at OpenAI's double, which answers once, and goes away by itself.
"""

import asyncio
import contextlib
import itertools
import os
import resource
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import psycopg
import pytest
from sqlalchemy.exc import OperationalError
from tests.api.test_providers import at_openai
from tests.rig import MakeRig, Rig, request
from tests.support.backends import DEAD_AFTER, OTHERS, Backend, some_name
from tests.support.doubles.openai import Delivers, Drips, OpenAIDouble
from tests.support.jobs import Tenant, new_job
from tests.support.postgres import own_postgres
from tests.support.samples import one_in
from tests.support.waiting import until

from easel.config import Settings
from easel.domain import JobState
from easel.errors import InputUnusable
from easel.jobs.write import mark_sent
from easel.ops.heartbeat import resume_held_answers
from easel.pipeline import provider_call, run
from easel.pipeline.inputs import Inputs
from easel.pipeline.run import inputs_of
from easel.runtime.postgres.database import PostgresDatabase
from easel.runtime.postgres.queue import PostgresQueue

pytestmark = [pytest.mark.anyio, pytest.mark.backends]

LASTS = 0.3


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("easel.kit.retry.LONGEST_PAUSE", 0.1)
    monkeypatch.setattr("easel.pipeline.capacity.CHECK_EVERY", 0.05)
    monkeypatch.setattr("easel.pipeline.provider_call.PAUSES_WHEN_UNREACHABLE", (0.1,))
    monkeypatch.setattr("easel.runtime.readiness.FRESH", 0.0)
    monkeypatch.setattr("easel.runtime.readiness.PAUSES", (0.0,))
    monkeypatch.setattr("easel.runtime.readiness.PATIENCE", 0.1)


# What can fail. Each is a block in which it does.


@contextlib.contextmanager
def database_away(rig: Rig) -> Iterator[None]:
    """As the driver says it."""

    def fails(*_: object, **__: object) -> Any:
        raise OperationalError("connect", {}, OSError("the database is away"))

    with pytest.MonkeyPatch.context() as patch:
        for engine in (rig.db._readers, rig.db._writer):  # noqa: SLF001 - nothing public takes a database away
            patch.setattr(engine, "connect", fails)
        yield


@contextlib.contextmanager
def spool_broken(rig: Rig) -> Iterator[None]:
    """Nothing can be made or written in the spool: it is no folder any more."""
    spool = rig.services.settings.data / "spool"  # type: ignore[attr-defined] # the rig's are all settings
    aside = spool.rename(spool.with_name("aside"))
    spool.touch()
    yield
    spool.unlink()
    aside.rename(spool)


@contextlib.contextmanager
def store_out(rig: Rig) -> Iterator[None]:
    async def fails(*_: object, **__: object) -> Any:
        raise OSError("the store is out")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rig.services.storage, "_run", fails)
        yield


@contextlib.contextmanager
def store_hangs(rig: Rig) -> Iterator[None]:
    """Calls are taken and do not come back."""
    on, storage = threading.Event(), rig.services.storage
    write, ping = getattr(storage, "_write"), getattr(storage, "_ping")  # noqa: B009 - not ours to call but here
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(storage, "_longest_call", 0.1)
        patch.setattr(storage, "_write", lambda *given: (on.wait(), write(*given)))
        patch.setattr(storage, "_ping", lambda *given: (on.wait(), ping(*given)))
        yield
    on.set()


@contextlib.contextmanager
def no_descriptors(rig: Rig) -> Iterator[None]:
    """Nothing can be opened in this process; what is open stays."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    free = os.dup(0)
    os.close(free)
    resource.setrlimit(resource.RLIMIT_NOFILE, (free, hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@contextlib.contextmanager
def connections_cut(rig: Rig) -> Iterator[None]:
    """The database drops everybody: the queue's worker ends, and another begins."""
    assert isinstance(rig.db, PostgresDatabase)
    with psycopg.connect(rig.db.address) as connection:
        connection.execute(OTHERS)
    yield


FAILURES: dict[str, Callable[[Rig], contextlib.AbstractContextManager[None]]] = {
    "database away": database_away,
    "spool broken": spool_broken,
    "store out": store_out,
    "store hangs": store_hangs,
    "no descriptors": no_descriptors,
    "connections cut": connections_cut,
}
NOT_SENT = ("database away", "spool broken", "store out", "store hangs")  # while one of these lasts, nothing is sent


@dataclass
class Trouble:
    """One fault, which begins when it is told to and ends by itself."""

    fault: contextlib.AbstractContextManager[None]
    double: OpenAIDouble
    paid: int = 0
    over: asyncio.Event = field(default_factory=asyncio.Event)
    begun: bool = False

    def begin(self) -> None:
        if not self.begun:
            self.begun = True
            self.fault.__enter__()
            asyncio.get_running_loop().call_later(LASTS, self._end)

    def _end(self) -> None:
        self.paid = self.double.paid
        self.fault.__exit__(None, None, None)
        self.over.set()


class Moment(Protocol):
    async def __call__(self, rig: Rig, trouble: Trouble, patch: pytest.MonkeyPatch) -> None: ...


# When it fails.


def before(owner: Any, name: str) -> Moment:
    """When this is called first; `after` it instead, when it has returned."""
    return _at(owner, name, after=False)


def after(owner: Any, name: str) -> Moment:
    return _at(owner, name, after=True)


def _at(owner: Callable[[Rig], Any], name: str, *, after: bool) -> Moment:
    async def watch(rig: Rig, trouble: Trouble, patch: pytest.MonkeyPatch) -> None:
        real: Callable[..., Awaitable[Any]] = getattr(owner(rig), name)

        async def called(*given: Any, **named: Any) -> Any:
            if not after:
                trouble.begin()
            result = await real(*given, **named)
            trouble.begin()
            return result

        patch.setattr(owner(rig), name, called)

    return watch


async def while_it_is_read(rig: Rig, trouble: Trouble, patch: pytest.MonkeyPatch) -> None:
    trouble.double.script(Drips(pieces=6, pause=0.03))

    async def see() -> None:
        await until(lambda: trouble.double.paid)
        trouble.begin()

    trouble.seeing = asyncio.create_task(see())  # type: ignore[attr-defined] # so that it is kept


MOMENTS: dict[str, Moment] = {
    "before the call": after(lambda rig: rig.services.limiters["openai"], "acquire"),
    "while the answer is read": while_it_is_read,
    "before it is kept": before(lambda rig: rig.services.held, "keep"),
    "after it is kept": after(lambda rig: rig.services.held, "keep"),
    "while it is stored": before(lambda rig: rig.services.storage, "put"),
    "while the job ends": before(lambda rig: run, "finalize"),
}


@pytest.mark.parametrize(("fault", "moment"), one_in(5, itertools.product(FAILURES, MOMENTS)))
async def test_what_is_paid_for_is_delivered(
    make_rig: MakeRig, monkeypatch: pytest.MonkeyPatch, backend: Backend, fault: str, moment: str
) -> None:
    if fault == "connections cut" and backend == "embedded":
        pytest.skip("a file has no connections")
    with OpenAIDouble().serving() as double:
        async with make_rig(real=True, job_deadline_seconds=30, **at_openai(double)) as rig:
            trouble = Trouble(FAILURES[fault](rig), double)
            await MOMENTS[moment](rig, trouble, monkeypatch)
            submitted = await rig.generate(request(number_of_images=2))
            await trouble.over.wait()
            job = await rig.finished(submitted)
            assert (job["status"], job["errorCode"], double.paid) == ("COMPLETED", None, 1)
            assert len(job["result"]["images"]) == 2
            assert (job["creditCost"], await rig.credits()) == (8, 992)
            await resume_held_answers(rig.services)
            assert rig.services.held.jobs() == []
            if moment == "before the call" and fault in NOT_SENT:
                assert trouble.paid == 0


async def test_a_job_waits_for_so_long_until_its_images_could_be_kept(make_rig: MakeRig) -> None:
    with OpenAIDouble().serving() as double:
        async with make_rig(real=True, max_wait_seconds=1, **at_openai(double)) as rig:
            with store_out(rig):
                ready = await rig.client.get("/readyz")
                assert (ready.status_code, ready.json()["checks"]["storage"][:14]) == (503, "The file store")
                assert 'easel_can_keep{part="storage"} 0.0' in (await rig.client.get("/metrics")).text
                job = await rig.finished(await rig.generate())
            assert (job["status"], job["errorCode"], double.paid) == ("FAILED", "server_unable", 0)
            assert await rig.credits() == 1000


@pytest.mark.serial
async def test_what_costs_nothing_waits_for_the_store_too(make_rig: MakeRig) -> None:
    async with make_rig() as rig:
        with store_out(rig):
            first = await rig.generate()
            await until(rig.services.readiness.write_fault)
            second = await rig.generate(request("another"))
            ready = await rig.client.get("/readyz")
            assert (ready.status_code, "not writable" in ready.json()["checks"]["storage"]) == (503, True)
            assert (await rig.job(first)).status is JobState.PROCESSING
            assert (await rig.job(second)).status is JobState.QUEUED
        for job in (first, second):
            assert (await rig.finished(job))["status"] == "COMPLETED"


@pytest.mark.parametrize("fault", [store_out, database_away])
async def test_no_deadline_ends_a_job_whose_answer_is_here(
    make_rig: MakeRig, monkeypatch: pytest.MonkeyPatch, fault: Callable[[Rig], Any]
) -> None:
    with OpenAIDouble().serving() as double:
        async with make_rig(real=True, job_deadline_seconds=1, **at_openai(double)) as rig:
            trouble = fault(rig)
            monkeypatch.setattr(rig.services.held, "keep", entering(trouble, rig.services.held.keep))
            submitted = await rig.generate()
            await asyncio.sleep(1.5)
            assert rig.services.held.jobs()
            trouble.__exit__(None, None, None)
            job = await rig.finished(submitted)
            assert (job["status"], job["creditCost"], double.paid) == ("COMPLETED", 4, 1)


@pytest.mark.backends("embedded")
async def test_nobody_else_waits_for_a_store_that_hangs(make_rig: MakeRig) -> None:
    """What works on images has its hand free while a finished one waits for the store."""
    async with make_rig(pictures_in_memory=1) as rig:
        unstored, slots = rig.services.unstored, rig.services.image_slots
        with store_hangs(rig):
            submitted = await rig.generate()
            await until(lambda: unstored.in_use == unstored.each and not slots.in_use)
        assert (await rig.finished(submitted))["status"] == "COMPLETED"


@pytest.mark.backends("postgres")
async def test_an_answer_on_the_disk_of_a_stopped_process_is_waited_for(
    make_rig: MakeRig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process takes the job up meanwhile, and has not got the answer."""
    looks: list[object] = []

    def looking(*given: Any) -> bool:
        looks.append(given)
        return bool(has_claim(*given))

    has_claim = vars(provider_call)["_has_claim"]
    monkeypatch.setattr(provider_call, "_has_claim", looking)
    monkeypatch.setattr(provider_call, "LONGEST_WAIT", 0.1)
    with OpenAIDouble().serving() as double:
        async with make_rig(real=True, drain_seconds=0, **at_openai(double)) as rig:
            settings = rig.services.settings
            assert isinstance(settings, Settings)
            shared = {"database_url": settings.database_url, "storage_url": settings.storage_url}
            trouble = store_out(rig)
            monkeypatch.setattr(rig.services.held, "keep", entering(trouble, rig.services.held.keep))
            submitted = await rig.generate()
            await rig.becomes(submitted, lambda job: job.held_by is not None)
        async with make_rig(real=True, data=tmp_path / "other", drain_seconds=0, **shared, **at_openai(double)) as rig:
            await rig.becomes(submitted, lambda job: job.epoch >= 2)
            await until(lambda: len(looks) > 1)
            assert not (await rig.job(submitted)).status.final
            async with make_rig(real=True, **at_openai(double)) as holder:
                job = await holder.finished(submitted)
        assert (job["status"], job["creditCost"], double.paid) == ("COMPLETED", 4, 1)


def entering(trouble: contextlib.AbstractContextManager[None], real: Callable[..., Awaitable[Any]]) -> Any:
    """The same, and then the trouble begins and stays."""

    async def called(*given: Any) -> Any:
        result = await real(*given)
        trouble.__enter__()
        return result

    return called


@pytest.mark.proof
@pytest.mark.backends("postgres")
async def test_a_database_that_is_really_away_costs_nothing_that_was_paid_for(make_rig: MakeRig) -> None:
    """For longer than after which a worker counts as dead, with six calls under way."""
    with own_postgres() as server, OpenAIDouble(delay=1.0).serving() as double:
        address = server.create(some_name())
        db = PostgresDatabase(address)
        await db.migrate()
        await PostgresQueue(db, at_once=1).prepare()
        await db.close()
        async with make_rig(real=True, database_url=address, **at_openai(double)) as rig:
            sent = [await rig.generate(request(f"picture {number}")) for number in range(6)]
            await until(lambda: double.paid >= 6)
            await asyncio.to_thread(server.kill)
            await asyncio.sleep(DEAD_AFTER + 1)
            assert (await rig.client.get("/readyz")).status_code == 503
            await asyncio.to_thread(server.start)

            async def ready() -> bool:
                return (await rig.client.get("/readyz")).status_code == 200

            await until(ready)
            jobs = [await rig.finished(one) for one in sent]
            assert [(job["status"], job["creditCost"]) for job in jobs] == [("COMPLETED", 4)] * 6
            assert (double.paid, await rig.credits()) == (6, 1000 - 24)


@pytest.mark.serial
@pytest.mark.backends("embedded")
async def test_a_deadline_does_not_run_while_the_id_of_a_paid_call_is_written_down(
    make_rig: MakeRig, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slowly(*given: Any) -> None:
        time.sleep(1.5)
        mark_sent(*given)

    monkeypatch.setattr(provider_call, "mark_sent", slowly)
    with OpenAIDouble().serving() as double:
        double.script(Delivers(urls=True))
        async with make_rig(real=True, job_deadline_seconds=1, **at_openai(double)) as rig:
            job = await rig.finished(await rig.generate())
            assert (job["status"], job["errorCode"], double.paid) == ("COMPLETED", None, 1)


async def test_an_input_that_is_gone_loses_nothing_once_the_call_has_left(rig: Rig) -> None:
    tenant = Tenant("team", "user", "key", "")
    asked: dict[str, Any] = {"inputs": ["file:gone.png"]}
    assert await inputs_of(rig.services, new_job(tenant, **asked, submit_state="SENDING")) == Inputs()
    with pytest.raises(InputUnusable):
        await inputs_of(rig.services, new_job(tenant, **asked))
