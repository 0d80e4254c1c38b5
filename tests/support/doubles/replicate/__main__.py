"""Serve the double until it is interrupted or told to end."""

import argparse
import signal
import sys
import threading

from tests.support.doubles.replicate.double import TOKEN, ReplicateDouble


def main() -> None:
    parser = argparse.ArgumentParser(description="A stand-in for api.replicate.com, until Ctrl+C.")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--delay", type=float, default=0.0, help="seconds a generation takes")
    parser.add_argument("--token", default=TOKEN)
    options = parser.parse_args()
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with ReplicateDouble(token=options.token, delay=options.delay).serving(port=options.port) as double:
        sys.stdout.write(f"The Replicate double is listening at {double.url} with the token {double.token}\n")
        sys.stdout.flush()
        stop.wait()


if __name__ == "__main__":
    main()
