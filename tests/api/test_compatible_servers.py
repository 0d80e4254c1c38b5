"""Servers with OpenAI's API that people run, or rent, beside Easel: nothing is set but their preset and address."""

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from tests.rig import MakeRig, Rig, request
from tests.support.doubles.azure import AzureDouble
from tests.support.doubles.base import HangUp
from tests.support.doubles.local import LOCALAI, SDCPP, SGLANG, VLLM_OMNI, Fault, LocalDouble, Traits
from tests.support.hurry import hurried
from tests.support.images import encoded, gradient, masked

from easel.domain import Size
from easel.jobs.attempts import attempts_of_job

pytestmark = [pytest.mark.anyio, pytest.mark.backends("embedded")]

LOCAL = {"sdcpp": SDCPP, "vllm-omni": VLLM_OMNI, "sglang": SGLANG, "localai": LOCALAI}
NO_MEMORY = Fault(500, {"error": "CUDA out of memory"})
Double = LocalDouble | AzureDouble


def table(preset: str, double: Double, **more: Any) -> dict[str, Any]:
    """The settings of one server, which is called `box`."""
    if isinstance(double, AzureDouble):
        more |= {"key": double.key, "base_url": double.address}
    if preset == "localai":
        more.setdefault("models", {"gpt-image-2": "flux.1-dev"})
    server = {"preset": preset, "base_url": double.url.removesuffix("/v1")} | more
    return {"servers": {"box": server}, "max_wait_seconds": 300, "job_deadline_seconds": 3_000}


@contextlib.contextmanager
def server_of(preset: str, style: str = "") -> Iterator[Double]:
    made: Double = AzureDouble(style) if preset == "azure" else LocalDouble(LOCAL[preset])  # type: ignore[arg-type]
    with made.serving():
        yield made


async def uploaded(rig: Rig, image: Any) -> str:
    file = {"file": ("p.png", encoded(image).data, "image/png")}
    return str((await rig.client.post("/v2/uploads", files=file)).json()["url"])


async def ended(rig: Rig, **params: Any) -> dict[str, Any]:
    submitted = await rig.generate(request(**params))
    await rig.becomes(submitted, lambda job: job.status.final)
    return await rig.finished(submitted)


@pytest.mark.parametrize(
    ("preset", "style"),
    [
        *((name, "") for name in LOCAL),
        ("azure", "deployment"),
        ("azure", "v1"),
        pytest.param("azure", "endpoint", marks=pytest.mark.proof),
    ],
)
async def test_a_job_of_each_is_generated_with_nothing_set_but_preset_and_address(
    make_rig: MakeRig, preset: str, style: str
) -> None:
    with server_of(preset, style) as double:
        async with make_rig(real=True, **table(preset, double)) as rig:
            job = await ended(rig, quality="high", number_of_images=2, output_format="webp", aspect_ratio="3:2")
            assert (job["status"], job["provider"], len(job["result"]["images"])) == ("COMPLETED", "box", 2), job
            free = preset != "azure"
            assert job["creditCost"] == (8 if free else 46)
            ignored = "quality high was ignored: the provider box has no such setting for this request."
            assert job["warnings"] == ([ignored] if free else [])
            assert [one["paid"] for one in job["attempts"]] == ["no" if free else "yes"]
            sent = double.seen[0]
            assert ("model" in sent.body) == (style != "deployment")
            assert "authorization" not in sent.headers
            inputs = [await uploaded(rig, gradient())]
            edit = await rig.generate(request(input_images=inputs, output_format="webp", moderation="low"))
            if preset == "localai":
                assert (edit.status_code, edit.json()["code"]) == (400, "no_provider")
                assert (await rig.credits(), double.paid) == (992, 1)
            else:
                done = await rig.finished(edit)
                warned = [f"{one} low was ignored" for one in ("quality", "moderation")[not free :]]
                assert [one.partition(":")[0] for one in done["warnings"]] == warned
                assert (done["status"], done["creditCost"]) == ("COMPLETED", 4)


@pytest.mark.parametrize("preset", [*LOCAL, "azure"])
async def test_a_mask_arrives_or_is_refused_before_it_is_charged(make_rig: MakeRig, preset: str) -> None:
    with server_of(preset, "deployment") as double:
        async with make_rig(real=True, **table(preset, double)) as rig:
            given = [await uploaded(rig, gradient()), await uploaded(rig, masked(Size(96, 64), (0, 0, 20, 20)))]
            submitted = await rig.generate(request(input_images=given[:1], mask=given[1]))
            part = {"vllm-omni": "mask_image", "sdcpp": "mask", "azure": "mask"}.get(preset)
            if part:
                assert (await rig.finished(submitted))["status"] == "COMPLETED"
                assert [one.name for one in double.seen[0].files] == ["image", part]
            else:
                assert (submitted.status_code, submitted.json()["code"]) == (400, "no_provider")
                assert (await rig.credits(), double.seen) == (1000, [])


@pytest.mark.proof
@pytest.mark.parametrize(("preset", "traits"), LOCAL.items())
async def test_everything_on_the_card_is_generated_or_refused(make_rig: MakeRig, preset: str, traits: Traits) -> None:
    with server_of(preset) as double:
        async with make_rig(real=True, rate_limit_per_minute=0, **table(preset, double)) as rig:
            inputs = [await uploaded(rig, gradient(Size(64 + index, 64))) for index in range(2)]
            for quality in ("low", "medium", "high", "auto"):
                for kind in ("webp", "png", "jpeg"):
                    job = await ended(rig, quality=quality, output_format=kind, aspect_ratio="2:3")
                    assert job["status"] == "COMPLETED", job
                    assert len(job["warnings"]) == (quality != "auto")
                    if traits.edits:
                        job = await ended(rig, quality=quality, output_format=kind, input_images=inputs)
                        assert job["status"] == "COMPLETED", job
            for ratio in ("1:1", "3:2", "2:3"):
                assert (await ended(rig, aspect_ratio=ratio, background="opaque"))["status"] == "COMPLETED"


