"""A request becomes images: HTTP in, files out."""

import asyncio
import base64
import functools
import re
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
import pyvips
from sqlalchemy.exc import OperationalError
from tests.rig import MakeRig, Rig, request
from tests.support.hurry import hurried
from tests.support.waiting import until

from easel.domain import RAW_RGBA, Image, Pending, Size
from easel.errors import ContentRejected, Misconfigured, OutcomeUnknown, Throttled, Unreachable
from easel.jobs.write import mark_sent
from easel.pipeline.run import MAX_RUNS
from easel.testing import InstantProvider

pytestmark = [pytest.mark.anyio, pytest.mark.backends]

UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"


async def test_a_job_is_accepted_generated_stored_and_settled(rig: Rig) -> None:
    submitted = await rig.generate(request(quality="high", aspect_ratio="3:2", output_format="webp"))
    assert submitted.status_code == 202
    job_id = submitted.json()["jobId"]
    assert submitted.json() == {"jobId": job_id, "status": "QUEUED"}
    assert re.fullmatch(UUID, job_id)
    assert submitted.headers["Location"] == f"/v2/jobs/{job_id}"

    job = await rig.finished(submitted)
    assert job["status"] == "COMPLETED"
    assert job["progress"] == 100
    assert job["creditCost"] == 23
    assert job["error"] is None
    assert job["errorCode"] is None
    assert job["webhookStatus"] is None
    assert job["provider"] == "sketch"
    assert job["expired"] is False
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", job["completedAt"])
    assert job["input"] == request(quality="high", aspect_ratio="3:2", output_format="webp")
    assert await rig.credits() == 1000 - 23

    [address] = job["result"]["images"]
    assert address.endswith(f"/{job_id}-1.webp")
    image = await rig.client.get(address)
    image = pyvips.Image.new_from_buffer(image.content, "")
    assert (image.width, image.height) == (1536, 1024)


async def test_a_smaller_file_of_the_same_image_can_be_asked_for(make_rig: MakeRig) -> None:
    noise = pyvips.Image.gaussnoise(1024, 1024, seed=1).cast("uchar").bandjoin([100, 200, 255])
    drawn = Image(bytes(noise.write_to_memory()), RAW_RGBA, Size(1024, 1024))
    async with make_rig(provider=InstantProvider(image=drawn)) as rig:
        lengths = []
        bodies = [request(output_format="webp", output_compression=one) for one in (20, 100)]
        for body in (*bodies, request(output_format="webp")):
            job = await rig.finished(await rig.generate(body))
            assert job["input"] == body
            lengths.append(len((await rig.client.get(job["result"]["images"][0])).content))
        assert lengths[0] < 0.5 * lengths[1]
        assert abs(lengths[1] - lengths[2]) < 1000, "only their provenance differs"
        refused = await rig.generate(request(output_format="png", output_compression=20))
        assert (refused.status_code, refused.json()["code"]) == (400, "invalid_request")
        [sentence] = refused.json()["details"]["gptImage2Params.output_compression"]
        assert sentence.startswith("output_compression must be 100 with output_format png")


async def test_credits_are_held_while_the_job_runs(make_rig: MakeRig) -> None:
    provider = InstantProvider(script=[Pending("never", check_after=30)])
    async with make_rig(provider=provider) as rig:
        submitted = await rig.generate(request(quality="medium", number_of_images=4))
        job = (await rig.client.get(f"/v2/jobs/{submitted.json()['jobId']}")).json()
        assert job["creditCost"] == 36
        assert await rig.credits() == 1000 - 36


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ContentRejected("The model declined the prompt."), "moderation_refused"),
        (Misconfigured("The operator's key is not accepted."), "provider_misconfigured"),
    ],
)
async def test_a_final_error_fails_the_job_and_gives_the_credits_back(
    make_rig: MakeRig, error: Exception, code: str
) -> None:
    async with make_rig(provider=InstantProvider(script=[error])) as rig:
        job = await rig.finished(await rig.generate())
        assert (job["status"], job["errorCode"], job["error"]) == ("FAILED", code, str(error))
        assert job["creditCost"] == 0
        assert job["result"] is None
        assert await rig.credits() == 1000


@pytest.mark.parametrize("repeatable", [True, False])
async def test_what_provably_did_not_start_is_started_again(make_rig: MakeRig, repeatable: bool) -> None:
    provider = InstantProvider(
        repeatable=repeatable, script=[Throttled("full", retry_after=0.01), Unreachable("a hiccup")]
    )
    async with hurried() as clock, make_rig(provider=provider, clock=clock) as rig:
        job = await rig.finished(await rig.generate())
        assert job["status"] == "COMPLETED"
        assert provider.starts == 3


