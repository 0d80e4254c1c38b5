"""Palettes from the colours of a prompt, in several languages, with readable text."""

from random import Random

import pytest

from easel_sketch.colour import palette
from easel_sketch.colour.colour_words import ColourRequest, requested_colours
from easel_sketch.colour.mixing import contrast
from easel_sketch.colour.palette import Palette
from easel_sketch.colour.tone import hue_gap, lightness, neutral, tone, toned
from easel_sketch.reading import brief

RED, NAVY, GOLD, BLUE, WHITE, BLACK = "#d5373d", "#183463", "#d1a13a", "#2b6be0", "#fdfdfb", "#15161a"


def wished(prompt: str) -> ColourRequest:
    return requested_colours(brief.read(prompt).asked)


def chosen(prompt: str, index: int = 0, theme: str = "clean") -> Palette:
    return palette.choose(brief.read(prompt).asked, theme, Random(1), index)


@pytest.mark.parametrize(
    ("prompt", "colours"),
    [
        ("Poster “A” navy and gold", (NAVY, GOLD)),
        ("Poster “A” in red, white and blue", (RED, WHITE, BLUE)),
        ("тёмно-синий и золотой плакат «а»", (NAVY, GOLD)),
        ("афиша «а», красные и белые тона", (RED, WHITE)),
        ("海报“双十一”，红色和金色", (RED, GOLD)),
        ("ポスター「あ」紺色と金色", (NAVY, GOLD)),
        ("포스터 “가” 빨간색과 흰색", (RED, WHITE)),
        ("cartel «x» azul marino y dorado", (NAVY, GOLD)),
        ("affiche « x » rouges et blanches", (RED, WHITE)),
        ("Plakat „x“ dunkelblau und goldene Sterne", (NAVY, GOLD)),
        ("cartaz «x» azul-marinho e dourado", (NAVY, GOLD)),
        ("دعوة «حفل» ألوان ذهبية", (GOLD,)),
        ("पोस्टर \"क\" सुनहरा और नीला", (GOLD, BLUE)),
    ],
)  # fmt: skip
def test_colours_are_known_by_name_in_many_languages(prompt: str, colours: tuple[str, ...]) -> None:
    assert wished(prompt).colours == colours


@pytest.mark.parametrize(
    ("prompt", "ground"),
    [
        ("“Hello” in gold on a navy background", NAVY),
        ("Poster “x”, black background with gold lettering", BLACK),
        ("cartel «x» letras doradas sobre fondo azul marino", NAVY),
        ("Plakat „x“ rot auf schwarzem Hintergrund", BLACK),
        ("黑色背景的海报“啊”，金色", BLACK),
        ("خلفية سوداء «حفل» ذهبي", BLACK),
    ],
)
def test_the_ground_is_the_colour_named_for_it(prompt: str, ground: str) -> None:
    assert wished(prompt).ground == ground
    assert abs(lightness(chosen(prompt).ground) - lightness(ground)) < 0.06
    assert chosen(prompt).dark


@pytest.mark.parametrize(
    ("prompt", "mood"),
    [
        ("Flyer « Fête » couleurs vives", "vibrant"),
        ("carteles «x» colores vivos", "vibrant"),
        ("плакат «а», яркие цвета", "vibrant"),
        ("إعلان «تخفيضات» ألوان زاهية", "vibrant"),
        ("海报“啊”，色彩鲜艳", "vibrant"),
        ("パステルのポスター「あ」", "pastel"),
        ("poster “x”, synthwave", "neon"),
        ("elegant invitation “x”", "elegant"),
    ],
)
def test_moods_are_known_too(prompt: str, mood: str) -> None:
    assert wished(prompt).mood == mood
    assert chosen(prompt).name == mood


def test_a_shade_next_to_a_colour_is_meant_for_it() -> None:
    deep = wished("cover “x”, deep blue")
    assert lightness(deep.colours[0]) < lightness(BLUE)
    assert not deep.dark
    assert lightness(wished("cover “x”, light green").colours[0]) > lightness("#2f9352")


def test_a_colour_inside_another_word_is_none() -> None:
    assert wished("an infrared camera, a reddish hat and a goldfish").colours == ()


