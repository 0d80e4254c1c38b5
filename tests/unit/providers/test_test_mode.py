import time
from typing import Any

import pytest

from easel.domain import Done, GenerationRequest, Image, Pending, Size
from easel.errors import ContentRejected, GenerationFailed
from easel.providers import Provider
from easel.providers.test_mode import SimulatedProvider, asks_for_rate_limit
from easel.testing.provider import InstantProvider

pytestmark = pytest.mark.anyio


def work(prompt: str, **changes: Any) -> GenerationRequest:
    given: dict[str, Any] = {
        "job_id": "job",
        "model": "gpt-image-2",
        "prompt": prompt,
        "upstream_model": "sketch",
        "aspect_ratio": "1:1",
        "size": Size(4, 4),
        "count": 3,
        "quality": "low",
        "background": "auto",
        "output_format": "png",
        "params": {},
        "test": True,
    }
    return GenerationRequest(**given | changes)


async def images(answer: Done | Pending) -> list[Image]:
    assert isinstance(answer, Done)
    return [image async for image in answer.images]


@pytest.mark.parametrize("repeatable", [True, False])
def test_a_trial_bears_the_name_of_its_provider_and_is_repeatable_as_that_is(repeatable: bool) -> None:
    test_provider: Provider = SimulatedProvider(InstantProvider(name="sketch", repeatable=repeatable))
    assert (test_provider.name, test_provider.repeatable) == ("sketch", repeatable)


@pytest.mark.parametrize("prompt", ["a cat", "easel:refuse", "[easel:explode]", "[easel refuse]", "[EASEL:REFUSE]", ""])
async def test_any_other_prompt_is_generated_like_everyones(prompt: str) -> None:
    provider = InstantProvider()
    assert len(await images(await SimulatedProvider(provider).start(work(prompt)))) == 3
    assert provider.starts == 1


@pytest.mark.parametrize("prompt", ["[easel:refuse]", "a cat [easel:refuse] please", "\n[easel:refuse]\n"])
async def test_refuse_is_refused_by_the_model(prompt: str) -> None:
    provider = InstantProvider()
    with pytest.raises(ContentRejected, match="test request"):
        await SimulatedProvider(provider).start(work(prompt))
    assert provider.starts == 0


async def test_fail_breaks_the_provider() -> None:
    provider = InstantProvider()
    with pytest.raises(GenerationFailed, match="test request"):
        await SimulatedProvider(provider).start(work("[easel:fail]"))
    assert provider.starts == 0


@pytest.mark.parametrize(
    ("prompt", "count"),
    [
        ("[easel:partial 2]", 2),
        ("[easel:partial 1]", 1),
        ("[easel:partial]", 1),
        ("[easel:partial 0]", 0),
        ("[easel:partial 3]", 3),
        ("[easel:partial 99]", 3),
    ],
)
async def test_partial_generates_only_the_first_images(prompt: str, count: int) -> None:
    whole = await images(await InstantProvider().start(work(prompt)))
    assert await images(await SimulatedProvider(InstantProvider()).start(work(prompt))) == whole[:count]


async def test_slow_takes_its_time_and_then_generates() -> None:
    provider = InstantProvider()
    test_provider = SimulatedProvider(provider)
    asked = work("[easel:slow 20]")
    pending = await test_provider.start(asked)
    assert isinstance(pending, Pending)
    assert 0 < pending.check_after <= 1
    assert provider.starts == 0
    again = await test_provider.check(asked, pending)
    assert isinstance(again, Pending)
    assert again.progress is not None
    assert 5 <= again.progress < 20
    assert (again.upstream_id, again.state) == (pending.upstream_id, pending.state)
    over = Pending(pending.upstream_id, {"started": time.time() - 20, "until": time.time() - 0.1})
    assert len(await images(await test_provider.check(asked, over))) == 3


async def test_progress_grows_while_it_is_slow() -> None:
    test_provider = SimulatedProvider(InstantProvider())
    asked = work("[easel:slow 20]")
    begun = await test_provider.start(asked)
    assert isinstance(begun, Pending)
    shown = []
    for passed in (1, 10, 19):
        times = {name: moment - passed for name, moment in begun.state.items()}
        answer = await test_provider.check(asked, Pending(begun.upstream_id, times))
        assert isinstance(answer, Pending)
        assert answer.progress is not None
        shown.append(answer.progress)
    assert shown == sorted(shown)
    assert 5 <= shown[0] < shown[1] < shown[2] <= 90


@pytest.mark.parametrize(
    ("prompt", "seconds"), [("[easel:slow]", 1), ("[easel:slow 0]", 0), ("[easel:slow 9999]", 9999)]
)
async def test_slow_lasts_as_long_as_asked(prompt: str, seconds: int) -> None:
    pending = await SimulatedProvider(InstantProvider()).start(work(prompt))
    assert isinstance(pending, Pending)
    assert pending.state["until"] - pending.state["started"] == pytest.approx(seconds)


async def test_a_slow_job_of_no_seconds_is_done_at_the_first_look() -> None:
    test_provider = SimulatedProvider(InstantProvider())
    asked = work("[easel:slow 0]")
    pending = await test_provider.start(asked)
    assert isinstance(pending, Pending)
    assert len(await images(await test_provider.check(asked, pending))) == 3


@pytest.mark.parametrize(
    ("prompt", "asks"),
    [
        ("[easel:rate-limit]", True),
        ("a cat [easel:rate-limit] please", True),
        ("[easel:refuse]", False),
        ("rate-limit", False),
        ("a cat", False),
    ],
)
async def test_rate_limit_is_asked_for_by_its_mark(prompt: str, asks: bool) -> None:
    assert asks_for_rate_limit(prompt) is asks


async def test_the_first_mark_counts() -> None:
    with pytest.raises(GenerationFailed):
        await SimulatedProvider(InstantProvider()).start(work("[easel:fail] [easel:refuse]"))


async def test_a_provider_that_takes_its_time_is_waited_for() -> None:
    test_provider = SimulatedProvider(InstantProvider(script=[Pending("upstream-1")]))
    asked = work("a cat")
    pending = await test_provider.start(asked)
    assert isinstance(pending, Pending)
    assert len(await images(await test_provider.check(asked, pending))) == 3


async def test_a_provider_that_takes_its_time_cannot_be_partial() -> None:
    with pytest.raises(GenerationFailed):
        await SimulatedProvider(InstantProvider(script=[Pending("upstream-1")])).start(work("[easel:partial 1]"))
