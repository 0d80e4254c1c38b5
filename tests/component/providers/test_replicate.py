"""Replicate: what an attempt says of a prediction without images."""

import asyncio
from pathlib import Path

import pytest
from pydantic import SecretStr
from tests.support.doubles.replicate import ReplicateDouble

from easel.domain import GenerationRequest, Paid, Pending, Size
from easel.errors import GenerationFailed
from easel.providers.replicate import Replicate, ReplicateSettings

pytestmark = pytest.mark.anyio
WORK = GenerationRequest(
    "job", "gpt-image-2", "openai/gpt-image-2", "a cat", "1:1", Size(1024, 1024), 1, "low", "auto", "png", {}
)

NOT_NAMED = "127.0.0.1 is not one of the hosts that images may be fetched from; EASEL_REPLICATE_FILE_HOSTS adds it"


@pytest.mark.parametrize(("output_ttl", "detail"), [(0.0, "its data was deleted"), (None, NOT_NAMED)])
async def test_why_there_is_no_image_is_said(tmp_path: Path, output_ttl: float | None, detail: str) -> None:
    with ReplicateDouble(output_ttl=output_ttl).serving() as double:
        here = double.url.replace("127.0.0.1", "localhost")  # its files have another host, which no setting names
        settings = {"replicate_api_token": SecretStr(double.key), "replicate_base_url": here}
        provider = Replicate(ReplicateSettings.model_validate(settings), tmp_path)
        pending = await provider.start(WORK)
        with pytest.raises(GenerationFailed) as failed:
            while isinstance(answer := await provider.check(WORK, pending), Pending):
                pending = answer
                await asyncio.sleep(0.05)
        await provider.close()
    assert (failed.value.detail, failed.value.paid) == (detail, Paid.YES)
