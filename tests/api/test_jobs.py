"""Listing, paging, waiting, and the account."""

import asyncio

import pytest
from tests.rig import KEY, MakeRig, Rig, request
from tests.support.waiting import settled, until

from easel.domain import Pending
from easel.jobs.load import get_job
from easel.testing import InstantProvider, ManualClock

pytestmark = [pytest.mark.anyio, pytest.mark.backends]


async def test_pages_are_right_while_jobs_arrive(rig: Rig) -> None:
    for _ in range(7):
        await rig.generate()
    first = (await rig.client.get("/v2/jobs?limit=3")).json()
    seen = [job["id"] for job in first["jobs"]]
    everything = [job["id"] for job in (await rig.client.get("/v2/jobs?limit=100")).json()["jobs"]]
    page = first
    while page["hasMore"]:
        await rig.generate()
        page = (await rig.client.get(f"/v2/jobs?limit=3&cursor={page['nextCursor']}")).json()
        seen += [job["id"] for job in page["jobs"]]
    assert seen == everything
    assert page["nextCursor"] is None
    assert "input" not in first["jobs"][0]
    assert "models" not in first


async def test_jobs_are_filtered_by_status_model_and_id(rig: Rig) -> None:
    two = await rig.finished(await rig.generate())
    other = await rig.finished(await rig.generate(request(model="gpt-image-1.5")))

    async def ids(query: str) -> list[str]:
        return [job["id"] for job in (await rig.client.get(f"/v2/jobs?{query}")).json()["jobs"]]

    assert await ids("model=gpt-image-2") == [two["id"]]
    assert await ids("status=COMPLETED") == [other["id"], two["id"]]
    assert await ids("status=FAILED") == []
    assert await ids(f"search={two['id'].upper()}") == [two["id"]]
    assert await ids("search=nothing") == []
    assert await ids("scope=team") == [other["id"], two["id"]]
    page = (await rig.client.get("/v2/jobs?include_models=true")).json()
    assert page["models"] == ["gpt-image-1.5", "gpt-image-2"]


async def test_waiting_ends_when_the_job_does_or_the_time_is_up(make_rig: MakeRig) -> None:
    clock = ManualClock()
    async with make_rig(provider=InstantProvider(script=[Pending("never", check_after=3600)]), clock=clock) as rig:
        job_id = (await rig.generate()).json()["jobId"]
        waiting = asyncio.create_task(rig.client.get(f"/v2/jobs/{job_id}?wait=50"))
        await until(lambda: rig.services.job_poller.watches)
        clock.advance(49_999)
        await settled()
        assert not waiting.done()
        clock.advance(1)
        assert (await waiting).json()["status"] in ("QUEUED", "PROCESSING")
        waiting = asyncio.create_task(rig.client.get(f"/v2/jobs/{job_id}?wait=60"))
        await until(lambda: rig.services.job_poller.watches)
        await rig.client.post(f"/v2/jobs/{job_id}/cancel")
        assert (await waiting).json()["status"] == "CANCELLED"
        assert (await rig.client.get(f"/v2/jobs/{job_id}?wait=61")).status_code == 400


async def test_me_tells_user_team_and_key(rig: Rig) -> None:
    me = (await rig.client.get("/v2/me")).json()
    assert set(me) == {"user", "team", "apiKey"}
    assert set(me["user"]) == {"id", "email", "role"}
    assert set(me["team"]) == {"id", "name", "plan", "credits", "customerId", "maxConcurrentJobs"}
    assert me["user"]["role"] == "OWNER"
    assert me["team"]["credits"] == 1000
    assert me["team"]["maxConcurrentJobs"] == 10
    assert me["apiKey"]["prefix"] == KEY[: len(me["apiKey"]["prefix"])]


async def test_models_are_public_and_come_from_the_cards(rig: Rig) -> None:
    rig.client.headers.pop("X-API-Key")
    models = (await rig.client.get("/v2/models?modality=image")).json()["models"]
    assert [model["id"] for model in models] == ["gpt-image-2", "gpt-image-1.5"]
    assert models[0]["creditsByQuality"] == {"low": 4, "medium": 9, "high": 23, "auto": 23}
    assert (models[1]["pricingMode"], models[1]["costMin"], models[1]["costMax"]) == ("per-output", 4, 24)
    assert "transparent" not in models[0]["parameters"]["properties"]["background"]["enum"]
    assert models[0]["providers"][0]["name"] == "sketch"
    assert (await rig.client.get("/v2/models?modality=video")).json() == {"models": []}


async def test_a_job_tells_what_its_provider_read_in_the_prompt(make_rig: MakeRig) -> None:
    async with make_rig(real=True) as rig:
        asked = request(prompt="Concert poster “MOON RIVER” “Friday, 9 pm”, neon " + "very " * 500)
        job = await rig.finished(await rig.generate(asked))
        read = (await rig.client.get(f"/v2/jobs/{job['id']}")).json()["brief"]
        assert read["kind"] == "poster"
        assert read["texts"][:2] == [{"headline": "MOON RIVER"}, {"date": "Friday, 9 pm"}]
        assert all(len(value) <= 40 for value in read.values() if isinstance(value, list))
        assert (await rig.client.delete(f"/v2/jobs/{job['id']}")).status_code == 204
        kept = await rig.services.db.read(get_job, job["id"])
        assert kept is not None
        assert kept.brief is None


async def test_other_providers_say_nothing_of_what_they_read(rig: Rig) -> None:
    job = await rig.finished(await rig.generate())
    assert (await rig.client.get(f"/v2/jobs/{job['id']}")).json()["brief"] is None
