"""Edits with a mask: nothing changes outside it, and the warnings say what changed inside."""

import itertools

import pytest
import pyvips
from tests.sketch.edits.images import SEED, SIZE, attempt, ball, changed, edit, pixels, plain, rgba, scene, warnings_of
from tests.support.samples import one_in

from easel_sketch import Image, Request, Size, draw
from easel_sketch.edits.masking import hole_of

HALF = (0, 0, 150, 200)  # the left half of the scene
AS_IT_CAME = "the picture is as it came."


def mask(*holes: tuple[int, int, int, int], width: int = 300, height: int = 200) -> pyvips.Image:
    """Opaque, and transparent in these boxes."""
    made = plain(width, height, [9, 8, 7]).bandjoin(255)
    for left, top, across, down in holes:
        made = made.insert(plain(across, down, [0, 0, 0]).bandjoin(0), left, top)
    return made.cast("uchar").copy(interpretation="srgb")


def masked(prompt: str, *images: pyvips.Image, size: Size = SIZE, hole: tuple[int, int, int, int] = HALF) -> Image:
    first = (images or (scene(),))[0]
    done = attempt(prompt, *(images or (scene(),)), size=size, mask=mask(hole, width=first.width, height=first.height))
    assert done is not None
    return done


def outside(hole: tuple[int, int, int, int], size: Size) -> pyvips.Image:
    """255 in every pixel that shows anything from outside the hole."""
    data = bytes(mask(hole).write_to_buffer(".png"))
    return hole_of(Image(data, "image/png", Size(300, 200)), size) == 0


TONES = ["Make it black and white", "Blur the background", "Add film grain", "Make it night"]
PROMPTS = [SEED, "Write “Hi” on it", *TONES]
SIZES = [SIZE, Size(600, 400), Size(512, 512), Size(306, 200)]


@pytest.mark.parametrize(("prompt", "size"), one_in(5, itertools.product(PROMPTS, SIZES)))
def test_every_pixel_outside_the_mask_is_the_same(prompt: str, size: Size) -> None:
    untouched = rgba(edit("Make her smile", size=size))
    done = masked(prompt, size=size)
    different = changed(untouched, rgba(done))
    assert (different & outside(HALF, size)).max() == 0
    assert different.max() == 255, prompt
    assert done.warnings[-1].startswith("Only inside the mask was anything changed, ")


def test_at_its_own_size_the_rest_has_the_inputs_bytes() -> None:
    done = masked("Make it black and white", hole=(30, 40, 100, 90))
    different = changed(scene(), pixels(done))
    assert different.find_trim(background=0, threshold=1) == [30, 40, 100, 90]
    assert "Only inside the mask was anything changed, 15.0% of the picture." in done.warnings


@pytest.mark.parametrize("size", [Size(600, 400), Size(512, 512), Size(306, 200)], ids=str)
def test_a_hole_goes_where_its_image_goes(size: Size) -> None:
    marked = scene().insert(plain(40, 30, [10, 240, 20]), 220, 90)
    done = masked("Make it black and white", marked, size=size, hole=(220, 90, 40, 30))
    red, green, blue = pixels(done).bandsplit()
    still_green = ((green - red) > 100) & ((green - blue) > 100)
    assert still_green.avg() < 255 * 0.004


@pytest.mark.parametrize("prompt", ["Make her smile", "Mirror it", "Put a white frame around it", "A sign “Open”"])
def test_when_nothing_can_be_done_inside_the_warning_says_so(prompt: str) -> None:
    done = masked(prompt)
    assert changed(scene(), pixels(done)).max() == 0
    assert done.warnings[-1] == f"Nothing was changed inside the mask: {AS_IT_CAME}"
    assert "Not done: " in warnings_of(done)


def test_what_is_found_only_outside_is_not_said_to_be_done() -> None:
    done = masked(SEED, hole=(0, 0, 40, 40))
    assert changed(scene(), pixels(done)).max() == 0
    assert not [sentence for sentence in done.warnings if sentence.startswith("Done")]
    assert done.warnings[-1] == f"Nothing was changed inside the mask: {AS_IT_CAME}"


