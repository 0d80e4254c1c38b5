import asyncio
import itertools
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import pyvips
from tests.support.images import (
    LIMITS,
    MEDIA_TYPES,
    SIZE,
    difference,
    encoded,
    gradient,
    on_white,
    opened,
    promise,
    raw,
    see_through,
)

from easel.domain import Image, Provenance, Size
from easel.errors import NotAnImage
from easel.imaging import Imaging, ImagingSettings, is_large_enough, postprocess
from easel.imaging.formats import sniff
from easel.imaging.state import OutputSpec

FORMATS = ("webp", "png", "jpeg")
BACKGROUNDS = ("auto", "opaque", "transparent")
LEGAL = [(a, b) for a, b in itertools.product(FORMATS, BACKGROUNDS) if (a, b) != ("jpeg", "transparent")]
FILLED = "The provider returned a filled background instead of a transparent one."


def finished(original: Image, wanted: OutputSpec) -> tuple[Image, pyvips.Image, tuple[str, ...]]:
    """The finished image, its pixels and the warnings, once it is what it says it is."""
    done, warnings = postprocess(original, wanted, LIMITS)
    image = opened(done)
    assert done.media_type == wanted.media_type == sniff(done.data)
    assert done.size == Size(image.width, image.height)
    return done, image, warnings


OPAQUE_SOURCES = {
    "raw": raw(gradient()),
    "webp": encoded(gradient(), "image/webp"),
    "png": encoded(gradient()),
    "png with alpha": encoded(gradient().bandjoin(255)),
    "jpeg": encoded(gradient(), "image/jpeg"),
    "gif": encoded(gradient(), "image/gif"),
    "avif": encoded(gradient(), "image/avif"),
}
SEE_THROUGH_SOURCES = {
    "raw": raw(see_through()),
    "webp": encoded(see_through(), "image/webp"),
    "png": encoded(see_through()),
    "gif": encoded(see_through(), "image/gif"),
}


@pytest.mark.parametrize("source", OPAQUE_SOURCES)
@pytest.mark.parametrize(("kind", "background"), LEGAL)
def test_an_opaque_image_comes_out_as_promised(source: str, kind: str, background: str) -> None:
    done, image, warnings = finished(OPAQUE_SOURCES[source], promise(kind, background))
    assert done.size == SIZE
    assert image.format == "uchar"
    assert image.interpretation == "srgb"
    has_alpha = source in ("raw", "png with alpha")
    if background != "transparent" and (source, kind) == ("png with alpha", "png"):
        assert done.data is OPAQUE_SOURCES[source].data, "it is filled, whatever it could be: nothing to change"
    elif background != "transparent":
        assert (image.bands, warnings) == (3, ())
    elif has_alpha and kind == "png":
        assert image.bands == 4
    assert difference(image[:3], gradient()) < 4


@pytest.mark.parametrize("kind", ["webp", "png"])
@pytest.mark.parametrize("source", OPAQUE_SOURCES)
def test_transparent_asked_and_opaque_delivered_warns(source: str, kind: str) -> None:
    assert finished(OPAQUE_SOURCES[source], promise(kind, "transparent"))[2] == (FILLED,)


@pytest.mark.parametrize("source", SEE_THROUGH_SOURCES)
@pytest.mark.parametrize(("kind", "background"), LEGAL)
def test_a_see_through_image_comes_out_as_promised(source: str, kind: str, background: str) -> None:
    done, image, warnings = finished(SEE_THROUGH_SOURCES[source], promise(kind, background))
    assert done.size == SIZE
    assert warnings == ()
    if kind == "jpeg" or background == "opaque":
        assert image.bands == 3
        assert difference(image, on_white(see_through())) < 4
    else:
        assert image.bands == 4
        assert difference(image[3], see_through()[3]) < 1
        assert difference(on_white(image), on_white(see_through())) < 4


