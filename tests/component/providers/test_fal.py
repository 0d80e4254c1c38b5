"""fal: where a request is asked about, what its end means, and what its key is shown to."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr
from tests.support.doubles.fal import CONTENT, RUNNER, VALIDATION, Delivers, Fails, FalDouble, Slow

from easel.domain import Done, GenerationRequest, Pending, Size
from easel.errors import (
    ContentRejected,
    GenerationFailed,
    Misconfigured,
    OutcomeUnknown,
    ProviderError,
    Unreachable,
    UnsupportedRequest,
)
from easel.providers.fal import Fal, FalSettings, _failure, _without_images
from easel.providers.upstream import Answer

pytestmark = pytest.mark.anyio
WORK = GenerationRequest(
    "job", "gpt-image-2", "openai/gpt-image-2", "a cat", "1:1", Size(1024, 1024), 2, "low", "auto", "png", {}
)


@pytest.fixture
def double() -> Iterator[FalDouble]:
    with FalDouble().serving() as running:
        yield running


def provider_at(url: str, key: str, spool: Path) -> Fal:
    given = {"fal_key": SecretStr(key), "fal_base_url": url, "fal_rest_url": url, "fal_file_hosts": "127.0.0.1"}
    return Fal(FalSettings.model_validate(given), spool)


@pytest.fixture
async def fal(double: FalDouble, tmp_path: Path) -> AsyncIterator[Fal]:
    provider = provider_at(double.url, double.key, tmp_path)
    yield provider
    await provider.close()


async def ended(fal: Fal, pending: Pending) -> Done:
    while isinstance(answer := await fal.check(WORK, pending), Pending):
        pending = answer
        await asyncio.sleep(0.02)
    return answer


async def test_a_request_is_queued_and_its_images_are_read(fal: Fal, double: FalDouble) -> None:
    pending = await fal.start(WORK)
    assert pending.upstream_id in double.queue
    path = f"/openai/gpt-image-2/requests/{pending.upstream_id}"
    assert {name: pending.state[name] for name in ("status", "result", "cancel")} == {
        "status": f"{path}/status",
        "result": path,
        "cancel": f"{path}/cancel",
    }
    done = await ended(fal, pending)
    assert [image.media_type async for image in done.images] == ["image/png"] * 2
    assert done.upstream_id == pending.upstream_id


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("{base}/x/requests/1/status", "/x/requests/1/status"),
        ("https://evil.test/x/requests/1/status", "/openai/gpt-image-2/requests/1/status"),
        ("http://[::1", "/openai/gpt-image-2/requests/1/status"),
        (None, "/openai/gpt-image-2/requests/1/status"),
    ],
)
async def test_the_key_stays_at_fals_own_address(fal: Fal, double: FalDouble, said: str | None, asked: str) -> None:
    queued = {"request_id": "1", "status_url": said and said.format(base=double.url)}
    assert fal._addresses("openai/gpt-image-2/edit", queued)["status"] == asked  # noqa: SLF001 - no double would lie


@pytest.mark.parametrize(
    ("outcome", "error", "paid"),
    [
        (Fails(CONTENT), ContentRejected, "no"),
        (Fails(VALIDATION), UnsupportedRequest, "unknown"),
        (Fails(RUNNER), GenerationFailed, "no"),
        (Delivers(gone=True), GenerationFailed, "yes"),
    ],
)
async def test_how_a_request_may_end(
    fal: Fal, double: FalDouble, outcome: Fails, error: type[ProviderError], paid: str
) -> None:
    double.script(outcome)
    with pytest.raises(error) as ending:
        await ended(fal, await fal.start(WORK))
    assert ending.value.paid == paid


async def test_a_request_that_is_not_known_any_more_is_lost_and_one_that_cannot_be_asked_about_is_not(
    fal: Fal, double: FalDouble, tmp_path: Path
) -> None:
    double.script(Slow(60))
    pending = await fal.start(WORK)
    other = provider_at(double.url, "another:key", tmp_path)
    with pytest.raises(Unreachable):
        await other.check(WORK, pending)
    await other.close()
    double.queue.clear()
    with pytest.raises(GenerationFailed, match="does not know"):
        await fal.check(WORK, pending)
    with pytest.raises(OutcomeUnknown):
        await fal.find(WORK, since=0)


async def test_it_can_be_cancelled(fal: Fal, double: FalDouble) -> None:
    double.script(Slow(60))
    pending = await fal.start(WORK)
    await fal.cancel(pending)
    assert double.cancelled == [pending.upstream_id]


async def test_a_probe_says_whether_the_key_is_right(fal: Fal, double: FalDouble, tmp_path: Path) -> None:
    assert await fal.probe() == "the key is accepted at 127.0.0.1"
    other = provider_at(double.url, "another:secret-of-ours", tmp_path)
    with pytest.raises(Misconfigured) as refused:
        await other.probe()
    assert refused.value.detail == "No user found for Key ID and Secret: [secret]"
    await other.close()


LOCKED = {"detail": "User is locked. Reason: Exhausted balance."}


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (200, {"images": [], "error": "content flagged by our safety system"}, ContentRejected),
        (200, {"images": [], "has_nsfw_concepts": [True]}, ContentRejected),
        (200, {"images": [], "seed": 1}, GenerationFailed),
        (403, LOCKED, GenerationFailed),
        (403, {"detail": "Forbidden"}, Unreachable),
    ],
)
def test_what_a_result_without_an_image_means(status: int, body: dict[str, object], error: type[ProviderError]) -> None:
    answer = Answer(status, httpx.Headers(), body, raw=body)
    found = _without_images(answer, WORK) if answer.ok else _failure(answer, WORK, failed=False)
    assert type(found) is error
    if body is LOCKED:
        assert (found.detail, found.paid) == (LOCKED["detail"], "unknown")
        assert "account" in found.message
