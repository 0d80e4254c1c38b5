"""The notifier that all processes of a fleet hear."""

import pytest
from tests.support.waiting import until

from easel.kit.clock import Clock
from easel.runtime.postgres.database import PostgresDatabase
from easel.runtime.postgres.notifier import PostgresNotifier

pytestmark = [pytest.mark.anyio, pytest.mark.backends("postgres")]


async def test_others_hear_what_is_said_and_whoever_says_it_hears_no_echo(db: PostgresDatabase) -> None:
    """An echo would wake a run that has just written its own progress, and have what is watched read twice."""
    first, second = PostgresNotifier(db, Clock()), PostgresNotifier(db, Clock())
    to_first: list[str] = []
    to_second: list[str] = []

    def acquainted() -> bool:
        first.notify("from the first")
        second.notify("from the second")
        return "from the second" in to_first and "from the first" in to_second

    await first.start()
    await second.start()
    try:
        with (
            first.on_every_notification(lambda name, _: to_first.append(name)),
            second.on_every_notification(lambda name, _: to_second.append(name)),
        ):
            await until(acquainted)
            first.notify("once")
            await until(lambda: "once" in to_second)
            second.notify("after it")  # the database keeps the order: an echo would have come before
            await until(lambda: "after it" in to_first)
        assert to_first.count("once") == 1
    finally:
        await first.stop()
        await second.stop()
