"""The double of fal as a program."""

from tests.support.doubles.base.command import options, serve
from tests.support.doubles.fal.double import KEY, FalDouble


def main() -> None:
    args = options("tests.support.doubles.fal", key=KEY).parse_args()
    serve(FalDouble(key=args.key, delay=args.delay), port=args.port)


if __name__ == "__main__":
    main()
