"""Edits end to end: what changes, what does not, and the warnings."""

import pytest
import pyvips
from tests.sketch.edits.images import (
    SEED,
    SIZE,
    attempt,
    ball,
    changed,
    edit,
    encoded,
    noise,
    pixels,
    plain,
    rgba,
    scene,
    warnings_of,
)
from tests.support.samples import one_in

from easel_sketch import Size, library
from easel_sketch.edits.finish import FINISHES
from easel_sketch.edits.tone import TONES


def test_only_the_hat_of_the_example_changes() -> None:
    before, done = scene(), edit(SEED)
    after = pixels(done)
    red, _, blue = after(150, 45)
    assert blue > red + 40
    different = changed(before, after)
    for what, (left, top, width, height) in {
        "the face": (112, 80, 76, 48),
        "the shoe": (120, 172, 58, 20),
        "the ground": (0, 0, 80, 200),
    }.items():
        assert different.crop(left, top, width, height).max() == 0, what
    assert any(sentence.startswith("Done: what was found by its colour as “hat”") for sentence in done.warnings)
    assert any(sentence.startswith("Not done: “velvet beret”.") for sentence in done.warnings)


def test_light_and_shade_stay() -> None:
    after = pixels(edit("Change the red hat to blue")).colourspace("b-w")
    assert after.crop(195, 40, 10, 10).avg() > after.crop(95, 40, 10, 10).avg() + 3


def test_folds_and_lights_of_the_thing_change_with_it() -> None:
    folded = scene().insert(plain(8, 50, [74, 12, 12]), 140, 20)
    after = pixels(edit("Change the red hat to green", folded))
    red, green, _ = after(144, 45)
    assert green > red


def test_a_thing_without_colour_is_dyed() -> None:
    black = scene().insert(plain(120, 50, [24, 24, 25]), 90, 20)
    red, green, blue = pixels(edit("Change the black hat to red", black))(150, 45)
    assert red > max(green, blue) + 60
    assert changed(black, pixels(edit("Change the black hat to red", black))).crop(112, 80, 76, 48).max() == 0


def test_a_missing_thing_is_reported_and_nothing_changes() -> None:
    done = edit("Change the green hat to yellow")
    assert changed(scene(), pixels(done)).max() == 0
    assert "Not done: nothing was found of the colour that “hat” is said to have." in done.warnings
    assert done.warnings[-1] == "Nothing was changed: the picture is as it came."


@pytest.mark.parametrize(
    "prompt", ["Make her smile", "Add a dragon", "Remove the man on the left", "Make the hat blue"]
)
def test_an_impossible_edit_is_reported_and_nothing_changes(prompt: str) -> None:
    done = edit(prompt)
    assert changed(scene(), pixels(done)).max() == 0
    assert done.warnings[0].startswith(f"Not done: “{prompt}”. ")
    assert done.warnings[-1] == "Nothing was changed: the picture is as it came."


@pytest.mark.parametrize("name", one_in(3, sorted(TONES)))
def test_every_tone_has_words_and_changes_the_picture(name: str) -> None:
    assert set(library.table("tones")["tone"]) == set(TONES)
    done = edit(f"make it {name.replace('-', ' ')}" if name != "softer" else "softer focus")
    assert changed(scene(), pixels(done)).max() == 255
    assert done.warnings == (f"Done: {name.replace('-', ' ')} for the whole picture.",)


def test_black_and_white_has_no_colour_but_for_what_is_spared() -> None:
    after = pixels(edit("black and white"))
    assert (after[0] - after[2]).abs().max() == 0
    spared = pixels(edit("Make it black and white except the red hat"))
    assert changed(scene(), spared).crop(100, 30, 100, 30).max() == 0
    assert (spared[0] - spared[2]).abs().crop(0, 80, 300, 120).max() == 0


