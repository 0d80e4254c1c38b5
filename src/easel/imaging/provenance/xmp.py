"""Writes one XMP packet into the bytes of a PNG, JPEG or WebP file, replacing any other. Pixels are not touched.

A C2PA manifest, which was signed over the file as it was, is taken out.

The place of the packet in each format: XMP specification part 3, sections 1.1.3 (JPEG), 1.1.5 (PNG); RIFF container of
WebP, chunks `VP8X` and `XMP `.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from html import escape

from easel.imaging.provenance.place import PNG_CHUNK, WEBP_CHUNK, Parts

TOOL = "Easel"
_PNG_KEYWORD = b"XML:com.adobe.xmp\0"
_JPEG_HEAD = b"http://ns.adobe.com/xap/1.0/\0"
_WEBP_HAS_XMP, _WEBP_HAS_ALPHA = 0x04, 0x10
_SOURCE = re.compile(rb"DigitalSourceType>([^<]*)<")
_TOOL = re.compile(rb"CreatorTool>([^<]*)<")


def written(data: bytes, media_type: str, source: str, tool: str) -> Parts:
    """`data` with a packet that states how the image was created. No pixel is copied but those of a WebP."""
    packet = _packet(source, tool).encode()
    match media_type:
        case "image/png":
            return _into_png(data, packet)
        case "image/jpeg":
            return _into_jpeg(data, packet)
        case "image/webp":
            return Parts(_into_webp(data, packet))
    raise ValueError(f"XMP is not supported for {media_type}")


def read(data: bytes) -> tuple[str | None, str | None]:
    """The digital source type and the tool that a file's packet names."""
    matches = (_SOURCE.search(data), _TOOL.search(data))
    source, tool = (one[1].decode("utf-8", "replace") if one else None for one in matches)
    return source, tool


def _packet(source: str, tool: str) -> str:
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
        'xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">'
        f"<xmp:CreatorTool>{escape(tool)}</xmp:CreatorTool>"
        f"<Iptc4xmpExt:DigitalSourceType>{escape(source)}</Iptc4xmpExt:DigitalSourceType>"
        '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
    )


def _into_png(data: bytes, packet: bytes) -> Parts:
    body = _PNG_KEYWORD + b"\0\0\0\0" + packet
    chunk = struct.pack(">I", len(body)) + b"iTXt" + body + struct.pack(">I", zlib.crc32(b"iTXt" + body))
    view = memoryview(data)
    parts = [
        view[at:end]
        for kind, at, end in png_chunks(data)
        if kind != PNG_CHUNK and not (kind == b"iTXt" and data.startswith(_PNG_KEYWORD, at + 8))
    ]
    return Parts(data[:8] + bytes(parts[0]), (chunk, *parts[1:]))  # the first chunk is IHDR


def png_chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """The name of each chunk, and where it begins and ends."""
    at = 8
    while at + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, at)
        end = at + 12 + length
        yield data[at + 4 : at + 8], at, end
        at = end


def _into_jpeg(data: bytes, packet: bytes) -> Parts:
    body = _JPEG_HEAD + packet
    segment = b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
    parts, at, manifests = [], 2, set[bytes]()
    while data[at : at + 1] == b"\xff" and data[at + 1] not in (0xDA, 0xD9):
        (length,) = struct.unpack_from(">H", data, at + 2)
        if not _is_replaced(data[at : at + 2 + length], manifests):
            parts.append(data[at : at + 2 + length])
        at += 2 + length
    first = 1 if parts and parts[0][1] == 0xE0 else 0  # JFIF's own segment comes first
    return Parts(b"".join((data[:2], *parts[:first])), (segment, *parts[first:], memoryview(data)[at:]))


def _is_replaced(segment: bytes, manifests: set[bytes]) -> bool:
    """Whether a segment of a JPEG is XMP, or part of a manifest: a box may have several, with a number in common."""
    if segment[1] == 0xE1:
        return segment.startswith(_JPEG_HEAD, 4)
    if segment[1] != 0xEB or segment[4:6] != b"JP":
        return False
    if segment[16:20] == b"jumb" and b"c2pa" in segment[20:80]:
        manifests.add(segment[6:8])
    return segment[6:8] in manifests


def _into_webp(data: bytes, packet: bytes) -> bytes:
    chunks = [(kind, body) for kind, body in _riff(data) if kind not in (b"XMP ", WEBP_CHUNK)]
    if chunks[0][0] == b"VP8X":
        head = chunks.pop(0)[1]
    else:
        head = bytes([_WEBP_HAS_ALPHA if _clear(chunks) else 0, 0, 0, 0]) + _canvas(*chunks[0])
    head = bytes([head[0] | _WEBP_HAS_XMP]) + head[1:]
    body = b"".join(_chunk(kind, one) for kind, one in [(b"VP8X", head), *chunks, (b"XMP ", packet)])
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def _riff(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    while at + 8 <= len(data):
        (length,) = struct.unpack_from("<I", data, at + 4)
        yield data[at : at + 4], data[at + 8 : at + 8 + length]
        at += 8 + length + length % 2


def _chunk(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def _clear(chunks: list[tuple[bytes, bytes]]) -> bool:
    kind, body = chunks[0]
    return kind == b"VP8L" and bool(body[4] & 0x10)


def _canvas(kind: bytes, body: bytes) -> bytes:
    """Width and height, less one each, as VP8X wants them: 24 bits little-endian."""
    if kind == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    else:
        width, height = (int.from_bytes(body[at : at + 2], "little") & 0x3FFF for at in (6, 8))
    return (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
