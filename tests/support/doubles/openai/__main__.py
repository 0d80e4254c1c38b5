"""The OpenAI double as a program."""

from tests.support.doubles.base.command import options, serve
from tests.support.doubles.openai.double import KEY, OpenAIDouble


def main() -> None:
    parser = options("tests.support.doubles.openai", key=KEY, port=9001)
    parser.add_argument("--image-bytes", type=int, help="about how heavy each image is")
    parser.add_argument("--compatible", action="store_true", help="a lenient server that is not OpenAI itself")
    args = parser.parse_args()
    double = OpenAIDouble(key=args.key, delay=args.delay, compatible=args.compatible, image_bytes=args.image_bytes)
    serve(double, port=args.port)


if __name__ == "__main__":
    main()
