"""A double as a program: it serves until it is interrupted or told to end."""

import argparse
import signal
import sys
import threading
from typing import Any

from tests.support.doubles.base.double import Double


def options(module: str, *, key: str, port: int = 0) -> argparse.ArgumentParser:
    """The options that every double has."""
    parser = argparse.ArgumentParser(prog=f"python -m {module}", description=__doc__)
    parser.add_argument("--port", type=int, default=port, help="0 takes a free one")
    parser.add_argument("--key", default=key, help="the only API key that is accepted")
    parser.add_argument("--delay", type=float, default=0.0, help="seconds a generation takes")
    return parser


def serve(double: Double[Any], *, port: int) -> None:
    """The first line says where it listens, the last how many generations the vendor would bill."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with double.serving(port=port):
        _say(f"The double of {double.name} accepts the key {double.key} and listens at {double.url}")
        stop.wait()
    _say(f"Generations paid for: {double.paid}")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
