"""Files whose pixels are all there although their wrapping is not right: the same pixels, wrapped as they should be.

Cameras, scanners and programs write such files, and every browser shows them. Nothing is invented: what is mended is
read as strictly as any other file, so one that lacks pixels stays refused.
"""

from dataclasses import dataclass

from easel.imaging.bounds import AFTER_SCAN, ALONE, END, MARKER, SCAN_CODE

_THE_END = b"\xff\xd9"


# A decoder reads this far ahead of the pixels it decodes.
_AHEAD = bytes(8)


@dataclass(frozen=True, slots=True)
class Mended:
    """A file with its wrapping put right. If there is a `proof`, its pixels are all there only if that can be read too.

    A decoder that meets the end of a JPEG early says so, but not of its last rows; one that meets no end always does.
    """

    data: bytes
    proof: bytes | None = None


def mended(data: bytes, media_type: str) -> Mended | None:
    """A JPEG or WebP with its wrapping put right; None when there is nothing to put right."""
    match media_type:
        case "image/jpeg":
            better = _jpeg(data)
        case "image/webp":
            better = Mended(_webp(data))
        case _:
            return None
    return better if better.data != data else None


def _jpeg(data: bytes) -> Mended:
    """Without stray bytes before a marker and after the end, and with an end."""
    pieces, at, in_scan, scans = [data[:2]], 2, False, 0
    while found := (AFTER_SCAN if in_scan else MARKER).search(data, at):
        if in_scan:
            pieces.append(data[at : found.start()])
        code, at = found[1][0], found.end()
        in_scan = code == SCAN_CODE
        scans += in_scan
        if code == END:
            break
        length = 0 if code in ALONE else max(2, int.from_bytes(data[at : at + 2], "big"))
        pieces += [bytes((0xFF, code)), data[at : at + length]]
        at += length
    else:
        endless = b"".join([*pieces, data[at:].removesuffix(b"\xff")])
        return Mended(endless + _THE_END, proof=endless + _AHEAD if scans == 1 else None)
    return Mended(b"".join(pieces) + _THE_END)


def _webp(data: bytes) -> bytes:
    """With the size that its chunks have together."""
    at = 12
    while at + 8 <= len(data):
        end = at + 8 + int.from_bytes(data[at + 4 : at + 8], "little")
        if end > len(data):
            break
        at = end + end % 2
    whole = min(at, len(data))
    return data[:4] + (whole - 8).to_bytes(4, "little") + data[8:whole]
