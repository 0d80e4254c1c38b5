"""The pipeline by hand: services in which nothing runs by itself, and a provider that does as it is told."""

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.rig import request
from tests.support.boundaries import body_of
from tests.support.by_hand import QueueByHand

from easel.build import build_services
from easel.config import Settings
from easel.db.engine import Database
from easel.domain import Caller, Done, GenerationRequest, Image, JobState, Pending
from easel.errors import OutcomeUnknown
from easel.jobs.attempts import Attempt, attempts_of_job
from easel.jobs.idempotency import IdempotencyKey
from easel.jobs.job import Job
from easel.jobs.load import get_job
from easel.pipeline.finalize import JobResult, finalize
from easel.pipeline.inputs import Inputs
from easel.pipeline.provider_call import generation_request, keep_answer
from easel.pipeline.run import claim_job
from easel.pipeline.submit import submit
from easel.services import Services
from easel.testing import InstantProvider, ManualClock


class ToldProvider(InstantProvider):
    """Its work may not be repeated. What it is told to answer comes first; then it has the images at once."""

    def __init__(self) -> None:
        super().__init__(repeatable=False)
        self.answers: dict[str, list[Any]] = {"start": self._script, "check": [], "find": []}
        self.found_since: list[int] = []
        self.cancelled: list[str] = []

    def tell(self, call: str, *answers: Any) -> None:
        """Answer the next calls so: exceptions are raised."""
        self.answers[call] += answers

    async def check(self, work: GenerationRequest, pending: Pending) -> Done | Pending:
        answer = self._next("check")
        return answer if isinstance(answer, Pending) else await super().check(work, pending)

    async def find(self, work: GenerationRequest, *, since: int) -> Pending | None:
        self.found_since.append(since)
        if not self.answers["find"]:
            raise OutcomeUnknown("There is nowhere to look.")
        answer: Pending | None = self._next("find")
        return answer

    async def cancel(self, pending: Pending) -> None:
        self.cancelled.append(pending.upstream_id)

    def _next(self, call: str) -> Any:
        answer = self.answers[call].pop(0) if self.answers[call] else None
        if isinstance(answer, Exception):
            raise answer
        return answer


@dataclasses.dataclass
class Pipeline:
    """What a test of a step wants to hold."""

    services: Services
    provider: ToldProvider
    clock: ManualClock
    queue: QueueByHand
    caller: Caller

    @classmethod
    def on(cls, db: Database, folder: Path, caller: Caller) -> "Pipeline":
        provider, clock, queue = ToldProvider(), ManualClock(), QueueByHand()
        services = services_by_hand(db, folder, provider, clock, queue)
        return cls(services, provider, clock, queue, caller)

    async def submitted(self, key: str | None = None, **params: Any) -> Job:
        body = request(**params)
        once = IdempotencyKey.of(self.caller, key, body) if key else None
        submission = await submit(self.services, self.caller, body, once=once)
        return submission.job

    async def end(self, job: Job) -> None:
        """Cancelled, so that its team has room for another."""
        await finalize(self.services, job, JobResult(JobState.CANCELLED))

    async def keep_answer_of(self, job: Job) -> None:
        """Its call was made, and the images are on this process's disk."""
        work = generation_request(self.services, job, Inputs())
        answer = await InstantProvider().start(work)
        assert isinstance(answer, Done)
        await keep_answer(self.services, job, answer)

    async def claimed(self, **params: Any) -> Job:
        """A job that a run has taken up. That its call leaves is written down, unless it has inputs."""
        return await claim_job(self.services, await self.submitted(**params), self.provider)

    async def claimed_edit(self) -> Job:
        """One with inputs, of which no call has left."""
        return await self.claimed(**body_of("edit")["gptImage2Params"])

    async def now(self, job: Job) -> Job:
        found = await self.services.db.read(get_job, job.id)
        assert found is not None
        return found

    async def attempts(self, job: Job) -> Sequence[Attempt]:
        return await self.services.db.read(attempts_of_job, job.id)


def services_by_hand(
    db: Database, folder: Path, provider: InstantProvider, clock: ManualClock, queue: QueueByHand
) -> Services:
    """Services in which nothing runs by itself, and images are stored as they come: imaging has tests of its own."""
    services = build_services(Settings(data=folder), db, provider=provider, clock=clock)
    services.imaging.postprocess = as_it_is  # type: ignore[method-assign, assignment]
    return dataclasses.replace(services, queue=queue)


async def close(services: Services) -> None:
    """End their threads and connections, but not the database's."""
    await services.background.close()
    await services.fetcher.close()
    services.imaging.close()
    services.readiness.close()


async def as_it_is(image: Image, *_: object) -> tuple[Image, tuple[str, ...]]:
    """An image is stored as it comes."""
    return Image(image.data[:64], "image/png", image.size), ()
