"""Accepting a request: everything that makes it a job is written together, or nothing is."""

import dataclasses
from typing import Any

import pytest
from sqlalchemy import func, select
from tests.rig import request
from tests.support.pipeline import Pipeline

from easel.accounts.teams import get_team
from easel.db.tables import files, idempotency_keys, jobs, ledger
from easel.domain import Caller, JobState, Role
from easel.errors import Conflict, EaselError, InsufficientCredits, InvalidRequest, Unavailable
from easel.jobs.idempotency import IdempotencyKey
from easel.kit.clock import DAY
from easel.pipeline.submit import estimate, shortened, submit

pytestmark = pytest.mark.anyio

PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII="
)


def once(caller: Caller, body: Any) -> IdempotencyKey:
    return IdempotencyKey.of(caller, "k", body)


async def written(pipeline: Pipeline) -> dict[str, int]:
    """How many rows there are, but for the gift the team began with."""
    counts = {}
    with pipeline.services.db.reading() as connection:
        for table in (jobs, ledger, files, idempotency_keys):
            counts[table.name] = connection.execute(select(func.count()).select_from(table)).scalar_one()
    return counts | {"ledger": counts["ledger"] - 1}


async def money(pipeline: Pipeline) -> tuple[int, int, int]:
    """The team's balance, what of it is held, and its jobs at work."""
    team = await pipeline.services.db.read(get_team, pipeline.caller.team_id)
    return team.balance, team.held, team.admitted


async def test_a_job_is_written_paid_for_and_promised(pipeline: Pipeline) -> None:
    job = await pipeline.submitted(key="k", number_of_images=2)
    assert (job.status, job.held, job.quoted, job.count) == (JobState.QUEUED, 8, 8, 2)
    assert job.admitted_at == job.created_at == pipeline.clock.now()
    assert await pipeline.now(job) == dataclasses.replace(job, warnings=[])
    assert pipeline.queue.promised == [job.id]
    assert await money(pipeline) == (100, 8, 1)
    assert await written(pipeline) == {"jobs": 1, "ledger": 1, "files": 0, "idempotency_keys": 1}


async def test_a_job_beyond_the_teams_limit_is_paid_for_and_waits(pipeline: Pipeline) -> None:
    made = [await pipeline.submitted() for _ in range(3)]
    assert [job.admitted_at is None for job in made] == [False, False, True]
    assert pipeline.queue.promised == [job.id for job in made[:2]]
    assert await money(pipeline) == (100, 12, 2)


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (request(quality="best"), InvalidRequest),
        (request(number_of_images=99), InvalidRequest),
        ({"model": "gpt-image-2"}, InvalidRequest),
        (request(quality="high", number_of_images=4), None),
        (request(input_images=["data:image/png;base64,AAAA"]), InvalidRequest),
        (request(input_images=["ftp://example.com/a.png"]), InvalidRequest),
        (request() | {"webhookUrl": "ftp://example.com"}, InvalidRequest),
    ],
)
async def test_what_is_refused_leaves_nothing_behind(
    pipeline: Pipeline, body: dict[str, Any], error: type[EaselError] | None
) -> None:
    if error is None:  # 92 of 100 credits: a second one cannot be paid for
        await submit(pipeline.services, pipeline.caller, body)
        before, error = (await written(pipeline), await money(pipeline)), InsufficientCredits
    else:
        before = (await written(pipeline), await money(pipeline))
    promised = list(pipeline.queue.promised)
    with pytest.raises(error):
        await submit(pipeline.services, pipeline.caller, body, once=once(pipeline.caller, body))
    assert (await written(pipeline), await money(pipeline)) == before
    assert pipeline.queue.promised == promised
    assert [key async for key, _ in pipeline.services.storage.listing()] == []


