"""Ending tasks reliably."""

import asyncio
from typing import Any

AGAIN = 2.0


async def end_tasks(*tasks: "asyncio.Task[Any]") -> None:
    """Cancel tasks and wait until they have ended; their exceptions are dropped.

    A cancellation can get lost: `asyncio.wait_for` of Python 3.11 swallows one that comes just as its own wait is over,
    and PostgreSQL's driver waits with it. So whoever has not ended is told again.
    That is why no task group does it: `asyncio.TaskGroup` cancels once, and anyio's cancels every wait of the clean-up
    too, such as that of a rollback.
    """
    pending = {task for task in tasks if not task.done()}
    while pending:
        for task in pending:
            task.cancel()
        _, pending = await asyncio.wait(pending, timeout=AGAIN)
    await asyncio.gather(*tasks, return_exceptions=True)
