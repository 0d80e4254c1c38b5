"""Whose turn it is: the operator's order, providers in trouble, and how long a job waits."""

import asyncio
import dataclasses
import itertools
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from tests.support.jobs import NOW, Tenant, new_job
from tests.support.waiting import settled, until

from easel.build import build_services
from easel.config import Settings
from easel.db.engine import Database
from easel.domain import AttemptOutcome, JobState, Needs, Paid
from easel.errors import JobFailure
from easel.jobs.admission import admit
from easel.jobs.attempts import Ending, begin_attempt, end_attempt
from easel.jobs.job import Job
from easel.jobs.load import get_job
from easel.jobs.write import insert_job
from easel.kit.clock import HOUR, SECOND
from easel.ledger.entries import hold
from easel.pipeline.capacity import wait_for_capacity
from easel.pipeline.finalize import JobResult, finalize
from easel.pipeline.routing import choose_provider, no_provider_for, providers_for
from easel.pipeline.run import load_active_job
from easel.providers import Provider
from easel.runtime.embedded.limiter import FAILURES, FIRST_COOLDOWN, ProviderLimiter
from easel.services import Services
from easel.testing import InstantProvider, ManualClock

pytestmark = pytest.mark.anyio

PAINT = Needs(frozenset({"text-to-image"}), 1)
EDIT = Needs(frozenset({"edit"}), 1)
MASKED = Needs(frozenset({"edit", "mask"}), 1)
DOWN, LASTING, BUSY = "down", "lasting", "busy"


class Limited(InstantProvider):
    """A provider that lacks some capabilities, and generates no more than `most` at once."""

    def __init__(self, name: str, *lacks: str, most: int = 10) -> None:
        super().__init__(name=name)
        self._lacks, self._most = set(lacks), most

    def can(self, model: str, needs: Needs) -> bool:
        return not needs.capabilities & self._lacks and needs.count <= self._most


Build = Callable[..., Services]


@pytest.fixture
async def build(db: Database, tmp_path: Path) -> AsyncIterator[Build]:
    """Services with these providers, in this order."""
    base = build_services(Settings(data=tmp_path), db, provider=InstantProvider())

    def build(*providers: Provider | str, max_wait: int = 60, now: int = NOW) -> Services:
        able = [InstantProvider(name=one) if isinstance(one, str) else one for one in providers]
        clock = ManualClock(now)
        return dataclasses.replace(
            base,
            settings=base.settings.model_copy(update={"max_wait_seconds": max_wait}),
            clock=clock,
            providers={one.name: one for one in able},
            limiters={one.name: ProviderLimiter(None, clock) for one in able},
            model_limiters={
                (one.name, model): ProviderLimiter(None, clock)
                for one in able
                for model in ("gpt-image-1.5", "gpt-image-2")
            },
        )

    yield build
    await base.fetcher.close()
    base.imaging.close()


def upset(limiter: ProviderLimiter, how: str) -> None:
    if how == BUSY:
        limiter.pause(3600)
    for _ in range(FAILURES if how == DOWN else 0):
        limiter.record_failure("It is down.")
    if how == LASTING:
        limiter.record_failure("The key is wrong.", permanent=True)


async def waiting_job(services: Services, tenant: Tenant, **changes: Any) -> Job:
    """A job at work, with its credits held."""
    job = new_job(tenant, admitted_at=NOW, **changes)
    with services.db.transaction() as tx:
        assert admit(tx, job.team_id)
        assert hold(tx, team_id=job.team_id, credits=job.held)
        insert_job(tx, job)
    return job


async def provider_for(services: Services, job: Job) -> str | None:
    """The provider whose capacity a run waits for; None when there is none and the job ends, as in a run."""
    active = await load_active_job(services, job.id)
    if active is None:
        return None
    try:
        return (await wait_for_capacity(services, active)).name
    except JobFailure as failure:
        await finalize(services, active, JobResult(JobState.FAILED, failure=failure))
        return None


def clock_of(services: Services) -> ManualClock:
    assert isinstance(services.clock, ManualClock)
    return services.clock


