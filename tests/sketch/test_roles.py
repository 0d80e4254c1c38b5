"""Roles of quoted texts by their form and by the words around them."""

import pytest

from easel_sketch.reading import shapes
from easel_sketch.reading.quotes import spans
from easel_sketch.reading.roles import with_roles

SHAPES = {
    "price": ("€6", "$12,480.50", "580円", "3 500 ₽", "R$ 25", "from $9", "8,50 €", "₹20", "١٥ ريال", "28元"),
    "number": ("12 km", "52,000", "87%", "3.4 million", "500,000 人", "1 in 4", "12k", "+14%", "250 g", "2027"),
    "contact": ("+44 20 7946 0018", "010-1234-5678", "amina@greenpaws.example", "www.fernly.example"),
    "date": (
        "21 juin, 19 h",
        "18 мая, с 18:00 до полуночи",
        "يوم الجمعة ٢٠ يونيو",
        "٢٠ يونيو",
        "9月30日",
        "6月21日（土）19時",
        "토요일 오후 7시",
        "15 de agosto, 20 h",
        "Samstag, 14. Juni, 18 Uhr",
        "शनिवार, 15 अगस्त, शाम 7 बजे",
        "Saturday, June 14, 9 am to 3 pm",
        "10:00–18:00",
        "Doors 7 pm",
        "Every Friday, 8 pm",
        "May 15",
    ),
    "": (
        "7:00 焙煎",
        "1783 Hot-air balloon",
        "Sunday Roast",
        "Sunset Tour",
        "May the force be with you",
        "Rent 40%",
        "Spring 24",
        "March of the Penguins",
        "Up to 50% off",
        "",
    ),
}


@pytest.mark.parametrize(("text", "role"), [(text, role) for role, texts in SHAPES.items() for text in texts])
def test_the_shape_of_a_text(text: str, role: str) -> None:
    assert shapes.role_of(text) == role


@pytest.mark.parametrize(
    ("prompt", "roles"),
    [
        ("banner “SALE” “Shop now” button", ["headline", "button"]),
        ("title “A” subtitle “B” button “C”", ["headline", "subline", "button"]),
        ("“A” as the title, “B” below", ["headline", "label"]),
        ("an app with “Yes” and “No” buttons", ["button", "button"]),
        ("buttons “Yes”, “No” and “Later”, title “Save?”", ["button", "button", "button", "headline"]),
        ("「始める」ボタン、タイトル「朝の散歩」", ["button", "headline"]),
        ("Botón «Comprar», título «Rebajas»", ["button", "headline"]),
        ("“I am late,” says the rabbit, and the hat answers “Tea?”", ["speech", "speech"]),
        ("menu “Latte” “$4” “Mocha” “$5”", ["label", "price", "label", "price"]),
        ("“Spring Fair” “May 15”", ["headline", "date"]),
        ("“May 15” “Spring Fair”", ["date", "headline"]),
        ("labels “" + "long words " * 14 + "” and “B”", ["body", "label"]),
    ],
)
def test_the_words_around_a_text(prompt: str, roles: list[str]) -> None:
    assert [text.role for text in with_roles(prompt, spans(prompt))] == roles


def test_a_sign_that_says_something_does_not_speak() -> None:
    prompt = "a sign that says “OPEN” and one that says “LATE”"
    assert [text.role for text in with_roles(prompt, spans(prompt), spoken=False)] == ["headline", "label"]
