"""What is sent: bytes of whole requests, mutated from legal ones. The same seed gives the same bytes."""

import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from tools.fuzz.odd import HEADER_NAMES, HEADER_VALUES, ODD_BYTES, ODD_TEXT, ODD_VALUES

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


@dataclass(frozen=True, slots=True)
class Ground:
    """What a generator may build on: routes of the server, things that exist there, and ways to be somebody."""

    routes: Sequence[tuple[str, str, Sequence[str]]]  # method, path, names of its query
    bodies: Mapping[str, Sequence[Any]]  # legal JSON by path
    known: Mapping[str, Sequence[str]]  # ids, names and tokens that exist, by the name of the parameter
    callers: Sequence[Sequence[tuple[str, str]]]  # headers
    images: Sequence[bytes]


Make = Callable[[random.Random, Ground], bytes]


def request(
    lot: random.Random, method: str, target: bytes, headers: Sequence[tuple[str, str]], body: bytes = b""
) -> bytes:
    """One whole request that ends its connection."""
    lines = [
        ("Host", "127.0.0.1"),
        ("Connection", "close"),
        ("X-Request-Id", f"fuzz-{lot.getrandbits(60):x}"),
        *headers,
    ]
    if body or method == "POST":
        lines.append(("Content-Length", str(len(body))))
    head = b"".join(f"{name}: {value}\r\n".encode("utf-8", "surrogatepass") for name, value in lines)
    return method.encode() + b" " + target + b" HTTP/1.1\r\n" + head + b"\r\n" + body


def address(lot: random.Random, ground: Ground) -> bytes:
    """Paths, queries and their percent-encoding, over every route."""
    method, path, names = lot.choice(ground.routes)
    if lot.random() < 0.05:
        method = lot.choice(METHODS)
    target = filled(lot, ground, path)
    pairs = [(name, _value(lot, ground, name)) for name in names if lot.random() < 0.5]
    pairs += [(_odd(lot), _odd(lot)) for _ in range(lot.choice((0, 0, 0, 0, 1, 2)))]
    pairs += [lot.choice(pairs)] * lot.choice((0, 0, 0, 1, 60)) if pairs else []
    if pairs:
        target += b"?" + b"&".join(_encoded(lot, name) + b"=" + _encoded(lot, value) for name, value in pairs)
    if lot.random() < 0.15:
        target = mutated(lot, target.replace(b" ", b""))
    body = _json(lot, ground, path) if path in ground.bodies else b""
    return request(lot, method, target[:60_000], lot.choice(ground.callers), body)


def head(lot: random.Random, ground: Ground) -> bytes:
    """Raw bytes: odd names, sizes, duplicates, chunk sizes, two requests in one."""
    method, path, _ = lot.choice(ground.routes)
    chunked = lot.random() < 0.3
    body = _chunks(lot) if chunked else lot.randbytes(lot.choice((0, 0, 0, 1, 50)))
    lines = [(b"Host", b"127.0.0.1"), (b"Connection", lot.choice((b"close",) * 9 + (b"keep-alive",)))]
    lines += [(name.encode(), value.encode()) for name, value in lot.choice(ground.callers)]
    lines.append((b"Transfer-Encoding", b"chunked") if chunked else (b"Content-Length", b"%d" % len(body)))
    lines += [(lot.choice(HEADER_NAMES), lot.choice(HEADER_VALUES)) for _ in range(lot.choice((0, 1, 1, 2, 3)))]
    if lot.random() < 0.1:
        lines.append((lot.choice(HEADER_NAMES), b"a" * lot.choice((100, 9_000, 70_000, 1_000_000))))
    if lot.random() < 0.05:
        lines += [(b"X-%d" % number, b"y") for number in range(lot.choice((90, 1_000, 20_000)))]
    lot.shuffle(lines)
    end = lot.choice((b"\r\n",) * 60 + (b"\n", b"\r", b"\r\n "))
    colon = lot.choice((b": ",) * 60 + (b":", b" : ", b"", b"\t:"))
    target, version = filled(lot, ground, path), b"HTTP/1.1"
    if lot.random() < 0.1:
        target = lot.choice((b"*", b"http://other.example/v2/me", b"other:443", b"/" + b"a" * 70_000, b"", b"//x"))
    if lot.random() < 0.1:
        version = lot.choice((b"HTTP/1.0", b"HTTP/2.0", b"HTTP/0.9", b"http/1.1", b"HTTP/1.10", b""))
    verb = method.encode()
    if lot.random() < 0.1:
        verb = lot.choice((b"get", b"TRACE", b"CONNECT", b"PRI", b"M" * 300, b"G\0T", b""))
    whole = verb + b" " + target + b" " + version + end
    whole += b"".join(name + colon + value + end for name, value in lines) + end + body
    if lot.random() < 0.1:
        whole = mutated(lot, whole)
    if lot.random() < 0.1:
        whole += whole
    return whole[: lot.randrange(len(whole))] if lot.random() < 0.03 else whole


