"""Icons for words: by name, by keyword, and by theme."""

import time
from pathlib import Path

import pytest

from easel_sketch import library
from easel_sketch.drawing.motifs import MOTIFS
from easel_sketch.reading import brief, lookup
from easel_sketch.reading.lookup import named_icons

NAMED = {
    "nine camping things: tent, campfire, backpack, compass, map, flashlight, boots, tree, canoe": (
        "tent fire backpack compass world-map flashlight hiking-boot deciduous-tree canoe"
    ),
    "la cuisine : casserole, couteau, fourchette, pain, fromage, tomate": (
        "pot-of-food kitchen-knife fork-and-knife bread cheese-wedge tomato"
    ),
    "lemons and leaves on a navy ground": "lemon leaf-fluttering-in-wind",
    "花と蝶のパターン": "hibiscus butterfly",
    "狐狸说，兔子回答": "fox rabbit",
    "ワイングラスとチーズとパン": "wine-glass cheese-wedge bread",
    "고양이와 강아지가 있는 정원": "cat dog seedling",
    "Ein Bild von drei roten Äpfeln und einer Kaffeetasse mit Schmetterlingen": "red-apple hot-beverage butterfly",
    "Паттерн с лимонами и листьями, бабочки, велосипед": "lemon leaf-fluttering-in-wind butterfly bicycle",
    "قطة و دراجة مع شجرة": "cat bicycle deciduous-tree",
    "बिल्ली और फूल": "cat hibiscus",
    "un gato negro con un paraguas rojo bajo la lluvia": "black-cat umbrella cloud-with-rain",
    "uma xícara de café e um livro": "hot-beverage open-book",
    "knives, wolves, mice, strawberries, cherries": "kitchen-knife wolf mouse strawberry cherries",
    "ice cream, hot dog, teddy bear, palm tree": "ice-cream hot-dog teddy-bear palm-tree",
    "an armchair by a bookshelf": "armchair bookshelf",
    "oranges in an orange vase": "tangerine amphora",
    "an app with the labels red, bold and new": "",
    "a lighthouse": "lighthouse",
}


@pytest.mark.parametrize(("text", "icons"), NAMED.items())
def test_only_what_is_named_in_order(text: str, icons: str) -> None:
    medium = "" if text.startswith(("Ein", "Паттерн", "an app", "花")) else "drawing of "
    found = named_icons(f"{medium}{text}" if text.isascii() else text)
    assert found == icons.split()


@pytest.mark.parametrize(
    ("prompt", "first"),
    [
        ("Headphones on a podium, teal background, product shot", "headphone"),
        ("Product photo of a perfume bottle on a marble plinth", "lotion-bottle"),
        ("Logo for a coffee roaster", "hot-beverage"),
        ("A wooden trail sign: “Summit 7 km”", "snow-capped-mountain"),
        ("Плакат «НОЧЬ МУЗЕЕВ»", "crescent-moon"),
        ("Hochzeitseinladung „Lena & Tom“", "ring"),
        ("信息图“如何泡一杯好茶”", "teapot"),
        ("شعار لمقهى", "hot-beverage"),
    ],
)
def test_the_subject_comes_first(prompt: str, first: str) -> None:
    read = brief.read(prompt)
    field = lookup.theme(read.topic, read.text)
    assert lookup.find(read.topic, read.text, 12, field.icons, read.mentions)[0] == first


def test_faces_and_letters_are_never_chosen() -> None:
    pack = library.icon_pack()
    faces = {pack["icons"][number][0] for number in pack["faces"]}
    words = ("happy", "love", "sad", "smile", "angry", "cat", "tired", "good", "morning", "party")
    assert not faces & {*lookup.find(words, " ".join(words), 30)}


@pytest.mark.parametrize(
    ("text", "scene"),
    [
        ("photosynthesis", "garden"),
        ("海洋与鱼", "sea"),
        ("Berge und Schnee", "mountains"),
        ("концерт джаза", "sunset"),
        ("receta de sopa de tomate", "table"),
        ("カフェとパン", "table"),
        ("축구 경기", "rays"),
        ("पहाड़ और बर्फ", "mountains"),
        ("قطار في المدينة", "city"),
        ("le vélo en ville", "city"),
    ],
)
def test_the_theme_is_found_in_many_languages(text: str, scene: str) -> None:
    assert lookup.theme(tuple(text.lower().split()), text).scene == scene


def test_labels_have_an_icon_each_or_none_at_all() -> None:
    assert lookup.for_labels(("Boil the water", "Add leaves", "Pour the tea"), ("sun",)) == [
        "droplet", "leaf-fluttering-in-wind", "teapot",
    ]  # fmt: skip
    assert lookup.for_labels(("Be bold", "Be kind", "Be true"), ("sun",)) == ["", "", ""]


def test_every_name_in_the_tables_is_an_icon() -> None:
    icons = {name for name, _ in library.icon_pack()["icons"]} | MOTIFS.keys()
    themes = library.table("themes")
    told = {*library.table("synonyms")["icons"], *themes["boxed"], *themes["fallback"]["icons"]}
    for entry in themes["theme"]:
        told |= {*entry["icons"]}
    assert told <= icons
    assert not told - {*themes["boxed"]} & {*themes["unfit"]}


def test_no_icon_shows_a_date() -> None:
    assert named_icons("drawing of a calendar on a desk with a package") == ["spiral-calendar", "desk"]
    assert named_icons("富士山と湖") == ["mount-fuji", "water-wave"]


def test_the_pack_is_small() -> None:
    assets = Path(library.__file__).with_name("assets")
    assert (assets / "icons.json.gz").stat().st_size < 3_500_000


def test_a_long_text_is_read_quickly() -> None:
    started = time.process_time()
    named_icons("armchair bookshelf " * 8_000)
    named_icons("海报上的花" * 4_000)
    assert time.process_time() - started < 2
