"""Opens untrusted bytes: few loaders, chosen by the first bytes, and read to the end."""

import math
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import chain
from typing import TypeVar

import pyvips
import structlog

from easel.domain import RAW_RGBA, Image, Size
from easel.errors import NotAnImage
from easel.imaging.bounds import Limits, check_bytes, check_header
from easel.imaging.formats import not_read, sniff
from easel.imaging.mend import mended

Result = TypeVar("Result")

LOADERS = ("Png", "Jpeg", "Webp", "Nsgif", "Heif")
# A strip has few pixels, yet can take a minute or gigabytes to read and shrink.
LONGEST_STRIP = 32_767
ROWS = 1024  # decoded between two looks at the clock
DAMAGED = ("The file is damaged", "The file cannot be opened")

log = structlog.get_logger()
pyvips.cache_set_max(0)
pyvips.operation_block_set("VipsForeignLoad", True)
for _loader in LOADERS:
    pyvips.operation_block_set(f"VipsForeignLoad{_loader}", False)


def read_through(data: bytes, limits: Limits) -> Image:
    """An image that was read to its end, a few rows at a time, in bytes that every reader takes: these, as a rule.

    Raises NotAnImage.
    """

    def read(sound: bytes, fail_on: str) -> Image:
        image, size = _open(sound, limits, access="sequential", fail_on=fail_on)
        _decode(image, size, limits.seconds)
        return Image(sound, sniff(sound) or "", size)

    return _strictly(data, read, limits)


def open_image(
    original: Image, limits: Limits, *, needed: Callable[[pyvips.Image, Image], bool] = lambda *_: True
) -> tuple[pyvips.Image, Image]:
    """The pixels of an image, all of them read, and the image in its true size, with bytes that every reader takes.

    `needed` is asked whether its pixels are, with what is known before they are read: the header, and the image. If
    not, they are checked in a fraction of the time and kept nowhere, and of what is returned only the header can be
    looked at. Raises NotAnImage.
    """
    if original.media_type == RAW_RGBA:
        return _open_raw(original), original

    def read(sound: bytes, fail_on: str) -> tuple[pyvips.Image, Image]:
        image, size = _open(sound, limits, access="sequential", fail_on=fail_on)
        opened = replace(original, data=sound, size=size)
        if needed(image, opened):
            return image.copy_memory(), opened
        _decode(image, size)
        return image, opened

    return _strictly(original.data, read, limits)


def _decode(image: pyvips.Image, size: Size, seconds: float = math.inf) -> None:
    """Have all rows of a sequential image decoded, and keep none of them.

    libvips decodes the rows before one that is asked for, and reports their errors. Raises NotAnImage when it takes too
    long.
    """
    until, rows = time.monotonic() + seconds, pyvips.Region.new(image)
    for row in chain(range(ROWS - 1, size.height - 1, ROWS), (size.height - 1,)):
        if time.monotonic() > until:
            raise _too_slow(seconds)
        rows.fetch(0, row, size.width, 1)


def _strictly(data: bytes, read: Callable[[bytes, str], Result], limits: Limits) -> Result:
    """What `read` makes of the bytes, or of the same pixels in a better wrapping, without a warning of its decoder."""

    def trial(sound: bytes) -> Result | NotAnImage:
        try:
            return read(sound, "warning")
        except pyvips.Error as error:
            return unreadable(error, limits)
        except NotAnImage as error:
            return error

    result = trial(data)
    if not isinstance(result, NotAnImage):
        return result
    if result.message.startswith(DAMAGED) and (better := mended(data, sniff(data) or "")):
        proven = better.proof is None or not isinstance(trial(better.proof), NotAnImage)
        if proven and not isinstance(again := trial(better.data), NotAnImage):
            return again
    raise result


def _open_raw(original: Image) -> pyvips.Image:
    width, height = original.size.width, original.size.height
    if not width * height or len(original.data) != width * height * 4:
        raise NotAnImage(f"{len(original.data)} bytes are not a raw image of {original.size}.")
    image = pyvips.Image.new_from_memory(original.data, width, height, 4, "uchar")
    return image.copy(interpretation="srgb")


def open_header(data: bytes, limits: Limits, *, access: str = "random") -> pyvips.Image:
    """An image whose header is read; raises NotAnImage for one that costs too much to decode."""
    return _open(data, limits, access=access, fail_on="error")[0]


def _open(data: bytes, limits: Limits, *, access: str, fail_on: str) -> tuple[pyvips.Image, Size]:
    """`fail_on` is what of it ends the reading of its pixels: "warning" to find out whether a file is sound."""
    if len(data) > limits.bytes:
        raise NotAnImage(f"The file has {len(data) / 1e6:.1f} MB; the maximum is {limits.bytes // 1_000_000} MB.")
    media_type = sniff(data)
    if media_type is None:
        raise NotAnImage(not_read(data))
    check_bytes(data, media_type, limits)
    try:
        image = pyvips.Image.new_from_buffer(data, "", fail_on=fail_on, access=access)
    except pyvips.Error as error:
        _log(error)
        raise NotAnImage("The file cannot be opened as an image. Export it again as PNG or JPEG.") from error
    size = Size(image.width, image.height)
    if size.width * size.height > limits.pixels:
        raise NotAnImage(f"The image has {size} pixels; the maximum is {limits.pixels // 1_000_000} million.")
    if max(size.width, size.height) > LONGEST_STRIP:
        raise NotAnImage(f"The image has {size} pixels; the maximum of each side is {LONGEST_STRIP}.")
    check_header(image, media_type, size, limits)
    return image, size


def unreadable(error: pyvips.Error, limits: Limits) -> NotAnImage:
    if "killed for image" in str(error):
        return _too_slow(limits.seconds)
    _log(error)
    return NotAnImage("The file is damaged or truncated. Transfer it again, or export it again as PNG or JPEG.")


def _too_slow(seconds: float) -> NotAnImage:
    return NotAnImage(f"The image takes longer than {seconds:g} s to read.")


def _log(error: pyvips.Error) -> None:
    """The words of the library are for operators: who sent the file has no use for them."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    log.debug("image cannot be read", why=lines[-1].rstrip(".") if lines else "unknown")
