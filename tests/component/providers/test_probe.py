"""What `easel providers` and `easel doctor` say of a server, by free calls."""

from pathlib import Path
from typing import Any

import pytest
from tests.support.doubles.azure import AzureDouble
from tests.support.doubles.local import LOCALAI, SDCPP, SGLANG, VLLM_OMNI, LocalDouble, Traits

from easel.catalog import Catalog
from easel.ops.doctor.providers import state_of, usable
from easel.providers.openai import OpenAI
from easel.providers.presets import CompatibleServer

pytestmark = pytest.mark.anyio
FLUX = {"gpt-image-2": "flux"}


async def said(folder: Path, **server: Any) -> tuple[bool, str]:
    provider = OpenAI(CompatibleServer(**server), folder, name="box")
    state = await state_of(provider, Catalog.load())
    finding = await usable([provider], Catalog.load())
    assert [*finding.problems, *finding.facts] == [f"box: {state.sentence}"]
    await provider.close()
    return state.well, state.sentence


@pytest.mark.parametrize(
    ("traits", "server", "well", "sentence"),
    [
        (SDCPP, {"preset": "sdcpp"}, True, "1 model at 127.0.0.1: sd-cpp-local"),
        (VLLM_OMNI, {"preset": "vllm-omni"}, True, "1 model at 127.0.0.1: Qwen/Qwen-Image"),
        (SGLANG, {"preset": "sdcpp"}, True, "it looks like the preset sglang, not sdcpp"),
        (VLLM_OMNI, {"preset": "openai"}, False, "it looks like the preset vllm-omni, not openai"),
        (VLLM_OMNI, {"preset": "vllm-omni", "models": FLUX}, False, "The model flux of gpt-image-2 is not among them."),
        (LOCALAI, {"preset": "localai", "models": {"gpt-image-2": "flux.1-dev"}}, True, "3 models at 127.0.0.1: flux"),
        (LOCALAI, {"preset": "localai", "models": FLUX}, False, "The model flux of gpt-image-2 is not among them."),
    ],
)
async def test_what_a_server_says_of_itself(
    traits: Traits, server: dict[str, Any], well: bool, sentence: str, tmp_path: Path
) -> None:
    with LocalDouble(traits).serving() as double:
        state = await said(tmp_path, base_url=double.url, **server)
        assert state[0] is well
        assert sentence in state[1]
        assert double.paid == 0


async def test_a_server_that_is_loading_or_not_there_or_wants_another_key(tmp_path: Path) -> None:
    with LocalDouble(SGLANG, key="sk-right").serving() as double:
        double.warming = True
        warming = await said(tmp_path, preset="sglang", base_url=double.url)
        assert warming == (False, "The image server is still loading its model.")
        double.warming = False
        assert (await said(tmp_path, preset="openai", base_url=double.url, key="sk-right"))[0] is False  # no such model
        assert (await said(tmp_path, preset="sdcpp", base_url=double.url, key="sk-right"))[0] is True
        wrong = await said(tmp_path, preset="sdcpp", base_url=double.url, key="sk-wrong")
        assert wrong[0] is False
        assert "rejects this server's account" in wrong[1]
        assert "sk-wrong" not in wrong[1]
    gone = await said(tmp_path, preset="sdcpp", base_url="http://127.0.0.1:9")
    assert gone[0] is False
    assert gone[1].startswith("The image server is unreachable. (ConnectError")


@pytest.mark.parametrize("style", ["deployment", "v1"])
async def test_azure_is_asked_at_the_address_that_has_the_list(style: Any, tmp_path: Path) -> None:
    with AzureDouble(style).serving() as double:
        assert (await said(tmp_path, preset="azure", base_url=double.address, key=double.key))[0] is True
        assert (await said(tmp_path, preset="azure", base_url=double.address, key="another"))[0] is False
