"""A job watched as it happens: progress that only grows, a place in the line, and the end."""

import asyncio
import json
from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import Engine, event
from starlette.requests import ClientDisconnect, Request
from tests.rig import KEY, MakeRig, Rig
from tests.support.waiting import settled, until

from easel.accounts.keys import authenticate, create_key, set_key_state
from easel.accounts.teams import create_user
from easel.api.streams import while_there
from easel.domain import Pending, Role
from easel.jobs.live import end_of_others, watch
from easel.kit.clock import SECOND
from easel.testing import InstantProvider, ManualClock

pytestmark = [pytest.mark.anyio, pytest.mark.backends]


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
    slow = Pending("u", check_after=0.5, progress=40)
    async with make_rig(provider=InstantProvider(repeatable=False, script=[slow])) as rig:
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
    async with make_rig(provider=InstantProvider(repeatable=False, script=[Pending("never")])) as rig:
        submitted = await rig.generate()
        watching = asyncio.create_task(watched(rig, submitted.json()["jobId"]))
        await until(lambda: rig.services.job_poller.watches)
        await rig.client.post(f"/v2/jobs/{submitted.json()['jobId']}/cancel")
        assert (await watching)[-1][0] == "cancelled"


async def test_whoever_waits_in_line_is_told_its_place(make_rig: MakeRig) -> None:
    provider = InstantProvider(repeatable=False, script=[Pending("never", check_after=3600)])
    async with make_rig(provider=provider, max_concurrent_jobs=1) as rig:
        ids = [(await rig.generate()).json()["jobId"] for _ in range(3)]
        watching = [asyncio.create_task(watched(rig, job_id)) for job_id in ids]
        watches = rig.services.job_poller
        await until(lambda: provider.starts and [bool(one._told) for one in watches.watches] == [True] * 3)  # noqa: SLF001
        await rig.client.post(f"/v2/jobs/{ids[0]}/cancel")
        streams = [await one for one in watching]
        assert [stream[0][1]["position"] for stream in streams[1:]] == [1, 2]
        assert [stream[-1][0] for stream in streams] == ["cancelled", "completed", "completed"]


async def test_what_was_learnt_makes_an_estimate(make_rig: MakeRig) -> None:
    async with make_rig(provider=InstantProvider(repeatable=False, script=[Pending("a", check_after=1.0)] * 2)) as rig:
        first = await watched(rig, (await rig.generate()).json()["jobId"])
        assert first[0][1]["secondsLeft"] is None
        assert first[0][1]["longerThanUsual"] is False
        second = await watched(rig, (await rig.generate()).json()["jobId"])
        # On a busy machine the job may have run for longer than expected when it is first seen.
        assert 0 <= second[0][1]["secondsLeft"] < 5


@pytest.mark.backends("embedded")
async def test_a_remaining_time_is_said_only_while_it_can_be_true(make_rig: MakeRig) -> None:
    clock, script = ManualClock(), [Pending("a", check_after=12.5), Pending("b", check_after=3601)]
    async with make_rig(provider=InstantProvider(repeatable=False, script=script), clock=clock) as rig:
        first = await rig.generate()
        await until(lambda: 12.5 in clock.waiting)
        clock.advance(int(12.5 * SECOND))
        await rig.finished(first)
        second = await rig.generate()
        await until(lambda: 3601.0 in clock.waiting)
        caller = await rig.db.read(authenticate, KEY, rig.services.clock.now())
        changes = watch(rig.services, caller, [second.json()["jobId"]])
        for passed, left, so_far, longer in ((0, 12.5, 0.0, False), (4, 8.5, 4.0, False), (9, None, 13.0, True)):
            clock.advance(passed * SECOND)
            body: dict[str, Any] = {}
            while body.get("secondsSoFar") != so_far:
                for change in await anext(changes):
                    body = dict(change.body)
            assert (body["secondsLeft"], body["longerThanUsual"]) == (left, longer)
        await changes.aclose()


async def test_nobody_watches_what_is_not_theirs(rig: Rig) -> None:
    missing = await rig.client.get("/v2/jobs/0192f0a0-0000-7000-8000-000000000000/events")
    assert (missing.status_code, missing.json()["code"]) == (404, "job_not_found")
    assert (await rig.client.get("/v2/jobs/x/events")).status_code == 400