async def test_inputs_that_were_kept_go_when_the_transaction_refuses(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("easel.pipeline.submit.hold", lambda *_, **__: False)
    with pytest.raises(InsufficientCredits):
        await submit(pipeline.services, pipeline.caller, request(input_images=[PIXEL]))
    assert [key async for key, _ in pipeline.services.storage.listing()] == []


@pytest.mark.parametrize("inputs", [[], [PIXEL]], ids=["alone", "with an input"])
async def test_what_cannot_be_paid_for_is_refused_with_both_sums(pipeline: Pipeline, inputs: list[str]) -> None:
    await pipeline.submitted(quality="high", number_of_images=3)
    with pytest.raises(InsufficientCredits) as refused:
        await submit(
            pipeline.services, pipeline.caller, request(quality="medium", number_of_images=4, input_images=inputs)
        )
    assert refused.value.message == "Insufficient credits", "the contract's own words"
    assert refused.value.extra == {"creditsRequired": 36, "creditsAvailable": 31}
    assert refused.value.hint == "This request costs 36 credits; the team has 31 to spend."
    exact = request(quality="medium", number_of_images=3, input_images=inputs)
    assert (await submit(pipeline.services, pipeline.caller, exact)).job.held == 27
    testing = dataclasses.replace(pipeline.caller, test=True)
    assert (await submit(pipeline.services, testing, request(quality="high", input_images=inputs))).job.held == 0
    assert (await estimate(pipeline.services, testing, exact)).credits_available == 0


async def test_a_refusal_names_the_first_problem_and_all_of_them(pipeline: Pipeline) -> None:
    with pytest.raises(InvalidRequest) as refused:
        await submit(pipeline.services, pipeline.caller, request(quality="best", number_of_images=99))
    assert refused.value.param == "gptImage2Params.quality"
    assert refused.value.message.startswith("gptImage2Params.quality must be low")
    assert list(refused.value.details or ()) == ["gptImage2Params.quality", "gptImage2Params.number_of_images"]


async def test_the_same_key_is_the_same_job(pipeline: Pipeline) -> None:
    same = once(pipeline.caller, request())
    first = await submit(pipeline.services, pipeline.caller, request(), once=same)
    again = await submit(pipeline.services, pipeline.caller, request(), once=same)
    assert (first.replayed, again.replayed, again.job.id) == (False, True, first.job.id)
    assert await money(pipeline) == (100, 4, 1)
    with pytest.raises(Conflict, match="different request body"):
        other = request("another")
        await submit(pipeline.services, pipeline.caller, other, once=once(pipeline.caller, other))


async def test_a_key_of_somebody_else_in_the_team_shows_nobody_their_job(pipeline: Pipeline) -> None:
    await pipeline.submitted(key="k")
    colleague = dataclasses.replace(pipeline.caller, user_id="other", role=Role.MEMBER)
    with pytest.raises(Conflict, match=r"^Somebody else of the team has used this Idempotency-Key\.$") as refused:
        await submit(pipeline.services, colleague, request(), once=once(colleague, request()))
    assert refused.value.code == "idempotency_key_reused"
    assert await money(pipeline) == (100, 4, 1)


async def test_a_server_that_goes_down_takes_nothing_new_and_repeats_what_it_took(pipeline: Pipeline) -> None:
    job = await pipeline.submitted(key="k")
    pipeline.queue.running = False
    with pytest.raises(Unavailable):
        await pipeline.submitted()
    assert (await pipeline.submitted(key="k")).id == job.id


async def test_an_input_is_kept_with_its_job_and_for_as_long(pipeline: Pipeline) -> None:
    job = await submit(pipeline.services, pipeline.caller, request(input_images=[PIXEL]))
    [name] = [address.removeprefix("file:") for address in job.job.inputs]
    with pipeline.services.db.reading() as connection:
        row = connection.execute(select(files)).mappings().one()
    assert (row["name"], row["kind"], row["job_id"], row["position"]) == (name, "input", job.job.id, 0)
    assert (row["user_id"], row["test"]) == (pipeline.caller.user_id, False)
    assert row["expires_at"] == pipeline.clock.now() + 90 * DAY
    assert row["token"] != job.job.file_token, "who may see a result may not see what it was made from"
    assert "base64,… (69 bytes)" in str(job.job.request)


async def test_an_estimate_is_the_price_and_writes_nothing(pipeline: Pipeline) -> None:
    before = await written(pipeline)
    told = await estimate(pipeline.services, pipeline.caller, request(number_of_images=3))
    assert (told.credits_required, told.credits_available, told.provider) == (12, 100, "sketch")
    assert await written(pipeline) == before
    job = await pipeline.submitted(number_of_images=3)
    assert job.held == told.credits_required


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        ({"a": "data:image/png;base64,QUJD"}, {"a": "data:image/png;base64,QUJD"}),
        ({"a": ["data:image/png;base64,QUJD"]}, {"a": ["data:image/png;base64,… (3 bytes)"]}),
        ([{"b": ["https://example.com", 1]}], [{"b": ["https://example.com", 1]}]),
        ({"p": {"mask": "data:image/png;base64,QUJD"}}, {"p": {"mask": "data:image/png;base64,… (3 bytes)"}}),
        ({"p": {"mask": "https://example.com"}}, {"p": {"mask": "https://example.com"}}),
        ({"p": {"mask": None}}, {"p": {"mask": None}}),
        (7, 7),
    ],
)
def test_a_request_is_kept_without_the_bytes_of_its_inputs(body: Any, kept: Any) -> None:
    assert shortened(body) == kept
