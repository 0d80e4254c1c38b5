"""Texts set on images: complete, legible, in the requested place."""

import pytest
import pyvips
from tests.sketch.edits.images import ball, changed, edit, noise, pixels, plain, warnings_of

from easel_sketch import Size

SQUARE = Size(512, 512)


def page(colour: list[int]) -> pyvips.Image:
    return plain(512, 512, colour)


def marked(prompt: str, image: pyvips.Image) -> tuple[int, int, int, int]:
    """The box of what changed: left, top, width, height."""
    different = changed(image, pixels(edit(prompt, image, size=SQUARE)))
    left, top, width, height = different.find_trim(threshold=0, background=0)
    return left, top, width, height


@pytest.mark.parametrize(
    ("place", "x", "y"),
    [
        ("at the top", 0.5, 0.1),
        ("at the bottom", 0.5, 0.9),
        ("in the top left corner", 0.2, 0.1),
        ("in the bottom right corner", 0.8, 0.9),
        ("in the center", 0.5, 0.5),
        ("at the right", 0.8, 0.5),
    ],
)
def test_a_text_goes_where_it_was_asked_for(place: str, x: float, y: float) -> None:
    left, top, width, height = marked(f'Add the text "HELLO" {place}', page([30, 60, 90]))
    assert abs((left + width / 2) / 512 - x) < 0.16
    assert abs((top + height / 2) / 512 - y) < 0.1
    assert left > 0 and top > 0 and left + width < 512 and top + height < 512


@pytest.mark.parametrize(("ground", "light"), [([20, 24, 30], True), ([240, 238, 230], False)])
def test_letters_are_light_on_dark_and_dark_on_light(ground: list[int], light: bool) -> None:
    after = pixels(edit('Add the text "HELLO" in the center', page(ground), size=SQUARE))
    assert (after.max() > 240) if light else (after.min() < 40)


def test_a_colour_that_could_not_be_read_gets_a_shade_under_it() -> None:
    done = edit('Add the text "HELLO" in the center in white', page([250, 250, 250]), size=SQUARE)
    assert "on a soft shade so that it can be read" in warnings_of(done)
    assert pixels(done)(256, 256)[0] < 255 or pixels(done).min() < 150


def test_busy_ground_gets_a_shade_and_the_rest_stays() -> None:
    image = noise().resize(512 / 300, vscale=512 / 200, kernel="nearest").cast("uchar")
    done = edit('Add the small text "HELLO" at the bottom', image, size=SQUARE)
    assert "on a soft shade" in warnings_of(done)
    assert changed(image, pixels(done)).crop(0, 0, 512, 300).max() == 0


def test_a_plate_is_in_the_colour_that_was_asked_for() -> None:
    after = pixels(edit('Add the text "SALE" on a yellow banner in the center', page([30, 60, 90]), size=SQUARE))
    yellow = ((after - [246, 197, 36]).abs() < 2).bandand()
    assert yellow.avg() / 255 > 0.01


def test_every_text_of_a_clause_is_set_whole() -> None:
    done = edit('Add the title "OPEN AIR" at the top and "Free entry" below', page([30, 60, 90]), size=SQUARE)
    assert done.warnings == ("Done: “OPEN AIR” “Free entry” is set at the top, whole.",)


def test_a_text_that_cannot_be_read_there_is_not_set() -> None:
    image = page([30, 60, 90])
    done = edit(f'Add the caption "{"many words " * 90}" in the top left corner', image, size=SQUARE)
    assert done.warnings[0].startswith("Not done: ")
    assert changed(image, pixels(done)).max() == 0


def test_a_watermark_lets_the_picture_through() -> None:
    after = pixels(edit('Add a watermark "© Ana"', page([30, 60, 90]), size=SQUARE))
    assert 120 < after.max() < 230


@pytest.mark.parametrize("text", ["新年快乐", "こんにちは", "سلام", "Привет", "안녕"])
def test_other_scripts_are_set_whole(text: str) -> None:
    done = edit(f'Add the text "{text}" at the top', page([30, 60, 90]), size=SQUARE)
    assert done.warnings == (f"Done: “{text}” is set at the top, whole.",)


def test_a_caption_stands_below_an_instant_photograph() -> None:
    done = edit('Make it a polaroid with the caption "Rome"', ball(), size=SQUARE)
    assert "“Rome” is set below the picture, whole" in warnings_of(done)