def test_a_slight_change_is_a_smaller_one() -> None:
    before = scene().cast("short")
    whole, slight = (pixels(edit(prompt)) for prompt in ("make it darker", "make it slightly darker"))
    assert 0 < (before - slight).abs().avg() < (before - whole).abs().avg()


def test_a_tone_for_the_background_alone_leaves_the_subject() -> None:
    done = edit("make the background darker", ball())
    different = changed(ball(), pixels(done))
    assert different.crop(120, 74, 60, 60).max() == 0
    assert different.crop(0, 0, 60, 200).avg() > 200


def test_the_subject_keeps_its_colour_when_it_is_spared() -> None:
    done = edit("Make it black and white except the ball", ball())
    assert changed(ball(), pixels(done)).crop(120, 74, 60, 60).max() == 0
    assert (pixels(done)[0] - pixels(done)[2]).abs().crop(0, 0, 60, 200).max() == 0
    assert "for all but the subject, which was taken for “ball”" in warnings_of(done)


def test_a_colour_that_is_to_be_spared_and_is_missing_spares_all() -> None:
    done = edit("Make it black and white except the green hat")
    assert changed(scene(), pixels(done)).max() == 0
    assert done.warnings[0].startswith("Not done: black and white for all but “hat”. Nothing was found")


def test_the_subject_gets_a_colour() -> None:
    done = edit("Make the subject green", ball())
    red, green, blue = pixels(done)(150, 104)
    assert green > max(red, blue) + 30
    assert changed(ball(), pixels(done)).crop(0, 0, 60, 200).max() == 0


def test_several_steps_are_done_in_one_edit_and_each_is_named() -> None:
    done = edit('Turn the red hat teal, make it warmer, add film grain and add the text "HI" at the bottom')
    assert [sentence.split(":")[0] for sentence in done.warnings] == ["Done"] * 4


@pytest.mark.proof
def test_the_same_edit_gives_the_same_bytes() -> None:
    prompt = f'{SEED} Add film grain. Add the caption "Again" in the corner.'
    assert edit(prompt).data == edit(prompt).data


def test_a_transparent_picture_stays_transparent() -> None:
    clear = scene().bandjoin((pyvips.Image.xyz(300, 200)[0] < 50).ifthenelse(0, 255).cast("uchar"))
    image = rgba(edit("warmer, add film grain", clear))
    assert (image(10, 10)[3], image(200, 10)[3]) == (0, 255)


def test_a_grey_picture_can_be_edited() -> None:
    grey = scene().colourspace("b-w")
    assert encoded(grey).size == SIZE
    assert changed(pixels(edit("sepia", grey)), pixels(edit("night", grey))).max() == 255


@pytest.mark.parametrize("prompt", ['A poster with "JAZZ NIGHT"', 'Replace "OPEN" with "CLOSED"'])
def test_quoted_texts_without_an_edit_become_a_page(prompt: str) -> None:
    assert attempt(prompt, scene()) is None


def test_several_images_without_a_composition_become_a_page() -> None:
    assert attempt("Make it look like winter", scene(), ball()) is None


@pytest.mark.parametrize("name", one_in(3, sorted(FINISHES)))
def test_every_finish_has_words_and_changes_the_picture(name: str) -> None:
    assert {*library.table("edits")["finish"]} == {*FINISHES, "upscale"}
    asked = {"denoise": "reduce the noise", "grain": "add film grain", "paper": "on paper", "pencil": "pencil drawing"}
    done = edit(asked.get(name, f"{name} it"), noise() if name == "denoise" else scene())
    assert changed(noise() if name == "denoise" else scene(), pixels(done)).max() == 255
    assert done.warnings[0].startswith("Done: ")


def test_enlarging_reports_the_factor() -> None:
    done = edit("Upscale it to 4k", size=Size(600, 400))
    assert "enlarged 2.0 times to 600×400" in warnings_of(done)
    assert "Not done: enlarge the picture." in warnings_of(edit("Upscale it"))