@pytest.mark.parametrize("index", range(4))
@pytest.mark.parametrize(
    "colours",
    ["navy and gold", "coral and teal", "red and white", "blush and sage", "black and yellow", "white", "grey"],
)
def test_text_has_contrast_on_every_palette(colours: str, index: int) -> None:
    made = chosen(f"Poster “x”, {colours}", index)
    assert contrast(made.ink, made.ground) >= 7
    assert contrast(made.muted, made.surface) >= 4.5
    assert contrast(made.text_accent(), made.ground) >= 4.5
    assert contrast("#ffffff", made.field()) >= 4.5


@pytest.mark.parametrize("index", range(4))
@pytest.mark.parametrize("colours", ["navy and gold", "coral and teal", "blush and sage", "green"])
def test_no_hue_but_those_asked_for_and_their_neighbours(colours: str, index: int) -> None:
    prompt = f"Poster “x”, {colours}"
    asked = wished(prompt).colours
    made = chosen(prompt, index)
    for colour in (*made.ramp, *made.accents):
        if tone(colour).chroma > 0.05:
            assert min(hue_gap(colour, other) for other in asked) < 50, colour


def test_the_ramp_gets_lighter_and_keeps_its_hue() -> None:
    for colours in ("coral and teal", "yellow", "navy and gold", "purple"):
        ramp = chosen(f"Poster “x”, {colours}").ramp
        steps = [lightness(colour) for colour in ramp]
        assert steps == sorted(steps)
        assert tone(ramp[2]).chroma > 0.07  # no mud in the middle


def test_a_dark_theme_is_dark_and_keeps_the_colour() -> None:
    made = chosen("dashboard, dark theme, teal")
    assert made.dark
    assert hue_gap(made.accent(0), "#128583") < 15


def test_a_named_pale_colour_is_the_ground() -> None:
    assert lightness(chosen("Poster “x”, red and white").ground) > 0.95
    assert not chosen("Poster “x”, elegant blush and sage").dark


def test_variations_differ_but_keep_the_requested_hues() -> None:
    first, second = chosen("Poster “x”, coral and teal"), chosen("Poster “x”, coral and teal", 1)
    assert first.accents[0] != second.accents[0]
    assert {first.accents[0], second.accents[0]} == {*first.accents[:2]}
    assert chosen("Poster “x”").ramp != chosen("Poster “x”", 1).ramp


def test_shades_keep_their_hue() -> None:
    assert tone(toned("#f6c524", 0.45)).hue < tone("#f6c524").hue  # brown, not olive
    assert abs(tone(toned("#2b6be0", 0.3)).hue - tone("#2b6be0").hue) < 3
    assert neutral("#fdfdfb")
    assert not neutral("#d5373d")


@pytest.mark.parametrize(
    ("prompt", "called"),
    [
        ("Poster “x”, warm lamp light, minimal", "warm"),
        ('ملصق "عالم الكتب" بألوان دافئة', "warm"),
        ("плакат «а», тёплые цвета", "warm"),
        ("海报“啊”，暖色调", "warm"),
        ("ポスター「あ」暖色", "warm"),
        ("포스터 “가” 따뜻한 색", "warm"),
        ("cartel «x» colores cálidos", "warm"),
        ("affiche « x » couleurs chaudes", "warm"),
        ("Plakat „x“ in warmen Farben", "warm"),
        ("cartaz «x» cores quentes", "warm"),
        ('पोस्टर "क" गर्म रंग', "warm"),
        ("Poster “x”, cold colours", "cold"),
        ("Plakat „x“ in kühlen Farben", "cold"),
        ("плакат «а», холодные тона", "cold"),
        ("海报“啊”，冷色调", "cold"),
        ("affiche « x » tons froids", "cold"),
        ("花店海报，标题“春日花语”，柔和粉色，极简风格", "pink"),
        ("Poster “x”, mint and slate", "mint and slate"),
        ("pastel poster “x”", "pastel"),
    ],
)
def test_a_palette_has_the_name_people_call_it_by(prompt: str, called: str) -> None:
    assert chosen(prompt).called == called


def test_warm_palettes_are_warm_and_cold_ones_cold() -> None:
    for prompt, hue in (("warm colours", 60), ("cold colours", 245)):
        made = chosen(f"Poster “x”, {prompt}")
        assert all(
            min(abs(tone(c).hue - hue), 360 - abs(tone(c).hue - hue)) < 75 for c in (*made.ramp, made.accents[0])
        )
