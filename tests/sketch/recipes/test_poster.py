"""The poster recipe: headline, scene, and lines in order."""

import pytest
from tests.sketch.pages import EACH_SIZE, TALL, VARIATIONS, WIDE, engine, image_of, page, work

from easel_sketch import Size
from easel_sketch.colour.mixing import contrast
from easel_sketch.drawing.shown import names_in

JAZZ = "A jazz poster “SUMMER JAZZ NIGHTS”, “Every Friday, 8 pm”, “Riverside Park”, sunset colours"
SEVERAL = "Poster “OPEN DOORS” " + " ".join(f"“Workshop {n}: build a small boat”" for n in range(1, 9))
OTHERS = (
    "Плакат «НОЧЬ МУЗЕЕВ», «18 мая, с 18:00 до полуночи», «Вход свободный»",
    "海报“城市马拉松”“十月四日上午八点”“起点：市政厅”",
    "ملصق «مهرجان المدينة» «يوم الجمعة» «الدخول مجاني»",
)


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
@pytest.mark.parametrize("index", VARIATIONS)
@pytest.mark.parametrize("prompt", [JAZZ, SEVERAL])
def test_every_text_is_there_whole_and_nothing_overlaps(prompt: str, size: Size, index: int) -> None:
    assert page(prompt, size, index).faults == []


@pytest.mark.parametrize("prompt", OTHERS)
def test_other_scripts_are_set_too(prompt: str) -> None:
    assert page(prompt, TALL).faults == []


def test_the_headline_is_much_the_largest_and_comes_first() -> None:
    runs = page(JAZZ, TALL).runs
    heights = {run.text.split()[0]: run.bottom - run.top for run in runs}
    assert heights["JAZZ"] > 2.5 * heights["Every"]
    assert page(JAZZ, TALL).words.startswith("SUMMER JAZZ NIGHTS Every Friday")


def test_themes_with_a_place_have_pixels_behind_the_text() -> None:
    seen = image_of(JAZZ, TALL, quality="medium")
    width = TALL.width
    corner, sun = (seen.data[4 * (y * width + x) :][:3] for x, y in ((20, 20), (width // 2, 830)))
    assert contrast(f"#{corner.hex()}", f"#{sun.hex()}") > 3


def test_without_quotes_the_prompts_own_words_are_the_title() -> None:
    assert page("A poster about saving the oceans, bold type", TALL).words.lower().startswith("saving")


def test_no_text_means_no_text() -> None:
    assert page("Poster of a mountain at sunset, no text", WIDE).runs == ()


SUBJECTS = (
    (
        "Poster for a bookshop, title “Turn the Page”, subtitle “Every Friday until nine”, warm lamp light, minimal",
        "books",
    ),
    ("花店海报，标题“春日花语”，副标题“三月开业”，柔和粉色，极简风格", "hibiscus"),
    ('ملصق لمكتبة "عالم الكتب" بألوان دافئة', "books"),
    ("Poster “Save the Bees”, bees and wildflowers", "honeybee"),
)


@pytest.mark.parametrize(("prompt", "drawing"), SUBJECTS)
@pytest.mark.parametrize("index", range(4))
def test_the_subject_is_the_main_picture(prompt: str, drawing: str, index: int) -> None:
    drawn = page(prompt, WIDE, index)
    assert drawn.faults == []
    assert drawn.job.brief.kind == "poster"
    assert drawing in names_in(drawn.html)


def test_a_minimal_poster_is_plain_paper() -> None:
    assert engine().laid_out(work(SUBJECTS[0][0], TALL), 0)[1].ground is None


def test_a_propaganda_poster_has_rays_and_no_title() -> None:
    drawn = page("a propaganda poster", TALL)
    assert drawn.runs == ()
    assert drawn.job.palette.name == "propaganda"
    assert drawn.html.count("<polygon") > 10
