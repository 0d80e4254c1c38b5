"""The painter behind test keys: free, offline, and obedient to outcome prompts that provoke every ending.

    [easel:refuse]      the model declines: FAILED, moderation_refused
    [easel:fail]        the painter breaks: FAILED, painter_failed
    [easel:slow 20]     20 seconds of PROCESSING first
    [easel:partial 2]   only two pictures come, and only two count
    [easel:rate-limit]  no job: the request itself is answered 429, as by the rate limit

Any other prompt of a test key is painted like everyone's, by the painter this one wraps.
"""

import re
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing

from easel.domain import Done, Picture, Ticket, Work
from easel.errors import Failed, Rejected
from easel.providers import Provider

SLOW = "slow"
_MARK = re.compile(r"\[easel:(?P<outcome>refuse|fail|slow|partial|rate-limit)(?: (?P<number>\d{1,4}))?\]")


def asks_for_rate_limit(prompt: str) -> bool:
    return _asked(prompt)[0] == "rate-limit"


class Trial(Provider):
    """A painter that does as an outcome prompt says, and else hands on to `painter`, whose name it bears."""

    def __init__(self, painter: Provider) -> None:
        self._painter = painter
        self.name = painter.name
        self.description = painter.description
        self.repeatable = painter.repeatable
        self.trained = painter.trained

    async def start(self, work: Work) -> Done | Ticket:
        outcome, number = _asked(work.prompt)
        match outcome:
            case "refuse":
                raise Rejected("The prompt was refused by the content filter, because this test request asks for it.")
            case "fail":
                raise Failed("The painter broke, because this test request asks for it.")
            case "slow":
                now = time.time()
                return Ticket(SLOW, {"started": now, "until": now + number}, check_after=min(0.5, number))
            case "partial":
                done = await self._painted(work)
                return Done(_first(number, done.pictures))
            case _:
                return await self._painter.start(work)

    async def check(self, work: Work, ticket: Ticket) -> Done | Ticket:
        if ticket.upstream_id != SLOW:
            return await self._painter.check(work, ticket)
        started, until = float(ticket.state["started"]), float(ticket.state["until"])
        left = until - time.time()
        if left <= 0:
            return await self._painter.start(work)
        progress = int(5 + 85 * (1 - left / (until - started)))
        return Ticket(ticket.upstream_id, ticket.state, check_after=min(1.0, left), progress=progress)

    async def close(self) -> None:
        await self._painter.close()

    async def _painted(self, work: Work) -> Done:
        answer = await self._painter.start(work)
        if isinstance(answer, Ticket):
            raise Failed("The trial painter wraps only painters that answer at once.")
        return answer


def _asked(prompt: str) -> tuple[str | None, int]:
    found = _MARK.search(prompt)
    return (found["outcome"], int(found["number"] or 1)) if found else (None, 0)


async def _first(count: int, pictures: AsyncGenerator[Picture, None]) -> AsyncGenerator[Picture, None]:
    async with aclosing(pictures):
        for _ in range(count):
            picture = await anext(pictures, None)
            if picture is None:
                return
            yield picture
