"""What several files of this shelf want."""

import io
import json
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from tests.api.test_webhooks import Receiver
from tests.support.loopback import serving
from tests.support.traces import TraceCollector

from easel.kit.logging import set_up_logging


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    with serving(made.app()) as url:
        made.url = url + "/hook"
        yield made


@pytest.fixture
def collector() -> Iterator[TraceCollector]:
    with TraceCollector().serving() as made:
        yield made


class Log:
    """What was logged, as text and line by line."""

    def __init__(self) -> None:
        self.stream = io.StringIO()

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    def lines(self, event: str) -> list[dict[str, Any]]:
        return [line for line in map(json.loads, self.text.splitlines()) if line["event"] == event]


@pytest.fixture
def log() -> Iterator[Log]:
    made = Log()
    set_up_logging("info", made.stream)
    forget_loggers()
    yield made
    set_up_logging("warning")
    forget_loggers()


def forget_loggers() -> None:
    """Loggers remember how they were set up when they were first used; another test may have used them."""
    lazy = type(structlog.get_logger())
    for module in list(sys.modules.values()):
        if isinstance(logger := vars(module).get("log"), lazy):
            vars(logger).pop("bind", None)