async def test_a_provider_that_stays_out_of_reach_fails_the_job(make_rig: MakeRig) -> None:
    provider = InstantProvider(script=[Unreachable("It is down.")] * 100)
    async with hurried() as clock, make_rig(provider=provider, max_wait_seconds=1, clock=clock) as rig:
        job = await rig.finished(await rig.generate())
        assert (job["status"], job["errorCode"], job["error"]) == ("FAILED", "provider_down", "It is down.")
        assert provider.starts < 10
        assert await rig.credits() == 1000


async def test_an_answer_lost_in_flight_is_never_sent_again(make_rig: MakeRig) -> None:
    provider = InstantProvider(repeatable=False, script=[OutcomeUnknown("the connection broke")])
    async with make_rig(provider=provider) as rig:
        job = await rig.finished(await rig.generate())
        assert (job["status"], job["errorCode"]) == ("FAILED", "upstream_in_doubt")
        assert provider.starts == 1
        assert await rig.credits() == 1000


async def test_only_delivered_images_are_charged(make_rig: MakeRig) -> None:
    size = Size(1024, 1024)
    good = Image(bytes(size.width * size.height * 4), RAW_RGBA, size, warnings=("A note.",))
    bad = Image(b"<html>not a picture</html>", "image/png", size)
    async with make_rig(provider=InstantProvider(script=[[good, bad, good]])) as rig:
        job = await rig.finished(await rig.generate(request(quality="medium", number_of_images=4)))
        assert job["status"] == "COMPLETED"
        assert len(job["result"]["images"]) == 2
        assert job["creditCost"] == 18
        assert job["warnings"] == ["A note.", "2 of 4 images were delivered; only these were charged."]
        assert await rig.credits() == 1000 - 18