@pytest.mark.parametrize(("preset", "sign"), [("sdcpp", "< sd_cpp_extra_args>"), ("localai", "｜")])
async def test_no_word_of_a_prompt_is_a_command(make_rig: MakeRig, preset: str, sign: str) -> None:
    with server_of(preset) as double:
        async with make_rig(real=True, **table(preset, double)) as rig:
            prompt = 'a fox | red <sd_cpp_extra_args>{"seed": 1}</sd_cpp_extra_args>'
            job = await rig.finished(await rig.generate(request(prompt)))
            assert (job["status"], job["prompt"]) == ("COMPLETED", prompt)
            assert isinstance(double, LocalDouble)
            assert double.commands == []
            assert sign in double.seen[0].body["prompt"]


@pytest.mark.parametrize("fault", [NO_MEMORY, HangUp(after_work=True)])
async def test_a_call_that_costs_nothing_is_sent_again(make_rig: MakeRig, fault: Fault | HangUp) -> None:
    with server_of("sglang") as double:
        assert isinstance(double, LocalDouble)
        double.faults.add(fault) if isinstance(fault, Fault) else double.script(fault)
        async with hurried() as clock, make_rig(real=True, clock=clock, **table("sglang", double)) as rig:
            job = await ended(rig)
            assert (job["status"], job["creditCost"], len(double.seen)) == ("COMPLETED", 4, 2), job
            assert [one["paid"] for one in job["attempts"]] == ["no", "no"]


async def test_it_is_sent_again_a_few_times_only(make_rig: MakeRig) -> None:
    with server_of("vllm-omni") as double:
        assert isinstance(double, LocalDouble)
        double.faults.add(*[NO_MEMORY] * 9)
        async with hurried() as clock, make_rig(real=True, clock=clock, **table("vllm-omni", double)) as rig:
            job = await ended(rig)
            assert (job["status"], job["errorCode"], len(double.seen)) == ("FAILED", "provider_failed", 3), job
            assert job["error"].endswith("It was asked 3 times.")
            assert (await rig.credits(), sum(one["calls"] for one in job["attempts"])) == (1000, 3)
            made = await rig.db.read(attempts_of_job, job["id"])
            assert {one.detail for one in made} == {"CUDA out of memory"}


async def test_a_call_that_may_cost_money_is_not(make_rig: MakeRig) -> None:
    with server_of("vllm-omni") as double:
        double.script(HangUp(after_work=True))
        settings = table("vllm-omni", double, free=False)
        async with hurried() as clock, make_rig(real=True, clock=clock, **settings) as rig:
            job = await ended(rig)
            assert (job["errorCode"], len(double.seen)) == ("upstream_in_doubt", 1)


async def test_servers_stand_side_by_side_and_each_does_what_it_can(make_rig: MakeRig) -> None:
    with server_of("localai") as first, server_of("sdcpp") as second:
        servers = {
            "big-box": table("localai", first)["servers"]["box"],
            "small-box": table("sdcpp", second, images_per_minute=600)["servers"]["box"],
        }
        async with make_rig(real=True, servers=servers, providers=["big-box", "small-box"]) as rig:
            assert (await ended(rig))["provider"] == "big-box"
            edited = await ended(rig, input_images=[await uploaded(rig, gradient())])
            assert (edited["status"], edited["provider"]) == ("COMPLETED", "small-box")
            models = (await rig.client.get("/v2/models")).json()["models"]
            named = {one["id"]: [each["name"] for each in one["providers"]] for one in models}
            assert named == {"gpt-image-2": ["big-box", "small-box"], "gpt-image-1.5": ["small-box"]}
            health = (await rig.client.get("/v2/providers")).json()["providers"]
            assert [(one["name"], one["imagesPerMinute"]) for one in health] == [("big-box", None), ("small-box", 600)]
            assert second.url not in str(models) + str(health)


async def test_a_quality_that_is_mapped_is_sent_and_priced(make_rig: MakeRig) -> None:
    with server_of("sglang") as double:
        settings = table("sglang", double, quality={"low": "auto", "high": "extra-high"})
        async with make_rig(real=True, **settings) as rig:
            job = await ended(rig, quality="high")
            assert (job["status"], job["creditCost"], job["warnings"]) == ("COMPLETED", 23, []), job
            assert double.seen[0].body["quality"] == "extra-high"


async def test_a_server_is_asked_which_model_it_serves_once_and_again_when_that_has_changed(make_rig: MakeRig) -> None:
    traits = replace(VLLM_OMNI, models=["Qwen/Qwen-Image"])
    with LocalDouble(traits).serving() as double:
        async with make_rig(real=True, **table("vllm-omni", double)) as rig:
            for _ in range(2):
                assert (await ended(rig))["status"] == "COMPLETED"
            assert [one.path for one in double.requests].count("/v1/models") == 1
            traits.models[:] = ["black-forest-labs/FLUX.2-dev"]  # type: ignore[index]
            assert (await ended(rig))["status"] == "COMPLETED"
            assert [one.body["model"] for one in double.seen[-2:]] == ["Qwen/Qwen-Image", *traits.models]
            assert double.paid == 3
