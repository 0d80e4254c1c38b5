"""Whatever happens, in whatever order, the books balance.

Hypothesis invents sequences of submit, generate, fail, cancel, crash, restart and replay over a real database; after
each step the balance is the sum of the entries, nothing is overdrawn, and no job is settled twice.
"""

import asyncio
import dataclasses
import itertools
import shutil
import tempfile
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select
from tests.rig import KEY, request
from tests.support.by_hand import QueueByHand

from easel.accounts.keys import authenticate
from easel.build import build_services
from easel.config import Settings
from easel.db.engine import Database
from easel.db.tables import jobs, ledger, teams
from easel.domain import Caller, JobState, Pending
from easel.errors import Conflict, ContentRejected, InsufficientCredits
from easel.jobs.idempotency import IdempotencyKey
from easel.kit.clock import Clock
from easel.ops.doctor import examine
from easel.ops.first_start import bootstrap
from easel.pipeline.cancel import cancel
from easel.pipeline.run import run_job
from easel.pipeline.submit import submit
from easel.runtime import open_database
from easel.services import Services
from easel.storage.folder import FolderStorage
from easel.testing import InstantProvider

CREDITS = 60


class Books(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = Path(tempfile.mkdtemp())
        self.keys = itertools.count()

    def run(self, coroutine: Coroutine[Any, Any, Any]) -> Any:
        return self.loop.run_until_complete(coroutine)

    @initialize(limit=st.integers(1, 3))
    def open(self, limit: int) -> None:
        given: dict[str, Any] = {"data": self.folder, "bootstrap_key": KEY, "bootstrap_credits": CREDITS}
        self.settings = Settings(**given, max_concurrent_jobs=limit)
        self.engine = QueueByHand()
        self.db: Database = open_database(self.folder)
        self.run(self.db.migrate())
        self.run(bootstrap(self.db, Clock(), self.settings))
        self.caller: Caller = self.run(self.who())
        self.bodies: list[tuple[dict[str, Any], str]] = []

    async def who(self) -> Caller:
        return await self.db.read(authenticate, KEY, Clock().now())

    def services(self, provider: InstantProvider) -> Services:
        return dataclasses.replace(
            build_services(self.settings, self.db, provider=provider),
            queue=self.engine,
            storage=FolderStorage(self.folder / "files"),
        )

    @rule(quality=st.sampled_from(["low", "medium", "high"]), count=st.integers(1, 3), failing=st.booleans())
    def submit(self, quality: str, count: int, failing: bool) -> None:
        body = request(quality=quality, number_of_images=count, output_format="jpeg")
        key = str(next(self.keys))
        try:
            once = IdempotencyKey.of(self.caller, key, body)
            self.run(submit(self.services(InstantProvider()), self.caller, body, once=once))
        except InsufficientCredits:
            return
        self.bodies.append((body, key))

    @rule(data=st.data())
    def replay(self, data: st.DataObject) -> None:
        if self.bodies:
            body, key = data.draw(st.sampled_from(self.bodies))
            once = IdempotencyKey.of(self.caller, key, body)
            again = self.run(submit(self.services(InstantProvider()), self.caller, body, once=once))
            assert again.replayed

    @rule(data=st.data(), ending=st.sampled_from(["complete", "refuse", "partial", "crash", "stale"]))
    def generate(self, data: st.DataObject, ending: str) -> None:
        if self.engine.promised:
            job_id = data.draw(st.sampled_from(self.engine.promised))
            self.run(self.generate_until(job_id, ending))

    async def generate_until(self, job_id: str, ending: str) -> None:
        """Run one job: to its end, or until the process dies while its provider is at work."""
        scripts: dict[str, list[Any]] = {
            "refuse": [ContentRejected("no")],
            "partial": [[]],
            "crash": [Pending("x", check_after=60)],
        }
        script = scripts.get(ending, [])
        services = self.services(InstantProvider(script=script))
        if ending == "stale":  # two workers have the same job
            await asyncio.gather(*(run_job(services, job_id) for _ in range(2)))
            return
        task = asyncio.create_task(run_job(services, job_id))
        if ending == "crash":
            await asyncio.wait([task], timeout=0.02)
            task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        if self.engine.promised:
            job_id = data.draw(st.sampled_from(self.engine.promised))
            try:
                self.run(cancel(self.services(InstantProvider()), self.caller, job_id))
            except Conflict:
                return

    @invariant()
    def the_books_balance(self) -> None:
        if hasattr(self, "db"):
            self.run(self.check())

    async def check(self) -> None:
        findings = await examine(self.db, FolderStorage(self.folder / "files"), Clock())
        assert [problem for finding in findings for problem in finding.problems] == []
        with self.db.reading() as connection:
            team = connection.execute(select(teams)).mappings().one()
            owned, held = connection.execute(select(func.sum(ledger.c.amount), func.sum(ledger.c.held))).one()
            spent = (
                connection.execute(
                    select(func.sum(jobs.c.credit_cost)).where(jobs.c.status == JobState.COMPLETED)
                ).scalar()
                or 0
            )
            settled = connection.execute(
                select(func.count()).where(ledger.c.kind == "settle").group_by(ledger.c.job_id)
            ).scalars()
        assert (team["balance"], team["held"]) == (owned, held)
        assert team["balance"] == CREDITS - spent
        assert team["balance"] >= team["held"] >= 0
        assert set(settled) <= {1}
        assert team["admitted"] <= team["job_limit"]

    def teardown(self) -> None:
        if hasattr(self, "db"):
            self.run(self.db.close())
        self.loop.close()
        shutil.rmtree(self.folder)


def runs(examples: int) -> settings:
    return settings(
        max_examples=examples,
        stateful_step_count=20,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )


def test_a_few_stories_balance() -> None:
    run_state_machine_as_test(Books, settings=runs(4))


@pytest.mark.proof
def test_many_stories_balance() -> None:
    run_state_machine_as_test(Books, settings=runs(12))
