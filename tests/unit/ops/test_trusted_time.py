"""What deletions go by when clocks jump and servers rest."""

import pytest
from tests.support.jobs import NOW

from easel.kit.clock import DAY, HOUR, MINUTE
from easel.ops.trusted_time import TrustedTime

WELL = TrustedTime(NOW, NOW, None)


def lived(time: TrustedTime, *steps: tuple[int, int | None]) -> TrustedTime:
    """After sweeps, each so much later by the clock and by the process's counter (None: a new process)."""
    now = time.swept_at
    for step, counted in steps:
        now += step
        time = time.at_next_sweep(now, counted)
    return time


def minutes(count: int) -> list[tuple[int, int | None]]:
    return [(MINUTE, MINUTE)] * count


@pytest.mark.parametrize("steps", [minutes(3), [(5 * HOUR, 5 * HOUR)], [(MINUTE, None)], [(-MINUTE, MINUTE)]])
def test_it_is_the_clocks_while_that_goes_on_as_it_should(steps: list[tuple[int, int | None]]) -> None:
    time = lived(WELL, *steps)
    assert (time.trusted_at, time.doubted_at) == (time.swept_at, None)


@pytest.mark.parametrize("counted", [MINUTE, None])
@pytest.mark.parametrize("jump", [2 * HOUR, 91 * DAY])
def test_it_stands_still_when_the_clock_jumps(jump: int, counted: int | None) -> None:
    time = lived(WELL, (jump, counted), *minutes(23 * 60))
    assert time.trusted_at == NOW


def test_a_clock_that_comes_back_has_deleted_nothing_and_is_believed_a_day_later() -> None:
    time = lived(WELL, (91 * DAY, MINUTE), *minutes(10), (-91 * DAY, MINUTE))
    assert time.trusted_at == NOW
    later = lived(time, *minutes(24 * 60))
    assert later.trusted_at == later.swept_at == time.swept_at + DAY


def test_a_server_that_was_off_for_three_months_goes_on_a_day_later() -> None:
    time = lived(WELL, (90 * DAY, None), *minutes(24 * 60))
    assert (time.trusted_at, time.doubted_at) == (NOW + 91 * DAY, None)


def test_one_that_is_on_for_an_hour_a_day_goes_on_too() -> None:
    time = lived(WELL, *[(23 * HOUR, None), *minutes(60)] * 3)
    assert time.trusted_at > NOW + DAY


def test_a_second_jump_is_no_confirmation_of_the_first() -> None:
    assert lived(WELL, (2 * DAY, MINUTE), (2 * DAY, MINUTE), (2 * DAY, MINUTE)).trusted_at == NOW


def test_what_was_believed_wrongly_is_not_believed_after_the_clock_came_back() -> None:
    wrong = lived(WELL, (91 * DAY, MINUTE), *minutes(24 * 60))
    assert wrong.trusted_at == NOW + 92 * DAY
    assert lived(wrong, (-91 * DAY, MINUTE)).trusted_at == NOW + DAY
