import time
from typing import Any

import pytest

from easel.domain import Done, Picture, Size, Ticket, Work
from easel.errors import Failed, Rejected
from easel.providers import Provider
from easel.providers.trial import Trial, asks_for_rate_limit
from easel.testing.painter import InstantPainter

pytestmark = pytest.mark.anyio


def work(prompt: str, **changes: Any) -> Work:
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
    return Work(**given | changes)


async def pictures(answer: Done | Ticket) -> list[Picture]:
    assert isinstance(answer, Done)
    return [picture async for picture in answer.pictures]


@pytest.mark.parametrize("repeatable", [True, False])
def test_a_trial_bears_the_name_of_its_painter_and_is_repeatable_as_that_is(repeatable: bool) -> None:
    trial: Provider = Trial(InstantPainter(name="sketch", repeatable=repeatable))
    assert (trial.name, trial.repeatable) == ("sketch", repeatable)


@pytest.mark.parametrize("prompt", ["a cat", "easel:refuse", "[easel:explode]", "[easel refuse]", "[EASEL:REFUSE]", ""])
async def test_any_other_prompt_is_painted_like_everyones(prompt: str) -> None:
    painter = InstantPainter()
    assert len(await pictures(await Trial(painter).start(work(prompt)))) == 3
    assert painter.starts == 1


@pytest.mark.parametrize("prompt", ["[easel:refuse]", "a cat [easel:refuse] please", "\n[easel:refuse]\n"])
async def test_refuse_is_refused_by_the_model(prompt: str) -> None:
    painter = InstantPainter()
    with pytest.raises(Rejected, match="test request"):
        await Trial(painter).start(work(prompt))
    assert painter.starts == 0


async def test_fail_breaks_the_painter() -> None:
    painter = InstantPainter()
    with pytest.raises(Failed, match="test request"):
        await Trial(painter).start(work("[easel:fail]"))
    assert painter.starts == 0


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
async def test_partial_paints_only_the_first_pictures(prompt: str, count: int) -> None:
    whole = await pictures(await InstantPainter().start(work(prompt)))
    assert await pictures(await Trial(InstantPainter()).start(work(prompt))) == whole[:count]


async def test_slow_takes_its_time_and_then_paints() -> None:
    painter = InstantPainter()
    trial = Trial(painter)
    asked = work("[easel:slow 20]")
    ticket = await trial.start(asked)
    assert isinstance(ticket, Ticket)
    assert 0 < ticket.check_after <= 1
    assert painter.starts == 0
    again = await trial.check(asked, ticket)
    assert isinstance(again, Ticket)
    assert again.progress is not None
    assert 5 <= again.progress < 20
    assert (again.upstream_id, again.state) == (ticket.upstream_id, ticket.state)
    over = Ticket(ticket.upstream_id, {"started": time.time() - 20, "until": time.time() - 0.1})
    assert len(await pictures(await trial.check(asked, over))) == 3


async def test_progress_grows_while_it_is_slow() -> None:
    trial = Trial(InstantPainter())
    asked = work("[easel:slow 20]")
    begun = await trial.start(asked)
    assert isinstance(begun, Ticket)
    shown = []
    for passed in (1, 10, 19):
        times = {name: moment - passed for name, moment in begun.state.items()}
        answer = await trial.check(asked, Ticket(begun.upstream_id, times))
        assert isinstance(answer, Ticket)
        assert answer.progress is not None
        shown.append(answer.progress)
    assert shown == sorted(shown)
    assert 5 <= shown[0] < shown[1] < shown[2] <= 90


@pytest.mark.parametrize(
    ("prompt", "seconds"), [("[easel:slow]", 1), ("[easel:slow 0]", 0), ("[easel:slow 9999]", 9999)]
)
async def test_slow_lasts_as_long_as_asked(prompt: str, seconds: int) -> None:
    ticket = await Trial(InstantPainter()).start(work(prompt))
    assert isinstance(ticket, Ticket)
    assert ticket.state["until"] - ticket.state["started"] == pytest.approx(seconds)


async def test_a_slow_job_of_no_seconds_is_done_at_the_first_look() -> None:
    trial = Trial(InstantPainter())
    asked = work("[easel:slow 0]")
    ticket = await trial.start(asked)
    assert isinstance(ticket, Ticket)
    assert len(await pictures(await trial.check(asked, ticket))) == 3


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
    with pytest.raises(Failed):
        await Trial(InstantPainter()).start(work("[easel:fail] [easel:refuse]"))


async def test_a_painter_that_takes_its_time_is_waited_for() -> None:
    trial = Trial(InstantPainter(script=[Ticket("upstream-1")]))
    asked = work("a cat")
    ticket = await trial.start(asked)
    assert isinstance(ticket, Ticket)
    assert len(await pictures(await trial.check(asked, ticket))) == 3


async def test_a_painter_that_takes_its_time_cannot_be_partial() -> None:
    with pytest.raises(Failed):
        await Trial(InstantPainter(script=[Ticket("upstream-1")])).start(work("[easel:partial 1]"))
