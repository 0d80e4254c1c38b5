"""The queue before a limiter that many processes share, statement by statement, at times of our choosing."""

from collections.abc import Sequence
from typing import Any

import pytest

from easel.db.engine import Database
from easel.kit.clock import SECOND
from easel.kit.ids import new_id
from easel.runtime import runtime_of
from easel.runtime.embedded.limiter import BURST_SECONDS, FAILURES, FIRST_COOLDOWN
from easel.runtime.postgres import fair_queue
from easel.runtime.postgres.fair_queue import LEASE, Asking, Bucket, Look, QueueEntry, State

pytestmark = [pytest.mark.anyio, pytest.mark.backends("postgres")]

NOW = 1_800_000_000_000
NAME = "openai"
COOLDOWN = int(FIRST_COOLDOWN * SECOND)


class Line:
    """The queue of one account, seen by processes that ask one after the other."""

    def __init__(self, db: Database, images_per_minute: float | None) -> None:
        self.db, self.bucket = db, Bucket.of(images_per_minute)
        self.names: dict[str, str] = {}
        with db.transaction() as tx:
            fair_queue.create_limiter(tx, NAME, self.bucket, NOW)

    def look(
        self, process: str, *come: tuple[str, str, int], left: Sequence[str] = (), at: int = NOW
    ) -> tuple[list[str], Look]:
        """Who of the process passes, by the names they came with: (name, team, images)."""
        new = [QueueEntry(self.names.setdefault(name, new_id()), team, images) for name, team, images in come]
        with self.db.transaction() as tx:
            gone = [self.names[name] for name in left]
            look = fair_queue.admit(tx, NAME, self.bucket, Asking(process, new, gone), at)
        assert look is not None
        by_id = {entry_id: name for name, entry_id in self.names.items()}
        return [by_id[one] for one in look.passed], look

    def do(self, change: Any, *given: Any, **named: Any) -> Any:
        with self.db.transaction() as tx:
            return change(tx, *given, **named)

    def state(self) -> State:
        with self.db.reading() as connection:
            state = fair_queue.state_of(connection, NAME)
        assert state is not None
        return state


@pytest.mark.parametrize(("rate", "size"), [(None, 1.0), (6, 1.0), (60, BURST_SECONDS), (600, 10 * BURST_SECONDS)])
async def test_a_bucket_holds_a_tenth_of_its_minute(rate: float | None, size: float) -> None:
    assert Bucket.of(rate).size == size


@pytest.mark.parametrize(
    ("tokens", "milliseconds", "filled"), [(0, 1_000, 1.0), (5.5, 1_000, 6.0), (2, -5_000, 2), (6, 99_000, 6.0)]
)
async def test_a_bucket_fills_with_time_and_never_over(tokens: float, milliseconds: int, filled: float) -> None:
    assert Bucket.of(60).filled(tokens, milliseconds) == filled


async def test_without_a_row_nobody_is_let_through(db: Database) -> None:
    with db.transaction() as tx:
        assert fair_queue.admit(tx, "unknown", Bucket.of(60), Asking("p", [], []), NOW) is None


async def test_so_many_pass_and_the_next_look_is_when_one_more_may(db: Database) -> None:
    line = Line(db, 60)
    passed, look = line.look("p", *[(f"{n}", "a", 1) for n in range(8)])
    assert (passed, look.look_at) == (["0", "1", "2", "3", "4", "5"], NOW + 1_001)
    assert line.look("p", at=NOW + 1_000)[0] == ["6"]
    assert line.look("p", at=NOW + 1_500)[0] == []
    assert line.look("p", at=NOW + 2_001)[0] == ["7"]


async def test_without_a_limit_all_pass_and_nobody_looks_again(db: Database) -> None:
    passed, look = Line(db, None).look("p", *[(f"{n}", "a", 9) for n in range(20)])
    assert (len(passed), look.look_at) == (20, NOW)
    assert Line(db, None).look("p")[1].look_at is None


async def test_more_images_than_the_bucket_holds_pass_when_it_is_full(db: Database) -> None:
    line = Line(db, 60)
    assert line.look("p", ("big", "a", 10), ("next", "a", 1))[0] == ["big"]
    assert line.look("p", at=NOW + 4_999)[0] == []
    assert line.look("p", at=NOW + 5_001)[0] == ["next"]


async def test_teams_take_turns_whoever_came_first(db: Database) -> None:
    line = Line(db, 60)
    line.look("p", ("empty", "z", 6))
    line.look("p", ("a1", "a", 1), ("a2", "a", 1), ("a3", "a", 1))
    line.look("p", ("b1", "b", 1), ("c1", "c", 1))
    line.look("p", ("b2", "b", 1))
    order = [name for second in range(1, 8) for name in line.look("p", at=NOW + second * 1_001)[0]]
    assert order == ["a1", "b1", "c1", "a2", "b2", "a3"]