def test_half_transparent_pixels_are_mixed_with_white() -> None:
    half = pyvips.Image.black(96, 64, bands=3).bandjoin(128).cast("uchar").copy(interpretation="srgb")
    _, image, _ = finished(raw(half), promise("png", "opaque"))
    assert difference(image, image * 0 + 127) < 2


@pytest.mark.parametrize("background", BACKGROUNDS)
@pytest.mark.parametrize("kind", ["webp", "png"])
def test_see_through_bytes_that_are_right_already_pass_untouched(kind: str, background: str) -> None:
    original = encoded(see_through(), MEDIA_TYPES[kind])
    done, _, _ = finished(original, promise(kind, background))
    assert (done.data is original.data) is (background != "opaque")


@pytest.mark.parametrize("background", ["auto", "opaque"])
@pytest.mark.parametrize("kind", FORMATS)
def test_opaque_bytes_that_are_right_already_pass_untouched(kind: str, background: str) -> None:
    original = encoded(gradient(), MEDIA_TYPES[kind])
    assert finished(original, promise(kind, background))[0].data is original.data


def test_filled_bytes_that_were_to_be_transparent_pass_untouched_with_a_warning() -> None:
    original = encoded(gradient())
    done, _, warnings = finished(original, promise("png", "transparent"))
    assert done.data is original.data
    assert warnings == (FILLED,)


def test_a_raw_image_never_passes_as_it_is() -> None:
    assert finished(raw(gradient()), promise("png"))[0].data.startswith(b"\x89PNG")


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("size", [Size(192, 128), Size(97, 65), Size(191, 128), Size(48, 32), Size(384, 254)])
def test_a_image_of_the_same_shape_is_brought_to_the_exact_size(size: Size, kind: str) -> None:
    for original in (raw(gradient(size)), encoded(gradient(size), MEDIA_TYPES[kind])):
        done, image, warnings = finished(original, promise(kind))
        assert done.size == SIZE
        assert warnings == ()
        assert difference(image, gradient()) < 5


def test_transparency_survives_scaling() -> None:
    _, image, _ = finished(raw(see_through(Size(192, 128))), promise("png"))
    assert image.bands == 4
    assert difference(on_white(image), on_white(see_through())) < 4


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("size", [Size(64, 96), Size(96, 96), Size(100, 64), Size(96, 60), Size(1000, 10)])
def test_a_image_of_another_shape_is_left_with_a_warning(size: Size, kind: str) -> None:
    for original in (raw(gradient(size)), encoded(gradient(size), MEDIA_TYPES[kind])):
        done, image, warnings = finished(original, promise(kind))
        assert done.size == size
        assert warnings == (f"The provider returned {size} pixels instead of 96×64; the image is unchanged.",)
        assert difference(image, gradient(size)) < 8


@pytest.mark.parametrize(
    ("size", "asked", "becomes"),
    [
        (Size(512, 512), Size(1024, 1024), Size(1024, 1024)),
        (Size(511, 511), Size(1024, 1024), Size(511, 511)),
        (Size(512, 512), Size(1536, 1024), Size(512, 512)),
        (Size(1, 1), Size(1536, 1024), Size(1, 1)),
        (Size(768, 511), Size(1536, 1024), Size(768, 511)),
    ],
)
def test_an_image_with_less_than_a_quarter_of_the_pixels_is_not_enlarged_and_free(
    size: Size, asked: Size, becomes: Size
) -> None:
    done, _, warnings = finished(encoded(gradient(size)), promise(size=asked))
    assert done.size == becomes
    free = f"The provider returned {size} pixels instead of {asked}; the image is unchanged and free."
    assert warnings == (() if becomes == asked else (free,))
    assert is_large_enough(size, asked) is (becomes == asked)


def test_both_warnings_are_given_in_order() -> None:
    _, _, warnings = finished(encoded(gradient(Size(64, 64))), promise("webp", "transparent"))
    assert [warning.split(" ", 4)[3] for warning in warnings] == ["64×64", "a"]


def deep(image: pyvips.Image) -> pyvips.Image:
    """The same image with sixteen bits a channel."""
    return (image.cast("ushort") * 257).cast("ushort").copy(interpretation="rgb16")


