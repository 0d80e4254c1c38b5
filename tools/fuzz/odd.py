"""Texts, values, bytes and header lines that somebody, somewhere, did not think of."""

from collections.abc import Sequence
from typing import Any

ODD_TEXT = (
    "", " ", "\0", "\t\r\n", "\x1b]0;x\x07", "\x85\u2028\u2029", "\ufeff", "\ufffe\uffff", "\u202eabc\u202c",
    "e" + "\u0301" * 60,
    "👩‍👩‍👧‍👦" * 20, "﷽" * 50, "𒐫꧅", "가를" * 400, "٣", "Ⅷ½", "\ud800", "\udfff\ud800", "ß" * 300, "İı", "a" * 300,
    "b" * 70_000,
    "null", "NaN", "-1", "0", "1e999", "9" * 400, "9223372036854775808", "-9223372036854775809", "0x10", "1_000", "٠١",
    "true",
    "../../etc/passwd", "..%2f..%2f", "%00", "%", "%zz", "%c0%af", "'\"><script>", "' OR 1=1 --", "{{7*7}}", "${x}",
    "[/b]", "[link=//x]",
    "%s%n", "http://[::1", "http://[fe80::1%25eth0]/", "https://xn--pub-.test/", "https://xn--ls8h.la/",
    "http://a:99999/", "https:///x",
    "http://user:p@x.example/", "//evil.example/a", "data:image/png;base64,", "data:image/png;base64,AAAA", "data:,x",
    "file:///etc/passwd",
    "https://x.example/" + "a" * 3000, "https://ａ.example/", "http://1.1.1.1:0/", "afk_test_x", "Bearer", "19c8a3e",
    "0" * 36,
    "019C8A3E-5F0B-7C41-9D1E-2F6B8A7C5D10", "019c8a3e-5f0b-7c41-9d1e-2f6b8a7c5d1g", "gpt-image-2", "sketch", "webp",
    "2026-11-28T00:00:00Z",
)  # fmt: skip
ODD_VALUES: Sequence[Any] = (
    None, True, False, 0, -1, 1, 1.5, -0.0, 1e308, float("inf"), float("nan"), 2**31, 2**53 + 1, 2**63, -(2**63) - 1,
    10**400,
    [], {}, [[]], [None], {"": ""}, {"a": {"b": {}}}, ["x"] * 5000, {str(n): n for n in range(3000)},
)  # fmt: skip
ODD_BYTES = (
    b"\0",
    b"\xff",
    b"\xc0\xaf",
    b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80",
    b" ",
    b"\r",
    b"\n",
    b"\r\n",
    b"\t",
    b"\x7f",
    b"%",
    b"\\",
)
HEADER_NAMES = (
    b"Host", b"Content-Length", b"Transfer-Encoding", b"Content-Type", b"Content-Encoding", b"Connection", b"Expect",
    b"Upgrade", b"Range",
    b"If-Range", b"If-None-Match", b"Accept", b"Accept-Encoding", b"Cookie", b"Origin", b"Sec-Fetch-Site",
    b"X-CSRF-Token", b"Authorization",
    b"X-API-Key", b"Idempotency-Key", b"X-Request-Id", b"traceparent", b"X-Forwarded-For", b"X-Forwarded-Proto",
    b"X-Forwarded-Host",
    b"webhook-id", b"webhook-timestamp", b"webhook-signature", b"X-HTTP-Method-Override", b"Last-Event-ID", b"", b" ",
    b"X\0", b"X y", b"\xff",
    b"Content_Length", b"content-length ", b"a" * 5000, b"(x)", b"HTTP2-Settings", b"Sec-WebSocket-Key",
    b"Sec-WebSocket-Version",
)  # fmt: skip
HEADER_VALUES = (
    b"", b"chunked", b"identity, chunked", b"chunked, chunked", b"\x0bchunked", b"xchunked", b"gzip", b"0", b"-1",
    b"+5", b"5, 5", b"5\x00",
    b"99999999999999999999", b"1e3", b"0x5", b"100-continue", b"websocket", b"h2c", b"close", b"keep-alive",
    b"close, keep-alive", b"TE",
    b"bytes=0-", b"bytes=-1", b"bytes=5-1", b"bytes=0-1,2-3", b"bytes=" + b"9" * 18 + b"-",
    b"bytes=" + b"9" * 4000 + b"-", b"bytes=\xb2-", b"*", b'"x"', b'W/"x", "y"',
    b"application/json", b"multipart/form-data", b"multipart/form-data; boundary=", b"multipart/form-data; boundary=x",
    b"text/html;q=" + b"9" * 500,
    b"application/x-www-form-urlencoded; charset=x-none", b"easel_session=\xff", b"easel_session=" + b"a" * 5000,
    b"=;=;;", b"a=b; " * 800,
    b"Bearer ", b"Bearer \xc3\x28", b"Basic eDp5", b"afk_test_" + b"a" * 3000, b"afk_\xe2\x98\x83",
    b"http://evil.example", b"null", b"cross-site", b"same-origin",
    b"evil.example", b"evil.example:99999", b"[::1", b"127.0.0.1:x", b"a b", b"\xf0\x9f\x92\xa9",
    b"127.0.0.1, 127.0.0.2", b"00-" + b"f" * 32 + b"-" + b"f" * 16 + b"-01",
    b"v1," + b"A" * 44, b"1700000000", b"9" * 30, b"DELETE", b"\r\n folded", b"x\ry", b"x\nSet-Cookie: a=b",
)  # fmt: skip
