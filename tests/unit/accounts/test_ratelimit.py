import pytest
from pydantic import ValidationError
from tests.support.jobs import some_caller

from easel.accounts.ratelimit import Allowance, OwnCounter, RateLimit, RateLimitSettings
from easel.errors import RateLimited
from easel.kit.clock import MINUTE, SECOND
from easel.testing.clock import ManualClock

pytestmark = pytest.mark.anyio

FULL_MINUTE = 1_800_000_000_000


def limit(per_minute: int, clock: ManualClock) -> RateLimit:
    return RateLimit(RateLimitSettings(rate_limit_per_minute=per_minute), clock, OwnCounter())


async def test_as_many_requests_pass_as_the_limit_says_and_no_more() -> None:
    limited = limit(3, ManualClock(FULL_MINUTE))
    left = [
        allowance.remaining for _ in range(3) if (allowance := await limited.count(some_caller("key", "person of key")))
    ]
    assert left == [2, 1, 0]
    for _ in range(3):
        with pytest.raises(RateLimited):
            await limited.count(some_caller("key", "person of key"))


async def test_the_next_minute_begins_anew() -> None:
    clock = ManualClock(FULL_MINUTE + 59_999)
    limited = limit(1, clock)
    assert await limited.count(some_caller("key", "person of key")) == Allowance(limit=1, remaining=0, reset_seconds=1)
    with pytest.raises(RateLimited):
        await limited.count(some_caller("key", "person of key"))
    clock.advance(1)
    assert await limited.count(some_caller("key", "person of key")) == Allowance(limit=1, remaining=0, reset_seconds=60)


async def test_a_refused_request_costs_nothing_of_the_next_minute() -> None:
    clock = ManualClock(FULL_MINUTE)
    limited = limit(2, clock)
    for _ in range(2):
        await limited.count(some_caller("key", "person of key"))
    for _ in range(10):
        with pytest.raises(RateLimited):
            await limited.count(some_caller("key", "person of key"))
    clock.advance(MINUTE)
    allowance = await limited.count(some_caller("key", "person of key"))
    assert allowance is not None
    assert allowance.remaining == 1


async def test_each_key_has_its_own_allowance() -> None:
    limited = limit(1, ManualClock(FULL_MINUTE))
    await limited.count(some_caller("one", "ann"))
    await limited.count(some_caller("other", "bob"))
    with pytest.raises(RateLimited):
        await limited.count(some_caller("one", "ann"))


async def test_all_keys_of_a_person_share_an_allowance_and_their_test_keys_another() -> None:
    limited = limit(2, ManualClock(FULL_MINUTE))
    for key in ("one", "two", "three", "four"):
        await limited.count(some_caller(key))
    with pytest.raises(RateLimited, match="4 requests per minute for all keys of a member"):
        await limited.count(some_caller("five"))
    assert await limited.count(some_caller("tried", test=True))
    assert await limited.count(some_caller("other", "somebody"))


@pytest.mark.parametrize(("passed", "wait"), [(0, 60), (1, 60), (1_000, 59), (30_000, 30), (59_000, 1), (59_999, 1)])
async def test_a_refusal_says_how_long_to_wait(passed: int, wait: int) -> None:
    clock = ManualClock(FULL_MINUTE + passed)
    limited = limit(1, clock)
    await limited.count(some_caller("key", "person of key"))
    with pytest.raises(RateLimited) as refusal:
        await limited.count(some_caller("key", "person of key"))
    assert refusal.value.headers == {
        "Retry-After": str(wait),
        "X-RateLimit-Limit": "1",
        "X-RateLimit-Remaining": "0",
        "X-RateLimit-Reset": str(wait),
    }
    assert refusal.value.hint == f"Try again in {wait} s."
    assert "1 requests per minute" in refusal.value.message
    clock.advance(wait * SECOND)
    assert await limited.count(some_caller("key", "person of key"))


async def test_a_limit_of_nothing_is_no_limit() -> None:
    limited = limit(0, ManualClock())
    assert [await limited.count(some_caller("key", "person of key")) for _ in range(1_000)] == [None] * 1_000


def test_five_hundred_a_minute_unless_told_otherwise() -> None:
    assert RateLimitSettings().rate_limit_per_minute == 500
    with pytest.raises(ValidationError):
        RateLimitSettings(rate_limit_per_minute=-1)


def test_the_headers_tell_the_allowance() -> None:
    assert Allowance(limit=5, remaining=4, reset_seconds=17).headers == {
        "X-RateLimit-Limit": "5",
        "X-RateLimit-Remaining": "4",
        "X-RateLimit-Reset": "17",
    }
