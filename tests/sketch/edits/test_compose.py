"""Compositions of several images."""

import pytest
import pyvips
from tests.sketch.edits.images import ball, changed, edit, noise, pixels, plain, warnings_of

from easel_sketch import Size

RED, GREEN, BLUE = [200, 30, 30], [30, 160, 60], [30, 60, 200]


def cards(*colours: list[int]) -> list[pyvips.Image]:
    return [plain(300, 200, colour) for colour in colours]


def test_side_by_side_keeps_the_order_and_says_what_is_cut() -> None:
    done = edit("Put these side by side", *cards(RED, GREEN, BLUE))
    after = pixels(done)
    assert [after(x, 100) for x in (40, 150, 260)] == [RED, GREEN, BLUE]
    assert "3 pictures side by side" in warnings_of(done)


def test_a_tall_page_stacks_them() -> None:
    after = pixels(edit("Put these side by side", *cards(RED, BLUE), size=Size(200, 300)))
    assert (after(100, 60), after(100, 240)) == (RED, BLUE)


def test_before_and_after_are_parted_by_a_line() -> None:
    done = edit("Make a before and after", *cards(RED, BLUE))
    after = pixels(done)
    assert (after(40, 100), after(260, 100)) == (RED, BLUE)
    assert min(after(150, 30)) > 200
    assert "first picture is at the left" in warnings_of(done)


def test_before_and_after_ignores_a_third_image() -> None:
    assert "Not done: 1 further pictures" in warnings_of(edit("before/after", *cards(RED, BLUE, GREEN)))


@pytest.mark.parametrize("index", range(4))
@pytest.mark.parametrize("count", [2, 5, 9])
def test_every_picture_is_in_a_collage(count: int, index: int) -> None:
    colours = [[20 + 24 * place, 200 - 20 * place, 90] for place in range(count)]
    after = pixels(edit("Make a collage", *cards(*colours), index=index))
    for colour in colours:
        assert ((after - colour).abs() < 2).bandand().avg() / 255 > 0.02, colour


def test_a_thing_is_cut_out_and_stands_on_the_scene() -> None:
    done = edit("Place the product from the first image on the second image", ball(), plain(300, 200, GREEN))
    after = pixels(done)
    assert after(150, 130)[0] > 150
    assert after(10, 10) == GREEN
    assert "cut out and placed on the scene" in warnings_of(done)
    assert "shadow that is drawn" in warnings_of(done)


@pytest.mark.proof
def test_an_image_without_a_subject_is_not_placed() -> None:
    done = edit("Place the product from the first image on the second image", noise(), plain(300, 200, GREEN))
    assert done.warnings[0].startswith("Not done: place one picture on the other.")
    assert changed(plain(300, 200, GREEN), pixels(done)).max() == 0


def test_a_logo_loses_its_plain_ground_and_the_rest_stays() -> None:
    logo = plain(300, 200, [255, 255, 255]).insert(plain(120, 60, BLUE), 90, 70)
    base = plain(300, 200, GREEN)
    done = edit("Put the logo in the top left corner", base, logo)
    after = pixels(done)
    different = changed(base, after)
    assert different.crop(120, 0, 180, 200).max() == 0
    assert different.crop(0, 80, 300, 120).max() == 0
    assert max(after.crop(0, 0, 120, 80)[0].max(), 0) < 60  # no white is left
    assert "freed from its plain ground" in warnings_of(done)


def test_a_palette_moves_the_colours_and_nothing_else() -> None:
    done = edit("Use the colours of the second image on the first", ball(), plain(300, 200, BLUE))
    after = pixels(done)
    assert after(10, 10)[2] > ball()(10, 10)[2]
    assert "the first picture has the colours of the second now" in warnings_of(done)


def test_a_double_exposure_shows_both() -> None:
    after = pixels(edit("double exposure", *cards([120, 10, 10], [10, 10, 120])))
    assert after(150, 100)[0] > 100 and after(150, 100)[2] > 80


def test_further_steps_apply_to_the_composition() -> None:
    done = edit(
        'Put these side by side, make it black and white and add the text "TWO" at the bottom', *cards(RED, BLUE)
    )
    assert (pixels(done)[0] - pixels(done)[2]).abs().crop(0, 0, 300, 100).max() == 0
    assert "“TWO” is set at the bottom" in warnings_of(done)
