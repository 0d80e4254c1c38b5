"""OpenAI's own client, unmodified, at a running server."""

import asyncio
import base64
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openai
import pytest
import pyvips
from openai import AsyncOpenAI, OpenAI
from openai.types import ImageGenCompletedEvent, ImageGenPartialImageEvent
from tests.support.customer import Customer
from tests.support.doubles.environment import at_openai, at_replicate
from tests.support.doubles.openai import OpenAIDouble, Refused, Stepwise
from tests.support.doubles.replicate import ReplicateDouble
from tests.support.images import encoded, gradient, masked
from tests.support.waiting import block_until

from easel.catalog import Catalog
from easel.domain import Size
from easel.testing import RunningServer, running_server
from easel.web.snippets import snippets

PNG = ("any.png", encoded(gradient()).data)
LARGE, HOLE = Size(1024, 1024), (100, 200, 400, 300)
SCENE = ("scene.png", encoded(gradient(LARGE)).data)
MASK = ("mask.png", encoded(masked(LARGE, HOLE)).data)
FOX: dict[str, Any] = {"model": "gpt-image-2", "prompt": "a red fox", "quality": "low"}


@pytest.fixture(scope="module")
def double() -> Iterator[OpenAIDouble]:
    with OpenAIDouble().serving() as made:
        yield made


