import pytest
import pyvips
from tests.support.images import LIMITS, SIZE, difference, encoded, gradient, on_white, opened, png_chunk, see_through

from easel.domain import Image, Size
from easel.imaging.formats import sniff
from easel.imaging.inputs import normalise_input

TURNED = {
    1: gradient(),
    2: gradient().fliphor(),
    3: gradient().rot180(),
    4: gradient().flipver(),
    5: gradient().rot90().fliphor(),
    6: gradient().rot270(),
    7: gradient().rot270().fliphor(),
    8: gradient().rot90(),
}


def normalised(original: Image) -> tuple[Image, pyvips.Image]:
    done = normalise_input(original.data, LIMITS)
    image = opened(done)
    assert done.media_type == sniff(done.data) == "image/png"
    assert done.size == Size(image.width, image.height)
    assert image.format == "uchar"
    assert image.interpretation == "srgb"
    return done, image


@pytest.mark.parametrize("orientation", TURNED)
def test_a_turned_image_is_put_upright(orientation: int) -> None:
    image = TURNED[orientation].copy()
    image.set_type(pyvips.GValue.gint_type, "orientation", orientation)
    done, upright = normalised(encoded(image, "image/jpeg"))
    assert done.size == SIZE
    assert difference(upright, gradient()) < 4
    assert upright.get_typeof("orientation") == 0 or upright.get("orientation") == 1


@pytest.mark.parametrize("media_type", ["image/jpeg", "image/png", "image/webp", "image/avif"])
def test_nothing_is_left_of_where_and_when_a_image_was_taken(media_type: str) -> None:
    image = gradient().copy()
    image.set_type(pyvips.GValue.gstr_type, "exif-ifd0-Make", "Secretcam")
    image.set_type(pyvips.GValue.gstr_type, "exif-ifd3-GPSLatitudeRef", "N")
    image.set_type(pyvips.GValue.blob_type, "xmp-data", b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>Secretplace</x:xmpmeta>")
    source = encoded(image, media_type, keep="all")
    assert b"Secretcam" in source.data
    done, left = normalised(source)
    assert not [field for field in left.get_fields() if field.startswith(("exif", "xmp", "iptc", "icc"))]
    assert b"Secret" not in done.data


def test_a_text_in_a_png_is_left_behind() -> None:
    plain = encoded(gradient()).data
    chunk = png_chunk(b"tEXt", b"Comment\x00Secrettext")
    told = plain[:33] + chunk + plain[33:]
    assert b"Secret" not in normalised(Image(told, "image/png", SIZE))[0].data


def test_transparency_is_kept() -> None:
    _, image = normalised(encoded(see_through(), "image/webp"))
    assert image.bands == 4
    assert difference(on_white(image), on_white(see_through())) < 2


def test_grey_becomes_srgb() -> None:
    grey = gradient()[0].copy(interpretation="b-w")
    assert difference(normalised(encoded(grey))[1], grey.colourspace("srgb")) < 2


def test_grey_with_alpha_becomes_srgb_with_alpha() -> None:
    grey = gradient()[0].bandjoin(see_through()[3]).copy(interpretation="b-w")
    _, image = normalised(encoded(grey))
    assert image.bands == 4
    assert difference(image[3], see_through()[3]) < 1


def test_sixteen_bits_become_eight() -> None:
    deep = (gradient().cast("ushort") * 257).cast("ushort").copy(interpretation="rgb16")
    assert difference(normalised(encoded(deep))[1], gradient()) < 2


def test_sixteen_bits_with_alpha_become_eight() -> None:
    deep = (see_through().cast("ushort") * 257).cast("ushort").copy(interpretation="rgb16")
    _, image = normalised(encoded(deep))
    assert image.bands == 4
    assert difference(on_white(image), on_white(see_through())) < 2


def test_cmyk_becomes_srgb() -> None:
    assert difference(normalised(encoded(gradient().colourspace("cmyk"), "image/jpeg"))[1], gradient()) < 24


def test_a_palette_becomes_its_colours() -> None:
    assert difference(normalised(encoded(gradient(), palette=True))[1], gradient()) < 8


def test_only_the_first_frame_of_an_animation_is_taken() -> None:
    frames = gradient().join(gradient().invert(), "vertical")
    frames.set_type(pyvips.GValue.gint_type, "page-height", SIZE.height)
    original = Image(frames.write_to_buffer(".gif"), "image/gif", SIZE)
    done, image = normalised(original)
    assert done.size == SIZE
    assert difference(image[:3], gradient()) < 8


def test_an_embedded_profile_is_honoured() -> None:
    wide = gradient().icc_transform("p3", input_profile="srgb", depth=8)
    assert wide.get_typeof("icc-profile-data")
    assert difference(wide, gradient()) > 2
    assert difference(normalised(encoded(wide, keep="all"))[1], gradient()) < 2


def test_a_broken_profile_is_ignored() -> None:
    image = gradient().copy()
    image.set_type(pyvips.GValue.blob_type, "icc-profile-data", b"no profile at all" * 20)
    assert difference(normalised(encoded(image, "image/jpeg", keep="all"))[1], gradient()) < 4
