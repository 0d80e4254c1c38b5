"""What a team may store: refused before anything is stored or charged; what was accepted and paid for is delivered."""

import asyncio
import base64

import pytest
import pyvips
from sqlalchemy import select, text, update
from tests.rig import MakeRig, Rig, request

from easel.db.tables import files, jobs, teams
from easel.kit.clock import DAY, HOUR, Clock
from easel.ops.doctor import check_books
from easel.ops.sweep import purge_expired_files
from easel.testing.clock import ManualClock

pytestmark = [pytest.mark.anyio, pytest.mark.backends]
PNG = pyvips.Image.gaussnoise(60, 60).cast("uchar").write_to_buffer(".png")
DATA_URL = "data:image/png;base64," + base64.b64encode(PNG).decode()
PIECE = len(PNG) / 10**9  # of a gigabyte


async def stored(rig: Rig, *, test: bool = False) -> int:
    """What the first team stores, once its files are seen to have so many bytes."""
    with rig.db.reading() as connection:
        assert [line for one in check_books(connection) for line in one.problems] == []
        team = connection.execute(select(teams)).mappings().one()
    return int(team["stored_test_bytes" if test else "stored_bytes"])


async def upload(rig: Rig) -> int:
    return (await rig.client.post("/v2/uploads", files={"file": ("a.png", PNG)})).status_code


async def count_objects(rig: Rig) -> int:
    return len([key async for key, _ in rig.services.storage.listing()])


async def as_test_key(rig: Rig) -> None:
    made = await rig.client.post("/v2/keys", json={"name": "ci", "test": True})
    rig.client.headers["X-API-Key"] = made.json()["secret"]


async def test_uploads_stop_at_the_limit_however_many_come_at_once(make_rig: MakeRig) -> None:
    async with make_rig(max_stored_gigabytes=PIECE * 3.5) as rig:
        answers = await asyncio.gather(*(upload(rig) for _ in range(8)))
        assert sorted(answers) == [201] * 3 + [409] * 5
        assert await stored(rig) == 3 * len(PNG)
        assert await count_objects(rig) == 3


async def test_a_full_team_is_refused_and_charged_nothing(make_rig: MakeRig) -> None:
    async with make_rig(max_stored_gigabytes=PIECE * 1.5) as rig:
        before = await rig.credits()
        with_input = await rig.generate(request(input_images=[DATA_URL, DATA_URL]))
        assert with_input.status_code == 409
        assert await count_objects(rig) == 0
        assert await upload(rig) == 201
        with rig.db.transaction() as tx:
            tx.execute(update(files).values(byte_size=10**6))
            tx.execute(update(teams).values(stored_bytes=10**6))
        refused = await rig.generate()
        assert refused.json()["code"] == "storage_quota_exceeded"
        assert await rig.credits() == before
        with rig.db.reading() as connection:
            assert connection.execute(select(jobs.c.id)).first() is None


async def test_what_was_accepted_is_stored_though_it_is_beyond_the_limit(make_rig: MakeRig) -> None:
    async with make_rig(max_stored_gigabytes=10**-9) as rig:
        job = await rig.finished(await rig.generate())
        assert job["status"] == "COMPLETED"
        assert await stored(rig) > 1
        assert (await rig.generate()).status_code == 409
        assert (await rig.client.delete(f"/v2/jobs/{job['id']}")).status_code == 204
        assert await stored(rig) == 0
        assert (await rig.generate()).status_code == 202


async def test_test_mode_has_a_limit_of_its_own_and_waiting_test_jobs_keep_to_it(make_rig: MakeRig) -> None:
    async with make_rig(max_stored_test_gigabytes=10**-9, max_concurrent_jobs=1) as rig:
        await as_test_key(rig)
        first, second = await rig.generate(request("a [easel:slow 1]")), await rig.generate()
        assert (await rig.finished(first))["status"] == "COMPLETED"
        assert (await rig.finished(second))["errorCode"] == "no_room"
        assert (await rig.generate()).status_code == 409
        assert (await stored(rig), await stored(rig, test=True) > 1) == (0, True)


async def test_files_of_test_jobs_are_kept_for_days_and_inputs_of_nothing_for_hours(make_rig: MakeRig) -> None:
    clock = ManualClock(Clock().now())
    async with make_rig(clock=clock) as rig:
        refused = await rig.finished(await rig.generate(request("[easel:refuse]", input_images=[DATA_URL])))
        assert refused["status"] == "COMPLETED", "with a live key these are words"
        await as_test_key(rig)
        done = await rig.finished(await rig.generate(request(input_images=[DATA_URL])))
        failed = await rig.finished(await rig.generate(request("[easel:refuse]", input_images=[DATA_URL])))
        query = text("SELECT job_id, kind, expires_at FROM files")
        with rig.db.reading() as connection:
            rows = connection.execute(query).all()
        kept = {(job_id, kind): expires_at - clock.now() for job_id, kind, expires_at in rows}
        assert kept == {
            (refused["id"], "output"): 90 * DAY,
            (refused["id"], "input"): 90 * DAY,
            (done["id"], "output"): 7 * DAY,
            (done["id"], "input"): 7 * DAY,
            (failed["id"], "input"): 24 * HOUR,
        }
        await purge_expired_files(rig.services, clock.now() + 8 * DAY)
        assert await stored(rig, test=True) == 0
        assert (await rig.client.get(f"/v2/jobs/{done['id']}")).json()["expired"]


async def test_sums_that_are_not_those_of_the_files_are_told(rig: Rig) -> None:
    assert await upload(rig) == 201
    with rig.db.transaction() as tx:
        tx.execute(update(teams).values(stored_bytes=7))
    with rig.db.reading() as connection:
        told = [line for one in check_books(connection) for line in one.problems]
    assert told == [f"Team 'Main' counts 7 stored bytes and 0 of test mode; its files have {len(PNG):,} and 0."]
