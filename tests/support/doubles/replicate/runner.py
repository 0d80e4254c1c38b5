"""Runs predictions: from `starting` to an end, on time, with webhooks, and counts those that would be billed."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from tests.support.doubles.base import Account
from tests.support.doubles.replicate.outcomes import Aborts, Delivers, Fails, Outcome, Slow
from tests.support.doubles.replicate.outputs import Outputs
from tests.support.doubles.replicate.prediction import Prediction
from tests.support.doubles.replicate.uploads import Uploads
from tests.support.doubles.replicate.webhooks import Messenger

NO_TRANSPARENCY = "Transparent background is not supported for this model."
NO_INPUT = "Prediction failed: an input image could not be downloaded."

Queue = asyncio.Queue[tuple[str, dict[str, Any]]]


class PredictionRunner:
    """Each prediction in a task of its own, for one account."""

    def __init__(self, account: Account[Outcome], *, outputs: Outputs, uploads: Uploads, messenger: Messenger) -> None:
        self._account = account
        self.predictions: dict[str, Prediction] = {}
        self._outputs = outputs
        self._uploads = uploads
        self._messenger = messenger
        self._runs: dict[str, asyncio.Task[None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def launch(self, prediction: Prediction) -> None:
        """Create it: from here on it exists, runs whoever is listening, and without a boot it is paid."""
        self.predictions[prediction.id] = prediction
        self._runs[prediction.id] = self._spawn(self._live(prediction))
        await asyncio.sleep(0)

    def cancel(self, prediction: Prediction) -> None:
        """End it now; what has ended stays as it is."""
        if not prediction.terminal:
            prediction.end("canceled")
            self._runs[prediction.id].cancel()

    async def _live(self, prediction: Prediction) -> None:
        queued_events: Queue = asyncio.Queue()
        if prediction.webhook:
            self._spawn(self._messenger.send(prediction, queued_events))
        try:
            async with asyncio.timeout(prediction.lifetime):
                await self._run(prediction, queued_events)
        except TimeoutError:
            prediction.end("canceled" if prediction.started else "aborted")
        finally:
            self._runs.pop(prediction.id, None)
            queued_events.put_nowait(("aborted" if prediction.status == "aborted" else "completed", prediction.shown()))

    async def _run(self, prediction: Prediction, queued_events: Queue) -> None:
        course = prediction.course
        if isinstance(course, Slow) and course.boot:
            await asyncio.sleep(course.boot)
        if isinstance(course, Aborts):
            return prediction.end("aborted")
        prediction.start()
        self._account.paid += 1
        queued_events.put_nowait(("start", prediction.shown()))
        await asyncio.sleep(course.seconds if isinstance(course, Slow) else self._account.delay)
        if error := self._failure(prediction):
            return prediction.end("failed", error=error)
        how = course if isinstance(course, Delivers) else Delivers()
        prediction.output = await self._outputs.deliver(prediction, how)
        queued_events.put_nowait(("output", prediction.shown()))
        queued_events.put_nowait(("logs", prediction.shown()))
        return prediction.end("succeeded")

    def _failure(self, prediction: Prediction) -> str | None:
        asked = prediction.input
        if isinstance(prediction.course, Fails):
            return prediction.course.error
        if asked.get("background") == "transparent" and not prediction.model.transparent:
            return NO_TRANSPARENCY
        images = asked.get("input_images") or []
        return None if all(self._uploads.exists(url) for url in images) else NO_INPUT

    def _spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
