"""The upstream of both: every POST is answered, after a delay, with the same ready PNG as b64_json.

python -m bench.door.double --delay 5 --image-bytes 1500000

It runs in a process of its own, parses next to nothing and serves bytes made once, so that it costs little beside what
is measured. The first line it prints is its base URL.
"""

import argparse
import asyncio
import base64
import contextlib
import json
import random
import zlib

from bench.wire import read_message
from tests.support.images import png_chunk, png_header

SIDE = 1024
ROW = 1 + 3 * SIDE  # bytes of a row of the PNG: its filter and its pixels
TOKENS = {"input_tokens": 9, "output_tokens": 196, "total_tokens": 205}
DETAILS = {"input_tokens_details": {"text_tokens": 9, "image_tokens": 0}}


def ready_image(size: int) -> bytes:
    """A PNG of 1024×1024 pixels and about so many bytes: noise above, which does not shrink, one colour below."""
    noisy = min(SIDE, size // ROW)
    noise = random.Random(1)
    rows = [b"\0" + noise.randbytes(ROW - 1) for _ in range(noisy)] + [b"\0" + bytes(ROW - 1)] * (SIDE - noisy)
    return png_header(SIDE, SIDE) + png_chunk(b"IDAT", zlib.compress(b"".join(rows), 1)) + png_chunk(b"IEND", b"")


def ready_answer(image: bytes) -> bytes:
    """The whole HTTP response with this image, as OpenAI answers."""
    data = [{"b64_json": base64.b64encode(image).decode()}]
    about = {"background": "opaque", "output_format": "png", "quality": "low", "size": f"{SIDE}x{SIDE}"}
    body = json.dumps({"created": 1_776_729_600, **about, "data": data, "usage": TOKENS | DETAILS}).encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


async def serve(answer: bytes, delay: float) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.closing(writer), contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            while True:
                await read_message(reader)
                if delay:
                    await asyncio.sleep(delay)
                writer.write(answer)
                await writer.drain()

    server = await asyncio.start_server(talk, "127.0.0.1", 0, backlog=512)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1", flush=True)
    await server.serve_forever()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--delay", type=float, default=0.0, help="seconds until the answer")
    parser.add_argument("--image-bytes", type=int, default=1_500_000)
    given = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(ready_answer(ready_image(given.image_bytes)), given.delay))


if __name__ == "__main__":
    main()
