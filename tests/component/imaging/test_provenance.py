"""The mark an image leaves with: true for every kind of making, bound to the bytes, at the cost of no pixel."""

from dataclasses import replace
from pathlib import Path

import pytest
import pyvips
from tests.support.images import encoded, gradient, raw, see_through

from easel.domain import RAW_RGBA, Image, Provenance
from easel.imaging.provenance import LIST, UNSIGNED, ProvenanceSettings, ProvenanceWriter
from easel.imaging.provenance.inspect import Mark, inspected
from easel.imaging.state import OutputSpec

FORMATS = ("image/png", "image/jpeg", "image/webp")
SKETCHED = Provenance("sketch", "gpt-image-2", trained=False)
MODELLED = Provenance("openai", "gpt-image-2", trained=True)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("keys")


def marked(original: Image, origin: Provenance, keys: Path, generated: Image | None = None) -> Image:
    done, warnings = ProvenanceWriter(ProvenanceSettings(), keys).mark(original, origin, generated)
    assert warnings == ()
    return done


def pixels(original: Image) -> pyvips.Image:
    return pyvips.Image.new_from_buffer(original.data, "")


def read(original: Image, keys: Path) -> Mark:
    return inspected(original.data, keys)


@pytest.mark.parametrize("media_type", FORMATS)
@pytest.mark.parametrize("image", [gradient(), see_through()], ids=["filled", "clear"])
def test_a_mark_changes_no_pixel_and_is_trusted_here(media_type: str, image: pyvips.Image, keys: Path) -> None:
    original = encoded(image, media_type)
    done = marked(original, SKETCHED, keys)
    assert (pixels(done) - pixels(original)).abs().max() == 0
    assert pixels(done).bands == pixels(original).bands
    mark = read(done, keys)
    assert (mark.state, mark.problems, mark.tool) == ("Trusted", (), "Easel (sketch)")
    assert inspected(done.data).state == "Valid"  # to a stranger: whole, by somebody unknown
    assert len(done.data) - len(original.data) < 6000  # no thumbnail of it inside


@pytest.mark.parametrize("media_type", FORMATS)
def test_a_manifest_of_any_length_is_signed(media_type: str, keys: Path) -> None:
    """A block of a WebP is followed by a byte of padding if its length is odd."""
    original = encoded(gradient(), media_type)
    for length in range(1, 5):
        done = marked(original, replace(SKETCHED, provider="s" * length), keys)
        assert read(done, keys).state == "Trusted"
        again = marked(done, replace(SKETCHED, provider="another"), keys)
        assert (read(again, keys).state, read(again, keys).tool) == ("Trusted", "Easel (another)")


@pytest.mark.parametrize(
    ("origin", "parents", "source"),
    [
        (SKETCHED, 0, "algorithmicMedia"),
        (SKETCHED, 1, "algorithmicallyEnhanced"),
        (SKETCHED, 2, "composite"),
        (MODELLED, 0, "trainedAlgorithmicMedia"),
        (MODELLED, 2, "compositeWithTrainedAlgorithmicMedia"),
    ],
)
def test_the_kind_of_making_is_told_in_xmp_and_in_c2pa(
    origin: Provenance, parents: int, source: str, keys: Path
) -> None:
    inputs = tuple(encoded(gradient(), "image/png") for _ in range(parents))
    mark = read(marked(encoded(gradient(), "image/webp"), replace(origin, parents=inputs), keys), keys)
    assert mark.source == LIST + source
    assert any(source in action for action in mark.actions)
    assert len(mark.ingredients) == parents
    assert mark.state == "Trusted"


@pytest.mark.parametrize("media_type", FORMATS)
def test_an_upstream_s_own_manifest_is_kept(media_type: str, tmp_path: Path, keys: Path) -> None:
    theirs = marked(encoded(gradient(), media_type), MODELLED, tmp_path)
    mark = read(marked(theirs, MODELLED, keys, theirs), keys)
    assert mark.ingredients == ("generated (parentOf, with its own manifest)",)
    assert mark.state == "Trusted"


@pytest.mark.parametrize("media_type", FORMATS)
def test_one_changed_byte_breaks_it(media_type: str, keys: Path) -> None:
    done = bytearray(marked(encoded(gradient(), media_type), SKETCHED, keys).data)
    done[-40] ^= 1
    mark = inspected(bytes(done), keys)
    assert mark.state == "Invalid" or mark.problems


def test_a_copy_in_another_format_says_what_its_original_says(keys: Path) -> None:
    marker = ProvenanceWriter(ProvenanceSettings(), keys)
    original = marked(encoded(gradient(), "image/png"), SKETCHED, keys)
    copy = marker.mark_copy(encoded(gradient(), "image/jpeg"), original)
    mark = read(copy, keys)
    assert (mark.state, mark.source) == ("Trusted", LIST + "algorithmicMedia")
    assert mark.actions == ("c2pa.opened", "c2pa.converted")
    bare = encoded(gradient(), "image/png")
    assert marker.mark_copy(bare, bare) is bare


def test_a_second_packet_replaces_the_first(keys: Path) -> None:
    for media_type in FORMATS:
        twice = marked(marked(encoded(gradient(), media_type), SKETCHED, keys), MODELLED, keys)
        assert twice.data.count(b"DigitalSourceType>http") == 1
        assert read(twice, keys).source == LIST + "trainedAlgorithmicMedia"


def test_off_by_a_setting(tmp_path: Path) -> None:
    original = encoded(gradient(), "image/png")
    done, _ = ProvenanceWriter(ProvenanceSettings(provenance=False), tmp_path / "none").mark(original, SKETCHED)
    assert done is original
    assert not (tmp_path / "none").exists()
    assert inspected(original.data).state is None


def test_the_key_is_the_operator_s_or_made_once_and_private(tmp_path: Path) -> None:
    marked(encoded(gradient(), "image/png"), SKETCHED, tmp_path)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert set(made) == {"certificate.pem", "key.pem"}
    assert (tmp_path / "key.pem").stat().st_mode & 0o077 == 0
    marked(encoded(gradient(), "image/png"), SKETCHED, tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == made
    named = ProvenanceSettings(provenance_certificate=tmp_path / "certificate.pem", provenance_key=tmp_path / "key.pem")
    done, _ = ProvenanceWriter(named, tmp_path / "unused").mark(encoded(gradient(), "image/png"), SKETCHED)
    assert read(done, tmp_path).state == "Trusted"
    with pytest.raises(ValueError, match="set together"):
        ProvenanceSettings(provenance_key=tmp_path / "key.pem")


def test_a_key_that_does_not_work_costs_no_image(tmp_path: Path) -> None:
    for name in ("certificate.pem", "key.pem"):
        (tmp_path / name).write_text("not a key")
    done, warnings = ProvenanceWriter(ProvenanceSettings(), tmp_path).mark(encoded(gradient(), "image/png"), SKETCHED)
    assert warnings == (UNSIGNED,)
    assert inspected(done.data).source == LIST + "algorithmicMedia"


def test_what_is_no_image_is_refused() -> None:
    with pytest.raises(ValueError, match="not a PNG"):
        inspected(b"hello")


def test_raw_pixels_are_never_taken_for_a_manifest(keys: Path) -> None:
    original = raw(gradient())
    assert original.media_type == RAW_RGBA
    assert OutputSpec(original.size, "png", "auto").media_type == "image/png"
    mark = read(marked(encoded(gradient(), "image/png"), SKETCHED, keys, original), keys)
    assert mark.actions == ("c2pa.created · algorithmicMedia · sketch",)
