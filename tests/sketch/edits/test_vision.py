"""The trained model behind the subject's mask, and what is done without it."""

import numpy as np
import pytest
import pyvips
from tests.sketch.edits.images import ball, edit, noise

from easel_sketch.edits import filling, subject, vision
from easel_sketch.edits.pixels import Floats

FIND = subject.found  # without the cache of conftest.py


@pytest.fixture(params=[True, False], ids=["model", "contrast"])
def seen(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    monkeypatch.setattr(vision, "available", lambda: request.param)
    return bool(request.param)


def test_a_subject_is_found_with_and_without_the_model(seen: bool) -> None:
    found = FIND(ball())
    assert found.clear
    assert found.seen is seen
    assert 0.15 < found.share < 0.19
    assert found.found.startswith("The subject was found (" if seen else "The subject was found by its contrast (")


def test_an_unclear_subject_says_how_unclear_it_is(seen: bool) -> None:
    found = FIND(noise())
    assert not found.clear
    assert f"needs {'0.85' if seen else '0.65'})" in found.why
    assert ("easel[vision]" in found.why) is not seen


def test_last_bits_of_the_model_change_no_mask(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processors differ by at most 1e-5 (measured with AVX-512 and without AVX)."""
    across = np.linspace(-1, 1, vision.SIDE, dtype=np.float32)
    far = np.sqrt(across[:, None] ** 2 + across[None] ** 2)
    likely = (1 / (1 + np.exp((far - 0.6) * 40))).astype(np.float32)
    errors = np.random.default_rng(3).uniform(-1e-5, 1e-5, likely.shape).astype(np.float32)

    def segmented(values: Floats) -> tuple[float, Floats]:
        monkeypatch.setattr(vision, "_probability", lambda _image: values)
        return vision.segmented(pyvips.Image.black(8, 8, bands=3).copy(interpretation="srgb"))

    plain, other = segmented(likely), segmented(likely + errors)
    assert plain[0] == other[0]
    assert np.array_equal(plain[1], other[1])


def test_specks_are_no_subject(monkeypatch: pytest.MonkeyPatch) -> None:
    likely = np.zeros((vision.SIDE, vision.SIDE), dtype=np.float32)
    likely[100:200, 100:200], likely[20:30, 20:30] = 1, 1
    monkeypatch.setattr(vision, "_probability", lambda _image: likely)
    _, mask = vision.segmented(pyvips.Image.black(8, 8, bands=3).copy(interpretation="srgb"))
    assert (mask[150, 150], mask[25, 25]) == (1, 0)


def test_without_patchmatch_nothing_is_filled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filling, "available", lambda: False)
    image, sentence = filling.removed(ball(), "spoon", pyvips.Image.black(300, 200) + 255, 1)
    assert sentence == f"Not done: remove “spoon”. {filling.MISSING}"
    assert image(5, 5) == ball()(5, 5)


def test_removing_without_a_mask_asks_for_one() -> None:
    assert "Mark it with a mask" in edit("Remove the man on the left").warnings[0]
