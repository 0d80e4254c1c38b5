"""Every fault of every provider: how the job ends, with which code, what the customer pays, and what was paid for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import text
from tests.api.test_providers import at_fal, at_openai, at_replicate
from tests.rig import MakeRig, request
from tests.support.doubles import fal as f
from tests.support.doubles import openai as o
from tests.support.doubles import replicate as r
from tests.support.hurry import hurried
from tests.support.samples import one_in
from tests.support.waiting import until

from easel.db.engine import Transaction
from easel.jobs.attempts import attempts_of_job
from easel.pipeline.run import MAX_RUNS

pytestmark = [pytest.mark.anyio, pytest.mark.backends("embedded")]
PATIENCE = {"max_wait_seconds": 30, "job_deadline_seconds": 3_000}


@dataclass(frozen=True)
class Fault:
    """`script` goes wrong; the job ends with `code` (None: COMPLETED) and `images` of the two that were asked for."""

    script: Sequence[Any]
    code: str | None
    paid: int
    attempts: Sequence[str]
    images: int = 0


def done(*script: Any, images: int = 2, attempts: Sequence[str] = ("generated",)) -> Fault:
    return Fault(script, None, 1, attempts, images)


REPLICATE = {
    "throttled": done(r.Throttled(retry_after=1), attempts=["throttled", "generated"]),
    "throttled too long": Fault([r.Throttled(retry_after=300)], "provider_busy", 0, ["throttled"]),
    "no credit": Fault([r.NoCredit()], "provider_misconfigured", 0, ["misconfigured"]),
    "key refused": Fault([r.Unauthenticated()], "provider_misconfigured", 0, ["misconfigured"]),
    "model gone": Fault([r.NotThere()], "provider_misconfigured", 0, ["model_unavailable"]),
    "502 after the work": done(r.ServerError(after_work=True)),
    "502 before the work": Fault([r.ServerError()], "upstream_in_doubt", 0, ["lost"]),
    "hang-up after the work": done(r.HangUp(after_work=True)),
    "hang-up before the work": Fault([r.HangUp()], "upstream_in_doubt", 0, ["lost"]),
    "declined": Fault([r.Fails(r.SENSITIVE)], "moderation_refused", 1, ["rejected"]),
    "fault while painting": Fault([r.Fails(r.DIRECTOR)], "provider_failed", 1, ["failed"]),
    "aborted": Fault([r.Aborts()], "provider_failed", 0, ["failed"]),
    "fewer pictures": done(r.Delivers(count=1), images=1),
    "data: URLs": done(r.Delivers(data_urls=True)),
    "one bare string": done(r.Delivers(count=1, bare=True), images=1),
    "another format": done(r.Delivers(output_format="png")),
    "html for a picture": Fault([r.Delivers(broken="html")], "not_an_image", 1, ["no_image"]),
    "half a picture": Fault([r.Delivers(broken="truncated")], "not_an_image", 1, ["no_image"]),
    "an empty picture": Fault([r.Delivers(broken="empty")], "not_an_image", 1, ["no_image"]),
    "pictures on a strange host": Fault(
        [r.Delivers(wrong_host="https://pictures.example")], "provider_failed", 1, ["failed"]
    ),
    "pictures gone": Fault([r.Delivers(gone=True)], "provider_failed", 1, ["failed"]),
    "a download that fails once": done(r.Delivers(refusals=1)),
}
OPENAI = {
    "rate limit": done(o.RateLimited(retry_after=1), attempts=["throttled", "generated"]),
    "rate limit, in words only": done(
        o.RateLimited(retry_after=0.5, in_header=False), attempts=["throttled", "generated"]
    ),
    "rate limit too long": Fault([o.RateLimited(retry_after=300)], "provider_busy", 0, ["throttled"]),
    "slow down": done(o.SlowDown(retry_after=1), attempts=["throttled", "generated"]),
    "no quota": Fault([o.NoQuota()], "provider_misconfigured", 0, ["misconfigured"]),
    "billing limit": Fault([o.BillingLimit()], "provider_misconfigured", 0, ["misconfigured"]),
    "key refused": Fault([o.BadKey()], "provider_misconfigured", 0, ["misconfigured"]),
    "not verified": Fault([o.Unverified()], "provider_misconfigured", 0, ["model_unavailable"]),
    "declined": Fault([o.Refused()], "moderation_refused", 0, ["rejected"]),
    "declined after the work": Fault([o.Refused(stage="output")], "moderation_refused", 1, ["rejected"]),
    "500 before the work": Fault([o.ServerError()], "provider_failed", 0, ["failed"]),
    "500 after the work": Fault([o.ServerError(after_work=True)], "provider_failed", 1, ["failed"]),
    "a proxy's 502": Fault([o.ServerError(html=True, status=502)], "upstream_in_doubt", 0, ["lost"]),
    "hang-up before the work": Fault([o.HangUp()], "upstream_in_doubt", 0, ["lost"]),
    "hang-up after the work": Fault([o.HangUp(after_work=True)], "upstream_in_doubt", 1, ["lost"]),
    "half an answer": Fault([o.BreaksOff()], "upstream_in_doubt", 1, ["lost"]),
    "drips": done(o.Drips()),
    "fewer pictures": done(o.Delivers(count=1), images=1),
    "no images": Fault([o.Delivers(count=0)], "provider_failed", 1, ["failed"]),
    "half a picture": Fault([o.Delivers(broken=True)], "not_an_image", 1, ["no_image"]),
    "html for a picture": Fault([o.Delivers(html=True)], "not_an_image", 1, ["no_image"]),
    "bare": done(o.Delivers(bare=True)),
}

FAL = {
    "throttled": done(f.Throttled(), attempts=["throttled", "generated"]),
    "no credit": Fault([f.Locked()], "provider_misconfigured", 0, ["misconfigured"]),
    "locked": Fault(
        [f.Locked("Admin lock. Please contact support@fal.ai")], "provider_misconfigured", 0, ["misconfigured"]
    ),
    "topping up": Fault([f.Locked("TOP_UP.")], "provider_misconfigured", 0, ["misconfigured"]),
    "key refused": Fault([f.Unauthenticated()], "provider_misconfigured", 0, ["misconfigured"]),
    "model gone": Fault([f.NotThere()], "provider_misconfigured", 0, ["model_unavailable"]),
    "502 before the work": Fault([f.ServerError()], "upstream_in_doubt", 0, ["lost"]),
    "502 after the work": Fault([f.ServerError(after_work=True)], "upstream_in_doubt", 1, ["lost"]),
    "hang-up before the work": Fault([f.HangUp()], "upstream_in_doubt", 0, ["lost"]),
    "declined": Fault([f.Fails(f.CONTENT)], "moderation_refused", 1, ["rejected"]),
    "not supported": Fault([f.Fails(f.VALIDATION)], "request_rejected", 1, ["unsupported"]),
    "no image": Fault([f.Fails(f.MEDIA)], "provider_failed", 1, ["failed"]),
    "the runner failed": Fault([f.Fails(f.RUNNER)], "provider_failed", 0, ["failed"]),
    "never started": Fault([f.Fails(f.STARTUP)], "provider_failed", 0, ["failed"]),
    "fewer pictures": done(f.Delivers(count=1), images=1),
    "no pictures": Fault([f.Delivers(count=0)], "provider_failed", 1, ["failed"]),
    "data: URLs": done(f.Delivers(data_urls=True)),
    "html for a picture": Fault([f.Delivers(broken="html")], "not_an_image", 1, ["no_image"]),
    "pictures on a strange host": Fault(
        [f.Delivers(wrong_host="https://pictures.example")], "provider_failed", 1, ["failed"]
    ),
    "pictures gone": Fault([f.Delivers(gone=True)], "provider_failed", 1, ["failed"]),
    "a download that fails once": done(f.Delivers(refusals=1)),
}


@pytest.mark.parametrize("name", one_in(2, REPLICATE))
async def test_replicate(make_rig: MakeRig, name: str) -> None:
    with r.ReplicateDouble().serving() as double:
        double.script(*REPLICATE[name].script)
        await ends_so(make_rig, REPLICATE[name], double, at_replicate(double))


@pytest.mark.backends("embedded")
@pytest.mark.parametrize("name", one_in(3, FAL))
async def test_fal(make_rig: MakeRig, name: str) -> None:
    with f.FalDouble().serving() as double:
        double.script(*FAL[name].script)
        await ends_so(make_rig, FAL[name], double, at_fal(double))


@pytest.mark.parametrize("name", one_in(2, OPENAI))
async def test_openai(make_rig: MakeRig, name: str) -> None:
    with o.OpenAIDouble().serving() as double:
        double.script(*OPENAI[name].script)
        await ends_so(make_rig, OPENAI[name], double, at_openai(double))


async def ends_so(make_rig: MakeRig, fault: Fault, double: Any, settings: dict[str, Any]) -> None:
    async with hurried() as clock, make_rig(real=True, clock=clock, **PATIENCE | settings) as rig:
        submitted = await rig.generate(request(number_of_images=2))
        await rig.becomes(submitted, lambda job: job.status.final)
        job = await rig.finished(submitted)
        assert (job["status"], job["errorCode"]) == ("FAILED" if fault.code else "COMPLETED", fault.code), job["error"]
        assert len((job["result"] or {"images": []})["images"]) == fault.images
        assert job["creditCost"] == 4 * fault.images
        assert await rig.credits() == 1000 - 4 * fault.images
        assert double.paid == fault.paid <= 1
        made = await rig.db.read(attempts_of_job, job["id"])
        assert [one.outcome for one in made] == list(fault.attempts)
        if 0 < fault.images < 2:
            assert "1 of 2 images were delivered; only these were charged." in job["warnings"]
        said = " ".join(str(one) for one in made) + str(job)
        assert double.key not in said


@pytest.mark.parametrize(
    "at",
    [
        {"replicate_api_token": "r8_x", "replicate_base_url": "http://127.0.0.1:9"},
        {"openai_api_key": "sk-x", "openai_base_url": "http://127.0.0.1:9"},
        {"fal_key": "fal-x", "fal_base_url": "http://127.0.0.1:9"},
    ],
)
async def test_a_provider_that_is_not_there(make_rig: MakeRig, at: dict[str, Any]) -> None:
    async with hurried() as clock, make_rig(real=True, clock=clock, **PATIENCE | at) as rig:
        submitted = await rig.generate()
        await rig.becomes(submitted, lambda job: job.status.final)
        job = await rig.finished(submitted)
        assert (job["status"], job["errorCode"]) == ("FAILED", "provider_down")
        assert await rig.credits() == 1000


@pytest.mark.parametrize(
    "meanwhile", ["UPDATE attempts SET started_at = started_at - 61000", f"UPDATE jobs SET epoch = {MAX_RUNS + 1}"]
)
async def test_a_restart_does_not_renew_the_search_for_a_lost_call(
    make_rig: MakeRig, monkeypatch: pytest.MonkeyPatch, meanwhile: str
) -> None:
    monkeypatch.setattr("easel.pipeline.provider_call.SEARCH_PAUSES", (60.0,))
    with r.ReplicateDouble().serving() as double:
        double.script(r.HangUp())
        async with make_rig(real=True, drain_seconds=0, **at_replicate(double)) as rig:
            submitted = await rig.generate()
            await until(lambda: double.seen)
        async with make_rig(real=True, **at_replicate(double)) as rig:
            await rig.db.write(Transaction.execute, text(meanwhile))
        async with make_rig(real=True, **at_replicate(double)) as rig:
            job = await rig.finished(submitted)
            assert (job["errorCode"], len(double.seen)) == ("upstream_in_doubt", 1)


async def test_four_asked_and_three_delivered(make_rig: MakeRig) -> None:
    with o.OpenAIDouble().serving() as double:
        double.script(o.Delivers(count=3))
        async with make_rig(real=True, **at_openai(double)) as rig:
            job = await rig.finished(await rig.generate(request(number_of_images=4)))
            assert len(job["result"]["images"]) == 3
            assert job["creditCost"] == 12
            assert job["warnings"] == ["3 of 4 images were delivered; only these were charged."]


async def test_the_next_provider_takes_what_the_first_has_not_begun(make_rig: MakeRig) -> None:
    with r.ReplicateDouble().serving() as first, o.OpenAIDouble().serving() as second:
        first.script(r.NoCredit())
        both = at_replicate(first) | at_openai(second) | {"providers": "replicate,openai"}
        async with make_rig(real=True, **both) as rig:
            job = await rig.finished(await rig.generate())
            assert (job["status"], job["provider"]) == ("COMPLETED", "openai")
            again = await rig.finished(await rig.generate())
            assert again["provider"] == "openai"
            assert (first.paid, second.paid, len(first.seen)) == (0, 2, 1)


async def test_the_next_provider_never_takes_what_may_have_begun(make_rig: MakeRig) -> None:
    with r.ReplicateDouble().serving() as second, o.OpenAIDouble().serving() as first:
        first.script(o.HangUp(after_work=True))
        both = at_replicate(second) | at_openai(first) | {"providers": "openai,replicate"}
        async with make_rig(real=True, **both) as rig:
            job = await rig.finished(await rig.generate())
            assert (job["status"], job["errorCode"]) == ("FAILED", "upstream_in_doubt")
            assert (first.paid, second.paid) == (1, 0)
