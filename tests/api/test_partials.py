"""Partial images of OpenAI's double, seen in both dialects while their job runs, by those who may see the job."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest
import pyvips
from tests.api.test_providers import at_openai
from tests.api.test_watch import another_key
from tests.rig import MakeRig, Rig, request
from tests.support.doubles.openai import BreaksOff, Hang, OpenAIDouble, Refused, ServerError, Stepwise
from tests.support.images import encoded, gradient
from tests.support.waiting import until

from easel.accounts.keys import create_key
from easel.accounts.teams import create_team, create_user
from easel.domain import Role
from easel.files.names import is_partial, partial_key
from easel.jobs.write import note_partial

pytestmark = [pytest.mark.anyio, pytest.mark.backends]
PNG = encoded(gradient()).data
FOX = {"prompt": "a fox", "quality": "low", "stream": True, "partial_images": 2}


@pytest.fixture
def openai() -> Iterator[OpenAIDouble]:
    with OpenAIDouble().serving() as double:
        yield double


async def events(rig: Rig, method: str, path: str, **sent: Any) -> AsyncIterator[tuple[str, dict[str, Any]]]:
    """The events of a stream, each as soon as it is sent: httpx alone would hand all of them over at the end."""
    chunks: asyncio.Queue[bytes | None] = asyncio.Queue()

    async def watched(scope: Any, receive: Any, send: Any) -> None:
        async def pass_on(message: Any) -> None:
            chunks.put_nowait(message.get("body", b""))
            await send(message)

        await rig.transport.app(scope, receive, pass_on)

    app = httpx.ASGITransport(watched)
    async with httpx.AsyncClient(transport=app, base_url=rig.client.base_url, headers=rig.client.headers) as client:
        asking = asyncio.create_task(client.request(method, path, **sent))
        asking.add_done_callback(lambda _: chunks.put_nowait(None))
        left = b""
        while (chunk := await chunks.get()) is not None:
            *blocks, left = (left + chunk).split(b"\n\n")
            for block in blocks:
                fields = dict(line.split(": ", 1) for line in block.decode().splitlines() if not line.startswith(":"))
                if "data" in fields:
                    yield fields["event"], json.loads(fields["data"])
        answer = await asking
    assert answer.status_code == 200, answer.text


def size_of(data: bytes) -> tuple[int, int]:
    image = pyvips.Image.new_from_buffer(data, "")
    return image.width, image.height


async def seen(slow: Stepwise, found: AsyncIterator[tuple[str, dict[str, Any]]]) -> list[tuple[str, dict[str, Any]]]:
    """All events, where each image is made when the one before it is seen."""
    events = []
    async for name, about in found:
        events.append((name, about))
        if name.lower().replace("_", "").endswith("partialimage"):
            slow.go()
    return events


async def no_partials_left(rig: Rig) -> bool:
    return not [key async for key, _ in rig.services.storage.listing() if is_partial(key)]


async def test_a_stream_of_openais_dialect_has_them(make_rig: MakeRig, openai: OpenAIDouble) -> None:
    async with make_rig(real=True, **at_openai(openai)) as rig:
        edit = {"data": {"prompt": "x", "stream": "true", "partial_images": "2"}, "files": {"image": PNG}}
        for path, sent, kind in (
            ("/v1/images/generations", {"json": FOX | {"size": "1536x1024"}}, "image_generation"),
            ("/v1/images/edits", edit, "image_edit"),
        ):
            openai.script(slow := Stepwise())
            slow.go()
            found = await seen(slow, events(rig, "POST", path, **sent))
            assert [name for name, _ in found] == [f"{kind}.partial_image"] * 2 + [f"{kind}.completed"]
            *partials, (_, completed) = found
            for index, (name, partial) in enumerate(partials):
                assert (partial["type"], partial["partial_image_index"]) == (name, index)
                assert {**completed, **partial} == {**partial, "usage": completed["usage"]}
                size = "x".join(map(str, size_of(base64.b64decode(partial["b64_json"]))))
                assert size == partial["size"] == completed["size"]
            assert len({event["b64_json"] for _, event in found}) == 3
            assert completed["usage"]["total_tokens"] > 0
            sent_to_openai = openai.seen[-1].body
            assert (sent_to_openai["stream"], sent_to_openai["partial_images"]) == (True, 2)
        await until(lambda: no_partials_left(rig))
        assert openai.paid == 2


async def test_the_events_of_a_job_say_where_they_are(make_rig: MakeRig, openai: OpenAIDouble) -> None:
    openai.script(slow := Stepwise())
    async with make_rig(real=True, **at_openai(openai)) as rig:
        submitted = await rig.generate(request(partial_images=2, output_format="webp"))
        job_id = submitted.json()["jobId"]
        slow.go()
        await rig.becomes(submitted, lambda job: job.partials == 1)
        first = await rig.client.get(f"/v2/jobs/{job_id}/partials/0")
        assert (first.status_code, first.headers["content-type"]) == (200, "image/webp")
        assert size_of(first.content) == (1024, 1024)
        assert first.headers["cache-control"] == "private, no-store"
        found = await seen(slow, events(rig, "GET", f"/v2/jobs/{job_id}/events"))
        partials = [body for name, body in found if name == "partialImage"]
        assert partials == [
            {
                "event": "partialImage",
                "jobId": job_id,
                "index": index,
                "url": f"http://easel.test/v2/jobs/{job_id}/partials/{index}",
            }
            for index in range(2)
        ]
        assert found[-1][0] == "completed"
        await until(lambda: no_partials_left(rig))
        gone = await rig.client.get(partials[0]["url"])
        assert (gone.status_code, gone.json()["code"]) == (404, "file_not_found")


async def test_whoever_may_not_see_the_job_may_not_see_them(make_rig: MakeRig, openai: OpenAIDouble) -> None:
    openai.script(Hang())
    async with make_rig(real=True, **at_openai(openai)) as rig:
        submitted = await rig.generate(request(partial_images=2))
        job = await rig.becomes(submitted, lambda job: job.submit_state == "SENDING")
        job_id = job.id
        await rig.services.storage.write(partial_key(job_id, 0), PNG)
        await rig.db.write(note_partial, job, partials=1)
        _, member = await another_key(rig, role=Role.MEMBER)
        _, test = await another_key(rig, test=True)
        with rig.db.transaction() as tx:
            team_id = create_team(tx, name="next", job_limit=1, now=1)
            user_id = create_user(tx, team_id=team_id, email="zoe@next.test", role=Role.OWNER, now=1)
            stranger = {"X-API-Key": create_key(tx, user_id=user_id, name="z", test=False, now=1).secret}
        path = f"/v2/jobs/{job_id}/partials/0"
        assert (await rig.client.get(path)).status_code == 200
        for headers in (member, test, stranger):
            assert (await rig.client.get(path, headers=headers)).status_code == 404
        assert (await rig.client.get(path, headers={"X-API-Key": "afk_wrong"})).status_code == 401
        missing = await rig.client.get(f"/v2/jobs/{job_id}/partials/1")
        assert (missing.status_code, missing.json()["code"]) == (404, "file_not_found")
        for odd in ("-1", "x", "100"):
            assert (await rig.client.get(f"/v2/jobs/{job_id}/partials/{odd}")).status_code == 400
        await rig.client.post(f"/v2/jobs/{job_id}/cancel")
        assert (await rig.client.get(path)).status_code == 404
        await until(lambda: no_partials_left(rig))


@pytest.mark.parametrize(
    ("outcome", "code"),
    [
        (Refused(stage="output"), "moderation_refused"),
        (ServerError(after_work=True), "provider_failed"),
        (BreaksOff(), "upstream_in_doubt"),
    ],
)
async def test_a_stream_that_fails_costs_nothing_and_is_not_sent_again(
    make_rig: MakeRig, openai: OpenAIDouble, outcome: Any, code: str
) -> None:
    openai.script(outcome)
    async with make_rig(real=True, **at_openai(openai)) as rig:
        job = await rig.finished(await rig.generate(request(partial_images=2)))
        assert (job["status"], job["errorCode"], job["creditCost"]) == ("FAILED", code, 0)
        assert (len(openai.seen), openai.paid, await rig.credits()) == (1, 1, 1000)
        await until(lambda: no_partials_left(rig))


async def test_asking_for_them_is_no_reason_to_pass_a_provider_over(rig: Rig) -> None:
    job = await rig.finished(await rig.generate(request(partial_images=3)))
    assert (job["status"], job["creditCost"], job["provider"]) == ("COMPLETED", 4, "sketch")
    found = [one async for one in events(rig, "POST", "/v1/images/generations", json=FOX)]
    assert [name for name, _ in found] == ["image_generation.completed"]


async def test_several_images_have_none(make_rig: MakeRig, openai: OpenAIDouble) -> None:
    async with make_rig(real=True, **at_openai(openai)) as rig:
        found = [one async for one in events(rig, "POST", "/v1/images/generations", json=FOX | {"n": 2})]
        assert [name for name, _ in found] == ["image_generation.completed"] * 2
        assert "stream" not in openai.seen[0].body


async def test_without_a_stream_they_are_refused(rig: Rig) -> None:
    answer = await rig.client.post("/v1/images/generations", json={"prompt": "x", "partial_images": 1})
    error = answer.json()["error"]
    assert (answer.status_code, error["param"], error["code"]) == (400, "partial_images", "invalid_value")
    assert "stream" in error["message"]
    none = {"prompt": "x", "quality": "low", "partial_images": 0}
    assert (await rig.client.post("/v1/images/generations", json=none)).status_code == 200
    assert await rig.credits() == 996
