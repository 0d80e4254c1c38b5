"""Masks, and the names of end users, in both dialects: what is taken, what is refused, and what providers get."""

import base64
import functools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import pyvips
from sqlalchemy import select
from tests.rig import KEY, MakeRig, Rig, request
from tests.support.doubles.openai import OpenAIDouble
from tests.support.images import encoded, gradient, masked

from easel.accounts.keys import create_key
from easel.db.tables import jobs
from easel.domain import Done, GenerationRequest, Pending, Size
from easel.testing import InstantProvider

pytestmark = [pytest.mark.anyio, pytest.mark.backends("embedded")]
SIZE = Size(96, 64)
IMAGE, OTHER = encoded(gradient(SIZE)).data, encoded(gradient(Size(64, 64))).data
MASK = encoded(masked(SIZE, (10, 10, 20, 20))).data
EDIT = "/v1/images/edits"


def data_url(data: bytes) -> str:
    return "data:image/png;base64," + base64.b64encode(data).decode()


def masked_request(mask: Any = "", image: bytes = IMAGE, **params: Any) -> dict[str, Any]:
    mask = mask or data_url(MASK)
    return request("make it red", input_images=[data_url(image)], mask=mask, **params)


class Remembering(InstantProvider):
    """Keeps the work it was given."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.work: list[GenerationRequest] = []

    async def start(self, work: GenerationRequest) -> Done | Pending:
        self.work.append(work)
        return await super().start(work)


@contextmanager
def site(folder: Path, **files: bytes) -> Iterator[str]:
    """The address of a web server with these files, as `<name>.png`."""
    for name, data in files.items():
        (folder / f"{name}.png").write_bytes(data)
    handler = functools.partial(SimpleHTTPRequestHandler, directory=folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


async def test_a_mask_reaches_the_provider_and_stays_with_the_job(make_rig: MakeRig) -> None:
    provider = Remembering()
    async with make_rig(provider=provider) as rig:
        upload = (await rig.client.post("/v2/uploads", files={"file": ("m.png", MASK)})).json()["url"]
        for address in (data_url(MASK), upload):
            job = await rig.finished(await rig.generate(masked_request(address, user="u-1", safety_identifier="s-1")))
            assert (job["status"], job["creditCost"]) == ("COMPLETED", 4), job
            work = provider.work[-1]
            assert work.mask is not None
            assert (work.mask.media_type, work.mask.size) == ("image/png", SIZE)
            assert pyvips.Image.new_from_buffer(work.mask.data, "")[3].crop(10, 10, 20, 20).max() == 0
            assert (work.user, work.safety_identifier) == ("u-1", "s-1")
            assert not {"mask", "user", "safety_identifier"} & set(work.params)
            assert len(job["inputs"]) == 1
            assert job["mask"].endswith(f"/{job['id']}-mask.png")
            assert (await rig.client.get(job["mask"])).content == MASK
            kept = job["input"]["gptImage2Params"]
            assert (kept["user"], kept["safety_identifier"]) == ("u-1", "s-1")
            assert len(kept["mask"]) < 200
        again = await rig.finished(await rig.generate(request(input_images=job["inputs"], mask=job["mask"])))
        assert (again["status"], again["parents"]) == ("COMPLETED", [])
        assert (await rig.client.delete(f"/v2/jobs/{job['id']}")).status_code == 204
        assert (await rig.client.get(job["mask"])).status_code == 404
        with rig.db.reading() as connection:
            [params] = connection.execute(select(jobs.c.params).where(jobs.c.id == job["id"])).scalars()
        assert not {"mask", "user", "safety_identifier"} & set(params)
        assert params["quality"] == "low"


async def test_without_a_mask_there_is_none(make_rig: MakeRig) -> None:
    provider = Remembering()
    async with make_rig(provider=provider) as rig:
        job = await rig.finished(await rig.generate(request(input_images=[data_url(IMAGE)], mask=None, user="")))
        assert (job["mask"], provider.work[0].mask, provider.work[0].user) == (None, None, None)


TOO_HEAVY = MASK + bytes(4_000_000)
REFUSED: list[tuple[Any, bytes, str, list[str]]] = [
    (data_url(encoded(gradient(SIZE), "image/jpeg").data), IMAGE, "mask_unusable", ["this is a JPEG", "must be a PNG"]),
    (data_url(IMAGE), IMAGE, "mask_unusable", ["this PNG has none", "transparent where the image may change"]),
    (data_url(MASK), OTHER, "mask_unusable", ["64×64 pixels; it has 96×64"]),
    (data_url(TOO_HEAVY), IMAGE, "mask_unusable", ["The mask has 4.0 MB; the maximum is 4 MB"]),
    (data_url(MASK[:-30]), IMAGE, "mask_unusable", ["damaged or truncated"]),
    ("mask.png", IMAGE, "invalid_request", ["must be an http(s) URL", '"mask.png"']),
    (5, IMAGE, "invalid_request", ["must be an http(s) URL"]),
]


@pytest.mark.parametrize(("mask", "image", "code", "words"), REFUSED)
async def test_a_mask_that_breaks_a_rule_is_refused(
    rig: Rig, mask: Any, image: bytes, code: str, words: list[str]
) -> None:
    refused = await rig.generate(masked_request(mask, image))
    body = refused.json()
    assert (refused.status_code, body["code"], body["param"]) == (400, code, "gptImage2Params.mask"), body
    for some in words:
        assert some in body["error"]
    assert list(body["details"]) == ["gptImage2Params.mask"]
    assert await rig.credits() == 1000
    assert [key async for key, _ in rig.services.storage.listing()] == []


async def test_a_mask_needs_an_image(rig: Rig) -> None:
    mask = data_url(MASK)
    for sent in (
        request(mask=mask),
        request(mask=mask, input_images=[]),
        request(mask=mask, input_images=None),
    ):
        refused = await rig.generate(sent)
        body = refused.json()
        assert (refused.status_code, body["code"], body["param"]) == (400, "invalid_request", "gptImage2Params.mask")
        assert "gptImage2Params.mask needs gptImage2Params.input_images" in body["error"]


async def test_who_could_is_named_when_no_provider_has_masks(make_rig: MakeRig) -> None:
    async with make_rig(real=True, replicate_api_token="r8_x", providers="replicate") as rig:
        for call in ("generate", "estimate"):
            refused = await rig.client.post(f"/v2/images/{call}", json=masked_request())
            body = refused.json()
            assert (refused.status_code, body["code"], body["param"]) == (400, "no_provider", "gptImage2Params.mask")
            assert body["error"] == "No provider of this server can edit within a mask with gpt-image-2."
            assert body["hint"] == "It needs the provider openai or sketch; the operator chooses the providers."
        theirs = await rig.client.post(EDIT, data={"prompt": "x"}, files={"image": IMAGE, "mask": MASK})
        error = theirs.json()["error"]
        assert (theirs.status_code, error["code"], error["param"]) == (400, "unsupported_parameter", "mask")
        assert "openai or sketch" in error["message"]
        assert await rig.credits() == 1000


async def test_a_mask_goes_to_openai(make_rig: MakeRig) -> None:
    with OpenAIDouble().serving() as double:
        settings = {"replicate_api_token": "r8_x", "openai_api_key": double.key, "openai_base_url": double.url}
        async with make_rig(real=True, providers="replicate,openai,sketch", **settings) as rig:
            job = await rig.finished(await rig.generate(masked_request(user="u-1", safety_identifier="s-1")))
            assert (job["status"], job["provider"]) == ("COMPLETED", "openai"), job
            [seen] = double.seen
            assert [(file.name, file.filename, file.content_type) for file in seen.files] == [
                ("image", "image-1.png", "image/png"),
                ("mask", "mask.png", "image/png"),
            ]
            assert (seen.body["user"], seen.body["safety_identifier"]) == ("u-1", "s-1")
        async with make_rig(real=True, providers="openai,sketch", openai_lacks="mask,user", **settings) as rig:
            job = await rig.finished(await rig.generate(masked_request()))
            assert (job["status"], job["provider"]) == ("COMPLETED", "sketch"), job


async def test_names_of_end_users_go_to_openai_unless_a_server_rejects_them(make_rig: MakeRig) -> None:
    with OpenAIDouble().serving() as double:
        settings = {"openai_api_key": double.key, "openai_base_url": double.url}
        named = request(user="u-2", safety_identifier="s-2")
        async with make_rig(real=True, **settings) as rig:
            job = await rig.finished(await rig.generate(named))
            assert (double.seen[-1].body["user"], double.seen[-1].body["safety_identifier"]) == ("u-2", "s-2")
            assert job["warnings"] == []
        async with make_rig(real=True, openai_lacks="user,safety_identifier", **settings) as rig:
            assert (await rig.finished(await rig.generate(named)))["status"] == "COMPLETED"
            assert not {"user", "safety_identifier"} & set(double.seen[-1].body)


async def test_a_mask_that_is_fetched_is_kept_for_later_runs(make_rig: MakeRig, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    provider = Remembering(repeatable=False, script=[Pending("upstream-1", check_after=30)])
    with site(folder, image=IMAGE, mask=MASK) as address:
        async with make_rig(provider=provider, drain_seconds=0, trusted_networks="127.0.0.0/8") as rig:
            body = request(input_images=[f"{address}/image.png", data_url(OTHER)], mask=f"{address}/mask.png")
            submitted = await rig.generate(body)
            job = await rig.becomes(submitted, lambda job: job.submit_state == "SENT")
            assert job.inputs == [f"file:{job.id}-in0.png", f"file:{job.id}-in1.png"]
            assert job.mask == f"file:{job.id}-mask.png"
            assert provider.work[0].mask is not None
    later = Remembering(repeatable=False)
    async with make_rig(provider=later) as rig:
        ended = await rig.finished(submitted)
        assert ended["status"] == "COMPLETED", ended
        assert (await rig.client.get(ended["mask"])).content == MASK


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"image": OTHER, "mask": MASK}, "the size of the first input image, 64×64 pixels; it has 96×64"),
        ({"image": IMAGE, "mask": IMAGE}, "this PNG has none"),
        ({"image": IMAGE}, "mask cannot be used"),
    ],
    ids=["another size", "no alpha", "nowhere"],
)
async def test_a_mask_that_is_fetched_too_late_fails_the_job(
    make_rig: MakeRig, tmp_path: Path, files: dict[str, bytes], words: str
) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    with site(folder, **files) as address:
        async with make_rig(trusted_networks="127.0.0.0/8") as rig:
            body = request(input_images=[f"{address}/image.png"], mask=f"{address}/mask.png")
            job = await rig.finished(await rig.generate(body))
            assert (job["status"], job["errorCode"], job["creditCost"]) == ("FAILED", "mask_unusable", 0)
            assert words in job["error"]
            theirs = await rig.client.post(
                EDIT,
                json={
                    "prompt": "x",
                    "images": [{"image_url": f"{address}/image.png"}],
                    "mask": {"image_url": f"{address}/mask.png"},
                },
            )
            error = theirs.json()["error"]
            assert (theirs.status_code, error["code"]) == (400, "invalid_mask_image_format")
            assert words in error["message"]
            assert await rig.credits() == 1000


async def test_a_mask_is_a_part_of_the_request_that_is_repeated(rig: Rig) -> None:
    first = await rig.generate(masked_request(), Idempotency_Key="k")
    same = await rig.generate(masked_request(), Idempotency_Key="k")
    assert first.json()["jobId"] == same.json()["jobId"]
    other = masked_request(data_url(encoded(masked(SIZE, (0, 0, 5, 5))).data))
    assert (await rig.generate(other, Idempotency_Key="k")).status_code == 409


async def test_a_file_of_others_is_no_mask(rig: Rig) -> None:
    mine = (await rig.client.post("/v2/uploads", files={"file": ("m.png", MASK)})).json()["url"]
    user = (await rig.client.get("/v2/me")).json()["user"]["id"]
    with rig.db.transaction() as tx:
        secret = create_key(tx, user_id=user, name="t", test=True, now=0).secret
    rig.client.headers["X-API-Key"] = secret
    refused = await rig.generate(masked_request(mine))
    rig.client.headers["X-API-Key"] = KEY
    assert (refused.status_code, refused.json()["code"]) == (400, "mask_unusable")
    assert "this key may not use" in refused.json()["error"]


# OpenAI's dialect


async def test_an_edit_takes_a_mask_as_a_file_and_by_address(make_rig: MakeRig) -> None:
    provider = Remembering()
    async with make_rig(provider=provider) as rig:
        upload = (await rig.client.post("/v2/uploads", files={"file": ("m.png", MASK)})).json()
        fields = {"prompt": "make it red", "quality": "low", "user": "u-1"}
        images = {"images": [{"image_url": data_url(IMAGE)}], "safety_identifier": "s-1"}
        answers = [
            await rig.client.post(EDIT, data=fields, files={"image": IMAGE, "mask": ("any.exe", MASK, "text/plain")}),
            await rig.client.post(EDIT, json=fields | images | {"mask": {"image_url": data_url(MASK)}}),
            await rig.client.post(EDIT, json=fields | images | {"mask": {"file_id": upload["id"]}}),
            await rig.client.post(EDIT, json=fields | images | {"mask": None}),
        ]
        assert [answer.status_code for answer in answers] == [200] * 4, [answer.text for answer in answers]
        assert [work.mask is not None for work in provider.work] == [True, True, True, False]
        assert [(work.user, work.safety_identifier) for work in provider.work] == [("u-1", None)] + [("u-1", "s-1")] * 3
        job = (await rig.client.get(f"/v2/jobs/{answers[0].headers['x-job-id']}")).json()
        assert (job["creditCost"], job["warnings"]) == (4, [])
        assert (await rig.client.get(job["mask"])).content == MASK


def form(mask: Any, image: bytes = IMAGE, **fields: str) -> dict[str, Any]:
    return {"data": {"prompt": "x", **fields}, "files": {"image": image, "mask": mask}}


def document(mask: Any, image: bytes = IMAGE) -> dict[str, Any]:
    return {"json": {"prompt": "x", "images": [{"image_url": data_url(image)}], "mask": mask}}


@pytest.mark.parametrize(
    ("sent", "param", "kind", "code"),
    [
        (form(MASK, OTHER), "mask", "image_generation_user_error", "invalid_mask_image_format"),
        (form(IMAGE), "mask", "image_generation_user_error", "invalid_mask_image_format"),
        (form(b"nothing"), "mask", "image_generation_user_error", "invalid_mask_image_format"),
        (form(TOO_HEAVY), "mask", "image_generation_user_error", "invalid_mask_image_format"),
        (form(b""), "mask", "invalid_request_error", "invalid_value"),
        ({"data": {"prompt": "x", "mask": "m.png"}, "files": {"image": IMAGE}}, "mask", None, "invalid_type"),
        ({"data": {"prompt": "x"}, "files": {"mask": MASK}}, "image", None, "missing_required_parameter"),
        (document({"image_url": data_url(IMAGE)}), "mask", None, "invalid_mask_image_format"),
        (document({"image_url": "m.png"}), "mask", None, "invalid_value"),
        (document("m.png"), "mask", None, "invalid_value"),
        (document({"image_url": data_url(MASK), "file_id": "x"}), "mask", None, "invalid_value"),
        (document({"file_id": "nope"}), "mask.file_id", None, "invalid_value"),
        (form(MASK, user="x" * 513), "user", "invalid_request_error", "string_above_max_length"),
    ],
)
async def test_a_mask_that_breaks_a_rule_is_refused_in_their_words(
    rig: Rig, sent: dict[str, Any], param: str, kind: str | None, code: str
) -> None:
    answer = await rig.client.post(EDIT, **sent)
    error = answer.json()["error"]
    assert (answer.status_code, error["param"], error["code"]) == (400, param, code), error
    assert kind in (None, error["type"])
    assert "gptImage2Params" not in error["message"]
    assert await rig.credits() == 1000


async def test_generations_have_no_mask(rig: Rig) -> None:
    answer = await rig.client.post("/v1/images/generations", json={"prompt": "x", "mask": {"image_url": "x"}})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "unknown_parameter")
