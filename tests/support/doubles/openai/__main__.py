"""Serve the double until it is interrupted or told to end."""

import argparse
import signal
import sys
import threading

from tests.support.doubles.openai.double import KEY, OpenAIDouble


def main() -> None:
    args = _parser().parse_args()
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    double = OpenAIDouble(key=args.key, delay=args.delay, compatible=args.compatible, image_bytes=args.image_bytes)
    with double.serving(port=args.port):
        _say(f"OpenAI double is listening at {double.url}")
        stop.wait()
    _say(f"Generations paid for: {double.paid}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.support.doubles.openai", description=__doc__)
    parser.add_argument("--port", type=int, default=9001, help="0 takes a free one")
    parser.add_argument("--key", default=KEY, help="the only API key that is accepted")
    parser.add_argument("--delay", type=float, default=0.0, help="seconds a generation takes")
    parser.add_argument("--image-bytes", type=int, help="about how heavy each picture is")
    parser.add_argument("--compatible", action="store_true", help="a lenient server that is not OpenAI itself")
    return parser


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
