"""The things that prompts in other languages than English ask for, and the languages themselves."""

from typing import Any

import pytest
from tests.sketch.pages import WIDE, page

from easel_sketch import library
from easel_sketch.reading import brief
from easel_sketch.reading.drawable import nearest
from easel_sketch.reading.icon_names import known_drawing
from easel_sketch.reading.languages import language_of
from easel_sketch.reading.subjects import subjects
from easel_sketch.reading.translations import LANGUAGES, word_for
from easel_sketch.report import report

LANGUAGE = {
    "ein Fuchs im Wald": "de",
    "eine Katze in der Küche": "de",
    "un gato dormido en una silla": "es",
    "chat noir sur une table": "fr",
    "um cachorro na praia": "pt",
    "два красных кота": "ru",
    "一只狐狸在森林里": "zh",
    "夜の海辺に三匹の猫": "ja",
    "고양이 두 마리": "ko",
    "قطة على الشاطئ": "ar",
    "रसोई में एक सेब": "hi",
    "a plate of jalapeño poppers": "en",
    "a poster for the Maison Blanche": "en",
    "Tour de France poster": "en",
    "café menu": "en",
    "crème brûlée on a plate": "en",
    "a red car in Rio de Janeiro": "en",
    "chat app icon": "en",
}

SCENES: dict[str, list[dict[str, Any]]] = {
    "ein roter Fuchs im Wald": [{"words": "Fuchs", "drawing": "fox", "colour": "roter"}, {"place": "forest"}],
    "Im Wald sitzt ein kleiner Bär": [{"words": "Bär", "size": "small"}, {"words": "Wald", "place": "forest"}],
    "drei blaue Vögel bei Sonnenuntergang": [{"words": "Vögel", "count": 3, "colour": "blaue"}],
    "Ein Mädchen hält einen roten Ballon": [{"words": "Mädchen"}, {"words": "Ballon", "relation": "holds"}],
    "deux chats noirs sur une chaise": [
        {"words": "chats", "drawing": "cat", "count": 2, "colour": "noirs"},
        {"words": "chaise", "drawing": "chair", "relation": "on"},
    ],
    "un chat qui dort sur une chaise": [{"words": "chat", "face": "sleeping"}, {"words": "chaise"}],
    "le verre d'eau": [{"words": "eau", "drawing": "droplet"}],
    "un éléphant géant et une petite souris": [{"size": "huge"}, {"words": "souris", "size": "small"}],
    "un gato dormido en una silla": [
        {"words": "gato", "face": "sleeping"},
        {"words": "silla", "relation": "on", "face": ""},
    ],
    "três barcos azuis no mar": [{"words": "barcos", "count": 3, "colour": "azuis"}, {"words": "mar", "place": "sea"}],
    "uma mesa com pão": [{"words": "mesa", "drawing": "table", "place": ""}, {"words": "pão"}],
    "два красных кота в кухне": [{"count": 2, "colour": "красных"}, {"words": "кухне", "place": "kitchen"}],
    "Кот спит на стуле": [{"words": "Кот", "face": "sleeping"}, {"words": "стуле", "relation": "on"}],
    "большой белый медведь": [{"words": "белый медведь", "drawing": "polar-bear", "size": "large", "colour": ""}],
    "两只红色的狐狸在森林里": [{"words": "狐狸", "count": 2, "colour": "红色"}, {"place": "forest"}],
    "一个女孩拿着红气球": [{"words": "女孩"}, {"words": "气球", "colour": "红", "relation": "holds"}],
    "雪夜里的小木屋": [{"words": "小木屋", "drawing": "cabin"}],
    "花店海报": [{"words": "花店"}],
    "夜の海辺に三匹の黒い猫": [{"words": "猫", "count": 3, "colour": "黒い"}, {"words": "海辺", "place": "beach"}],
    "椅子の上の猫": [{"words": "猫"}, {"words": "椅子", "relation": "on"}],
    "赤い帽子をかぶった熊": [{"words": "熊"}, {"words": "帽子", "colour": "赤い", "relation": "wears"}],
    "고양이 두 마리가 공원에서 놀고 있다": [{"words": "고양이", "count": 2}, {"words": "공원", "place": "park"}],
    "의자에 빨간 모자가 있다": [{"words": "의자", "colour": ""}, {"words": "모자", "colour": "빨간"}],
    "قطة حمراء على الشاطئ": [{"words": "قطة", "colour": "حمراء"}, {"words": "الشاطئ", "place": "beach"}],
    "فيل كبير وفأر صغير": [{"words": "فيل", "size": "large"}, {"drawing": "mouse", "size": "small"}],
    "रसोई में एक लाल सेब": [{"words": "सेब", "colour": "लाल"}, {"words": "रसोई", "place": "kitchen"}],
    "बिल्ली लाल सोफे पर सो रही है": [{"words": "बिल्ली", "face": "sleeping"}, {"colour": "लाल", "relation": "on"}],
}


@pytest.mark.parametrize(("text", "language"), LANGUAGE.items())
def test_the_language_of_a_prompt(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(("text", "expected"), SCENES.items())
def test_subjects_of_other_languages(text: str, expected: list[dict[str, Any]]) -> None:
    found = subjects(text)
    assert [{key: getattr(one, key) for key in row} for one, row in zip(found, expected, strict=True)] == expected


def test_every_row_has_ten_languages_and_a_drawing() -> None:
    table = library.table("translations")
    assert {len(row) for section in table.values() for row in section.values()} == {len(LANGUAGES)}
    assert [name for name in table["things"] if not (known_drawing(name.replace("-", " ")) or nearest(name)[0])] == []
    assert set(table["places"]) <= set(library.table("nouns")["places"])


def test_a_prompt_without_a_known_noun_says_so_once() -> None:
    read = brief.read("ein Quarzwimpel mit dem Zwirbelknauf")
    assert read.subjects == ()
    assert report(read, ()).sentences() == ("The sketch engine did not know any word for a thing in this prompt.",)


def test_labels_are_in_the_language_of_the_prompt() -> None:
    shown = page("Infografik über Bienen und Blumen mit Beschriftungen", WIDE)
    assert shown.faults == []
    assert "Biene" in shown.words
    assert "Butterfly" not in shown.words
    assert (word_for("cloud-with-rain", "fr"), word_for("droplet", "zh"), word_for("Roots", "es")) == (
        "pluie",
        "水",
        "Raíces",
    )