async def waits_at(services: Services, number: int) -> None:
    """Return when a job waits for this one of the providers."""
    limiter = list(services.limiters.values())[number]
    await until(lambda: limiter.waiting)


async def ended(services: Services, job: Job) -> tuple[JobState, str | None, str | None]:
    now = await services.db.read(get_job, job.id)
    assert now is not None
    return now.status, now.error_code, now.error


@pytest.mark.parametrize(
    ("troubles", "provider"),
    [
        ({}, "replicate"),
        ({"openai": DOWN}, "replicate"),
        ({"replicate": DOWN}, "openai"),
        ({"replicate": LASTING}, "openai"),
        ({"replicate": LASTING, "openai": DOWN}, "sketch"),
    ],
)
async def test_the_first_in_the_operators_order_that_is_well_generates(
    build: Build, tenant: Tenant, troubles: dict[str, str], provider: str
) -> None:
    services = build("replicate", "openai", "sketch")
    for name, how in troubles.items():
        upset(services.limiters[name], how)
    chosen = choose_provider(services, "gpt-image-2", PAINT, test=False)
    assert chosen is not None
    assert chosen.name == provider
    assert await provider_for(services, await waiting_job(services, tenant)) == provider


async def test_a_model_that_is_not_to_be_had_leaves_the_others_alone(build: Build, tenant: Tenant) -> None:
    services = build("replicate", "openai")
    upset(services.model_limiters["replicate", "gpt-image-2"], LASTING)
    for model, provider in (("gpt-image-2", "openai"), ("gpt-image-1.5", "replicate")):
        chosen = choose_provider(services, model, PAINT, test=False)
        assert chosen is not None
        assert chosen.name == provider
        assert await provider_for(services, await waiting_job(services, tenant, model=model)) == provider


async def test_of_those_that_wait_for_a_model_one_is_tried_from_time_to_time(build: Build, tenant: Tenant) -> None:
    services = build("replicate", max_wait=3600)
    of_model, clock = services.model_limiters["replicate", "gpt-image-2"], clock_of(services)
    upset(of_model, LASTING)
    job = await waiting_job(services, tenant)
    waiting = {asyncio.create_task(wait_for_capacity(services, job)) for _ in range(5)}
    tried_at, now = list[float](), 0.0
    while len(tried_at) < 4:
        await settled()
        if passed := [one for one in waiting if one.done()]:
            assert len(passed) == 1, "one at a time"
            waiting -= set(passed)
            tried_at.append(now)
            of_model.record_failure("The model is not there.", permanent=True)
        clock.advance(SECOND)
        now += 1
    pauses = [round(later - earlier) for earlier, later in itertools.pairwise([0, *tried_at])]
    assert pauses == sorted(pauses)
    assert pauses[-1] > 4 * pauses[0]
    of_model.record_success()
    clock.advance(200 * SECOND)
    assert [(await one).name for one in waiting] == ["replicate"]


async def test_when_all_are_in_trouble_the_first_is_chosen(build: Build) -> None:
    services = build("openai", "replicate")
    for limiter in services.limiters.values():
        upset(limiter, DOWN)
    assert choose_provider(services, "gpt-image-2", PAINT, test=False) is services.providers["openai"]


async def test_a_job_goes_to_one_that_can_do_what_it_needs(build: Build, tenant: Tenant) -> None:
    services = build(Limited("replicate", "edit"), Limited("openai", most=2), "sketch")
    assert [one.name for one in providers_for(services, "gpt-image-2", EDIT)] == ["openai", "sketch"]
    assert await provider_for(services, await waiting_job(services, tenant, inputs=["a"])) == "openai"
    assert await provider_for(services, await waiting_job(services, tenant, inputs=["a"], count=3)) == "sketch"


async def test_a_test_keys_job_waits_at_no_gate(build: Build, tenant: Tenant) -> None:
    services = build("replicate")
    upset(services.limiters["replicate"], LASTING)
    assert choose_provider(services, "gpt-image-2", PAINT, test=True) is services.test_provider
    assert await provider_for(services, await waiting_job(services, tenant, test=True)) == "sketch"