async def test_whoever_reconnects_is_told_the_present_state_and_the_end(make_rig: MakeRig) -> None:
    slow = Pending("u", check_after=1.0, progress=40)
    async with make_rig(provider=InstantProvider(repeatable=False, script=[slow])) as rig:
        job_id = (await rig.generate()).json()["jobId"]
        await until(lambda: rig.provider.starts)  # type: ignore[attr-defined] # it counts them
        rig.client.headers["Last-Event-ID"] = "5"
        events = await watched(rig, job_id)
        assert events[0][1]["progress"] >= 5
        assert events[-1][0] == "completed"


def endless() -> InstantProvider:
    """A provider that never comes to an end."""
    return InstantProvider(repeatable=False, script=[Pending("never", check_after=60)] * 20)


async def another_key(rig: Rig, *, role: Role | None = None, test: bool = False) -> tuple[str, dict[str, str]]:
    """Another key of the owner, or the first of another person: its id, and the header that sends it."""
    me = (await rig.client.get("/v2/me")).json()
    with rig.db.transaction() as tx:
        user_id = me["user"]["id"]
        if role:
            user_id = create_user(tx, team_id=me["team"]["id"], email="other@example.com", role=role, now=1)
        key = create_key(tx, user_id=user_id, name="another", test=test, now=1)
    return key.id, {"X-API-Key": key.secret}


async def stream(rig: Rig, ids: Sequence[str], headers: dict[str, str] | None = None) -> "asyncio.Task[Any]":
    """A stream of several jobs that has begun."""
    begun = {id(one) for one in rig.services.job_poller.watches}
    task = asyncio.create_task(rig.client.get("/v2/watch", params={"id": list(ids)}, headers=headers))
    await until(lambda: not (not task.done() and {id(one) for one in rig.services.job_poller.watches} <= begun))
    return task


async def hang_up(*tasks: "asyncio.Task[Any]") -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def test_many_streams_and_waits_of_many_jobs_are_a_handful_of_queries(make_rig: MakeRig) -> None:
    clock = ManualClock()
    async with make_rig(provider=endless(), max_concurrent_jobs=5, clock=clock) as rig:
        ids = [(await rig.generate()).json()["jobId"] for _ in range(10)]
        open_now = [await stream(rig, ids) for _ in range(10)]
        open_now += [asyncio.create_task(rig.client.get(f"/v2/jobs/{one}?wait=30")) for one in ids * 3]
        await until(lambda: len(rig.services.job_poller.watches) >= 40)
        statements: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            statements.append(statement)

        def looks() -> list[str]:
            return [one for one in statements if "submit_state" in one and "params" not in one]

        event.listen(Engine, "before_cursor_execute", note)
        clock.advance(3 * SECOND)  # all are looked at again
        await until(looks)
        clock.advance(SECOND)
        await settled()
        event.remove(Engine, "before_cursor_execute", note)
        assert len(looks()) <= 2
        assert len([one for one in statements if "FROM jobs" in one]) <= 12
        await hang_up(*open_now)
        assert not rig.services.job_poller.watches


async def test_a_stream_shows_what_its_key_may_see(make_rig: MakeRig) -> None:
    async with make_rig() as rig:
        _, member = await another_key(rig, role=Role.MEMBER)
        _, test = await another_key(rig, test=True)
        of_owner = (await rig.finished(await rig.generate()))["id"]
        of_member = (await rig.finished(await rig.generate(None, **member)))["id"]
        of_test = (await rig.finished(await rig.generate(None, **test)))["id"]
        for headers, seen in (({}, {of_owner, of_member, of_test}), (member, {of_member}), (test, {of_test})):
            asked = {"id": [of_owner.upper(), of_member, of_test]}
            told = (await rig.client.get("/v2/watch", params=asked, headers=headers)).text
            assert {one for one in (of_owner, of_member, of_test) if one in told} == seen


