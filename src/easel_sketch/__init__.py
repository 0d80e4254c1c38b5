"""The sketch painter: draws every picture itself, on this machine, from the words of the prompt.

It needs no key and no network. Painting is work for a processor, so it happens on a few threads of its own.
"""

import asyncio
import threading
from collections.abc import AsyncGenerator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, Field

from easel.domain import Done, Picture, Ticket, Work
from easel.errors import Failed
from easel.providers import Provider

if TYPE_CHECKING:
    from easel_sketch.painter import Painter

# What a slip of a layout or of the engine can raise; anything else is not about the picture.
_FAULTS = (ArithmeticError, LookupError, OSError, RecursionError, RuntimeError, TypeError, ValueError)

_FIRST = threading.Lock()
_LONGEST, _MOST = 120, 40


class SketchSettings(BaseModel):
    """How much of the machine the sketch painter may take."""

    sketch_threads: int = Field(
        default=2, ge=1, le=64, description="How many pictures the sketch painter draws at once."
    )


class Sketch(Provider):
    """A painter that draws each picture when it is asked for; the same work always gives the same pictures."""

    name = "sketch"
    description = (
        "Easel's own painter: typesets and draws in this process, offline and repeatable. It is no AI model, and not "
        "the model named here."
    )
    repeatable = True
    trained = False

    def __init__(self, settings: SketchSettings) -> None:
        self._pool = ThreadPoolExecutor(settings.sketch_threads, thread_name_prefix="sketch")

    async def start(self, work: Work) -> Done:
        brief = await asyncio.get_running_loop().run_in_executor(self._pool, _explain, work)
        return Done(self._pictures(work), brief=brief)

    async def check(self, work: Work, ticket: Ticket) -> Done:
        raise Failed("The sketch painter gives no tickets; start the work again.")

    async def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def _pictures(self, work: Work) -> AsyncGenerator[Picture, None]:
        loop = asyncio.get_running_loop()
        for index in range(work.count):
            yield await loop.run_in_executor(self._pool, _paint, work, index)


def _paint(work: Work, index: int) -> Picture:
    try:
        return _painter().paint(work, index)
    except _FAULTS as error:
        raise Failed("The sketch painter could not draw this picture.") from error


def _explain(work: Work) -> Mapping[str, Any]:
    try:
        brief: Mapping[str, Any] = _shortened(_painter().explain(work))
        return brief
    except _FAULTS as error:
        raise Failed("The sketch painter could not read this prompt.") from error


def _shortened(value: Any) -> Any:
    """Long lists and texts cut to what fits on a job's row: the prompt itself is kept beside it."""
    match value:
        case str():
            return value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…"
        case list():
            return [_shortened(one) for one in value[:_MOST]]
        case dict():
            return {key: _shortened(one) for key, one in value.items()}
    return value


def _painter() -> "Painter":
    # The engine, the fonts and the icons are read for the first picture, once, and not while the server starts.
    from easel_sketch.painter import the_painter

    with _FIRST:
        return the_painter()