@pytest.mark.parametrize("submit_state", ["SENDING", "SENT"])
async def test_a_job_with_a_call_under_way_stays_with_its_provider(
    build: Build, tenant: Tenant, submit_state: str
) -> None:
    services = build("replicate", "openai")
    upset(services.limiters["openai"], BUSY)
    job = await waiting_job(services, tenant, provider="openai", submit_state=submit_state)
    assert await provider_for(services, job) == "openai"


async def test_a_final_or_forgotten_job_has_no_turn(build: Build, tenant: Tenant) -> None:
    services = build("replicate")
    assert await provider_for(services, await waiting_job(services, tenant, status=JobState.CANCELLED)) is None
    assert await provider_for(services, new_job(tenant)) is None


@pytest.mark.parametrize(
    ("outcome", "provider"), [("unsupported", "openai"), ("model_unavailable", "openai"), ("throttled", "replicate")]
)
async def test_a_provider_that_declined_for_good_is_not_asked_again(
    build: Build, tenant: Tenant, outcome: str, provider: str
) -> None:
    services = build("replicate", "openai")
    job = await waiting_job(services, tenant, requeues=1)
    with services.db.transaction() as tx:
        begin_attempt(tx, job.id, provider="replicate", now=NOW)
        end_attempt(tx, job.id, Ending(AttemptOutcome(outcome), Paid.NO), now=NOW)
    assert await provider_for(services, job) == provider


@pytest.mark.parametrize(
    ("troubles", "code", "error"),
    [
        ([BUSY], "provider_busy", "The provider's rate limit did not let the job through in time."),
        ([DOWN], "provider_down", "It is down."),
        ([LASTING], "provider_misconfigured", "The key is wrong."),
        ([LASTING, BUSY], "provider_busy", "The provider's rate limit did not let the job through in time."),
        ([LASTING, LASTING], "provider_misconfigured", "The key is wrong."),
    ],
)
async def test_a_job_that_waited_too_long_says_why(
    build: Build, tenant: Tenant, troubles: list[str], code: str, error: str
) -> None:
    services = build(*["replicate", "openai"][: len(troubles)], max_wait=4)
    for limiter, how in zip(services.limiters.values(), troubles, strict=True):
        upset(limiter, how)
    job = await waiting_job(services, tenant)
    turn = asyncio.create_task(provider_for(services, job))
    await until(lambda: clock_of(services).waiting)
    clock_of(services).advance(4 * SECOND)
    assert await turn is None
    assert await ended(services, job) == (JobState.FAILED, code, error)
    assert services.limiters["replicate"].waiting == 0


async def test_who_waits_while_the_operators_key_is_wrong_is_not_failed_for_it(build: Build, tenant: Tenant) -> None:
    services = build("replicate", max_wait=3600)
    services.limiters["replicate"].pause(2)
    turn = asyncio.create_task(provider_for(services, await waiting_job(services, tenant)))
    await waits_at(services, 0)
    upset(services.limiters["replicate"], LASTING)
    await settled()
    assert not turn.done()
    clock_of(services).advance(int(FIRST_COOLDOWN * SECOND) + 2)
    assert await turn == "replicate", "it is tried again after a while"


async def test_who_waits_goes_elsewhere_as_soon_as_it_can(build: Build, tenant: Tenant) -> None:
    services = build("replicate", "openai", max_wait=3600)
    services.limiters["replicate"].pause(60)
    services.limiters["openai"].pause(30)
    turn = asyncio.create_task(provider_for(services, await waiting_job(services, tenant)))
    await waits_at(services, 0)
    upset(services.limiters["replicate"], LASTING)
    await waits_at(services, 1)
    clock_of(services).advance(31 * SECOND)
    assert await turn == "openai"


@pytest.mark.parametrize(("requeues", "provider"), [(0, "replicate"), (1, None)])
async def test_a_server_that_was_down_does_not_cost_a_job_its_first_chance(
    build: Build, tenant: Tenant, requeues: int, provider: str | None
) -> None:
    services = build("replicate", max_wait=3600, now=NOW + HOUR)
    job = await waiting_job(services, tenant, requeues=requeues)
    assert await provider_for(services, job) == provider