def multipart(lot: random.Random, ground: Ground) -> bytes:
    """Uploads, sign-in forms and whatever else takes a form."""
    path = lot.choice(("/v2/uploads", "/v2/uploads", "/studio/signin", "/studio/signout", "/studio/snippets"))
    if path != "/v2/uploads" and lot.random() < 0.4:
        pairs = [
            (lot.choice(("key", "code", "next", "csrf", "request", _odd(lot))), _odd(lot))
            for _ in range(lot.choice((0, 1, 2, 2000)))
        ]
        body = b"&".join(_encoded(lot, name) + b"=" + _encoded(lot, value) for name, value in pairs)
        kind = "application/x-www-form-urlencoded"
    else:
        boundary = lot.choice(("b", "b", "b", "-" * 70, "x" * 5000, 'a"b', "ü", "a b", ""))
        body = b"".join(_part(lot, ground, boundary.encode()) for _ in range(lot.choice((0, 1, 1, 1, 2, 3, 60))))
        body += b"--" + boundary.encode() + lot.choice((b"--\r\n", b"--\r\n", b"--", b"", b"\r\n"))
        quotes = lot.choice(('"', "", ""))
        kind = f"multipart/form-data; boundary={quotes}{boundary}{quotes}" if lot.random() < 0.95 else _header(lot)
    if lot.random() < 0.15:
        body = mutated(lot, body)
    whole = request(lot, "POST", path.encode(), [*lot.choice(ground.callers), ("Content-Type", kind)], body)
    return whole[: -lot.randrange(1, 200)] if lot.random() < 0.03 else whole


def json_body(lot: random.Random, ground: Ground) -> bytes:
    """Bodies of every route that takes JSON, and of one that takes none."""
    path = lot.choice(tuple(ground.bodies))
    headers = [
        *lot.choice(ground.callers),
        ("Content-Type", lot.choice(("application/json",) * 9 + ("text/plain", "application/json; charset=utf-16"))),
    ]
    if path.endswith("generate") and lot.random() < 0.5:
        headers.append(("Idempotency-Key", lot.choice(("same", "other", _header(lot)))))
    return request(lot, "POST", filled(lot, ground, path), headers, _json(lot, ground, path))


KINDS: Mapping[str, Make] = {"addresses": address, "heads": head, "multipart": multipart, "json": json_body}


def mutated(lot: random.Random, data: bytes) -> bytes:
    """A few bytes put in, taken out, doubled or changed."""
    changed = bytearray(data)
    for _ in range(lot.choice((1, 1, 2, 5))):
        at = lot.randrange(len(changed) + 1)
        match lot.randrange(4):
            case 0:
                changed[at:at] = lot.choice(ODD_BYTES)
            case 1:
                del changed[at : at + lot.choice((1, 1, 2, 30))]
            case 2:
                changed[at:at] = changed[at : at + lot.choice((1, 5, 100))]
            case _:
                changed[at : at + 1] = bytes((lot.randrange(256),))
    return bytes(changed)


def filled(lot: random.Random, ground: Ground, path: str) -> bytes:
    """A path with something in each of its braces."""
    words = path.split("/")
    return b"/".join(
        _encoded(lot, _value(lot, ground, word[1:-1])) if word.startswith("{") else word.encode() for word in words
    )


def _value(lot: random.Random, ground: Ground, name: str) -> str:
    known = ground.known.get(name.partition(":")[0], ())
    return lot.choice(known) if known and lot.random() < 0.6 else _odd(lot)


def _odd(lot: random.Random) -> str:
    text = lot.choice(ODD_TEXT)
    return (
        text
        if lot.random() < 0.8
        else text[:20] + lot.choice(ODD_TEXT)[:200] + chr(lot.choice((lot.randrange(0x250), lot.randrange(0x110000))))
    )