async def test_a_team_that_comes_late_gets_no_turns_of_the_past(db: Database) -> None:
    line = Line(db, 60)
    line.look("p", *[(f"a{n}", "a", 1) for n in range(9)])
    line.look("p", ("b0", "b", 1), ("b1", "b", 1))
    order = [name for second in range(1, 6) for name in line.look("p", at=NOW + second * 1_001)[0]]
    assert order == ["a6", "b0", "a7", "b1", "a8"]


async def test_who_passes_at_anothers_look_is_told(db: Database) -> None:
    line = Line(db, 60)
    line.look("one", ("empty", "z", 6))
    line.look("other", ("theirs", "a", 1))
    passed, look = line.look("one", at=NOW + 1_000)
    assert (passed, look.others) == ([], frozenset({"other"}))
    assert line.look("one", at=NOW + 1_000)[1].others == set()
    assert line.look("other", at=NOW + 1_000)[0] == ["theirs"]
    assert line.look("other", at=NOW + 1_000)[0] == []


async def test_who_leaves_is_not_let_through(db: Database) -> None:
    line = Line(db, 60)
    line.look("p", ("empty", "z", 6))
    line.look("p", ("greedy", "a", 6), ("modest", "b", 1))
    assert line.look("p", at=NOW + 1_000)[0] == []
    assert line.look("p", left=["greedy"], at=NOW + 1_000)[0] == ["modest"]


async def test_the_dead_are_passed_over_and_then_forgotten(db: Database) -> None:
    line = Line(db, 60)
    line.look("p", ("empty", "z", 6))
    line.look("dead", ("dead", "a", 6))
    line.look("p", ("living", "b", 1))
    at = NOW + LEASE
    assert line.do(fair_queue.renew, [line.names["living"]], at - 1) == {line.names["living"]}
    assert line.look("p", at=at)[0] == ["living"]
    line.do(runtime_of(db).delete_stale, NOW + 4 * LEASE + 1)
    assert line.do(fair_queue.renew, [line.names["dead"]], at) == set()


async def test_coming_twice_is_one_entry(db: Database) -> None:
    line = Line(db, 60)
    line.look("p", ("empty", "z", 6))
    line.look("p", ("one", "a", 1))
    line.look("p", ("one", "a", 1))
    assert [line.look("p", at=NOW + second * 1_000)[0] for second in (1, 2)] == [["one"], []]


async def test_a_process_that_ends_takes_its_entries_along(db: Database) -> None:
    line = Line(db, 60)
    line.look("p", ("empty", "z", 6))
    line.look("ends", ("theirs", "a", 1))
    line.do(fair_queue.remove_all, "ends")
    assert line.look("p", at=NOW + 9_000)[1].others == set()


async def test_a_pause_holds_up_all_and_a_shorter_one_does_not_end_it(db: Database) -> None:
    line = Line(db, None)
    for seconds in (10, 1):
        line.do(fair_queue.record_pause, NAME, NOW + seconds * SECOND)
    passed, look = line.look("p", ("one", "a", 1))
    assert (passed, look.look_at, look.state.paused_until) == ([], NOW + 10 * SECOND, NOW + 10 * SECOND)
    assert line.look("p", at=NOW + 10 * SECOND)[0] == ["one"]


async def test_after_failures_in_a_row_one_tries_for_all(db: Database) -> None:
    line = Line(db, None)
    for _ in range(FAILURES):
        line.do(fair_queue.record_failure, NAME, "It is down.", permanent=False, now=NOW)
    assert line.state() == State(NOW + COOLDOWN, FAILURES, "It is down.", disabled=False)
    assert line.look("p", ("one", "a", 1), ("two", "b", 1), at=NOW + 10)[0] == []
    assert line.look("p", at=NOW + COOLDOWN)[0] == ["one"]
    assert line.look("p", at=NOW + 2 * COOLDOWN - 1)[0] == []
    line.do(fair_queue.record_success, NAME, NOW + COOLDOWN + 9)
    assert line.state() == State(NOW + COOLDOWN + 9, 0, None, disabled=False)
    assert line.look("p", at=NOW + COOLDOWN + 9)[0] == ["two"]


async def test_success_does_not_end_a_pause_that_was_asked_for(db: Database) -> None:
    line = Line(db, None)
    line.do(fair_queue.record_pause, NAME, NOW + 20 * SECOND)
    line.do(fair_queue.record_success, NAME, NOW)
    assert line.state().paused_until == NOW + 20 * SECOND


async def test_what_will_not_heal_is_down_at_once(db: Database) -> None:
    line = Line(db, None)
    line.do(fair_queue.record_failure, NAME, "The key is wrong.", permanent=True, now=NOW)
    assert line.state() == State(NOW + COOLDOWN, FAILURES, "The key is wrong.", disabled=True)


async def test_a_clock_that_is_behind_does_not_fill_a_bucket_twice(db: Database) -> None:
    line = Line(db, 60)
    line.look("p", ("empty", "z", 6), at=NOW + 10_000)
    line.look("behind", ("one", "a", 1), at=NOW)
    assert line.look("p", ("two", "b", 2), at=NOW + 11_000)[1].others == {"behind"}
    assert line.look("p", at=NOW + 12_000)[0] == []
    assert line.look("p", at=NOW + 13_000)[0] == ["two"]
