"""Ending tasks reliably."""

import asyncio
from typing import Any

AGAIN = 2.0


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
