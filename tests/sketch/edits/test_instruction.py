"""Parsing of edit instructions in several languages."""

from dataclasses import replace

import pytest

from easel_sketch.edits import read
from easel_sketch.edits.steps import Background, Compose, Finish, Frame, Lettering, Recolour, Remove, Shape, Step, Tone

SEED = "Change the red hat to a light-blue velvet beret. Preserve the subject's face, pose, and lighting."


def short(step: Step) -> str:
    """A step in short form."""
    match step:
        case Recolour():
            return f"{step.thing}: {step.called}"
        case Background():
            return f"background {step.action} {step.called}".strip()
        case Lettering():
            return f"{' | '.join(step.texts)} @ {step.place}"
        case Shape():
            return f"{step.action} {step.ratio or step.place or f'{step.amount:g}'}"
        case Tone():
            return f"{step.name} {step.where}".strip()
        case Remove():
            return f"remove {step.thing}"
        case Finish() | Frame() | Compose():
            return step.name


def test_the_example_is_parsed_into_a_recolouring_and_a_rest() -> None:
    done = read(SEED)
    assert [short(step) for step in done.steps] == ["hat: light blue"]
    assert [words for words, _ in done.left] == ["velvet beret"]


@pytest.mark.parametrize(
    ("prompt", "steps"),
    [
        ("Turn the green car into a dark red one", ["car: dark red"]),
        ("make the yellow door blue, and the white wall grey", ["door: blue", "wall: grey"]),
        ("change her red dress to emerald green and the blue bag to black", ["dress: emerald green", "bag: black"]),
        ("Change the blue sky to pink", ["sky: pink"]),
        ("Swap red for teal", [": teal"]),
        ("Change the colour of the car from red to #00aaff", ["car: #00aaff"]),
        ("Make the red roses yellow", ["roses: yellow"]),
        ("Make the subject blue", [": blue"]),
        ("Change the colour of the person to dark green", [": dark green"]),
        ("Cambia el sombrero rojo a azul claro", ["sombrero: azul claro"]),
        ("Change le chapeau rouge en bleu clair", ["chapeau: bleu clair"]),
        ("Ändere den roten Hut in hellblau", ["hut: hellblau"]),
        ("Mude o chapéu vermelho para azul claro", ["chapéu: azul claro"]),
        ("Измени красную шляпу на голубую", ["шляпу: голубую"]),
        ("把红色的帽子改成浅蓝色，保持脸部不变", ["帽子: 浅蓝色"]),
        ("赤い帽子を水色に変えてください", ["帽子: 水色"]),
    ],
)
def test_recolouring(prompt: str, steps: list[str]) -> None:
    assert [short(step) for step in read(prompt).steps] == steps
    assert read(prompt).left == ()


@pytest.mark.parametrize(
    ("prompt", "steps"),
    [
        ("Make it black and white", ["black-and-white"]),
        ("golden hour, high contrast", ["golden-hour", "high-contrast"]),
        ("Haz la foto en blanco y negro", ["black-and-white"]),
        ("Mache das Bild wärmer und schärfer", ["sharpen", "warmer"]),
        ("Make the subject brighter", ["brighter subject"]),
        ("Blur the background", ["background blur"]),
        ("Hintergrund unscharf machen", ["background blur"]),
        ("模糊背景", ["background blur"]),
        ("Remove the background", ["background remove"]),
        ("去掉背景", ["background remove"]),
        ("背景を白にしてください", ["background fill 白"]),
        ("将背景替换为白色", ["background fill 白色"]),
        ("Blur behind the cat", ["background blur"]),
        ("Change the background to a beach at sunset", ["background scene beach at sunset"]),
        ("Put mountains behind her", ["background scene mountains"]),
        ("Make it black and white except the cat", ["black-and-white background"]),
        ("Make the background darker and blur it", ["darker background", "background blur"]),
        ("Blur everything except the person", ["background blur"]),
        ("Give it a soft, dreamy look", ["softer"]),
        ("Enhance the photo and crop it to 4:5 for Instagram", ["enhanced", "crop 4:5"]),
        ("Put her on a plain white background", ["background fill white"]),
        ("Replace the background with a gradient from pink to orange", ["background fill pink to orange"]),
        ("Make the background black and white", ["black-and-white background"]),
        ("Crop to a square", ["crop 1:1"]),
        ("Make it 16:9", ["extend 16:9"]),
        ("Rotate it 90 degrees to the left", ["turn -90"]),
        ("Flip it horizontally", ["mirror horizontal"]),
        ("Zoom in 2x", ["zoom 2"]),
        ("Extend the canvas to the right by 30%", ["extend right"]),
        ("Crop the left third off", ["crop left"]),
        ("Sharpen and denoise it", ["sharpen", "denoise"]),
        ("Add a white frame and film grain", ["plain", "grain"]),
        ("Turn it into a pencil drawing", ["pencil"]),
    ],
)
def test_light_ground_shape_and_surface(prompt: str, steps: list[str]) -> None:
    assert sorted(short(step) for step in read(prompt).steps) == sorted(steps)
    assert read(prompt).left == ()


