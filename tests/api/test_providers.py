"""The same request through the real providers' doubles: what they are sent, what comes back, and what it costs."""

from collections.abc import Iterator
from typing import Any

import pytest
import pyvips
from tests.rig import MakeRig, Rig, request
from tests.support.doubles.base.images import Sketch, make_image
from tests.support.doubles.fal import FalDouble
from tests.support.doubles.openai import OpenAIDouble
from tests.support.doubles.replicate import ReplicateDouble
from tests.support.hurry import hurried
from tests.support.images import encoded, gradient
from tests.support.waiting import until

from easel.accounts.keys import create_key
from easel.domain import Size

pytestmark = [pytest.mark.anyio, pytest.mark.backends("embedded")]

PHOTOSYNTHESIS = {
    "model": "gpt-image-2",
    "prompt": "Infographic explaining how photosynthesis works, bold sans-serif labels, light academic color palette",
    "gptImage2Params": {"quality": "high", "aspect_ratio": "3:2"},
}


@pytest.fixture
def replicate() -> Iterator[ReplicateDouble]:
    with ReplicateDouble().serving() as double:
        yield double


@pytest.fixture
def openai() -> Iterator[OpenAIDouble]:
    with OpenAIDouble().serving() as double:
        yield double


@pytest.fixture
def fal() -> Iterator[FalDouble]:
    with FalDouble().serving() as double:
        yield double


def at_fal(double: FalDouble, **given: Any) -> dict[str, Any]:
    here = {"fal_key": double.key, "fal_base_url": double.url, "fal_rest_url": double.url}
    return {**here, "fal_file_hosts": "127.0.0.1", "trusted_networks": "127.0.0.0/8", **given}


def at_replicate(double: ReplicateDouble, **given: Any) -> dict[str, Any]:
    here = {"replicate_api_token": double.key, "replicate_base_url": double.url}
    return {**here, "replicate_file_hosts": "127.0.0.1", "trusted_networks": "127.0.0.0/8", **given}


def at_openai(double: OpenAIDouble, **given: Any) -> dict[str, Any]:
    return {"openai_api_key": double.key, "openai_base_url": double.url, **given}


async def edited(rig: Rig, count: int) -> dict[str, Any]:
    addresses = []
    for index in range(count):
        upload = await rig.client.post(
            "/v2/uploads", files={"file": ("p.png", encoded(gradient(Size(64 + index, 64))).data, "image/png")}
        )
        addresses.append(upload.json()["url"])
    prompt = "Give the subject a vintage red beret; keep the face, lighting and background unchanged"
    job = await rig.finished(await rig.generate(request(prompt, input_images=addresses)))
    assert job["status"] == "COMPLETED", job
    return job


async def test_the_seeds_text_to_image_through_replicate(make_rig: MakeRig, replicate: ReplicateDouble) -> None:
    async with hurried() as clock, make_rig(real=True, clock=clock, **at_replicate(replicate)) as rig:
        job = await rig.finished(await rig.generate(PHOTOSYNTHESIS))
        assert (job["status"], job["provider"], job["creditCost"]) == ("COMPLETED", "replicate", 23), job
        seen = replicate.seen[0]
        assert seen.path == "/v1/models/openai/gpt-image-2/predictions"
        assert seen.headers["authorization"] == f"Bearer {replicate.key}"
        assert seen.headers["cancel-after"].endswith("s")
        assert seen.body == {
            "input": {
                "prompt": PHOTOSYNTHESIS["prompt"],
                "aspect_ratio": "3:2",
                "quality": "high",
                "background": "auto",
                "output_format": "webp",
                "output_compression": 100,
                "number_of_images": 1,
                "moderation": "auto",
                "user_id": job["id"],
            }
        }
        assert replicate.paid == 1


async def test_the_seeds_text_to_image_through_openai(make_rig: MakeRig, openai: OpenAIDouble) -> None:
    async with hurried() as clock, make_rig(real=True, clock=clock, **at_openai(openai)) as rig:
        job = await rig.finished(await rig.generate(PHOTOSYNTHESIS))
        assert (job["status"], job["provider"], job["creditCost"]) == ("COMPLETED", "openai", 23), job
        seen = openai.seen[0]
        assert seen.path == "/v1/images/generations"
        assert seen.headers["authorization"] == f"Bearer {openai.key}"
        assert seen.body == {
            "model": "gpt-image-2",
            "prompt": PHOTOSYNTHESIS["prompt"],
            "n": 1,
            "size": "1536x1024",
            "quality": "high",
            "background": "auto",
            "output_format": "webp",
            "moderation": "auto",
        }
        assert openai.paid == 1


