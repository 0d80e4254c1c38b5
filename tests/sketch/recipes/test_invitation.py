"""The invitation recipe: names, date and flowers."""

import pytest
from tests.sketch.pages import EACH_SIZE, SIZES, SQUARE, TALL, VARIATIONS, WIDE, page

from easel_sketch import Size

WEDDING = (
    "Wedding invitation “Sofia & Marcus” “Saturday, September 12” “at four in the afternoon” "
    "“The Old Orchard, Hay Lane” elegant blush and sage"
)
PARTY = "Birthday party invitation “Leo turns six!” “Sunday 4 May, 3 pm” “Adventure Barn” “Bring wellies”"


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
@pytest.mark.parametrize("index", VARIATIONS)
def test_every_text_is_there_and_nothing_overlaps(size: Size, index: int) -> None:
    assert page(WEDDING, size, index).faults == []


@pytest.mark.parametrize("prompt", [PARTY, "دعوة «حفل تخرج» «يوم الجمعة ٢٠ يونيو» «قاعة النخيل» ألوان ذهبية"])
@pytest.mark.parametrize("size", [SQUARE, TALL])
def test_other_prompts(prompt: str, size: Size) -> None:
    assert page(prompt, size).faults == []


def test_a_pair_stands_on_three_lines_and_is_the_largest() -> None:
    runs = page(WEDDING, TALL).runs
    assert [run.text.strip() for run in runs[:3]] == ["Sofia", "&", "Marcus"]
    assert all(
        runs[0].bottom - runs[0].top > 2 * (run.bottom - run.top) for run in runs[4:] if run.text.strip() != "12"
    )


def test_the_day_is_large_and_the_date_keeps_its_order() -> None:
    seen = page(WEDDING, TALL)
    heights = {run.text.strip(): run.bottom - run.top for run in seen.runs}
    assert heights["12"] > 1.5 * heights["Saturday, September"]
    assert "Sunday 4 May, 3 pm" in page(PARTY, TALL).words


def test_the_words_keep_clear_of_the_edges() -> None:
    for size in SIZES:
        assert all(0.1 * size.width < run.left < run.right < 0.9 * size.width for run in page(WEDDING, size).runs)


def test_flowers_are_drawn_and_no_icon_lies_among_them() -> None:
    assert "scale(" in page(WEDDING, WIDE).html
    assert "rotate(" not in page(WEDDING, WIDE).html.split("<div")[0]
    assert 'viewBox="0 0 128 128"' not in page(WEDDING, WIDE).html


def test_no_text_at_all_and_very_many() -> None:
    assert page("Wordless wedding invitation, no text", TALL).runs == ()
    many = "Invitation “Feast” " + " ".join(f"“Course {n}: a soup of something green”" for n in range(20))
    assert page(many, TALL).faults == []


@pytest.mark.parametrize("index", range(4))
def test_eucalyptus_is_drawn_where_it_is_asked_for(index: int) -> None:
    prompt = "Wedding invitation, “Anna & Jonas”, “12 June, 3 pm”, eucalyptus, sage green"
    shown = page(prompt, index=index)
    assert shown.faults == []
    assert 'data-drawn="eucalyptus"' in shown.html
    assert "Sage" not in shown.words


def test_what_an_invitation_is_with_is_drawn() -> None:
    assert 'data-drawn="elephant"' in page("baby shower invitation with elephants").html
