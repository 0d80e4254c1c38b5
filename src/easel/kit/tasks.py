"""Starting tasks that nobody waits for, and ending tasks reliably."""

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

AGAIN = 2.0
LAST_SECONDS = 2.0


class Background:
    """Short work that nobody waits for. It handles its own errors, and what it leaves undone does no harm."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Let it come to its end, for a moment; then cancel it."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=LAST_SECONDS)
        await end_tasks(*self._tasks)


class SharedTasks:
    """Work by its key: whoever asks for what is under way already waits for that."""

    def __init__(self) -> None:
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def __contains__(self, key: str) -> bool:
        return key in self._tasks

    async def run(self, key: str, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Wait for the work, and raise what it raises. Who stops waiting does not end it for the others."""
        task = self._tasks.get(key)
        if task is None:
            task = self._tasks[key] = asyncio.create_task(work(), name=key)
            task.add_done_callback(partial(self._ended, key))
        await asyncio.shield(task)

    async def close(self) -> None:
        await end_tasks(*self._tasks.values())

    def _ended(self, key: str, task: asyncio.Task[None]) -> None:
        del self._tasks[key]
        if not task.cancelled():
            task.exception()  # mark the exception as retrieved, even if nobody waits any more


async def end_tasks(*tasks: "asyncio.Task[Any]") -> None:
    """Cancel tasks and wait until they have ended; their exceptions are dropped.

    A cancellation can be lost: in Python 3.11 `asyncio.wait_for` swallows one that arrives just as its own wait ends,
    and PostgreSQL's driver uses it. So tasks that have not ended are cancelled again.
    A task group does not do that: `asyncio.TaskGroup` cancels once, and anyio's cancels every wait of the clean-up too,
    such as that of a rollback.
    """
    pending = {task for task in tasks if not task.done()}
    while pending:
        for task in pending:
            task.cancel()
        _, pending = await asyncio.wait(pending, timeout=AGAIN)
    await asyncio.gather(*tasks, return_exceptions=True)
