"""Every combination of quality, ratio, format, background and count: the bytes are what was asked."""

import itertools
from collections.abc import Iterator

import httpx
import pytest
import pyvips
from tests.rig import request

from easel.testing import RunningServer, running_server

SIZES = {"1:1": (1024, 1024), "3:2": (1536, 1024), "2:3": (1024, 1536)}
LOADERS = {"webp": "webpload_buffer", "png": "pngload_buffer", "jpeg": "jpegload_buffer"}
BACKGROUNDS = {"gpt-image-2": ("auto", "opaque"), "gpt-image-1.5": ("auto", "opaque", "transparent")}
PRICES = {
    "gpt-image-2": {"low": 4, "medium": 9, "high": 23, "auto": 23},
    "gpt-image-1.5": {"low": 4, "medium": 9, "high": 24, "auto": 24},
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    env = {"EASEL_RATE_LIMIT_PER_MINUTE": "0", "EASEL_BOOTSTRAP_CREDITS": "1000000"}
    with running_server(tmp_path_factory.mktemp("combinations"), env=env) as running:
        yield running


@pytest.fixture(scope="module")
def client(server: RunningServer) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, headers={"X-API-Key": server.key}, timeout=90) as made:
        yield made


@pytest.mark.parametrize("ratio", SIZES)
@pytest.mark.parametrize("quality", PRICES["gpt-image-2"])
@pytest.mark.parametrize("model", BACKGROUNDS)
def test_the_bytes_are_what_was_asked(client: httpx.Client, model: str, quality: str, ratio: str) -> None:
    waiting = {}
    for output_format, background, count in itertools.product(LOADERS, BACKGROUNDS[model], (1, 4)):
        params = {
            "quality": quality,
            "aspect_ratio": ratio,
            "output_format": output_format,
            "background": background,
            "number_of_images": count,
        }
        answer = client.post("/v2/images/generate", json=request("a red fox, “Hello”", model, **params))
        if (output_format, background) == ("jpeg", "transparent"):
            assert answer.status_code == 400
            continue
        assert answer.status_code == 202, answer.text
        waiting[answer.json()["jobId"]] = (output_format, background, count)
    for job_id, (output_format, background, count) in waiting.items():
        job = client.get(f"/v2/jobs/{job_id}?wait=60").json()
        assert job["status"] == "COMPLETED", job
        assert job["creditCost"] == PRICES[model][quality] * count
        images = [client.get(address).content for address in job["result"]["images"]]
        assert len(set(images)) == count, "no two pictures are the same"
        for data in images:
            check(data, SIZES[ratio], output_format, transparent=background == "transparent")


def check(data: bytes, size: tuple[int, int], output_format: str, *, transparent: bool) -> None:
    image = pyvips.Image.new_from_buffer(data, "", fail_on="warning")
    assert (image.width, image.height) == size
    assert image.get("vips-loader") == LOADERS[output_format]
    assert image.hasalpha() == transparent
    image.avg()
    if transparent:
        assert image[3].min() == 0
