"""Crops, rotations, extensions and frames."""

import numpy as np
import pytest
import pyvips
from tests.sketch.edits.images import SIZE, ball, changed, edit, noise, pixels, plain, rgba, scene, warnings_of

from easel_sketch import Size
from easel_sketch.edits.pixels import components


def roundness(image: pyvips.Image) -> float:
    """The aspect ratio of the largest orange region."""
    orange = ((image[0] - image[2]) > 60).numpy() > 0
    labels, areas = components(orange)
    down, across = (labels == int(areas.argmax())).nonzero()
    return float(np.ptp(across) + 1) / float(np.ptp(down) + 1)


def test_an_image_of_the_requested_size_is_not_resampled() -> None:
    assert changed(scene(), pixels(edit("Change the green hat to blue"))).max() == 0


def test_mirroring_and_turning_move_bytes_only() -> None:
    assert changed(scene().fliphor(), pixels(edit("Flip it horizontally"))).max() == 0
    assert changed(scene().flipver(), pixels(edit("Flip it vertically"))).max() == 0
    assert changed(scene().rot180(), pixels(edit("Rotate it by 180 degrees"))).max() == 0
    assert changed(scene().rot270(), pixels(edit("Rotate 90 degrees to the left", size=Size(200, 300)))).max() == 0


@pytest.mark.parametrize(
    ("asked", "size"),
    [
        ("make it warmer", Size(300, 300)),
        ("crop to 1:1", Size(400, 200)),
        ("zoom in 1.2x on the subject", Size(200, 300)),
        ("extend the canvas", Size(300, 300)),
        ("rotate 10°", SIZE),
    ],
)
def test_nothing_is_ever_stretched(asked: str, size: Size) -> None:
    done = edit(asked, ball(), size=size)
    assert done.size == size
    assert abs(roundness(pixels(done)) - 1) < 0.06


def test_another_shape_goes_on_beyond_the_edges_and_the_picture_is_whole() -> None:
    done = edit("warmer", size=Size(600, 600))
    inner = pixels(done).crop(0, 100, 600, 400).thumbnail_image(300, height=200, size="force")
    assert (inner - pixels(edit("warmer"))).abs().avg() < 3
    assert "goes on blurred beyond its edges to be 600×600" in warnings_of(done)


def test_a_slightly_different_shape_is_cropped() -> None:
    done = edit("warmer", plain(300, 204, [90, 120, 150]))
    assert "2.0% of the picture was cut off at its edges" in warnings_of(done)


@pytest.mark.proof
def test_a_crop_says_how_much_is_lost_and_keeps_the_subject() -> None:
    aside = ball().embed(-90, 0, 300, 200, extend="copy")
    done = edit("Crop to a square", aside, size=Size(200, 200))
    assert "33% of the picture was cut off, nothing is stretched" in warnings_of(done)
    assert pixels(done)(70, 104)[0] > 180


def test_a_side_can_be_cut_off() -> None:
    done = edit("Crop off the left half", size=Size(150, 200))
    assert changed(scene().crop(150, 0, 150, 200), pixels(done)).max() == 0


def test_an_extension_keeps_the_image_and_reports_the_rest() -> None:
    done = edit("Extend the canvas to the right by 100%", size=Size(600, 200))
    assert changed(scene(), pixels(done).crop(0, 0, 300, 200)).max() == 0
    assert "its own blurred mirror image, nothing new" in warnings_of(done)


def test_cropping_to_a_subject_needs_one() -> None:
    assert "Not done: crop to the subject." in warnings_of(edit("Crop to the subject", noise()))
    assert "Done: cropped to the subject" in warnings_of(edit("Crop to the subject", ball()))


@pytest.mark.parametrize(
    ("asked", "corner"), [("Add a navy frame", [24, 52, 99, 255]), ("Rounded corners", [0, 0, 0, 0])]
)
def test_frames(asked: str, corner: list[int]) -> None:
    image = rgba(edit(asked, ball()))
    assert image(1, 1)[3] == corner[3]
    assert image(1, 1) == corner or corner[3] == 0
    assert abs(roundness(image[:3]) - 1) < 0.06


def test_rounded_corners_are_white_where_nothing_can_be_transparent() -> None:
    assert rgba(edit("Rounded corners", ball(), output="jpeg"))(0, 0) == [255, 255, 255, 255]


def test_an_instant_photograph_is_whole_and_round() -> None:
    assert abs(roundness(pixels(edit("Make it a polaroid", ball()))) - 1) < 0.06
