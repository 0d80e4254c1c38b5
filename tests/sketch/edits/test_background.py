"""Subject detection and edits of the background."""

import pytest
from tests.sketch.edits.images import ball, changed, edit, noise, pixels, plain, rgba, warnings_of

from easel_sketch import Size
from easel_sketch.edits import subject

INNER = (122, 76, 56, 56)  # well inside the ball
OUTER = (0, 0, 70, 200)


def test_a_clear_subject_is_found_to_the_pixel() -> None:
    found = subject.found(ball())
    assert found.clear
    assert 0.16 < found.share < 0.19  # a circle of radius 57 is 0.17 of 300 by 200
    assert found.mask.crop(*INNER).min() > 0.99
    assert found.mask.crop(*OUTER).max() < 0.01


@pytest.mark.proof
def test_a_subject_that_stands_on_the_lower_edge_is_one() -> None:
    standing = plain(300, 200, [150, 190, 225])
    standing = standing.insert(plain(70, 130, [40, 44, 60]), 110, 70)
    standing = standing.insert(plain(44, 50, [214, 160, 130]), 123, 24)
    found = subject.found(standing)
    assert found.clear
    assert found.mask(145, 190)[0] > 0.9  # the coat
    assert found.mask(145, 45)[0] > 0.9  # and the face


@pytest.mark.parametrize("asked", ["Blur the background", "Remove the background", "Make the background white"])
def test_an_unclear_subject_is_refused(asked: str) -> None:
    done = edit(asked, noise())
    assert changed(noise(), pixels(done)).max() == 0
    assert done.warnings[0].startswith(f"Not done: {asked.lower()}. The subject could not be told")


@pytest.mark.proof
def test_a_blurred_background_leaves_the_subjects_bytes() -> None:
    before = noise().gaussblur(1).cast("uchar")
    mask = (ball()[0] > 160).ifthenelse(255, 0).cast("uchar")
    before = (mask > 0).ifthenelse(ball(), (before * 0.25 + 70).cast("uchar")).copy(interpretation="srgb")
    done = edit("Blur the background", before)
    assert done.warnings[0].startswith("Done: the background is blurred.")
    different = changed(before, pixels(done))
    assert different.crop(*INNER).max() == 0
    assert pixels(done).crop(*OUTER).deviate() < before.crop(*OUTER).deviate() / 2


def test_the_new_background_goes_on_beyond_the_image() -> None:
    done = edit("Make the background yellow", ball(), size=Size(500, 200))
    assert pixels(done)(5, 100) == pixels(done)(495, 100) == [246, 197, 36]
    assert "goes on blurred" not in warnings_of(done)


def test_the_thing_behind_which_is_blurred_is_the_subject() -> None:
    done = edit("Blur behind the ball", ball())
    assert len(done.warnings) == 1
    assert done.warnings[0].startswith("Done: the background is blurred. The subject was found (confidence 0.")


def test_a_place_is_drawn_behind_the_subject() -> None:
    done = edit("Change the background to a meadow at noon", ball())
    assert pixels(done)(5, 5) == pixels(done)(290, 190) == [40, 160, 60]
    assert changed(ball(), pixels(done)).crop(*INNER).max() == 0
    assert done.warnings[0].startswith("Done: the background is drawn: meadow at noon. ")
    assert done.warnings[0].endswith("Not drawn: cows.")


def test_a_place_without_a_drawing_is_refused() -> None:
    done = edit("Change the background to a volcano", ball())
    assert changed(ball(), pixels(done)).max() == 0
    assert done.warnings[0].startswith("Not done: make the background volcano. The sketch engine has no drawing")


def test_a_filled_background_is_that_colour() -> None:
    done = edit("Change the background to yellow", ball())
    assert pixels(done)(5, 5) == pixels(done)(290, 190) == [246, 197, 36]
    assert changed(ball(), pixels(done)).crop(*INNER).max() == 0


def test_a_gradient_runs_from_the_first_colour_to_the_last() -> None:
    after = pixels(edit("Replace the background with a gradient from white to black", ball()))
    assert after(5, 0)[0] > 240
    assert after(5, 199)[0] < 30


def test_a_removed_background_is_transparent_where_that_can_be() -> None:
    image = rgba(edit("Remove the background", ball()))
    assert (image(5, 5)[3], image(150, 104)[3]) == (0, 255)
    assert 0 < image[3].crop(80, 90, 30, 20).avg() < 255  # the border is soft


@pytest.mark.parametrize(("output", "background"), [("jpeg", "auto"), ("png", "opaque")])
def test_a_removed_background_is_white_where_it_cannot(output: str, background: str) -> None:
    done = edit("Remove the background", ball(), output=output, background=background)
    assert rgba(done)(5, 5) == [255, 255, 255, 255]
    assert "white, since this picture cannot be transparent" in warnings_of(done)


@pytest.mark.proof
def test_a_cut_out_subject_is_not_surrounded_by_its_old_ground() -> None:
    image = rgba(edit("Remove the background", ball((240, 240, 235), (10, 20, 160))))
    border = (image[3] > 60) & (image[3] < 250)
    blue = border.ifthenelse(image[2] - image[0], 0)
    assert blue.max() < 100  # the ground was 150 bluer than red


def test_room_around_a_cut_out_is_transparent_too() -> None:
    image = rgba(edit("Remove the background", ball(), size=Size(300, 300)))
    assert image(150, 4)[3] == 0
