"""A job watched as it happens: progress that only grows, a place in the line, and the end."""

import asyncio
import json
from typing import Any

import pytest
from tests.rig import MakeRig, Rig

from easel.domain import Ticket
from easel.testing import InstantPainter

pytestmark = [pytest.mark.anyio, pytest.mark.places]


async def watched(rig: Rig, job_id: str) -> list[tuple[str, dict[str, Any]]]:
    """Every event of the stream, in order."""
    response = await rig.client.get(f"/v2/jobs/{job_id}/events")
    assert response.headers["content-type"].startswith("text/event-stream")
    found = []
    for block in response.text.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if "data" in fields:
            found.append((fields["event"], json.loads(fields["data"])))
    return found


async def test_a_job_is_watched_to_its_end(make_rig: MakeRig) -> None:
    slow = Ticket("u", check_after=0.5, progress=40)
    async with make_rig(painter=InstantPainter(repeatable=False, script=[slow])) as rig:
        submitted = await rig.generate()
        events = await watched(rig, submitted.json()["jobId"])
        assert events[-1][0] == "completed"
        assert events[-1][1]["result"] == (await rig.finished(submitted))["result"]
        percents = [body["progress"] for _, body in events]
        assert percents == sorted(percents)
        assert {event for event, _ in events[:-1]} == {"progress"}


async def test_a_final_job_is_its_end_alone(rig: Rig) -> None:
    job = await rig.finished(await rig.generate())
    assert [event for event, _ in await watched(rig, job["id"])] == ["completed"]


async def test_a_cancelled_job_says_so(make_rig: MakeRig) -> None:
    async with make_rig(painter=InstantPainter(repeatable=False, script=[Ticket("never")])) as rig:
        submitted = await rig.generate()
        watching = asyncio.create_task(watched(rig, submitted.json()["jobId"]))
        await asyncio.sleep(0.2)
        await rig.client.post(f"/v2/jobs/{submitted.json()['jobId']}/cancel")
        assert (await watching)[-1][0] == "cancelled"


async def test_whoever_waits_in_line_is_told_its_place(make_rig: MakeRig) -> None:
    painter = InstantPainter(repeatable=False, script=[Ticket("u", check_after=1.0)])
    async with make_rig(painter=painter, max_concurrent_jobs=1) as rig:
        ids = [(await rig.generate()).json()["jobId"] for _ in range(3)]
        streams = await asyncio.gather(*(watched(rig, job_id) for job_id in ids))
        assert [stream[0][1]["position"] for stream in streams[1:]] == [1, 2]
        assert all(stream[-1][0] == "completed" for stream in streams)


async def test_what_was_learnt_makes_an_estimate(make_rig: MakeRig) -> None:
    async with make_rig(painter=InstantPainter(repeatable=False, script=[Ticket("a", check_after=1.0)] * 2)) as rig:
        first = await watched(rig, (await rig.generate()).json()["jobId"])
        assert first[0][1]["secondsLeft"] is None
        second = await watched(rig, (await rig.generate()).json()["jobId"])
        assert 0 < second[0][1]["secondsLeft"] < 5


async def test_nobody_watches_what_is_not_theirs(rig: Rig) -> None:
    missing = await rig.client.get("/v2/jobs/0192f0a0-0000-7000-8000-000000000000/events")
    assert (missing.status_code, missing.json()["code"]) == (404, "job_not_found")
    assert (await rig.client.get("/v2/jobs/x/events")).status_code == 400


async def test_whoever_reconnects_is_told_the_present_state_and_the_end(make_rig: MakeRig) -> None:
    slow = Ticket("u", check_after=1.0, progress=40)
    async with make_rig(painter=InstantPainter(repeatable=False, script=[slow])) as rig:
        job_id = (await rig.generate()).json()["jobId"]
        while (await rig.client.get(f"/v2/jobs/{job_id}")).json()["progress"] < 5:
            await asyncio.sleep(0.02)
        rig.client.headers["Last-Event-ID"] = "5"
        events = await watched(rig, job_id)
        assert events[0][1]["progress"] >= 5
        assert events[-1][0] == "completed"
