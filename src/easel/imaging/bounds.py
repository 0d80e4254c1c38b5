"""The cost of reading a file, determined from its bytes before a decoder runs, and from its header before decoding.

Pixels and bytes alone are no bound: a JPEG of 1 MB can have thousands of scans over the same pixels, counting a WebP's
frames takes quadratic time, and some formats must be decoded as a whole.
"""

import re
import struct
import time
from dataclasses import dataclass
from typing import Any

import pyvips

from easel.domain import Size
from easel.errors import NotAnImage

_SCAN, _FRAME = b"\xff\xda", b"ANMF"
# The markers of a JPEG (ITU-T T.81): those between its segments, and those that end a scan.
MARKER = re.compile(rb"\xff+([^\x00\xff])")
AFTER_SCAN = re.compile(rb"\xff+([^\x00\xd0-\xd7\xff])")
END, SCAN_CODE = 0xD9, 0xDA
ALONE = {0x01, *range(0xD0, 0xD9)}  # markers without a length field
# Measured bytes of memory per pixel of images that are decoded as a whole; a PNG's depend on its bit depth.
_WHOLE = {"image/avif": 14.0, "image/webp": 8.0, "image/gif": 4.0}
_MULTISCAN = 6.0


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one image. `whole` is the memory, in bytes, of one that is decoded as a whole."""

    pixels: int
    bytes: int
    scans: int = 100
    frames: int = 1_000
    whole: int = 256_000_000
    seconds: float = 20.0


def check_bytes(data: bytes, media_type: str, limits: Limits) -> None:
    """Refuse files that would occupy a decoder for minutes; raises NotAnImage."""
    if media_type == "image/jpeg" and scans_of(data, enough=limits.scans + 1) > limits.scans:
        raise NotAnImage(f"The JPEG has more than {limits.scans} scans. Save it again: programs use about ten.")
    if media_type == "image/webp" and frames_of(data, enough=limits.frames + 1) > limits.frames:
        raise NotAnImage(
            f"The WebP has more than {limits.frames:,} frames. Only the first is used: send that one alone."
        )


def check_header(image: pyvips.Image, media_type: str, size: Size, limits: Limits) -> None:
    """Refuse files that need too much memory to decode; raises NotAnImage."""
    each = _bytes_of_a_pixel(image, media_type)
    if size.width * size.height * each > limits.whole:
        most = limits.whole / each / 1e6
        raise NotAnImage(
            f"The image has {size} pixels; in this format it must be read as a whole, "
            f"with a maximum of {most:.0f} million. A PNG without interlacing or a baseline JPEG can have more."
        )


def clocked(image: pyvips.Image, seconds: float) -> pyvips.Image:
    """The image with a timeout: its computation stops with an error after that time."""
    until = time.monotonic() + seconds

    def watch(watched: pyvips.Image, _: Any) -> None:
        if time.monotonic() > until:
            watched.set_kill(True)

    image.set_progress(True)
    image.signal_connect("eval", watch)
    return image


def scans_of(data: bytes, *, enough: int) -> int:
    """The number of scans of a JPEG, counted as a decoder does; stops at `enough`."""
    if data.count(_SCAN) < enough:  # also outside scans: the true number is not larger
        return data.count(_SCAN)
    scans, at, pattern = 0, 2, MARKER
    while scans < enough and (found := pattern.search(data, at)):
        code, at, pattern = found[1][0], found.end(), MARKER
        if code == END:
            break
        if code in ALONE:
            continue
        at += max(2, int.from_bytes(data[at : at + 2], "big"))
        if code == SCAN_CODE:
            scans, pattern = scans + 1, AFTER_SCAN
    return scans


def frames_of(data: bytes, *, enough: int) -> int:
    """The number of frames of a WebP; stops at `enough`."""
    if data.count(_FRAME) < enough:
        return data.count(_FRAME)
    frames, at = 0, 12
    while frames < enough and at + 8 <= len(data):
        name, size = struct.unpack_from("<4sI", data, at)
        frames += name == _FRAME
        at += 8 + size + size % 2
    return frames


def _bytes_of_a_pixel(image: pyvips.Image, media_type: str) -> float:
    if media_type == "image/png" and image.get_typeof("interlaced"):
        return float(image.bands * (2 if image.format == "ushort" else 1))
    if media_type == "image/jpeg" and image.get_typeof("jpeg-multiscan") and image.get("jpeg-multiscan"):
        return _MULTISCAN
    return _WHOLE.get(media_type, 0.0)
