"""Structured logs on standard error: readable lines on a terminal, JSON lines elsewhere.

Every line, also of libraries, carries the ids of its request or job, and is redacted.
"""

import logging
import re
import sys
from typing import TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from easel.kit import trace
from easel.kit.terminal import as_text

# Our keys and those of providers, webhook secrets, and the tokens of files and sessions.
_SECRETS = (
    (re.compile(r"[Bb]earer\s+[\w.~+/=-]{8,}"), "Bearer […]"),
    (re.compile(r"\bKey\s+[\w-]{8,}:[\w-]{8,}"), "Key […]"),
    (re.compile(r"\b(?:afk|sk|r8|whsec|org|proj)[-_][\w+/=-]{6,}"), "[…]"),
    (re.compile(r"/(files|previews)/[\w-]{16,}"), r"/\1/[…]"),
    (re.compile(r"\b(code|token|secret|signature|X-Amz-\w+)=[^&\s\"']+", re.IGNORECASE), r"\1=[…]"),
    (re.compile(r"://[^/\s:@\"']*:[^/\s@\"']+@"), "://[…]@"),
)
HINTS = ("earer", "Key", "afk", "sk", "r8", "whsec", "org", "proj", "/files", "/previews", "=", "@")


# A logger keeps this list from its first line on, so that what is set later, or captured by a test, holds for it too.
_processors: list[Processor] = []


def set_up_logging(level: str = "info", stream: TextIO | None = None, *, process: str | None = None) -> None:
    """Configure all logging. Request and job ids bound with `structlog.contextvars` appear on each line, and `process`
    where several of them share one log."""
    stream = stream or sys.stderr
    pretty = stream.isatty()
    renderer: Processor = (
        structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
        if pretty
        else structlog.processors.JSONRenderer()
    )
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        *([_named(process)] if process else []),
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
        _add_trace,
        redact,
        *([_as_text] if pretty else []),
    ]
    _processors[:] = [*shared, renderer]
    structlog.configure(
        processors=_processors,
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.WriteLoggerFactory(file=stream),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(stream)
    last: list[Processor] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer]
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(foreign_pre_chain=[_name_logger, *shared], processors=last)
    )
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


def redact(_: WrappedLogger | None, __: str, line: EventDict) -> EventDict:
    """Redact secrets in a line."""
    for name, value in line.items():
        if isinstance(value, str) and any(hint in value for hint in HINTS):
            for form, instead in _SECRETS:
                value = form.sub(instead, value)
            line[name] = value
    return line


def _as_text(_: WrappedLogger | None, __: str, line: EventDict) -> EventDict:
    """Values as safe text for a terminal. JSON escapes them already."""
    for name, value in line.items():
        if not name.startswith("_"):
            line[name] = as_text(value if isinstance(value, str) else repr(value), lines=name == "exception")
    return line


def _named(process: str) -> Processor:
    def add_process(_: WrappedLogger, __: str, line: EventDict) -> EventDict:
        line["process"] = process
        return line

    return add_process


def _add_trace(_: WrappedLogger, __: str, line: EventDict) -> EventDict:
    if here := trace.current.get():
        line["trace_id"] = here.split("-")[1]
    return line


def _name_logger(_: WrappedLogger, __: str, line: EventDict) -> EventDict:
    """Add the name of the library."""
    line["logger"] = line["_record"].name
    return line