async def test_waiting_for_one_provider_counts_when_it_goes_on_to_the_next(build: Build, tenant: Tenant) -> None:
    services = build("replicate", "openai", max_wait=3600)
    for limiter in services.limiters.values():
        limiter.pause(7200)
    job = await waiting_job(services, tenant, requeues=1)
    turn = asyncio.create_task(provider_for(services, job))
    await waits_at(services, 0)
    clock_of(services).advance(HOUR - 1)
    upset(services.limiters["replicate"], LASTING)
    await waits_at(services, 1)
    clock_of(services).advance(1)
    assert await turn is None
    assert (await ended(services, job))[1] == "provider_busy"


async def test_a_provider_that_was_taken_away_is_missed(build: Build, tenant: Tenant) -> None:
    services = build("replicate")
    job = await waiting_job(services, tenant, model="gpt-image-0")
    assert await provider_for(services, job) is None
    assert (await ended(services, job))[1] == "provider_misconfigured"


@pytest.mark.parametrize(
    ("model", "needs", "sentence", "elsewhere"),
    [
        ("gpt-image-0", PAINT, "This server has no provider for gpt-image-0.", None),
        (
            "gpt-image-2",
            EDIT,
            "No provider of this server can edit images with gpt-image-2.",
            "replicate, fal or sketch",
        ),
        (
            "gpt-image-1.5",
            Needs(frozenset({"text-to-image", "transparent"}), 1),
            "No provider of this server can generate transparent backgrounds with gpt-image-1.5.",
            "replicate, fal or sketch",
        ),
        (
            "gpt-image-2",
            Needs(frozenset({"compose"}), 3),
            "No provider of this server can generate 3 images like this in one job with gpt-image-2.",
            "replicate, fal or sketch",
        ),
    ],
)
async def test_what_nobody_can_generate_is_refused_by_name(
    build: Build, model: str, needs: Needs, sentence: str, elsewhere: str | None
) -> None:
    services = build(Limited("openai", "edit", "transparent", most=2))
    assert choose_provider(services, model, needs, test=False) is None
    refusal = no_provider_for(services, model, needs)
    assert (refusal.message, refusal.code, refusal.param) == (sentence, "no_provider", "model")
    assert refusal.hint == (elsewhere and f"It needs the provider {elsewhere}; the operator chooses the providers.")


@pytest.mark.parametrize(
    ("providers", "chosen"),
    [
        (["replicate", "openai", "sketch"], "openai"),
        (["replicate", Limited("openai", "mask"), "sketch"], "sketch"),
        (["replicate"], None),
        (["replicate", Limited("openai", "mask")], None),
    ],
)
async def test_a_mask_passes_over_providers_that_have_none(
    build: Build, providers: list[Provider | str], chosen: str | None
) -> None:
    services = build(*providers)
    provider = choose_provider(services, "gpt-image-2", MASKED, test=False)
    assert (provider and provider.name) == chosen
    if chosen is None:
        refusal = no_provider_for(services, "gpt-image-2", MASKED)
        assert refusal.message == "No provider of this server can edit within a mask with gpt-image-2."
        others = "sketch" if len(providers) == 2 else "openai or sketch"
        assert refusal.hint == f"It needs the provider {others}; the operator chooses the providers."
        assert (refusal.code, refusal.param) == ("no_provider", "gptImage2Params.mask")


async def test_what_breaks_while_a_job_waits_for_its_turn_is_waited_for(
    build: Build, tenant: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A paid call leaves only when its answer could be kept then."""
    services, found = build(InstantProvider(name="openai", repeatable=False)), [None, "it is full", "it is full", None]

    async def fault() -> str | None:
        return found.pop(0)

    monkeypatch.setattr(services.readiness, "fault", fault)
    turn = asyncio.create_task(wait_for_capacity(services, await waiting_job(services, tenant)))
    clock = services.clock
    assert isinstance(clock, ManualClock)
    await until(lambda: len(found) == 1)
    assert not turn.done()
    clock.advance(SECOND)
    assert ((await turn).name, found) == ("openai", [])