def _encoded(lot: random.Random, text: str) -> bytes:
    raw = text.encode("utf-8", "surrogatepass")
    quoted = quote(raw, safe=lot.choice(("", "", "/:@", "/%?&="))).encode()
    match lot.randrange(12):
        case 0:
            return quote(quoted).encode()
        case 1:
            return b"".join(b"%%%02x" % byte for byte in raw)
        case 2:
            return quoted + lot.choice((b"%", b"%f", b"%ff", b"%c0%af", b"%ed%a0%80", b"+", b"%00", b"%0d%0a"))
        case _:
            return quoted


def _header(lot: random.Random) -> str:
    return "".join(letter for letter in _odd(lot) if letter not in "\r\n\0")[:300]


def _json(lot: random.Random, ground: Ground, path: str) -> bytes:
    body = json.loads(json.dumps(lot.choice(ground.bodies[path])))
    for _ in range(lot.choice((0, 1, 1, 1, 2, 4))):
        body = _changed(lot, body)
    text = json.dumps(body, ensure_ascii=lot.random() < 0.5)
    match lot.randrange(20):
        case 0:
            deep = lot.choice((30, 500, 100_000))
            text = text.replace('"', "[" * deep + '"', 1)
        case 1:
            text = text[:-1] + "," + text[1:]  # each name twice
        case 2:
            text = "\ufeff" + text
    raw = text.encode("utf-16" if lot.random() < 0.01 else "utf-8", "surrogatepass")
    return mutated(lot, raw) if lot.random() < 0.1 else raw


def _changed(lot: random.Random, value: Any) -> Any:
    """The same value with one place in it changed."""
    if isinstance(value, dict) and value and lot.random() < 0.85:
        name = lot.choice(list(value))
        match lot.randrange(10):
            case 0:
                return {other: value[other] for other in value if other != name}
            case 1:
                return value | {_odd(lot): value[name]}
            case _:
                return value | {name: _changed(lot, value[name])}
    if isinstance(value, list) and value and lot.random() < 0.7:
        at = lot.randrange(len(value))
        return [*value[:at], _changed(lot, value[at]), *value[at + lot.randrange(2) :]] * lot.choice((1, 1, 1, 40))
    match lot.randrange(6):
        case 0:
            return [value]
        case 1:
            return {_odd(lot): value}
        case 2:
            return lot.choice(ODD_VALUES)
        case 3 if isinstance(value, str):
            at = lot.randrange(len(value) + 1)
            return value[:at] + _odd(lot) + value[at:]
        case _:
            return _odd(lot)


def _part(lot: random.Random, ground: Ground, boundary: bytes) -> bytes:
    name = lot.choice(("file", "file", "file", "key", "next", "code", "csrf", "request", _odd(lot)))
    given = f'form-data; name="{name}"' + lot.choice(
        ("", f'; filename="{_odd(lot)}"', f"; filename*=utf-8''{_odd(lot)}", '; filename="a.png"')
    )
    lines = [f"Content-Disposition: {given}".encode("utf-8", "surrogatepass")]
    lines += [b"Content-Type: " + lot.choice(HEADER_VALUES)] * lot.choice((0, 1, 1, 500))
    if lot.random() < 0.1:
        lines.append(lot.choice(HEADER_NAMES) + b": " + b"z" * lot.choice((1, 5_000, 100_000)))
    data = (
        lot.choice(ground.images)
        if lot.random() < 0.6
        else lot.choice((b"", b"x", _odd(lot).encode("utf-8", "surrogatepass"), bytes(100_000)))
    )
    if lot.random() < 0.4:
        data = mutated(lot, data)
    end = lot.choice((b"\r\n",) * 12 + (b"\n", b"\r"))
    return b"--" + boundary + end + end.join(lines) + end + end + data + end


def _chunks(lot: random.Random) -> bytes:
    sizes = (
        b"1",
        b"5",
        b"0005",
        b"5;x=y",
        b"5 ",
        b"-1",
        b"+5",
        b"0x5",
        b"",
        b"ffffffffffffffff",
        b"f" * 5000,
        b"5;" + b"e" * 70_000,
        b"G",
    )
    data = b"".join(lot.choice(sizes) + b"\r\n" + b"abcde" + b"\r\n" for _ in range(lot.choice((0, 1, 2, 50))))
    return data + lot.choice(
        (
            b"0\r\n\r\n",
            b"0\r\n\r\n",
            b"0\r\nX-Trailer: 1\r\n\r\n",
            b"0\r\nContent-Length: 5\r\n\r\n",
            b"00000\r\n\r\n",
            b"",
        )
    )