def test_all_inside_a_mask_gets_the_colour_and_nothing_else() -> None:
    hole = (110, 70, 80, 60)  # the face
    done = masked("Make it blue", hole=hole)
    red, _, blue = pixels(done)(150, 100)
    assert blue > red + 40
    assert changed(scene(), pixels(done)).find_trim(background=0, threshold=1) == list(hole)
    assert done.warnings[0] == "Done: all that is inside the mask is blue now (8.0% of the picture)."


def test_a_thing_of_a_colour_is_looked_for_inside_the_mask_alone() -> None:
    """Without the mask, "the red hat" is the larger one above."""
    hole = (80, 150, 140, 50)
    done = masked("Change the red hat to blue", hole=hole)
    left, top, width, height = changed(scene(), pixels(done)).find_trim(background=0, threshold=1)
    assert left > 117 and top > 167 and width < 66 and height < 30  # the shoe
    missing = masked("Change the red hat to blue", hole=(0, 0, 80, 200))
    assert missing.warnings[0].startswith("Not done: nothing was found inside the mask of the colour that “hat”")
    assert changed(scene(), pixels(missing)).max() == 0


@pytest.mark.proof
def test_what_a_step_does_outside_the_mask_is_not_said_to_be_done() -> None:
    done = masked("Make it darker, then make the background black and white", ball(), hole=(130, 84, 40, 40))
    assert done.warnings[0] == "Done: darker for the whole picture."
    assert done.warnings[1] == "Not done: “black and white”. It would change nothing inside the mask."


def test_a_hole_is_filled_from_around_it() -> None:
    spot = plain(300, 200, [90, 150, 90]).insert(plain(40, 40, [220, 20, 20]), 100, 80)
    done = masked("Remove the red square", spot, hole=(96, 76, 48, 48))
    assert pixels(done)(120, 100) == [90, 150, 90]
    assert done.warnings[0].startswith("Done: what is inside the mask (3.8% of the picture) is filled with patches")
    assert masked("Remove the red square", spot, hole=(96, 76, 48, 48)).data == done.data


def test_too_large_a_hole_is_not_filled() -> None:
    done = masked("Remove it")
    assert changed(scene(), pixels(done)).max() == 0
    assert "The mask is 50% of the picture, and at most 40% can be filled" in warnings_of(done)


def test_a_mask_that_is_transparent_nowhere_leaves_everything() -> None:
    for image in (mask(), plain(300, 200, [0, 0, 0])):
        done = attempt("Make it black and white", scene(), mask=image)
        assert done is not None
        assert changed(scene(), pixels(done)).max() == 0
        assert done.warnings == (f"The mask is transparent nowhere, so nothing may change: {AS_IT_CAME}",)


def test_half_transparent_is_outside() -> None:
    soft = plain(300, 200, [0, 0, 0]).bandjoin(100).cast("uchar")
    done = attempt("Make it black and white", scene(), mask=soft)
    assert done is not None
    assert changed(scene(), pixels(done)).max() == 0


def test_a_text_is_set_whole_inside_the_mask_or_not_at_all() -> None:
    size, hole = Size(600, 400), (150, 100, 140, 80)
    done = masked("Write “Hello” on it", size=size, hole=hole)
    assert "Done: “Hello” is set inside the mask, whole" in warnings_of(done)
    cramped = masked("Write “Hello and good morning to all of you” on it", size=size, hole=(150, 100, 12, 6))
    assert "does not fit inside the mask" in warnings_of(cramped)


def test_several_images_change_the_first_inside_its_mask() -> None:
    first, second = scene(), ball().thumbnail_image(300, height=200, size="force")
    done = masked("Give the first picture the colours of the second", first, second)
    assert (changed(first, pixels(done)) & outside(HALF, SIZE)).max() == 0
    beside = masked("Put them side by side", first, second)
    assert changed(first, pixels(beside)).max() == 0
    assert "Not done: “beside”." in warnings_of(beside)


def test_the_engine_never_draws_a_page_over_a_mask() -> None:
    source = Image(bytes(scene().write_to_buffer(".png")), "image/png", Size(300, 200))
    hole = Image(bytes(mask(HALF).write_to_buffer(".png")), "image/png", Size(300, 200))
    done = draw(Request("A poster “Open today”", SIZE, inputs=(source, source), mask=hole))
    assert changed(scene(), pixels(done)).max() == 0
