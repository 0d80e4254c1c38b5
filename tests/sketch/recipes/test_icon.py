"""The icon recipe: one square with continuous corners, no text, the subject's drawing in it."""

import pytest
from tests.sketch.pages import EACH_SIZE, page

from easel_sketch import Size
from easel_sketch.drawing.shown import names_in
from easel_sketch.reading import brief

PROMPT = "App icon for a breathing exercise, soft gradient, no text"


@pytest.mark.parametrize(
    "prompt",
    [
        PROMPT,
        "favicon",
        "launcher icon of a rocket",
        "iOS icon, a fish",
        "App-Symbol mit einem Fuchs",
        "icône d'application, un chat",
        "icono de app de yoga",
        "ícone de aplicativo de música",
        "иконка приложения «погода»",
        "アプリアイコン、魚",
        "应用图标，猫",
        "앱 아이콘 고양이",
        "أيقونة تطبيق قطة",
    ],
)
def test_an_icon_of_an_app_is_an_icon(prompt: str) -> None:
    assert brief.read(prompt).kind == "icon"


def test_several_icons_are_a_set() -> None:
    assert brief.read("icon set of six kitchen tools").kind == "icon_set"
    assert brief.read("icons for a weather app").kind == "icon_set"


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
@pytest.mark.parametrize("index", range(4))
def test_it_prints_nothing_and_shows_its_subject(size: Size, index: int) -> None:
    drawn = page(PROMPT, size, index)
    assert drawn.runs == ()
    assert "lotus" in names_in(drawn.html)


def test_a_transparent_one_has_no_ground() -> None:
    drawn = page("App icon of a fox", background="transparent")
    assert drawn.job.brief.kind == "icon"
    assert "radial-gradient" not in drawn.html
    assert "fox" in names_in(drawn.html)


def test_the_four_images_differ() -> None:
    assert len({page("favicon", index=index).html for index in range(4)}) == 4
