"""A request and its response, whatever pieces the network makes of them."""

import httpx
import pytest

from easel.kit.exchange import HEAD_PIECE, Exchange, Unread

HEAD = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nX-Long: " + b"x" * 40 + b"\r\n"
RESPONSES = {
    "length": HEAD + b"Content-Length: 5\r\n\r\nhello",
    "chunks": HEAD + b"Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n",
}


def exchange(of_all: Unread | None = None) -> Exchange:
    one = Exchange(httpx.Request("POST", "http://provider.test/v1", content=b"ab"), of_all or Unread())
    assert one.head.startswith(b"POST /v1 HTTP/1.1\r\nHost: provider.test\r\n")
    assert one.piece(b"ab") + one.end() == b"ab"
    return one


@pytest.mark.parametrize("response", RESPONSES.values(), ids=RESPONSES)
def test_a_response_may_arrive_in_any_two_pieces(response: bytes) -> None:
    for at in range(1, len(response)):
        one = exchange()
        one.receive(response[:at])
        assert not one.whole
        one.receive(response[at:])
        assert one.response
        assert (one.response.status_code, b"".join(one.read())) == (200, b"hello")
        assert one.whole
        assert one.repeatable


@pytest.mark.parametrize("response", RESPONSES.values(), ids=RESPONSES)
def test_a_response_may_arrive_byte_by_byte(response: bytes) -> None:
    one = exchange()
    for at in range(len(response)):
        one.receive(response[at : at + 1])
    assert b"".join(one.read()) == b"hello"
    assert one.repeatable


@pytest.mark.parametrize("size", [HEAD_PIECE - 1, HEAD_PIECE, 3 * HEAD_PIECE])
def test_a_head_may_be_longer_than_what_is_looked_at_at_once(size: int) -> None:
    one = exchange()
    one.receive(b"HTTP/1.1 200 OK\r\nX: " + b"x" * size + b"\r\nContent-Length: 20000\r\n\r\n" + bytes(20_000))
    assert b"".join(one.read()) == bytes(20_000)


@pytest.mark.parametrize("end_first", [True, False])
def test_after_a_response_to_half_a_request_the_connection_is_not_used_again(end_first: bool) -> None:
    one = Exchange(httpx.Request("POST", "http://provider.test", content=b"ab"), Unread())
    one.piece(b"ab")
    if end_first:
        one.end()
    one.receive(RESPONSES["length"][:-1])
    if not end_first:
        one.end()
    one.receive(RESPONSES["length"][-1:])
    assert one.whole
    assert one.repeatable is end_first


def test_what_waits_to_be_read_is_counted_until_it_is_read_or_forgotten() -> None:
    of_all = Unread()
    one, another = exchange(of_all), exchange(of_all)
    for each in (one, another):
        each.receive(RESPONSES["length"][:-2])
    assert of_all.size == 6
    assert b"".join(one.read()) == b"hel"
    another.forget()
    assert of_all.size == 0
    assert list(another.read()) == []
