"""Images written into a request itself: data: URLs, and base64 without one."""

import binascii
import re
from urllib.parse import unquote_to_bytes

# No image is smaller. A shorter text is an address that somebody forgot to complete.
SHORTEST = 32
BARE = re.compile(r"[A-Za-z0-9+/_-][A-Za-z0-9+/=_\u0009\u000a\u000d\u0020-]*")
# What copying leaves around a text: blanks, control characters, byte order marks, quotes.
PADDING = "".join(map(chr, range(33))) + '\u00a0\u200b\u2060\ufeff"'
_NO_SCHEME = re.compile(r"(?:image/[a-z0-9.+-]{1,40})?;?base64,", re.IGNORECASE)
# All up to the last `;base64,`: a name in it can have commas, and some write the head twice.
_HEAD = re.compile(r"data:[^<%]*;\s*base64\s*,", re.IGNORECASE)
LONGEST_HEAD = 4096  # characters
# Blanks, also those of Unicode (U+00A0, U+200B to U+200D, U+2028, U+2060, U+FEFF), and line ends escaped twice.
_SPACE = re.compile(rb"(?:[\t\n\v\f\r ]|\xc2\xa0|\xe2\x80[\x8b-\x8d\xa8\xa9]|\xe2\x81\xa0|\xef\xbb\xbf|\\[nrt])+")
_URL_SAFE = bytes.maketrans(b"-_", b"+/")
_NO_LETTER = re.compile(rb"[^A-Za-z0-9+/]")


class NotInline(Exception):
    """Why a text holds no bytes, for people."""


def tidied(address: str) -> str:
    """An image's address or its bytes as text, without what copying leaves around it; a data: URL with its scheme."""
    address = address.strip(PADDING)
    if address.startswith("'"):
        address = address.strip(PADDING + "'")
    if found := _NO_SCHEME.match(address):
        address = "data:" + (";" if found[0][:6].lower() == "base64" else "") + address
    return address


def is_data_url(text: str) -> bool:
    return text[:5].lower() == "data:"


def is_inline(text: str) -> bool:
    """Whether the text is itself what it stands for, and not the address of it."""
    return is_data_url(text) or (len(text) >= SHORTEST and BARE.fullmatch(text) is not None)


def decode_inline(text: str) -> bytes:
    """The bytes of a data: URL or of bare base64, whatever type it names; raises NotInline.

    Line breaks, the alphabet of URLs and missing padding are accepted, as are percent-escapes in a data: URL. One that
    does not say that it is base64 (RFC 2397) may still be it: what is not ASCII text when it is unescaped is not.
    """
    head, payload = "base64", text
    if is_data_url(text):
        found = _HEAD.match(text, 0, LONGEST_HEAD)
        head, _, payload = ("base64", "", text[found.end() :]) if found else text[5:].partition(",")
    data = unquote_to_bytes(payload) if "%" in payload else payload.encode()
    if head.replace(" ", "").lower().endswith("base64"):
        return _from_base64(data)
    try:
        return _from_base64(data) if len(data) >= SHORTEST else data
    except NotInline:
        return data


def _from_base64(data: bytes) -> bytes:
    letters = _SPACE.sub(b"", data).translate(_URL_SAFE).rstrip(b"=")
    if wrong := _NO_LETTER.search(letters):
        raise NotInline(f"Its base64 has the character {chr(wrong[0][0])!r}, which no base64 has")
    try:
        return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))
    except binascii.Error as error:
        raise NotInline("Its base64 is cut off: one character is left over") from error


def in_short(text: str) -> str:
    """A data: URL or bare base64 as people can read it: its kind and how many bytes it holds."""
    head, _, payload = text.partition(",") if is_data_url(text) else ("base64", "", text)
    return f"{head[:80]},… ({len(payload) * 3 // 4} bytes)"