async def test_the_seeds_text_to_image_through_fal(make_rig: MakeRig, fal: FalDouble) -> None:
    async with hurried() as clock, make_rig(real=True, clock=clock, **at_fal(fal)) as rig:
        job = await rig.finished(await rig.generate(PHOTOSYNTHESIS))
        assert (job["status"], job["provider"], job["creditCost"]) == ("COMPLETED", "fal", 23), job
        seen = fal.seen[0]
        assert seen.path == "/openai/gpt-image-2"
        assert seen.headers["authorization"] == f"Key {fal.key}"
        assert int(seen.headers["x-fal-request-start-timeout"]) > 800
        assert seen.body == {
            "prompt": PHOTOSYNTHESIS["prompt"],
            "image_size": {"width": 1536, "height": 1024},
            "quality": "high",
            "num_images": 1,
            "output_format": "webp",
        }
        assert fal.paid == 1
        assert job["attempts"][0]["upstreamId"] in fal.queue


@pytest.mark.parametrize("count", [1, 3])
async def test_an_edit_and_a_composition_through_fal(make_rig: MakeRig, fal: FalDouble, count: int) -> None:
    async with hurried() as clock, make_rig(real=True, clock=clock, **at_fal(fal)) as rig:
        await edited(rig, count)
        assert fal.paid == 1
        assert fal.seen[0].path == "/openai/gpt-image-2/edit"
        sent = fal.seen[0].body["image_urls"]
        assert len(sent) == count
        assert all(one.startswith("data:image/png;base64,") for one in sent)


async def test_the_other_models_own_words_at_fal(make_rig: MakeRig, fal: FalDouble) -> None:
    async with hurried() as clock, make_rig(real=True, clock=clock, **at_fal(fal)) as rig:
        asked = {"quality": "auto", "background": "transparent", "output_format": "png", "input_fidelity": "high"}
        body = {"model": "gpt-image-1.5", "prompt": "a fox", "gptImageParams": {**asked, "aspect_ratio": "2:3"}}
        job = await rig.finished(await rig.generate(body))
        assert (job["status"], job["creditCost"]) == ("COMPLETED", 24), job
        assert fal.seen[0].path == "/fal-ai/gpt-image-1.5"
        assert fal.seen[0].body == {
            "prompt": "a fox",
            "image_size": "1024x1536",
            "quality": "high",
            "num_images": 1,
            "output_format": "png",
            "background": "transparent",
        }


@pytest.mark.parametrize("count", [1, 3])
async def test_an_edit_and_a_composition_through_replicate(
    make_rig: MakeRig, replicate: ReplicateDouble, count: int
) -> None:
    async with hurried() as clock, make_rig(real=True, clock=clock, **at_replicate(replicate)) as rig:
        await edited(rig, count)
        assert replicate.paid == 1
        sent = replicate.seen[0].body["input"]["input_images"]
        assert len(sent) == count
        assert all(one.startswith("data:image/png;base64,") for one in sent)


@pytest.mark.parametrize(("count", "part"), [(1, "image"), (3, "image[]")])
async def test_an_edit_and_a_composition_through_openai(
    make_rig: MakeRig, openai: OpenAIDouble, count: int, part: str
) -> None:
    async with hurried() as clock, make_rig(real=True, clock=clock, **at_openai(openai)) as rig:
        await edited(rig, count)
        assert openai.paid == 1
        seen = openai.seen[0]
        assert seen.path == "/v1/images/edits"
        assert seen.headers["content-type"].startswith("multipart/form-data")
        assert "moderation" not in seen.body
        assert [file.name for file in seen.files] == [part] * count


async def test_a_compatible_server_may_answer_with_addresses_and_needs_no_key(make_rig: MakeRig) -> None:
    with OpenAIDouble(compatible=True).serving() as double:
        lacks = "edit,compose,transparent,moderation"
        settings = {"openai_base_url": double.url, "openai_models": "gpt-image-2=flux-dev", "openai_lacks": lacks}
        async with hurried() as clock, make_rig(real=True, clock=clock, **settings) as rig:
            job = await rig.finished(await rig.generate(request(number_of_images=2)))
            assert (job["status"], len(job["result"]["images"])) == ("COMPLETED", 2), job
            assert double.seen[0].body["model"] == "flux-dev"
            assert "moderation" not in double.seen[0].body
            assert "authorization" not in double.seen[0].headers
            assert double.paid == 1
            refused = await rig.generate(request(input_images=["data:image/png;base64,AAAA"]))
            assert (refused.status_code, refused.json()["code"]) == (400, "no_provider")
            assert refused.json()["error"] == "No provider of this server can edit images with gpt-image-2."
            other = await rig.generate(request(model="gpt-image-1.5"))
            assert other.json()["error"] == "This server has no provider for gpt-image-1.5."


async def bytes_of(rig: Rig, job: dict[str, Any]) -> bytes:
    assert job["status"] == "COMPLETED", job
    return (await rig.client.get(job["result"]["images"][0])).content


def pixels(data: bytes) -> bytes:
    return bytes(pyvips.Image.new_from_buffer(data, "").write_to_memory())


async def compressed(rig: Rig, kind: str = "webp") -> bytes:
    """The image of a request for compression 30."""
    body = request("noise", output_format=kind, output_compression=30)
    return await bytes_of(rig, await rig.finished(await rig.generate(body)))