@pytest.fixture(scope="module")
def hosted(double: OpenAIDouble, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A server whose provider is OpenAI, and whose team can spend 100 credits."""
    env = at_openai(double) | {"EASEL_BOOTSTRAP_CREDITS": "100"}
    with running_server(tmp_path_factory.mktemp("hosted"), env=env) as running:
        yield running


@pytest.fixture
def client_of_hosted(hosted: RunningServer) -> Iterator[OpenAI]:
    with OpenAI(base_url=f"{hosted.url}/v1", api_key=hosted.key) as made:
        yield made


@pytest.fixture
def client(server: RunningServer) -> Iterator[OpenAI]:
    with OpenAI(base_url=f"{server.url}/v1", api_key=server.key) as made:
        yield made


def size_of(text: str | None) -> tuple[int, int]:
    image = pyvips.Image.new_from_buffer(base64.b64decode(text or ""), "")
    return image.width, image.height


def test_images_are_generated_and_edited(client: OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["gpt-image-2", "gpt-image-1.5"]
    made = client.images.generate(**FOX, n=2, size="1536x1024", output_format="jpeg", output_compression=50)
    assert [size_of(image.b64_json) for image in made.data or []] == [(1536, 1024)] * 2
    assert (made.size, made.quality, made.output_format) == ("1536x1024", "low", "jpeg")
    for images in (PNG, [PNG], [PNG] * 3):
        edited = client.images.edit(image=images, prompt="black and white", quality="low")
        assert [size_of(image.b64_json) for image in edited.data or []] == [(1024, 1024)]


def test_an_edit_inside_a_mask_changes_nothing_outside(client: OpenAI) -> None:
    made = client.images.edit(image=SCENE, mask=MASK, prompt="black and white", quality="low", output_format="png")
    [item] = made.data or []
    after = pyvips.Image.new_from_buffer(base64.b64decode(item.b64_json or ""), "")[:3]
    different = (after != gradient(LARGE)).bandor()
    assert different.find_trim(background=0, threshold=1) == list(HOLE)
    with pytest.raises(openai.BadRequestError) as refused:
        client.images.edit(image=PNG, mask=MASK, prompt="black and white")
    assert (refused.value.code, refused.value.param) == ("invalid_mask_image_format", "mask")
    assert "96×64 pixels; it has 1024×1024" in refused.value.message


def test_a_mask_and_the_names_of_end_users_reach_openai(double: OpenAIDouble, client_of_hosted: OpenAI) -> None:
    named: dict[str, Any] = {"user": "u-1", "safety_identifier": "s-1"}
    made = client_of_hosted.images.edit(image=[SCENE, PNG], mask=MASK, prompt="a red fox", quality="low", **named)
    assert size_of((made.data or [])[0].b64_json) == (1024, 1024)
    client_of_hosted.images.generate(**FOX, **named)
    edit, generation = double.seen[-2:]
    assert [file.name for file in edit.files] == ["image[]", "image[]", "mask"]
    assert all(seen.body["user"] == "u-1" and seen.body["safety_identifier"] == "s-1" for seen in (edit, generation))


@pytest.mark.parametrize(
    "params",
    [
        {"quality": "low", "aspect_ratio": "3:2", "output_format": "webp", "output_compression": 50},
        {"quality": "low", "number_of_images": 2, "moderation": "low", "input_images": ["data:image/png;base64,AAAA"]},
        {"quality": "low", "user": "u-1", "mask": "data:image/png;base64,AAAA", "input_images": ["data:AAAA"]},
    ],
)
def test_the_studios_code_for_it_runs(server: RunningServer, tmp_path: Path, params: dict[str, Any]) -> None:
    data = "data:image/png;base64," + base64.b64encode(PNG[1]).decode()
    params = params | ({"input_images": [data] * 2} if "input_images" in params else {})
    hole = "data:image/png;base64," + base64.b64encode(encoded(masked()).data).decode()
    params = params | ({"mask": hole} if "mask" in params else {})
    request = {"model": "gpt-image-2", "prompt": 'a “red” fox, "quoted"', "gptImage2Params": params}
    code = snippets(request, Catalog.load()["gpt-image-2"], host=server.url, key=server.key)["OpenAI SDK"]
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    made = [pyvips.Image.new_from_file(str(path)) for path in sorted(tmp_path.iterdir())]
    width = 1536 if params.get("aspect_ratio") else 1024
    assert [(image.width, image.height) for image in made] == [(width, 1024)] * params.get("number_of_images", 1)


def test_images_are_streamed(client: OpenAI) -> None:
    made = list(client.images.generate(**FOX, stream=True, partial_images=1))
    assert [event.type for event in made] == ["image_generation.completed"]
    assert size_of(made[0].b64_json) == (1024, 1024)
    edited = list(client.images.edit(image=PNG, prompt="black and white", quality="low", stream=True))
    assert [event.type for event in edited] == ["image_edit.completed"]


def each(stream: Any, slow: Stepwise, count: int) -> list[Any]:
    """So many events of a stream, each of which comes before the next is made."""
    with stream:
        made = []
        for _ in range(count):
            slow.go()
            made.append(next(stream))
    return made


def test_partial_images_of_the_provider_are_passed_on_as_they_come(
    hosted: RunningServer, double: OpenAIDouble, client_of_hosted: OpenAI
) -> None:
    paid = double.paid
    double.script(slow := Stepwise())
    stream = client_of_hosted.images.generate(**FOX, stream=True, partial_images=2, output_format="webp")
    made = each(stream, slow, 3)
    assert [event.type for event in made] == ["image_generation.partial_image"] * 2 + ["image_generation.completed"]
    assert [event.partial_image_index for event in made if isinstance(event, ImageGenPartialImageEvent)] == [0, 1]
    assert {size_of(event.b64_json) for event in made} == {(1024, 1024)}
    assert isinstance(made[-1], ImageGenCompletedEvent)
    assert made[-1].usage.total_tokens > 0
    double.script(slow := Stepwise())
    few = {"quality": "low", "partial_images": 1}
    edits = client_of_hosted.images.edit(image=PNG, prompt="black and white", stream=True, extra_body=few)
    edited = each(edits, slow, 2)
    assert [event.type for event in edited] == ["image_edit.partial_image", "image_edit.completed"]
    with pytest.raises(openai.BadRequestError) as refused:
        client_of_hosted.images.generate(**FOX, partial_images=1)
    assert refused.value.param == "partial_images"
    double.script(Refused(stage="output"))
    with pytest.raises(openai.APIError) as declined:
        list(client_of_hosted.images.generate(**FOX, stream=True, partial_images=1))
    assert declined.value.code == "moderation_blocked"
    assert double.paid - paid == 3
    block_until(lambda: not [one for one in (hosted.data / "files").rglob("partials/*/*") if one.is_file()])


def test_many_wait_at_once(server: RunningServer) -> None:
    async def generate() -> list[int]:
        async with AsyncOpenAI(base_url=f"{server.url}/v1", api_key=server.key) as client:
            made = await asyncio.gather(*(client.images.generate(**FOX) for _ in range(4)))
        return [len(one.data or []) for one in made]

    assert asyncio.run(generate()) == [1] * 4


@pytest.mark.parametrize(
    ("given", "error", "code"),
    [
        ({"quality": "best"}, openai.BadRequestError, "invalid_value"),
        ({"size": "512x512"}, openai.BadRequestError, "invalid_value"),
        ({"model": "nobody"}, openai.NotFoundError, "model_not_found"),
        ({"extra_body": {"seed": 1}}, openai.BadRequestError, "unknown_parameter"),
        ({"quality": "high", "n": 10, "extra_headers": {"Authorization": "x"}}, openai.AuthenticationError, None),
    ],
)
def test_an_error_is_the_clients_own(client: OpenAI, given: dict[str, Any], error: type[Exception], code: str) -> None:
    with pytest.raises(error) as refused:
        client.images.generate(**FOX | given)
    assert isinstance(refused.value, openai.APIStatusError)
    assert code is None or refused.value.code == code


def test_what_the_provider_refused_is_not_asked_again(double: OpenAIDouble, client_of_hosted: OpenAI) -> None:
    seen = len(double.seen)
    double.script(Refused())
    with pytest.raises(openai.BadRequestError) as refused:
        client_of_hosted.images.generate(**FOX)
    assert (refused.value.code, len(double.seen) - seen) == ("moderation_blocked", 1)
    double.script(Refused())
    with pytest.raises(openai.APIError) as streamed:
        list(client_of_hosted.images.generate(**FOX, stream=True))
    assert (streamed.value.code, len(double.seen) - seen) == ("moderation_blocked", 2)
    with pytest.raises(openai.RateLimitError) as poor:
        client_of_hosted.images.generate(**FOX | {"quality": "high"}, n=10)
    assert (poor.value.code, len(double.seen) - seen) == ("insufficient_quota", 2)


@pytest.mark.proof
def test_a_client_whose_server_dies_gets_the_same_image_by_asking_again(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    with ReplicateDouble(delay=2).serving() as double:
        env = at_replicate(double) | {"EASEL_PORT": port}
        answers: list[Any] = []
        with running_server(tmp_path, env=env) as server:
            client = OpenAI(base_url=f"{server.url}/v1", api_key=server.key, max_retries=20)
            waiting = threading.Thread(target=lambda: answers.append(client.images.generate(**FOX)))
            waiting.start()
            block_until(lambda: double.seen)
            server.kill()
        with running_server(tmp_path, env=env) as server, Customer(server) as customer:
            waiting.join(timeout=120)
            jobs = customer.http.get("/v2/jobs").json()["jobs"]
            assert [len(answer.data) for answer in answers] == [1]
            assert ([job["status"] for job in jobs], double.paid, customer.credits()) == (["COMPLETED"], 1, 996)
        client.close()
