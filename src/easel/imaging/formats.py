"""What a file is, by its first bytes: a format that is read, or one that is not, with what to do about it."""

import codecs
import re

READ = "a PNG, JPEG, WebP, GIF or AVIF image"
SAVE_IT = "Save it as JPEG or PNG."
SEEN = 4096  # bytes looked at
# The brands of ISO base media files (ISO/IEC 14496-12), of which HEIF and AVIF are kinds.
AVIF = (b"avif", b"avis")
HEVC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs")
HEIC = (*HEVC, b"mif1", b"msf1", b"miaf")
JPEG_LS = b"\xff\xd8\xff\xf7"
_CHANGED_PNG = re.compile(rb"\x89?PNG[\r\n]{1,3}\x1a[\r\n]|\xef\xbf\xbdPNG|\xc2\x89PNG")
_BOX = re.compile(rb"....ftyp", re.DOTALL)
_MOVIE = re.compile(rb"[\x00-\x08]...(moov|mdat|wide|free|skip|pnot)", re.DOTALL)
_ICON = b"\x00\x00\x01\x00"
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{64}[A-Za-z0-9+/=_\r\n-]*")
_A_PAGE = re.compile(rb"\s*(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_AN_SVG = re.compile(rb"\s*(<\?xml.*?\?>\s*)?(<!--.*?-->\s*|<!doctype\s+svg.*?>\s*)*<svg\b", re.IGNORECASE | re.DOTALL)
_XML = re.compile(rb"\s*<(\?xml|[A-Za-z])")
_JSON = re.compile(rb"\s*[\[{]\s*[\"\]}{\[0-9tfn-]")

# The first bytes of what is known and not read: what it is, and what to do.
BEGINNINGS: tuple[tuple[bytes, str, str], ...] = (
    (b"II*\x00\x10\x00\x00\x00CR", "a camera's raw file", SAVE_IT),
    (b"FUJIFILMCCD-RAW", "a camera's raw file", SAVE_IT),
    (b"IIRO", "a camera's raw file", SAVE_IT),
    (b"IIRS", "a camera's raw file", SAVE_IT),
    (b"IIU\x00", "a camera's raw file", SAVE_IT),
    (b"II*\x00", "a TIFF image or a camera's raw file", SAVE_IT),
    (b"MM\x00*", "a TIFF image or a camera's raw file", SAVE_IT),
    (b"II+\x00", "a TIFF image", SAVE_IT),
    (b"MM\x00+", "a TIFF image", SAVE_IT),
    (b"BM", "a BMP image", SAVE_IT),
    (b"8BPS", "a Photoshop file", SAVE_IT),
    (JPEG_LS, "a JPEG-LS image", SAVE_IT),
    (b"\xff\x0a", "a JPEG XL image", SAVE_IT),
    (b"\x00\x00\x00\x0cJXL ", "a JPEG XL image", SAVE_IT),
    (b"\x00\x00\x00\x0cjP  ", "a JPEG 2000 image", SAVE_IT),
    (b"\xff\x4f\xff\x51", "a JPEG 2000 image", SAVE_IT),
    (b"v/1\x01", "an OpenEXR image", SAVE_IT),
    (b"#?RADIANCE", "a Radiance image", SAVE_IT),
    (b"gimp xcf", "a GIMP file", SAVE_IT),
    (b"qoif", "a QOI image", SAVE_IT),
    (b"%PDF-", "a PDF document", "Save the page as JPEG or PNG."),
    (b"%!PS", "a PostScript document", "Save the page as JPEG or PNG."),
    (b"\x1aE\xdf\xa3", "a video", "Send one frame of it as JPEG or PNG."),
    (b"PK\x03\x04", "a ZIP archive", "Send the image in it alone."),
    (b"\x1f\x8b", "a gzip archive", "Send the image in it alone."),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "Send the image in it alone."),
    (b"Rar!", "a RAR archive", "Send the image in it alone."),
    (b"version https://git-lfs", "a Git LFS pointer", "Use the address of the image itself."),
)


def sniff(data: bytes) -> str | None:
    """The media type of a format that is read, by the first bytes, whatever the file is called."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"\xff\xd8\xff") and not data.startswith(JPEG_LS):
        return "image/jpeg"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[:6] in (b"GIF87a", b"GIF89a"):
        return "image/gif"
    brands = _brands(data)
    if any(brand in AVIF for brand in brands) and brands[0] not in HEVC:
        return "image/avif"
    return None


def not_read(data: bytes) -> str:
    """The sentence about a file whose format is not read: what it is, as far as that is known, and what to do."""
    what, advice = _known_as(data[:SEEN])
    return f"The file is {what}, not {READ}. {advice}".rstrip()


def _known_as(start: bytes) -> tuple[str, str]:
    if not start:
        return "empty", ""
    if brands := _brands(start):
        return _of_brands(brands)
    for beginning, what, advice in BEGINNINGS:
        if start.startswith(beginning):
            return what, advice
    if _MOVIE.match(start):
        return "a video", "Send one frame of it as JPEG or PNG."
    if start.startswith(_ICON):
        return "an icon", SAVE_IT
    if _CHANGED_PNG.match(start):
        return "a PNG image that was changed as if it were text", "Transfer it again as a binary file."
    text = _utf_8(start)
    if _A_PAGE.match(text):
        return "a web page", "Use the address of the image itself, or upload it."
    if _AN_SVG.match(text):
        return "an SVG drawing", "Export it as PNG."
    for pattern, what in ((_XML, "XML"), (_JSON, "JSON")):
        if pattern.match(text):
            return what, "Use the address of the image itself, or upload it."
    if text[:5].lower() == b"data:" or _BASE64.fullmatch(text.strip()):
        return "an image as text (base64)", "Decode it, or send the text where its address is asked for."
    if start[:4] == b"RIFF":
        return "sound or a video", "Send one frame of it as JPEG or PNG."
    if not start.strip(b"\x00"):
        return "nothing but zeros", ""
    if _is_text(text):
        return "plain text", "Use the address of the image itself, or upload it."
    return "something else", ""


def _utf_8(start: bytes) -> bytes:
    """The same text in UTF-8, without a byte order mark."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return start[: len(start) & ~1].decode("utf-16", "replace").encode()
    return start.removeprefix(b"\xef\xbb\xbf")


def _is_text(start: bytes) -> bool:
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(start)  # its last character may be cut
    except UnicodeDecodeError:
        return False
    return all(one.isprintable() or one in "\t\n\r\f" for one in text)


def _of_brands(brands: list[bytes]) -> tuple[str, str]:
    if any(brand in HEIC for brand in brands):
        return "a HEIC image", f"{SAVE_IT} On an iPhone: Settings › Camera › Formats › Most Compatible."
    if brands[0] == b"crx ":
        return "a camera's raw file", SAVE_IT
    return "a video", "Send one frame of it as JPEG or PNG."


def _brands(data: bytes) -> list[bytes]:
    """The major brand of an ISO base media file and those that it is compatible with; none of any other file."""
    if not _BOX.match(data):
        return []
    size, major = int.from_bytes(data[:4], "big"), 8
    if size == 1:  # its size has 64 bits and follows
        size, major = int.from_bytes(data[8:16], "big"), 16
    end = min(size or len(data), len(data), 256)  # 0: to the end of the file
    return [data[major : major + 4], *(data[at : at + 4] for at in range(major + 8, end - 3, 4))]