@pytest.mark.parametrize(
    ("prompt", "steps"),
    [
        ('Add the text "SALE" at the top in big red letters', ["SALE @ top"]),
        ('Write "A" at the top and "B" at the bottom', ["A @ top", "B @ bottom"]),
        ('At the top write "A", at the bottom "B"', ["A @ top", "B @ bottom"]),
        ('Add the title "A" and "B" below', ["A | B @ top"]),
        ('Add the caption "Paris, 2024. At dawn" in the bottom right corner', ["Paris, 2024. At dawn @ bottom-right"]),
        ('Add a watermark "© Ana"', ["© Ana @ bottom-right"]),
        ('Make it a polaroid with the caption "Rome"', ["polaroid", "Rome @ bottom"]),
        ('Add the text "HI" next to the cat', ["HI @ beside"]),
        ("在顶部添加文字“新年快乐”", ["新年快乐 @ top"]),
        ('Escribe "Hola" abajo a la derecha', ["Hola @ bottom-right"]),
    ],
)
def test_lettering(prompt: str, steps: list[str]) -> None:
    assert [short(step) for step in read(prompt).steps] == steps


def test_a_plate_has_its_own_colour() -> None:
    (step,) = read('Add the text "SALE" in white on a red banner').steps
    assert isinstance(step, Lettering)
    assert (step.colour, step.plate) == ("#fdfdfb", "#d5373d")


@pytest.mark.parametrize(
    ("prompt", "way", "lead"),
    [
        ("Put these side by side", "beside", None),
        ("把两张图并排", "beside", None),
        ("Make a before/after", "before-after", None),
        ("Make a collage of these", "collage", None),
        ("Place the product from the second image on the first image", "scene", 1),
        ("Put the logo in the top right corner", "logo", None),
        ("Use the colour palette of the second image on the first", "palette", 1),
        ("Double exposure", "blend", None),
    ],
)
def test_compositions(prompt: str, way: str, lead: int | None) -> None:
    (step,) = read(prompt, several=True).steps
    assert isinstance(step, Compose)
    assert (step.name, step.lead) == (way, lead)


@pytest.mark.parametrize(
    "prompt",
    [
        "Make the hat blue",
        "Remove the man in the black and white shirt",
        "Change the background to a dragon",
        "Brighten the eyes",
        "Make the sky more dramatic",
        "Colorize this black and white photo",
        "Make her smile",
        "Add a dragon",
        'Replace "OPEN" with "CLOSED"',
    ],
)
def test_what_cannot_be_done_is_left_whole(prompt: str) -> None:
    done = read(prompt)
    assert done.steps == ()
    assert [words for words, _ in done.left] == [prompt]


@pytest.mark.parametrize(
    ("prompt", "step"),
    [
        ("Make it blue", Recolour("", "", "#2f6fdf", "blue")),
        ("Change the hat to blue", Recolour("hat", "", "#2f6fdf", "blue")),
        ("Remove the spoon", Remove("spoon")),
        ("Erase it", Remove("")),
        ("Fill it in", Remove("")),
        ("Remove the noise", Finish("denoise")),
    ],
)
def test_a_mask_says_what_is_meant(prompt: str, step: Step) -> None:
    (found,) = read(prompt, masked=True).steps
    assert (
        replace(found, new=step.new) if isinstance(found, Recolour) and isinstance(step, Recolour) else found
    ) == step
    assert read(prompt, masked=True).left == ()


def test_an_exception_that_cannot_be_made_is_left_with_what_it_excepts_from() -> None:
    done = read("Make it black and white except the man on the left")
    assert done.steps == ()
    assert [words for words, _ in done.left] == ["black and white except the man on the left"]


def test_possible_steps_are_parsed_and_the_rest_is_left() -> None:
    done = read("Add a dragon and a vignette. Make it night with stars")
    assert [short(step) for step in done.steps] == ["vignette", "night"]
    assert [words for words, _ in done.left] == ["Add a dragon", "stars"]


def test_exceptions_keep_their_colour() -> None:
    (step,) = read("Black and white, but keep the red dress in colour").steps
    assert isinstance(step, Tone)
    assert (step.spared, step.thing) == ("#d5373d", "dress")


def test_an_empty_prompt_has_no_steps() -> None:
    assert read("") == read(" . , ")
    assert read("").steps == ()


@pytest.mark.parametrize("word", ["very ", "make ", "red ", "change the red hat to ", "-' ", "turn, ", "⟦9⟧ ", '" '])
def test_very_long_instructions_are_parsed_fast(word: str) -> None:
    found = read("change the red " + word * 6000)
    assert len(found.steps) <= 8
    assert all(len(left) < 90 for left, _ in found.left)
