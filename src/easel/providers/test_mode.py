"""The provider of test keys: free, offline, and controlled by prompts that produce every outcome.

    [easel:refuse]      the model declines: FAILED, moderation_refused
    [easel:fail]        the provider fails: FAILED, provider_failed
    [easel:slow 20]     20 seconds of PROCESSING first
    [easel:partial 2]   only two images are generated
    [easel:rate-limit]  no job: the request itself gets a 429, as by the rate limit

Any other prompt of a test key is generated normally, by the provider this one wraps.
"""

import re
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing

from easel.domain import Done, GenerationRequest, Image, Pending
from easel.errors import ContentRejected, GenerationFailed
from easel.providers import Provider

SLOW = "slow"
_MARK = re.compile(r"\[easel:(?P<outcome>refuse|fail|slow|partial|rate-limit)(?: (?P<number>\d{1,4}))?\]")


def asks_for_rate_limit(prompt: str) -> bool:
    return _asked(prompt)[0] == "rate-limit"


class SimulatedProvider(Provider):
    """A provider that follows outcome prompts, and passes all others on to `provider`, whose name it has."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider
        self.name = provider.name
        self.description = provider.description
        self.repeatable = provider.repeatable
        self.trained = provider.trained
        self.compresses = provider.compresses

    @property
    def kind(self) -> str:
        return self._provider.kind

    def ignored(self, upstream_model: str, *, edit: bool) -> frozenset[str]:
        return self._provider.ignored(upstream_model, edit=edit)

    async def start(self, work: GenerationRequest) -> Done | Pending:
        outcome, number = _asked(work.prompt)
        match outcome:
            case "refuse":
                raise ContentRejected("The content filter refused the prompt, because this test request asks for it.")
            case "fail":
                raise GenerationFailed("The provider failed, because this test request asks for it.")
            case "slow":
                now = time.time()
                return Pending(SLOW, {"started": now, "until": now + number}, check_after=min(0.5, number))
            case "partial":
                done = await self._generated(work)
                return Done(_first(number, done.images))
            case _:
                return await self._provider.start(work)

    async def check(self, work: GenerationRequest, pending: Pending) -> Done | Pending:
        if pending.upstream_id != SLOW:
            return await self._provider.check(work, pending)
        started, until = float(pending.state["started"]), float(pending.state["until"])
        left = until - time.time()
        if left <= 0:
            return await self._provider.start(work)
        progress = int(5 + 85 * (1 - left / (until - started)))
        return Pending(pending.upstream_id, pending.state, check_after=min(1.0, left), progress=progress)

    async def close(self) -> None:
        await self._provider.close()

    async def _generated(self, work: GenerationRequest) -> Done:
        answer = await self._provider.start(work)
        if isinstance(answer, Pending):
            raise GenerationFailed("Test mode wraps only providers that answer at once.")
        return answer


def _asked(prompt: str) -> tuple[str | None, int]:
    match = _MARK.search(prompt)
    return (match["outcome"], int(match["number"] or 1)) if match else (None, 0)


async def _first(count: int, images: AsyncGenerator[Image, None]) -> AsyncGenerator[Image, None]:
    async with aclosing(images):
        for _ in range(count):
            image = await anext(images, None)
            if image is None:
                return
            yield image