async def test_a_stream_ends_with_its_key(make_rig: MakeRig) -> None:
    async with make_rig(provider=endless()) as rig:
        key_id, headers = await another_key(rig)
        job_id = (await rig.generate()).json()["jobId"]
        revoked, kept = await stream(rig, [job_id], headers), await stream(rig, [job_id])
        await end_of_others(rig.services)
        assert len(rig.services.job_poller.watches) == 2
        await rig.db.write(set_key_state, key_id, "revoked")
        await end_of_others(rig.services)
        assert (await revoked).status_code == 200
        assert not kept.done()
        await hang_up(kept)


async def test_a_stream_of_a_session_ends_after_a_while(make_rig: MakeRig) -> None:
    async with make_rig(provider=endless()) as rig:
        job_id = (await rig.generate()).json()["jobId"]
        caller = await rig.db.read(authenticate, KEY, rig.services.clock.now())
        told = [one async for one in watch(rig.services, caller, [job_id], seconds=0.3)]
        assert told[0][0].event == "progress"
        assert not rig.services.job_poller.watches


async def test_so_many_streams_are_open_at_once(make_rig: MakeRig) -> None:
    limits = {"streams_per_key": 2, "streams_per_team": 3, "streams_of_test_keys": 1}
    async with make_rig(provider=endless(), **limits) as rig:
        job_id = (await rig.generate()).json()["jobId"]
        first, second = await stream(rig, [job_id]), await stream(rig, [job_id])
        refused = await rig.client.get(f"/v2/jobs/{job_id}/events")
        assert (refused.status_code, refused.json()["code"]) == (429, "too_many_streams")
        assert "2 at once for this key" in refused.json()["error"]
        assert int(refused.headers["Retry-After"]) > 0

        _, test = await another_key(rig, test=True)
        job_of_test = (await rig.generate(None, **test)).json()["jobId"]
        third = await stream(rig, [job_of_test], test)
        _, another_test = await another_key(rig, test=True)
        refused = await rig.client.get("/v2/watch", params={"id": job_of_test}, headers=another_test)
        assert "1 at once for the test keys of this team" in refused.json()["error"]
        _, live = await another_key(rig)
        refused = await rig.client.get("/v2/watch", params={"id": job_id}, headers=live)
        assert "3 at once for this team" in refused.json()["error"]

        await hang_up(first)
        fourth = await stream(rig, [job_id])
        assert not fourth.done()
        await hang_up(second, third, fourth)


async def test_past_the_limit_of_waits_an_answer_comes_at_once(make_rig: MakeRig) -> None:
    async with make_rig(provider=endless(), waits_per_key=1) as rig:
        job_id = (await rig.generate()).json()["jobId"]
        waiting = asyncio.create_task(rig.client.get("/v2/events?wait=60"))
        await until(lambda: rig.services.event_poller.watches)
        answer = await rig.client.get(f"/v2/jobs/{job_id}?wait=60")
        assert answer.json()["status"] in ("QUEUED", "PROCESSING")
        await rig.client.post(f"/v2/jobs/{job_id}/cancel")
        assert [one["jobId"] for one in (await waiting).json()["events"]] == [job_id]


async def test_a_key_that_ends_during_a_wait_is_answered_nothing(make_rig: MakeRig) -> None:
    clock, slow = ManualClock(), Pending("u", check_after=3600, progress=40)
    async with make_rig(provider=InstantProvider(repeatable=False, script=[slow]), clock=clock) as rig:
        made = (await rig.client.post("/v2/keys", json={"name": "x"})).json()
        job = (await rig.generate()).json()["jobId"]
        waiting = rig.client.get(f"/v2/jobs/{job}?wait=50", headers={"X-API-Key": made["secret"]})
        task = asyncio.create_task(waiting)
        await until(lambda: rig.services.job_poller.watches)
        await rig.client.post(f"/v2/keys/{made['id']}/revoke")
        clock.advance(50 * SECOND)
        assert (await task).status_code == 401


async def test_who_hangs_up_waits_no_longer() -> None:
    async def receive() -> dict[str, str]:
        return {"type": "http.disconnect"}

    with pytest.raises(ClientDisconnect):
        await while_there(Request({"type": "http"}, receive), 60, asyncio.Event().wait())
