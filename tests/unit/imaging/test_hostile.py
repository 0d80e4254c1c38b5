import base64
import struct
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.images import LIMITS, SIZE, encoded, gradient, png_chunk, png_header, promise

from easel.domain import Image, Size
from easel.errors import NotAnImage
from easel.imaging import postprocess
from easel.imaging.bounds import Limits, scans_of
from easel.imaging.copies import preview_of
from easel.imaging.formats import sniff
from easel.imaging.inputs import normalise_input
from easel.imaging.open import open_image, read_through

PNG = encoded(gradient()).data
JPEG = encoded(gradient(), "image/jpeg").data
WEBP = encoded(gradient(), "image/webp").data
GIF = encoded(gradient(), "image/gif").data
AVIF = encoded(gradient(), "image/avif").data
PIXEL = PNG.index(b"IDAT") + 40


def box(*brands: bytes) -> bytes:
    """The beginning of an ISO base media file of these brands."""
    payload = brands[0] + bytes(4) + b"".join(brands[1:])
    return struct.pack(">I", 8 + len(payload)) + b"ftyp" + payload + bytes(100)


SAVE_IT = "Save it as JPEG or PNG."
NEVER_OPENED = {
    "nothing": (b"", "empty", ""),
    "text": (b"a cat", "plain text", "Use the address of the image itself"),
    "text with a cut character": ("not found: ü".encode()[:-1], "plain text", ""),
    "base64": (base64.b64encode(PNG), "an image as text (base64)", "Decode it, or send the text"),
    "a data: URL": (b"data:image/png;base64," + base64.b64encode(PNG), "an image as text (base64)", "Decode it"),
    "a PNG sent as text": (PNG.replace(b"\r\n", b"\n"), "a PNG image that was changed as if it were text", "Transfer"),
    "a PNG sent as text to Windows": (
        PNG.replace(b"\n", b"\r\n"),
        "a PNG image that was changed as if it were text",
        "as a binary file",
    ),
    "JPEG-LS": (b"\xff\xd8\xff\xf7" + bytes(100), "a JPEG-LS image", SAVE_IT),
    "HTML in UTF-16": ("<!DOCTYPE html><p>é".encode("utf-16"), "a web page", "Use the address of the image itself"),
    "MOV without a type": (b"\x00\x00\x01\x00moov" + bytes(100), "a video", "Send one frame of it"),
    "HEIC with a long size": (
        b"\x00\x00\x00\x01ftyp\x00\x00\x00\x00\x00\x00\x00\x20heic\x00\x00\x00\x00mif1heic",
        "a HEIC image",
        SAVE_IT,
    ),
    "HEIC to the end": (b"\x00\x00\x00\x00ftypheic\x00\x00\x00\x00mif1heic", "a HEIC image", SAVE_IT),
    "HEIC that mentions AVIF": (box(b"heic", b"mif1", b"heic", b"avif"), "a HEIC image", SAVE_IT),
    "zeros": (bytes(1_000), "nothing but zeros", ""),
    "SVG": (b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "an SVG drawing", "Export it as PNG."),
    "SVG with a prologue": (
        b'<?xml version="1.0"?>\n<!-- a --><svg xmlns="x"/>',
        "an SVG drawing",
        "Export it as PNG.",
    ),
    "PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF document", "Save the page as JPEG or PNG."),
    "HTML": (b"\xef\xbb\xbf\n<!DOCTYPE html><title>403</title>", "a web page", "Use the address of the image itself"),
    "HTML without a type": (b"<!-- x -->\n<HTML lang=en>", "a web page", "or upload it."),
    "XML": (b'<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>', "XML", "or upload it."),
    "JSON": (b'{"error": "no such picture"}', "JSON", "or upload it."),
    "TIFF": (b"II*\x00" + bytes(100), "a TIFF image or a camera's raw file", SAVE_IT),
    "TIFF, big-endian": (b"MM\x00*" + bytes(100), "a TIFF image or a camera's raw file", SAVE_IT),
    "CR2": (b"II*\x00\x10\x00\x00\x00CR\x02\x00" + bytes(100), "a camera's raw file", SAVE_IT),
    "CR3": (box(b"crx ", b"isom"), "a camera's raw file", SAVE_IT),
    "BMP": (b"BM" + bytes(100), "a BMP image", SAVE_IT),
    "ICO": (b"\x00\x00\x01\x00" + bytes(100), "an icon", SAVE_IT),
    "PSD": (b"8BPS" + bytes(100), "a Photoshop file", SAVE_IT),
    "JPEG XL": (b"\xff\x0a" + bytes(100), "a JPEG XL image", SAVE_IT),
    "JPEG XL in boxes": (b"\x00\x00\x00\x0cJXL \x0d\x0a\x87\x0a" + bytes(100), "a JPEG XL image", SAVE_IT),
    "JPEG 2000": (b"\x00\x00\x00\x0cjP  \x0d\x0a\x87\x0a" + bytes(100), "a JPEG 2000 image", SAVE_IT),
    "MP4": (box(b"isom", b"mp42"), "a video", "Send one frame of it as JPEG or PNG."),
    "MOV": (box(b"qt  "), "a video", "Send one frame of it as JPEG or PNG."),
    "WebM": (b"\x1aE\xdf\xa3" + bytes(100), "a video", "Send one frame of it as JPEG or PNG."),
    "HEIC": (box(b"heic", b"mif1", b"heic"), "a HEIC image", SAVE_IT),
    "HEIF": (box(b"mif1", b"heic"), "a HEIC image", "Most Compatible."),
    "WAV": (b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(100), "sound or a video", ""),
    "ZIP": (b"PK\x03\x04" + bytes(100), "a ZIP archive", "Send the image in it alone."),
    "a PNG after a space": (b" " + PNG, "something else", ""),
    "half a PNG signature": (PNG[:6], "something else", ""),
    "vips": (b"\x08\xf2\xa6\xb6" + bytes(100), "something else", ""),
    "CSV": (b"1,2,3\n4,5,6\n", "plain text", ""),
}

