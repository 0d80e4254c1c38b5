import asyncio

import pytest

from easel.kit import tasks
from easel.kit.tasks import end_tasks

pytestmark = pytest.mark.anyio


async def test_a_task_that_overhears_it_is_told_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "AGAIN", 0.01)
    heard = 0

    async def deaf() -> None:
        nonlocal heard
        while heard < 3:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                heard += 1
        raise RuntimeError("dropped")

    task = asyncio.create_task(deaf())
    await asyncio.sleep(0)
    await end_tasks(task)
    assert (heard, task.done()) == (3, True)


async def test_what_has_ended_is_left_as_it_is() -> None:
    task = asyncio.create_task(asyncio.sleep(0, "done"))
    await task
    await end_tasks(task)
    assert task.result() == "done"
    await end_tasks()
