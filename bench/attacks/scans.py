"""Images that are cheap to send and dear to read."""

from pathlib import Path

import pyvips

SIDE = 8000  # 64 million pixels, the most that is accepted
LEVELS = 14  # each coefficient is refined bit by bit
RUN = 32_767  # blocks, the longest run of empty ones
EOB14, DC0 = 0xE0, 0x00


def scan_bomb() -> bytes:
    """A grey progressive JPEG of 1 + 3 × 63 × 14 = 2,647 legal scans, all of them empty: half a megabyte."""
    blocks = (SIDE // 8) ** 2
    head = b"\xff\xd8" + _segment(0xDB, b"\0" + b"\x01" * 64)
    size = SIDE.to_bytes(2, "big") * 2
    head += _segment(0xC2, b"\x08" + size + b"\x03" + b"".join(bytes((one, 0x11, 0)) for one in (1, 2, 3)))
    head += _segment(0xC4, _one_code(0x00, DC0)) + _segment(0xC4, _one_code(0x10, EOB14))
    everything = _scan((1, 2, 3), 0, 0, 0, "0" * 3 * blocks)
    empty = "".join(_run_of(min(RUN, blocks - at)) for at in range(0, blocks, RUN))
    scans = [
        _scan((one,), coefficient, (level + 1) % LEVELS, level, empty)
        for one in (1, 2, 3)
        for coefficient in range(1, 64)
        for level in reversed(range(LEVELS))
    ]
    return head + everything + b"".join(scans) + b"\xff\xd9"


def large_jpeg(folder: Path) -> bytes:
    """64 million pixels in a few megabytes."""
    return _kept(folder / "large.jpg", pyvips.Image.xyz(SIDE, SIDE)[0].cast("uchar"), "[Q=40]")


def noisy_jpeg(folder: Path) -> bytes:
    """64 million pixels in some 15 megabytes, which are 60 or more as a PNG."""
    small = pyvips.Image.gaussnoise(SIDE // 4, SIDE // 4, sigma=60, mean=128)
    noise = small.resize(4, kernel="nearest").bandjoin([small.flip("horizontal").resize(4)] * 2)
    return _kept(folder / "noisy.jpg", noise.cast("uchar").copy(interpretation="srgb"), "[Q=30]")


def _kept(file: Path, image: pyvips.Image, options: str) -> bytes:
    image.write_to_file(str(file) + options)
    return file.read_bytes()


def _segment(marker: int, data: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(data) + 2).to_bytes(2, "big") + data


def _one_code(where: int, symbol: int) -> bytes:
    """A Huffman table in which the one symbol is the bit 0."""
    return bytes((where, 1)) + bytes(15) + bytes((symbol,))


def _run_of(blocks: int) -> str:
    """So many empty blocks, 16,384 to 32,767 of them."""
    return f"0{blocks - (1 << 14):014b}"


def _scan(components: tuple[int, ...], coefficient: int, before: int, level: int, bits: str) -> bytes:
    chosen = b"".join(bytes((one, 0)) for one in components)
    end = 0 if len(components) > 1 else coefficient
    head = _segment(0xDA, bytes((len(components),)) + chosen + bytes((coefficient, end, before << 4 | level)))
    padded = bits + "1" * (-len(bits) % 8)
    data = int(padded, 2).to_bytes(len(padded) // 8, "big") if padded else b""
    return head + data.replace(b"\xff", b"\xff\0")
