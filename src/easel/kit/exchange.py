"""One HTTP/1.1 request and its response, as bytes to send and bytes that arrive: no network is here.

The protocol is h11's. Only bodies whose length is known go around it, because it copies them twice.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

import h11
import httpx

HEAD_BYTES, HEAD_PIECE = 100 * 1024, 4 * 1024
# Bytes that the exchanges of a transport receive together before they are read; beyond that, one arrival each.
AHEAD = 4_000_000
PIECE = 256 * 1024  # a body whose length is known is read in larger pieces
WITHOUT_BODY = (204, 304)


@dataclass(slots=True)
class Unread:
    """How many bytes of bodies have arrived and are not read, of all exchanges of a transport."""

    size: int = 0


class Exchange:
    """One request and its response, without the network. Its methods raise h11's errors."""

    def __init__(self, request: httpx.Request, of_all: Unread) -> None:
        self._protocol = h11.Connection(h11.CLIENT, max_incomplete_event_size=HEAD_BYTES)
        head = h11.Request(method=request.method, target=request.url.raw_path, headers=request.headers.raw)
        self.head = self._protocol.send(head) or b""  # of the request
        self._of_head_only = request.method == "HEAD"
        self.response: h11.Response | None = None
        self._left: int | None = None  # bytes of a body whose length is known
        self._pieces, self._unread, self._of_all = deque[bytes](), 0, of_all
        self.whole = False
        self.excess = False  # something follows the response
        self._all_sent = False  # before the response began

    @property
    def repeatable(self) -> bool:
        """Whether the connection can be used again: both sides have said all they had to say, and keep it open.

        After an early response the server may not have read the rest of the request.
        """
        return self.whole and self._all_sent and not self.excess and self._protocol.our_state is h11.DONE

    @property
    def has_to_wait(self) -> bool:
        """Whether no more should be received before this is read. After the end, what comes must be noticed."""
        return not self.whole and self._unread > 0 and self._of_all.size > AHEAD

    @property
    def due(self) -> bool:
        """Whether what has arrived should be read: of a stream at once, of a long body in large pieces."""
        return self.whole or self.has_to_wait or self._unread > (0 if self._left is None else PIECE)

    def read(self) -> Iterator[bytes]:
        """All of the body that has arrived."""
        while self._pieces:
            piece = self._pieces.popleft()
            self._count(-len(piece))
            yield piece

    def forget(self) -> None:
        """Nobody reads the rest."""
        self._pieces.clear()
        self._count(-self._unread)

    def _keep(self, piece: bytes) -> None:
        self._pieces.append(piece)
        self._count(len(piece))

    def _count(self, size: int) -> None:
        self._unread += size
        self._of_all.size += size

    def piece(self, data: bytes) -> bytes:
        """What to send for a piece of the request's body."""
        return self._protocol.send(h11.Data(data)) or b""

    def end(self) -> bytes:
        """What to send after the last one."""
        self._all_sent = self.response is None
        return self._protocol.send(h11.EndOfMessage()) or b""

    def receive(self, data: bytes) -> None:
        """Take what has arrived; no bytes are the end of the connection."""
        if self.response is None and len(data) > HEAD_PIECE:  # the protocol keeps what arrives with a head
            self.receive(data[:HEAD_PIECE])
            self.receive(data[HEAD_PIECE:])
            return
        if not data and self.response is None:
            raise h11.RemoteProtocolError("the server closed the connection without a response")
        if not data and self._left:
            raise h11.RemoteProtocolError(f"the server closed the connection {self._left} bytes before the end")
        if self.whole or self._left:
            self._receive_rest(data)
            return
        self._protocol.receive_data(data)
        while not self.whole and not self._left:
            match self._protocol.next_event():
                case h11.Response() as response:
                    self.response = response
                    self._left = self._length_of(response)
                case h11.Data(data=piece):
                    self._keep(bytes(piece))
                case h11.EndOfMessage():
                    self.whole = True
                case h11.InformationalResponse():
                    pass
                case _:
                    return
        self._receive_rest(self._protocol.trailing_data[0])

    def _receive_rest(self, data: bytes) -> None:
        """A piece of a body whose length is known, or what follows a whole response."""
        if self._left and data:
            piece, data = data[: self._left], data[self._left :]
            self._keep(piece)
            self._left -= len(piece)
            self.whole = not self._left
        self.excess = self.excess or bool(data)

    def _length_of(self, response: h11.Response) -> int | None:
        """How many bytes its body has, if that is known and there is one; the protocol sees to all others."""
        if self._of_head_only or response.status_code in WITHOUT_BODY:
            return None
        headers = dict(response.headers)
        return None if b"transfer-encoding" in headers else int(headers.get(b"content-length", b"0")) or None
