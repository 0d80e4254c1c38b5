"""What the tools make up is what they say: the same requests for the same seed; images that are legal."""

import asyncio
import random

import pytest
import pyvips
from bench.attacks.dns_stub import answer
from bench.attacks.scans import SIDE, scan_bomb
from bench.attacks.victim import p95
from bench.door.double import ready_image
from bench.wire import read_message
from tools.clients.roster import CLIENTS
from tools.clients.run import fault_of
from tools.fuzz.inputs import KINDS, Ground

GROUND = Ground(
    routes=[("GET", "/v2/jobs/{id}", ["wait"]), ("POST", "/v2/keys", [])],
    bodies={"/v2/keys": [{"name": "k", "test": True}]},
    known={"id": ["019c8a3e-5f0b-7c41-9d1e-2f6b8a7c5d10"]},
    callers=[[("X-API-Key", "afk_test_x")], []],
    images=[b"\x89PNG"],
)


@pytest.mark.parametrize("kind", KINDS)
def test_a_seed_gives_the_same_requests_again(kind: str) -> None:
    first, second = ([KINDS[kind](lot, GROUND) for _ in range(60)] for lot in (random.Random(7), random.Random(7)))

    assert first == second
    assert len(set(first)) > 40


def test_the_scan_bomb_opens_as_a_image() -> None:
    bomb = scan_bomb()
    image = pyvips.Image.new_from_buffer(bomb, "", access="sequential")

    assert bomb.count(b"\xff\xda") == 2_647
    assert (image.width, image.height) == (SIDE, SIDE)


def test_the_name_server_knows_one_address() -> None:
    asked = b"\xab\xcd\x01\0\0\x01\0\0\0\0\0\0" + b"\x06double\x04test\0" + b"\0\x01\0\x01"

    assert answer(asked).endswith(b"\x7f\0\0\x01")
    assert answer(asked[:-4] + b"\0\x1c\0\x01")[7] == 0


def test_the_slowest_of_twenty_is_not_their_p95() -> None:
    assert p95([0.1] * 19 + [9.0]) == 0.1
    assert p95([]) == float("inf")


@pytest.mark.parametrize(
    ("saved", "jobs", "charged", "fault"),
    [
        (["generate.png"], [("COMPLETED", 4)], 4, ""),
        ([], [("COMPLETED", 4)], 4, "no image, or one of another size: generation"),
        (["generate.png"], [("COMPLETED", 4)] * 2, 8, "1 requests became 2 jobs: ['COMPLETED', 'COMPLETED']"),
        (["generate.png"], [("FAILED", 0)], 0, "1 requests became 1 jobs: ['FAILED']"),
        (["generate.png"], [("COMPLETED", 4)], 8, "jobs of [4] credits were charged 8"),
    ],
)
def test_a_client_has_saved_its_images_and_paid_once_for_each(
    saved: list[str], jobs: list[tuple[str, int]], charged: int, fault: str
) -> None:
    [client] = (client for client in CLIENTS if client.name == "Haystack")
    assert fault_of(client, saved, {str(number): job for number, job in enumerate(jobs)}, charged) == fault


def test_the_upstreams_image_is_whole_and_as_heavy_as_asked() -> None:
    data = ready_image(1_500_000)
    image = pyvips.Image.new_from_buffer(data, "")

    assert 0 <= image.avg() <= 255
    assert (image.width, image.height) == (1024, 1024)
    assert abs(len(data) - 1_500_000) < 50_000


@pytest.mark.parametrize(
    "sent",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabcde",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n",
    ],
    ids=["length", "chunks"],
)
def test_the_load_reads_answers_of_either_kind(sent: bytes) -> None:
    async def read() -> list[bytes]:
        reader = asyncio.StreamReader()
        reader.feed_data(sent * 2)
        return [(await read_message(reader))[1] for _ in range(2)]

    assert asyncio.run(read()) == [b"abcde"] * 2
