"""Edits by sketch: what an instruction is read as, what changes and what must not, and what is said of it."""

import pytest
import pyvips
from tests.unit.pictures import encoded

from easel.domain import Picture, Size
from easel.providers.sketch import library
from easel.providers.sketch.edits import edited, read
from easel.providers.sketch.edits.instruction import Recolour, Tone
from easel.providers.sketch.edits.tone import TONES

SIZE = Size(300, 200)
SEED = "Change the red hat to a light-blue velvet beret. Preserve the subject's face, pose, and lighting."


def plain(width: int, height: int, colour: list[int]) -> pyvips.Image:
    return pyvips.Image.black(width, height, bands=3).linear(1, colour)


def scene() -> pyvips.Image:
    """A red hat above a face, a red shoe below, on grey: each a plain box with a little shade."""
    image = plain(300, 200, [120, 124, 128])
    for colour, box in (
        ([196, 40, 44], (90, 20, 120, 50)),
        ([222, 170, 140], (110, 70, 80, 60)),
        ([190, 36, 40], (120, 170, 60, 24)),
    ):
        left, top, width, height = box
        image = image.insert(plain(width, height, colour), left, top)
    shade = pyvips.Image.xyz(300, 200)[0] * (18 / 300) - 9
    return (image + shade).cast("uchar").copy(interpretation="srgb")


def pixels(picture: Picture) -> pyvips.Image:
    image = pyvips.Image.new_from_memory(picture.data, picture.size.width, picture.size.height, 4, "uchar")
    return image[:3].copy(interpretation="srgb")


def edit(prompt: str, size: Size = SIZE) -> Picture:
    return edited(read(prompt), encoded(scene()), size)


def test_the_seeds_edit_is_read_as_a_colour_and_a_rest() -> None:
    read_as = read(SEED)
    assert [(step.thing, step.called) for step in read_as.steps if isinstance(step, Recolour)] == [
        ("hat", "light blue")
    ]
    assert read_as.left == ("velvet beret",)


@pytest.mark.parametrize(
    ("prompt", "steps"),
    [
        ("Turn the green car into a dark red one", ["dark red"]),
        ("make the yellow door blue, and the white wall grey", ["blue"]),
        ("paint her orange dress purple", ["purple"]),
        ("Make it black and white", ["black-and-white"]),
        ("golden hour, high contrast", ["golden-hour", "high-contrast"]),
        ("Make the hat blue", []),
        ("Remove the man on the left", []),
        ("", []),
    ],
)
def test_instructions(prompt: str, steps: list[str]) -> None:
    assert [one.called if isinstance(one, Recolour) else one.name for one in read(prompt).steps] == steps


def test_the_hat_changes_and_nothing_else() -> None:
    before, done = scene(), edit(SEED)
    after = pixels(done)
    red, _, blue = after(150, 45)
    assert blue > red + 40
    different = ((before - after).abs() > 0).bandor()
    for what, (left, top, width, height) in {
        "the face": (112, 80, 76, 48),
        "the shoe": (120, 172, 58, 20),
        "the ground": (0, 0, 80, 200),
    }.items():
        assert different.crop(left, top, width, height).max() == 0, what
    assert any("“hat” is light blue now" in sentence for sentence in done.warnings)
    assert any(sentence.startswith("Not done: velvet beret.") for sentence in done.warnings)


def test_light_and_shade_stay() -> None:
    after = pixels(edit("Change the red hat to blue"))
    left, right = (
        after.crop(95, 40, 10, 10).colourspace("b-w").avg(),
        after.crop(195, 40, 10, 10).colourspace("b-w").avg(),
    )
    assert right > left


def test_what_is_not_there_is_said_and_nothing_changes() -> None:
    done = edit("Change the green hat to yellow")
    assert ((pixels(done) - scene()).abs()).max() == 0
    assert "nothing was found of the colour" in done.warnings[0]


@pytest.mark.parametrize("name", ["sepia", "night", "black and white", "warmer", "brighter", "sharpen", "blur"])
def test_a_tone_changes_the_picture(name: str) -> None:
    done = edit(f"make it {name}")
    assert ((pixels(done) - scene()).abs()).max() > 0
    assert done.warnings == ()


def test_black_and_white_has_no_colour() -> None:
    after = pixels(edit("black and white"))
    assert (after[0] - after[2]).abs().max() == 0


def test_another_shape_is_reached_without_stretching() -> None:
    done = edit("Change the red hat to blue", Size(600, 600))
    after = pixels(done)
    assert (after.width, after.height) == (600, 600)
    inner = after.crop(0, 100, 600, 400).thumbnail_image(300, height=200, size="force")
    same = pixels(edit("Change the red hat to blue"))
    assert (inner - same).abs().avg() < 3
    assert "beyond its edges" in " ".join(done.warnings)


def test_the_same_edit_gives_the_same_bytes() -> None:
    assert edit(SEED).data == edit(SEED).data


def test_a_transparent_picture_stays_transparent() -> None:
    clear = scene().bandjoin((pyvips.Image.xyz(300, 200)[0] < 50).ifthenelse(0, 255).cast("uchar"))
    done = edited(read("warmer"), encoded(clear), SIZE)
    image = pyvips.Image.new_from_memory(done.data, 300, 200, 4, "uchar")
    assert (image(10, 10)[3], image(200, 10)[3]) == (0, 255)


def test_every_tone_has_its_curve() -> None:
    assert set(library.table("tones")["tone"]) == set(TONES)
    assert Tone("sepia") in read("sepia").steps


@pytest.mark.parametrize("word", ["very ", "make ", "red ", "change the red hat to ", "-' ", "turn, "])
def test_pages_of_words_are_no_instruction_for_long(word: str) -> None:
    found = read("change the red " + word * 6000)
    assert len(found.steps) <= 6
    assert all(len(left) < 90 for left in found.left)
