"""Where a C2PA manifest stands in a file, and what is around it: C2PA specification, embedding manifests into PNG, JPEG
and WebP (RIFF) files."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

PNG_CHUNK, WEBP_CHUNK = b"caBX", b"C2PA"


@dataclass(frozen=True, slots=True)
class Parts:
    """A file without a manifest, in parts: one is what comes before the place of its manifest."""

    before: bytes
    after: Sequence[bytes | memoryview] = ()

    @property
    def whole(self) -> bytes:
        return b"".join((self.before, *self.after))


def block(manifest: bytes, media_type: str) -> bytes:
    """The manifest as it stands in the file. That of a PNG or JPEG is a chunk, or segments, already."""
    if media_type != "image/webp":
        return manifest
    return WEBP_CHUNK + struct.pack("<I", len(manifest)) + manifest


def padding(length: int, media_type: str) -> bytes:
    """What follows a block of this length; it is no part of it, and is signed like the rest of the file."""
    return bytes(length % 2) if media_type == "image/webp" else b""


def grown(before: bytes, media_type: str, more: int) -> bytes:
    """The file before the manifest, knowing of so many bytes from there on."""
    if media_type != "image/webp":
        return before
    return before[:4] + struct.pack("<I", len(before) - 8 + more) + before[8:]