@pytest.mark.parametrize("kind", ["webp", "jpeg"])
async def test_openai_compresses_and_nobody_does_it_again(make_rig: MakeRig, openai: OpenAIDouble, kind: str) -> None:
    async with hurried() as clock, make_rig(real=True, clock=clock, **at_openai(openai)) as rig:
        image = await compressed(rig, kind)
        assert openai.seen[0].body["output_compression"] == 30
        theirs = make_image(Sketch(Size(1024, 1024), kind, False, 0, compression=30))
        assert pixels(image) == pixels(theirs)
        await rig.finished(await rig.generate(request(output_format="png")))
        assert "output_compression" not in openai.seen[1].body


@pytest.mark.parametrize("kind", ["webp", "jpeg"])
async def test_replicate_compresses_and_nobody_does_it_again(
    make_rig: MakeRig, replicate: ReplicateDouble, kind: str
) -> None:
    async with hurried() as clock, make_rig(real=True, clock=clock, **at_replicate(replicate)) as rig:
        image = await compressed(rig, kind)
        assert replicate.seen[0].body["input"]["output_compression"] == 30
        theirs = make_image(Sketch(Size(1024, 1024), kind, False, 0, compression=30))
        assert pixels(image) == pixels(theirs)
        await rig.finished(await rig.generate(request(output_format="png")))
        assert "output_compression" not in replicate.seen[-1].body["input"]


@pytest.mark.parametrize("lacks", ["output_compression", "output_format"])
async def test_what_a_server_cannot_compress_is_compressed_here(make_rig: MakeRig, lacks: str) -> None:
    with OpenAIDouble(compatible=True).serving() as double:
        async with (
            hurried() as clock,
            make_rig(real=True, clock=clock, openai_base_url=double.url, openai_lacks=lacks) as rig,
        ):
            image = await compressed(rig)
            assert "output_compression" not in double.seen[0].body
            theirs = make_image(Sketch(Size(1024, 1024), "webp", False, 0, compression=30))
            assert abs(len(image) - len(theirs)) < 20_000
            assert image[8:12] == b"WEBP"


async def test_large_inputs_are_uploaded_to_replicate_first(make_rig: MakeRig, replicate: ReplicateDouble) -> None:
    async with hurried() as clock, make_rig(real=True, clock=clock, **at_replicate(replicate)) as rig:
        noise = pyvips.Image.gaussnoise(700, 700).cast("uchar")
        file = {"file": ("p.png", encoded(noise).data, "image/png")}
        address = (await rig.client.post("/v2/uploads", files=file)).json()["url"]
        job = await rig.finished(await rig.generate(request(input_images=[address])))
        assert job["status"] == "COMPLETED", job
        assert replicate.seen[0].body["input"]["input_images"][0].startswith(f"{replicate.url}/v1/files/")
        assert all("authorization" not in one.headers for one in replicate.file_requests)


async def test_images_come_from_replicate_without_the_token(make_rig: MakeRig, replicate: ReplicateDouble) -> None:
    async with hurried() as clock, make_rig(real=True, clock=clock, **at_replicate(replicate)) as rig:
        await rig.finished(await rig.generate(request(number_of_images=3)))
        assert len(replicate.file_requests) == 3
        assert all("authorization" not in one.headers for one in replicate.file_requests)


async def test_a_cancelled_job_stops_its_prediction(make_rig: MakeRig, replicate: ReplicateDouble) -> None:
    replicate.delay = 30
    async with hurried() as clock, make_rig(real=True, clock=clock, **at_replicate(replicate)) as rig:
        submitted = await rig.generate(request())
        await until(lambda: replicate.predictions)
        await rig.client.post(f"/v2/jobs/{submitted.json()['jobId']}/cancel")
        await until(lambda: next(iter(replicate.predictions.values()))["status"] == "canceled")
        assert await rig.credits() == 1000


async def test_a_restart_goes_on_with_the_prediction(make_rig: MakeRig, replicate: ReplicateDouble) -> None:
    replicate.delay = 2
    settings = at_replicate(replicate, drain_seconds=0.0)
    async with make_rig(real=True, **settings) as rig:
        submitted = await rig.generate(request())
        await rig.becomes(submitted, lambda job: job.pending is not None)
    async with make_rig(real=True, **settings) as rig:
        job = await rig.finished(submitted)
        assert job["status"] == "COMPLETED"
        assert [one["outcome"] for one in job["attempts"]] == ["generated"]
        assert replicate.paid == 1


async def test_test_keys_never_reach_a_paid_provider(make_rig: MakeRig, openai: OpenAIDouble) -> None:
    async with hurried() as clock, make_rig(real=True, clock=clock, **at_openai(openai)) as rig:
        me = (await rig.client.get("/v2/me")).json()
        key = await rig.db.write(create_key, user_id=me["user"]["id"], name="t", test=True, now=1)
        headers = {"X-API-Key": key.secret}
        submitted = await rig.client.post("/v2/images/generate", json=request(), headers=headers)
        job = (await rig.client.get(f"/v2/jobs/{submitted.json()['jobId']}?wait=30", headers=headers)).json()
        assert (job["status"], job["provider"], job["test"]) == ("COMPLETED", "sketch", True)
        assert openai.seen == []