DAMAGED = {
    "a PNG header and nothing": png_header(96, 64),
    "a PNG header and garbage": png_header(96, 64) + bytes(range(256)) * 8,
    "a PNG signature and garbage": PNG[:8] + bytes(range(256)) * 8,
    "a PNG header and damaged pixels": png_header(96, 64) + png_chunk(b"IDAT", b"garbage") + png_chunk(b"IEND", b""),
    "a PNG of no width": png_header(0, 64) + PNG[33:],
    "a PNG of huge width": png_header(0x7FFF_FFFF, 1) + PNG[33:],
    "half a PNG": PNG[: len(PNG) // 2],
    "a PNG with one flipped byte": PNG[:PIXEL] + bytes([PNG[PIXEL] ^ 0xFF]) + PNG[PIXEL + 1 :],
    "half a JPEG": JPEG[: len(JPEG) // 2],
    "a JPEG marker and garbage": JPEG[:3] + bytes(range(256)) * 8,
    "half a WebP": WEBP[: len(WEBP) // 2],
    "a WebP header and garbage": WEBP[:12] + bytes(range(256)) * 8,
    "half a GIF": GIF[: len(GIF) // 2],
    "a GIF header and garbage": GIF[:6] + bytes(range(256)) * 8,
    "half an AVIF": AVIF[: len(AVIF) // 2],
    "an AVIF header and garbage": AVIF[:12] + bytes(range(256)) * 8,
}


def refused(data: bytes, limits: Limits = LIMITS) -> set[str]:
    """The sentences with which every door refuses these bytes."""
    sentences = set()
    for media_type in ("image/png", "image/webp"):
        with pytest.raises(NotAnImage) as refusal:
            postprocess(Image(data, media_type, SIZE), promise(), limits)
        sentences.add(refusal.value.message)
    with pytest.raises(NotAnImage) as refusal:
        normalise_input(data, limits)
    return sentences | {refusal.value.message}


@pytest.mark.parametrize("name", NEVER_OPENED)
def test_what_is_no_image_is_refused_unopened_and_named(name: str) -> None:
    data, what, advice = NEVER_OPENED[name]
    assert sniff(data) is None
    [sentence] = refused(data)
    assert sentence.startswith(f"The file is {what}, not a PNG, JPEG, WebP, GIF or AVIF image.")
    assert advice in sentence
    assert sentence.endswith(".")
    with pytest.raises(NotAnImage):
        read_through(data, LIMITS)


def test_an_avif_is_one_although_its_first_brand_is_another() -> None:
    assert AVIF[8:12] == b"avif"
    other = AVIF[:8] + b"mif1" + AVIF[12:]
    assert b"avif" in other[16:32], "it is among the others"
    assert read_through(other, LIMITS).media_type == "image/avif"


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_image_is_refused_with_a_sentence(name: str) -> None:
    for sentence in refused(DAMAGED[name]):
        assert sentence.startswith(("The file is damaged or truncated", "The file cannot be opened", "The image has"))
        assert sentence.endswith(".")
        assert "\n" not in sentence
        for word in ("unable to", "vips", "spng", "buffer", ": "):  # the library's words are in the log
            assert word not in sentence.lower()


def test_a_decompression_bomb_is_refused_by_its_header() -> None:
    bomb = png_header(50_000, 50_000) + png_chunk(b"IDAT", b"x" * 100)
    assert refused(bomb) == {"The image has 50000×50000 pixels; the maximum is 64 million."}
    with pytest.raises(NotAnImage, match="50000×50000"):
        read_through(bomb, LIMITS)


@pytest.mark.parametrize("data", [PNG, JPEG, WEBP, GIF, AVIF])
def test_one_pixel_over_the_limit_is_too_many(data: bytes) -> None:
    assert read_through(data, Limits(pixels=96 * 64, bytes=10**6)).size == SIZE
    with pytest.raises(NotAnImage, match="96×64"):
        read_through(data, Limits(pixels=96 * 64 - 1, bytes=10**6))


def test_one_byte_over_the_limit_is_too_many() -> None:
    data = PNG + bytes(2_000_000 - len(PNG))
    limits = Limits(pixels=10**6, bytes=2_000_000)
    assert read_through(data, limits) == Image(data, "image/png", SIZE)
    assert refused(data + b"x", limits) == {"The file has 2.0 MB; the maximum is 2 MB."}


@pytest.mark.parametrize(
    ("data", "media_type"),
    [(PNG, "image/png"), (JPEG, "image/jpeg"), (WEBP, "image/webp"), (GIF, "image/gif"), (AVIF, "image/avif")],
)
def test_a_image_is_known_by_its_first_bytes(data: bytes, media_type: str) -> None:
    assert read_through(data, LIMITS) == Image(data, media_type, SIZE)


def test_half_a_image_is_none() -> None:
    with pytest.raises(NotAnImage, match="damaged or truncated"):
        read_through(PNG[: len(PNG) // 2], LIMITS)


def test_the_label_of_a_stranger_opens_no_other_loader() -> None:
    with pytest.raises(NotAnImage):
        open_image(Image(NEVER_OPENED["SVG"][0], "image/svg+xml", Size(9, 9)), LIMITS)


@settings(max_examples=100, database=None, derandomize=True, deadline=None)
@given(
    st.sampled_from([PNG, JPEG, WEBP, GIF, AVIF]),
    st.integers(0, 4_000),
    st.binary(min_size=1, max_size=8),
    st.booleans(),
)
def test_damage_anywhere_is_a_image_or_a_sentence(data: bytes, at: int, damage: bytes, cut: bool) -> None:
    at %= len(data)
    broken = data[:at] + damage + (b"" if cut else data[at + len(damage) :])
    try:
        original = normalise_input(broken, LIMITS)
    except NotAnImage as refusal:
        assert refusal.message.endswith(".")
    else:
        assert original.media_type == "image/png"


TALL = [
    encoded(gradient(Size(20, 1_500)), media_type, **options).data
    for media_type, options in (
        ("image/png", {}),
        ("image/png", {"interlace": True}),
        ("image/jpeg", {}),
        ("image/jpeg", {"interlace": True}),
        ("image/webp", {}),
        ("image/gif", {}),
        ("image/avif", {}),
    )
]


@settings(max_examples=200, database=None, derandomize=True, deadline=None)
@given(st.sampled_from(TALL), st.integers(0, 40_000), st.binary(min_size=1, max_size=8), st.booleans())
def test_a_check_refuses_what_reading_the_pixels_refuses(data: bytes, at: int, damage: bytes, cut: bool) -> None:
    at %= len(data)
    broken = Image(data[:at] + damage + (b"" if cut else data[at + len(damage) :]), "image/png", SIZE)
    assert verdict(broken, needed=False) == verdict(broken, needed=True)


def verdict(image: Image, *, needed: bool) -> Image | str:
    try:
        return open_image(image, LIMITS, needed=lambda *_: needed)[1]
    except NotAnImage as refusal:
        return refusal.message


def scans(count: int) -> bytes:
    """A progressive JPEG that says it goes over its pixels so often."""
    jpeg = encoded(gradient(Size(64, 64)), "image/jpeg", interlace=True, keep="none").data
    more = b"\xff\xda\x00\x08\x01\x01\x00\x3f\x3f\x00" + bytes(8)
    end = jpeg.rindex(b"\xff\xd9")
    return jpeg[:end] + more * (count - jpeg.count(b"\xff\xda")) + jpeg[end:]


def animation(frames: int) -> bytes:
    """A WebP of so many frames of four pixels."""
    one = encoded(gradient(Size(2, 2)), "image/webp", keep="none").data[12:]
    frame = b"ANMF" + struct.pack("<I", 16 + len(one)) + bytes(6) + b"\x01\0\0\x01\0\0\x0a\0\0\0" + one
    head = b"VP8X" + struct.pack("<I", 10) + b"\x02\0\0\0\x01\0\0\x01\0\0" + b"ANIM" + struct.pack("<I", 6) + bytes(6)
    body = b"WEBP" + head + frame * frames
    return b"RIFF" + struct.pack("<I", len(body)) + body


def test_a_jpeg_of_too_many_scans_is_refused_before_it_is_opened() -> None:
    sentence = "The JPEG has more than 100 scans. Save it again: programs use about ten."
    assert refused(scans(101)) == {sentence}
    with pytest.raises(NotAnImage, match="more than 100 scans"):
        read_through(scans(5_000), LIMITS)


def test_only_scans_count_as_such() -> None:
    """What looks like the beginning of one in metadata, or behind the end, is none."""
    original = encoded(gradient(), "image/jpeg", interlace=True).data
    told = b"\xff\xe5" + struct.pack(">H", 2 + 400) + b"\xff\xda" * 200
    filmed = original[:2] + told + original[2:] + b"\xff\xda" * 500
    assert scans_of(filmed, enough=101) == original.count(b"\xff\xda")
    assert read_through(filmed, LIMITS) == Image(filmed, "image/jpeg", SIZE)
    assert scans_of(scans(150), enough=200) == 150


def test_an_animation_of_too_many_frames_is_refused_before_it_is_opened() -> None:
    assert read_through(animation(1_000), LIMITS) == Image(animation(1_000), "image/webp", Size(2, 2))
    assert refused(animation(1_001)) == {
        "The WebP has more than 1,000 frames. Only the first is used: send that one alone."
    }


@pytest.mark.parametrize(
    ("media_type", "options", "bytes_of_a_pixel"),
    [
        ("image/avif", {}, 14),
        ("image/webp", {}, 8),
        ("image/gif", {}, 4),
        ("image/png", {"interlace": True}, 3),
        ("image/jpeg", {"interlace": True}, 6),
    ],
)
def test_what_is_decoded_as_a_whole_may_take_only_so_much_memory(
    media_type: str, options: dict[str, bool], bytes_of_a_pixel: int
) -> None:
    data = encoded(gradient(), media_type, **options).data
    needed = 96 * 64 * bytes_of_a_pixel
    assert read_through(data, replace(LIMITS, whole=needed)).size == SIZE
    with pytest.raises(NotAnImage, match="must be read as a whole"):
        read_through(data, replace(LIMITS, whole=needed - 1))


def test_what_is_read_row_by_row_may_be_as_large_as_any() -> None:
    for data in (PNG, JPEG):
        assert read_through(data, replace(LIMITS, whole=0)).size == SIZE


def test_reading_that_takes_too_long_is_ended() -> None:
    for read in (read_through, normalise_input, preview_of):
        with pytest.raises(NotAnImage, match="takes longer than 0 s to read"):
            read(encoded(gradient(Size(1500, 1500))).data, replace(LIMITS, seconds=0))
