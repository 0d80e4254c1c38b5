"""Edits of unusual images: one pixel, one colour, fully transparent."""

import itertools

import pytest
import pyvips
from tests.sketch.edits.images import edit, noise, plain
from tests.support.samples import one_in

from easel_sketch import Size

SIZE = Size(96, 64)
ALONE = (
    "Change the red hat to blue, change the black hat to white, make the subject brighter",
    "Black and white except the red dress",
    "Crop to the subject, zoom in 3x on the subject, crop to 99:1",
    "Extend to the left by 900%, rotate 33 degrees, crop off the left 95%",
    "Blur the background, remove the background, rounded corners, add a frame",
    'Make it a polaroid, add "Hello" at the top and "Bye" in the corner',
    "Halftone, posterize, denoise, sharpen, upscale, misty",
)
TOGETHER = (
    "Put these side by side",
    "before and after",
    "collage",
    "place the first on the second",
    "put the logo in the corner",
    "match the colours of the second",
)
ODD = {
    "a pixel": plain(1, 1, [200, 30, 30]),
    "a line": plain(700, 3, [200, 30, 30]),
    "one colour": plain(40, 90, [200, 30, 30]),
    "nothing": plain(20, 20, [0, 0, 0]).bandjoin(pyvips.Image.black(20, 20)),
}


@pytest.mark.parametrize(("what", "prompt"), one_in(5, itertools.product(sorted(ODD), ALONE)))
def test_one_odd_picture(what: str, prompt: str) -> None:
    done = edit(prompt, ODD[what], size=SIZE)
    assert len(done.data) == 96 * 64 * 4
    assert done.warnings


@pytest.mark.parametrize("what", ["a pixel", "nothing"])
@pytest.mark.parametrize("prompt", TOGETHER)
def test_an_odd_picture_with_another(prompt: str, what: str) -> None:
    assert len(edit(prompt, ODD[what], noise(), size=SIZE).data) == 96 * 64 * 4
