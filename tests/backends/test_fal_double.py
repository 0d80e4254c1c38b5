"""The double of fal against fal's own client."""

import importlib
import io
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from PIL import Image
from tests.support.doubles.fal import (
    CONTENT,
    RUNNER,
    Fails,
    FalDouble,
    Locked,
    NotThere,
    Outcome,
    Slow,
    Unauthenticated,
)

fal_client: Any = importlib.import_module("fal_client.client")  # it calls many of its own functions untyped
MODEL, CAT = "openai/gpt-image-2", {"prompt": "a cat", "image_size": {"width": 1024, "height": 1024}}


@pytest.fixture
def double() -> Iterator[FalDouble]:
    with FalDouble().serving() as double:
        yield double


@pytest.fixture
def client(double: FalDouble, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The vendor's client, which has no setting for its addresses, and never closes its connections itself."""
    monkeypatch.setattr(fal_client, "QUEUE_URL_FORMAT", f"{double.url}/")
    monkeypatch.setattr(fal_client, "REST_URL", double.url)
    client = fal_client.SyncClient(key=double.key)
    yield client
    client._client.close()  # noqa: SLF001 - there is no public way


def test_a_request_is_queued_runs_and_has_images(client: Any, double: FalDouble) -> None:
    double.script(Slow(0.2))
    handle = client.submit(MODEL, CAT, start_timeout=30)
    assert type(handle.status()).__name__ in ("Queued", "InProgress")
    images = handle.get(interval=0.05)["images"]
    assert type(handle.status()).__name__ == "Completed"
    with Image.open(io.BytesIO(httpx.get(images[0]["url"]).content)) as image:
        assert image.size == (images[0]["width"], images[0]["height"]) == (1024, 1024)
    assert double.paid == 1


def test_a_request_can_be_found_by_its_id_and_cancelled(client: Any, double: FalDouble) -> None:
    double.script(Slow(30))
    handle = client.submit(MODEL, CAT)
    client.cancel(MODEL, handle.request_id)
    assert double.cancelled == [handle.request_id]


@pytest.mark.parametrize(
    ("outcome", "status", "kind"),
    [
        (Fails(CONTENT), 422, None),
        (Fails(RUNNER), 500, "runner_server_error"),
        (Locked(), 403, None),
        (NotThere(), 404, None),
        (Unauthenticated(), 401, None),
    ],
)
def test_the_client_reads_each_error(
    client: Any, double: FalDouble, outcome: Outcome, status: int, kind: str | None
) -> None:
    double.script(outcome)
    with pytest.raises(fal_client.FalClientHTTPError) as error:
        client.subscribe(MODEL, CAT)
    assert (error.value.status_code, error.value.error_type) == (status, kind)


@pytest.mark.parametrize(
    "wrong", [{"quality": "auto"}, {"num_images": 5}, {"image_size": "1024x1024"}, {"background": "opaque"}]
)
def test_what_a_model_does_not_take_is_an_error_of_its_run(client: Any, wrong: dict[str, Any]) -> None:
    with pytest.raises(fal_client.FalClientHTTPError) as error:
        client.subscribe(MODEL, CAT | wrong)
    assert error.value.status_code == 422