def grey() -> pyvips.Image:
    return gradient()[0].copy(interpretation="b-w")


def grey_see_through() -> pyvips.Image:
    return grey().bandjoin(see_through()[3]).copy(interpretation="b-w")


def animated(suffix: str) -> bytes:
    """Two frames: the gradient, then its negative."""
    frames = gradient().join(gradient().invert(), "vertical")
    frames.set_type(pyvips.GValue.gint_type, "page-height", SIZE.height)
    return bytes(frames.write_to_buffer(suffix))


def grey_as_rgb() -> pyvips.Image:
    return grey().colourspace("srgb")


STRANGE = {
    "16-bit PNG": (encoded(deep(gradient())), gradient()),
    "grey PNG": (encoded(grey()), grey_as_rgb()),
    "grey JPEG": (encoded(grey(), "image/jpeg"), grey_as_rgb()),
    "CMYK JPEG": (encoded(gradient().colourspace("cmyk"), "image/jpeg"), gradient()),
    "palette PNG": (encoded(gradient(), palette=True), gradient()),
    "animated GIF": (Image(animated(".gif"), "image/gif", SIZE), gradient()),
    "animated WebP": (Image(animated(".webp"), "image/webp", SIZE), gradient()),
}


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("name", STRANGE)
def test_a_strange_image_comes_out_as_eight_bit_srgb(name: str, kind: str) -> None:
    original, looks_like = STRANGE[name]
    done, image, warnings = finished(original, promise(kind))
    assert done.size == SIZE
    assert warnings == ()
    assert image.format == "uchar"
    assert image.interpretation in ("srgb", "b-w")
    assert image.get_n_pages() == 1
    shown = image if image.bands == 3 else image.colourspace("srgb")
    assert difference(shown, looks_like) < (24 if "CMYK" in name else 8)


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize(
    ("source", "looks_like"),
    [
        pytest.param(encoded(deep(see_through())), on_white(see_through()), id="16 bits"),
        pytest.param(encoded(grey_see_through()), on_white(grey_see_through()).colourspace("srgb"), id="grey"),
    ],
)
def test_a_strange_see_through_image_is_flattened_onto_white(
    source: Image,
    looks_like: pyvips.Image,
    kind: str,
) -> None:
    _, image, _ = finished(source, promise(kind, "opaque"))
    assert not image.hasalpha()
    assert difference(image.colourspace("srgb"), looks_like) < 4


def test_no_profile_and_no_camera_data_is_left_in_what_was_encoded() -> None:
    image = gradient().copy()
    image.set_type(pyvips.GValue.gstr_type, "exif-ifd0-Make", "Camera")
    for kind in FORMATS:
        source = encoded(image, "image/jpeg" if kind != "jpeg" else "image/webp")
        _, finished_image, _ = finished(source, promise(kind))
        assert not [field for field in finished_image.get_fields() if field.startswith(("exif", "xmp", "icc"))]


def test_the_bytes_are_believed_and_not_the_label() -> None:
    mislabelled = Image(encoded(gradient(), "image/webp").data, "image/png", SIZE)
    _, image, _ = finished(mislabelled, promise("png"))
    assert difference(image, gradient()) < 4


def test_the_size_is_that_of_the_pixels_and_not_of_the_label() -> None:
    original = Image(encoded(gradient(Size(64, 64))).data, "image/png", SIZE)
    done, _, warnings = finished(original, promise("png"))
    assert done.size == Size(64, 64)
    assert len(warnings) == 1


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize(
    "original",
    [
        pytest.param(raw(gradient(Size(17_000, 8))), id="wider than WebP can be"),
        pytest.param(raw(gradient(Size(66_000, 8))), id="wider than JPEG can be"),
    ],
)
def test_a_image_its_format_cannot_hold_is_refused_with_a_sentence(original: Image, kind: str) -> None:
    try:
        done, _ = postprocess(original, promise(kind), LIMITS)
    except NotAnImage as refusal:
        assert refusal.message.endswith(".")
    else:
        assert done.size == original.size