@pytest.mark.parametrize("data", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\x89PNG\r\n\x1a\ngarbage"])
async def test_something_that_is_not_a_image_fails_the_job(make_rig: MakeRig, data: bytes) -> None:
    provider = InstantProvider(script=[[Image(data, "image/png", Size(1024, 1024))]])
    async with make_rig(provider=provider) as rig:
        job = await rig.finished(await rig.generate())
        assert (job["status"], job["errorCode"]) == ("FAILED", "not_an_image")
        assert await rig.credits() == 1000


async def test_no_image_at_all_fails_the_job(make_rig: MakeRig) -> None:
    async with make_rig(provider=InstantProvider(script=[[]])) as rig:
        job = await rig.finished(await rig.generate())
        assert (job["status"], job["errorCode"]) == ("FAILED", "not_an_image")


async def test_a_job_that_runs_out_of_time_fails(make_rig: MakeRig) -> None:
    provider = InstantProvider(script=[Pending("never", check_after=30)])
    async with hurried() as clock, make_rig(provider=provider, job_deadline_seconds=1, clock=clock) as rig:
        job = await rig.finished(await rig.generate())
        assert (job["status"], job["errorCode"]) == ("FAILED", "deadline_exceeded")
        assert await rig.credits() == 1000


async def test_waiting_resumes_from_the_ticket_after_a_restart(make_rig: MakeRig) -> None:
    provider = InstantProvider(repeatable=False, script=[Pending("upstream-1", check_after=30)])
    async with make_rig(provider=provider, drain_seconds=0) as rig:
        submitted = await rig.generate()
        await rig.becomes(submitted, lambda job: job.submit_state == "SENT")
    again = InstantProvider(repeatable=False)
    async with make_rig(provider=again) as rig:
        job = await rig.finished(submitted)
        assert job["status"] == "COMPLETED"
        # The notifier of a server that stops wakes whoever waits: it may have looked once more before it was cut off.
        assert (provider.starts, again.starts) == (1, 0)
        assert provider.checks + again.checks >= 1


async def test_a_team_runs_no_more_jobs_than_its_limit_and_queues_the_rest(make_rig: MakeRig) -> None:
    provider = InstantProvider(script=[Pending("never", check_after=30)] * 2)
    async with make_rig(provider=provider, max_concurrent_jobs=2) as rig:
        submitted = [await rig.generate() for _ in range(5)]
        assert {response.status_code for response in submitted} == {202}
        await until(lambda: provider.starts >= 2)
        jobs = (await rig.client.get("/v2/jobs")).json()["jobs"]
        assert [job["status"] for job in jobs] == ["QUEUED"] * 3 + ["PROCESSING"] * 2
        await rig.client.post(f"/v2/jobs/{jobs[-1]['id']}/cancel")
        assert (await rig.finished(submitted[2]))["status"] == "COMPLETED"
        assert (await rig.finished(submitted[4]))["status"] == "COMPLETED"


async def test_cancelling_gives_the_credits_back_and_ends_the_job(make_rig: MakeRig) -> None:
    async with make_rig(provider=InstantProvider(script=[Pending("never", check_after=30)])) as rig:
        submitted = await rig.generate()
        address = f"/v2/jobs/{submitted.json()['jobId']}/cancel"
        cancelled = await rig.client.post(address)
        assert cancelled.status_code == 200
        assert cancelled.json()["status"] == "CANCELLED"
        assert cancelled.json()["creditCost"] == 0
        assert await rig.credits() == 1000
        again = await rig.client.post(address)
        assert (again.status_code, again.json()["code"]) == (409, "job_final")


async def test_input_images_come_from_data_urls_uploads_and_earlier_images(rig: Rig) -> None:
    png = pyvips.Image.black(40, 20, bands=3).write_to_buffer(".png")
    upload = await rig.client.post("/v2/uploads", files={"file": ("../../x.svg", png, "text/plain")})
    assert upload.status_code == 201
    assert upload.json()["contentType"] == "image/png"
    earlier = (await rig.finished(await rig.generate()))["result"]["images"][0]
    data_url = "data:image/png;base64," + base64.b64encode(png).decode()
    job = await rig.finished(await rig.generate(request(input_images=[data_url, upload.json()["url"], earlier])))
    assert job["status"] == "COMPLETED"
    shown = job["input"]["gptImage2Params"]["input_images"]
    assert shown == [
        f"data:image/png;base64,… ({len(base64.b64encode(png)) * 3 // 4} bytes)",
        upload.json()["url"],
        earlier,
    ]


async def test_an_input_that_cannot_be_had_fails_the_job_by_its_number(rig: Rig) -> None:
    job = await rig.finished(await rig.generate(request(input_images=["https://127.0.0.1/portrait.jpg"])))
    assert (job["status"], job["errorCode"]) == ("FAILED", "input_unusable")
    assert "input_images[0]" in job["error"]
    assert await rig.credits() == 1000


async def test_a_data_url_that_is_no_image_is_refused_at_once(rig: Rig) -> None:
    refused = await rig.generate(request(input_images=["data:image/png;base64,aGVsbG8="]))
    assert refused.status_code == 400
    assert list(refused.json()["details"]) == ["gptImage2Params.input_images[0]"]
    assert await rig.credits() == 1000


async def test_a_failed_input_store_leaves_no_file_behind(rig: Rig) -> None:
    png = base64.b64encode(pyvips.Image.black(4, 4, bands=3).write_to_buffer(".png")).decode()
    dear = request(quality="high", number_of_images=10, input_images=[f"data:image/png;base64,{png}"])
    for _ in range(4):
        assert (await rig.generate(dear)).status_code == 202
    before = {key async for key, _ in rig.services.storage.listing() if key.startswith("inputs/")}
    assert len(before) == 4
    refused = await rig.generate(
        request(quality="high", number_of_images=10, input_images=[f"data:image/png;base64,{png}"])
    )
    assert refused.status_code == 402
    assert before == {key async for key, _ in rig.services.storage.listing() if key.startswith("inputs/")}


async def test_an_estimate_says_what_generate_would_do_and_charges_nothing(rig: Rig) -> None:
    response = await rig.client.post("/v2/images/estimate", json=request(quality="medium", number_of_images=4))
    assert response.json() == {"creditsRequired": 36, "creditsAvailable": 1000, "provider": "sketch", "valid": True}
    assert (await rig.client.get("/v2/jobs")).json()["jobs"] == []


async def test_a_variation_is_kept_with_its_request_and_reaches_the_provider(rig: Rig) -> None:
    colours = []
    for more in ({}, {"variation": 7}, {"variation": None}):
        job = await rig.finished(await rig.generate(request(quality="low") | more))
        assert (job["creditCost"], job["input"].get("variation")) == (4, more.get("variation"))
        file = await rig.client.get(job["result"]["images"][0])
        colours.append(pyvips.Image.new_from_buffer(file.content, "").getpoint(0, 0))
    assert colours[0] == colours[2] != colours[1]


async def test_a_webhook_is_kept_for_the_day_it_is_delivered(rig: Rig) -> None:
    body = request() | {"webhookUrl": "https://example.com/hook?x=1", "webhookEvents": ["completed"]}
    job = await rig.finished(await rig.generate(body))
    assert job["webhookStatus"] == "pending"


async def test_a_job_that_waits_for_its_turn_has_its_input_at_once_and_needs_no_address_later(
    make_rig: MakeRig, tmp_path: Path
) -> None:
    (tmp_path / "site").mkdir()
    pyvips.Image.black(30, 20, bands=3).write_to_file(str(tmp_path / "site" / "portrait.png"))
    handler = functools.partial(SimpleHTTPRequestHandler, directory=tmp_path / "site")
    provider = InstantProvider(repeatable=False, script=[Pending("upstream-1", check_after=30)])
    given = {"drain_seconds": 0, "trusted_networks": "127.0.0.0/8", "max_concurrent_jobs": 1, "inputs_seconds": 1}
    async with make_rig(provider=provider, **given) as rig:
        with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            await rig.generate()
            address = f"http://127.0.0.1:{server.server_port}/portrait.png"
            waiting = await rig.generate(request(input_images=address))
            job = await rig.becomes(waiting, lambda job: job.fetcher is None)
            assert (job.admitted_at, job.inputs) == (None, [f"file:{job.id}-in0.png"])
            server.shutdown()
        unusable = await rig.generate(request(input_images=[address]))
        assert (await rig.finished(unusable))["errorCode"] == "input_unusable", "although it waits for its turn too"
    async with make_rig(provider=InstantProvider(repeatable=False), **given) as rig:
        assert (await rig.finished(waiting))["status"] == "COMPLETED"


async def test_a_fetched_input_is_kept_for_later_runs(make_rig: MakeRig, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    pyvips.Image.black(30, 20, bands=3).write_to_file(str(site / "portrait.png"))
    handler = functools.partial(SimpleHTTPRequestHandler, directory=site)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/portrait.png"
        provider = InstantProvider(repeatable=False, script=[Pending("upstream-1", check_after=30)])
        async with make_rig(provider=provider, drain_seconds=0, trusted_networks="127.0.0.0/8") as rig:
            submitted = await rig.generate(request(input_images=[address]))
            await rig.becomes(submitted, lambda job: job.submit_state == "SENT")
            assert (await rig.job(submitted)).inputs == [f"file:{submitted.json()['jobId']}-in0.png"]
        server.shutdown()
    async with make_rig(provider=InstantProvider(repeatable=False)) as rig:
        job = await rig.finished(submitted)
        assert job["status"] == "COMPLETED"
        assert job["input"]["gptImage2Params"]["input_images"] == [address]


async def test_an_input_has_another_token_than_the_results(rig: Rig) -> None:
    png = base64.b64encode(pyvips.Image.black(4, 4, bands=3).write_to_buffer(".png")).decode()
    job = await rig.finished(await rig.generate(request(input_images=[f"data:image/png;base64,{png}"])))
    head, name = job["result"]["images"][0].rsplit("/", 1)
    assert (await rig.client.get(f"{head}/{name}")).status_code == 200
    assert (await rig.client.get(f"{head}/{job['id']}-in0.png")).status_code == 404


async def test_cancelling_stops_the_work(make_rig: MakeRig) -> None:
    async with make_rig(provider=InstantProvider(script=[Pending("never", check_after=30)] * 5)) as rig:
        for _ in range(5):
            submitted = await rig.generate()
            await rig.client.post(f"/v2/jobs/{submitted.json()['jobId']}/cancel")
        await until(lambda: not any(task.get_name().startswith("job ") for task in asyncio.all_tasks()))


async def test_a_job_that_breaks_every_run_is_given_up(make_rig: MakeRig) -> None:
    provider = InstantProvider(script=[RuntimeError("a bug")] * 100)
    async with make_rig(provider=provider) as rig:
        rig.services.queue._pauses = (0.01,)  # type: ignore[attr-defined] # noqa: SLF001 - a minute is long for a test
        job = await rig.finished(await rig.generate())
        assert (job["status"], job["errorCode"]) == ("FAILED", "provider_failed")
        assert provider.starts == MAX_RUNS
        assert await rig.credits() == 1000


async def test_a_ticket_is_kept_although_the_database_stumbles(
    make_rig: MakeRig, monkeypatch: pytest.MonkeyPatch
) -> None:
    stumbles = [OperationalError("UPDATE", {}, Exception("locked"))] * 2

    def stumbling(*arguments: Any) -> None:
        if stumbles:
            raise stumbles.pop()
        mark_sent(*arguments)

    monkeypatch.setattr("easel.pipeline.provider_call.mark_sent", stumbling)
    provider = InstantProvider(repeatable=False, script=[Pending("upstream-1", check_after=0.2)])
    async with make_rig(provider=provider) as rig:
        job = await rig.finished(await rig.generate())
        assert (job["status"], provider.starts) == ("COMPLETED", 1)


async def test_a_disconnecting_client_does_not_lose_its_job(rig: Rig) -> None:
    with pytest.raises((TimeoutError, httpx.TimeoutException)):
        async with asyncio.timeout(0.0001):
            await rig.generate(Idempotency_Key="one")
    job = await rig.finished(await rig.generate(Idempotency_Key="one"))
    assert job["status"] == "COMPLETED"
    assert await rig.credits() == 1000 - 4
