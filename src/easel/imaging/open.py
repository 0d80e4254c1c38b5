"""Opens untrusted bytes: few loaders, chosen by the first bytes, and read to the end."""

import pyvips

from easel.domain import RAW_RGBA, Image, Size
from easel.errors import NotAnImage
from easel.imaging.bounds import Limits, check_bytes, check_header, clocked

LOADERS = ("Png", "Jpeg", "Webp", "Nsgif", "Heif")
# A strip has few pixels, yet can take a minute or gigabytes to read and shrink.
LONGEST_STRIP = 32_767

pyvips.cache_set_max(0)
pyvips.operation_block_set("VipsForeignLoad", True)
for _loader in LOADERS:
    pyvips.operation_block_set(f"VipsForeignLoad{_loader}", False)


def sniff(data: bytes) -> str | None:
    """The media type by the first bytes, whatever the file is called."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[:6] in (b"GIF87a", b"GIF89a"):
        return "image/gif"
    if data[4:8] == b"ftyp" and data[8:12] in (b"avif", b"avis"):
        return "image/avif"
    return None


def read_through(data: bytes, limits: Limits) -> tuple[str, Size]:
    """The media type and size of an image that can be read to its end, a few rows at a time; raises NotAnImage."""
    image = open_header(data, limits, access="sequential")
    try:
        clocked(image, limits.seconds).avg()
    except pyvips.Error as error:
        raise unreadable(error, limits) from error
    return sniff(data) or "", Size(image.width, image.height)


def open_image(original: Image, limits: Limits) -> pyvips.Image:
    """The pixels of an image, all of them read; raises NotAnImage."""
    if original.media_type == RAW_RGBA:
        return _open_raw(original)
    image = open_header(original.data, limits)
    try:
        return image.copy_memory()
    except pyvips.Error as error:
        raise unreadable(error, limits) from error


def _open_raw(original: Image) -> pyvips.Image:
    width, height = original.size.width, original.size.height
    if not width * height or len(original.data) != width * height * 4:
        raise NotAnImage(f"{len(original.data)} bytes are not a raw image of {original.size}.")
    image = pyvips.Image.new_from_memory(original.data, width, height, 4, "uchar")
    return image.copy(interpretation="srgb")


def open_header(data: bytes, limits: Limits, *, access: str = "random") -> pyvips.Image:
    """An image whose header is read; raises NotAnImage for one that costs too much to decode."""
    if len(data) > limits.bytes:
        raise NotAnImage(f"The file has {len(data) / 1e6:.1f} MB; the maximum is {limits.bytes // 1_000_000} MB.")
    media_type = sniff(data)
    if media_type is None:
        raise NotAnImage("The file is not a PNG, JPEG, WebP, GIF or AVIF image.")
    check_bytes(data, media_type, limits)
    try:
        image = pyvips.Image.new_from_buffer(data, "", fail_on="warning", access=access)
    except pyvips.Error as error:
        raise NotAnImage(f"The file cannot be opened as an image: {reason(error)}.") from error
    size = Size(image.width, image.height)
    if image.width * image.height > limits.pixels:
        raise NotAnImage(f"The image has {size} pixels; the maximum is {limits.pixels // 1_000_000} million.")
    if max(image.width, image.height) > LONGEST_STRIP:
        raise NotAnImage(f"The image has {size} pixels; the maximum of each side is {LONGEST_STRIP}.")
    check_header(image, limits)
    return image


def unreadable(error: pyvips.Error, limits: Limits) -> NotAnImage:
    if "killed for image" in str(error):
        return NotAnImage(f"The image takes longer than {limits.seconds:g} s to read.")
    return NotAnImage(f"The file is damaged or truncated: {reason(error)}.")


def reason(error: pyvips.Error) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[-1].rstrip(".") if lines else "unknown"
