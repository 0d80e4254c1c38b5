import asyncio

import pytest

from easel.kit import tasks
from easel.kit.tasks import Background, end_tasks

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


async def test_what_nobody_waits_for_may_end_and_is_then_cancelled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "LAST_SECONDS", 0.01)
    ended: list[str] = []

    async def work(over: asyncio.Event) -> None:
        try:
            await over.wait()
            ended.append("done")
        except asyncio.CancelledError:
            ended.append("cancelled")
            raise

    background, over = Background(), asyncio.Event()
    await background.close()
    over.set()
    background.start(work(over))
    background.start(work(asyncio.Event()))
    await background.close()
    assert ended == ["done", "cancelled"]
