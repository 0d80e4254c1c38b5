"""The Replicate double as a program."""

from tests.support.doubles.base.command import options, serve
from tests.support.doubles.replicate.double import KEY, ReplicateDouble


def main() -> None:
    args = options("tests.support.doubles.replicate", key=KEY).parse_args()
    serve(ReplicateDouble(key=args.key, delay=args.delay), port=args.port)


if __name__ == "__main__":
    main()