@pytest.mark.parametrize("length", [0, 1, 96 * 64 * 4 - 1, 96 * 64 * 4 + 1, 96 * 64 * 3])
def test_raw_bytes_that_do_not_fill_the_image_are_refused(length: int) -> None:
    original = Image(bytes(length), raw(gradient()).media_type, SIZE)
    with pytest.raises(NotAnImage, match=f"{length} bytes are not a raw image of 96×64"):
        postprocess(original, promise(), LIMITS)


def test_a_raw_image_of_nothing_is_refused() -> None:
    with pytest.raises(NotAnImage):
        postprocess(Image(b"", raw(gradient()).media_type, Size(0, 0)), promise(), LIMITS)


@pytest.mark.anyio
async def test_images_are_finished_on_threads_of_their_own(tmp_path: Path) -> None:
    imaging = Imaging(ImagingSettings(), tmp_path)
    try:
        origin = Provenance("sketch", "gpt-image-2", trained=False)
        sources = [encoded(gradient(), "image/webp") for _ in range(6)]
        done = await asyncio.gather(*(imaging.postprocess(source, promise("jpeg"), origin) for source in sources))
        assert {sniff(original.data) for original, _ in done} == {"image/jpeg"}
        assert await imaging.inspect(sources[0].data) == sources[0]
        assert (await imaging.normalise(sources[0].data)).media_type == "image/png"
        with pytest.raises(NotAnImage):
            await imaging.inspect(b"no picture")
    finally:
        imaging.close()


def test_the_settings_are_millions() -> None:
    imaging = Imaging(ImagingSettings(max_picture_megapixels=3, max_input_megabytes=2), Path("unused"))
    imaging.close()
    assert (imaging.limits.pixels, imaging.limits.bytes) == (3_000_000, 2_000_000)


@pytest.mark.parametrize("kind", ["webp", "jpeg"])
def test_less_quality_makes_smaller_files_of_the_same_image(kind: str) -> None:
    noisy = (gradient() + pyvips.Image.gaussnoise(SIZE.width, SIZE.height, sigma=8, seed=1)).cast("uchar")
    original = raw(noisy.copy(interpretation="srgb"))
    sizes = []
    for compression in (0, 30, 60, 90, 100):
        done, image, warnings = finished(original, replace(promise(kind), compression=compression))
        assert warnings == ()
        assert difference(image, noisy) < 12
        sizes.append(len(done.data))
    assert sizes == sorted(set(sizes)), "each is larger than the one before"


@pytest.mark.parametrize(
    ("kind", "suffix", "options"),
    [
        ("webp", ".webp", {"Q": 90, "alpha_q": 100, "effort": 2}),
        ("jpeg", ".jpg", {"Q": 92, "subsample_mode": "off", "optimize_coding": True}),
    ],
)
def test_without_compression_the_bytes_are_the_usual_ones(kind: str, suffix: str, options: dict[str, Any]) -> None:
    usual = gradient().write_to_buffer(suffix, keep="none", **options)
    for wanted in (promise(kind), replace(promise(kind), compression=100)):
        assert finished(raw(gradient()), wanted)[0].data == usual


def test_a_png_is_the_same_whatever_the_compression() -> None:
    pngs = [finished(raw(gradient()), replace(promise("png"), compression=one))[0].data for one in (0, 50, 100)]
    assert len(set(pngs)) == 1


@pytest.mark.parametrize("kind", ["webp", "jpeg"])
def test_what_a_provider_has_compressed_is_not_compressed_again(kind: str) -> None:
    original, asked = encoded(gradient(), MEDIA_TYPES[kind]), replace(promise(kind), compression=40)
    assert finished(original, replace(asked, compressed=True))[0].data is original.data
    assert len(finished(original, asked)[0].data) < len(original.data)
    larger = encoded(gradient(Size(192, 128)), MEDIA_TYPES[kind])
    assert finished(larger, replace(asked, compressed=True))[0].size == SIZE
