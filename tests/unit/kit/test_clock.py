import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from easel.kit.clock import DAY, HOUR, MINUTE, SECOND, Clock, iso
from easel.testing.clock import ManualClock


@pytest.mark.parametrize(
    ("ms", "text"),
    [
        (None, None),
        (0, "1970-01-01T00:00:00.000Z"),
        (1, "1970-01-01T00:00:00.001Z"),
        (999, "1970-01-01T00:00:00.999Z"),
        (1_795_339_800_123, "2026-11-22T09:30:00.123Z"),
        (1_795_339_800_000, "2026-11-22T09:30:00.000Z"),
        (951_782_400_000, "2000-02-29T00:00:00.000Z"),
    ],
)
def test_a_time_is_written_in_utc_with_milliseconds(ms: int | None, text: str | None) -> None:
    assert iso(ms) == text


@settings(max_examples=60, database=None, derandomize=True)
@given(st.integers(0, 4_102_444_800_000))
def test_no_millisecond_is_lost_in_writing(ms: int) -> None:
    written = datetime.fromisoformat(str(iso(ms)))
    assert (written - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() * 1_000 == pytest.approx(ms, abs=1e-3)


def test_the_clock_tells_milliseconds() -> None:
    before = time.time()
    assert before - 0.001 <= Clock().now() / 1_000 <= time.time()


def test_units_fit_each_other() -> None:
    assert (MINUTE, HOUR, DAY) == (60 * SECOND, 60 * MINUTE, 24 * HOUR)


def test_a_manual_clock_moves_only_when_told() -> None:
    clock = ManualClock(5)
    assert clock.now() == clock.now() == 5
    clock.advance(MINUTE)
    assert clock.now() == 60_005
