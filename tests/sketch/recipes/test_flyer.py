"""The flyer recipe: headline, mosaic and details with the date largest."""

import pytest
from tests.sketch.pages import EACH_SIZE, SQUARE, TALL, VARIATIONS, page

from easel_sketch import Size

MARKET = (
    "Event flyer “Neighbourhood Flea Market” “Saturday, June 14” “Elm Street car park” “Bring your own table” "
    "“Tables: $5”"
)
FETE = "Flyer « Fête de la Musique » « 21 juin, 19 h » « Place du Marché » « Entrée libre » couleurs vives"


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
@pytest.mark.parametrize("index", VARIATIONS)
def test_every_text_is_there_and_nothing_overlaps(size: Size, index: int) -> None:
    assert page(MARKET, size, index).faults == []


@pytest.mark.parametrize("prompt", [FETE, "传单「周末音乐市集」「10月18日 14:00」「滨江公园南门」深蓝和金色"])
@pytest.mark.parametrize("size", [SQUARE, TALL])
def test_other_prompts(prompt: str, size: Size) -> None:
    assert page(prompt, size).faults == []


def test_the_texts_keep_their_order() -> None:
    words = page(MARKET, TALL).words
    places = [words.index(part) for part in ("Neighbourhood", "Saturday", "Elm Street", "Bring", "Tables")]
    assert places == sorted(places)


def test_the_date_is_set_larger_than_the_other_facts() -> None:
    heights = {run.text.split()[0]: run.bottom - run.top for run in page(FETE, TALL).runs if run.text.strip()}
    assert heights["21"] > 1.2 * heights["Entrée"]


def test_the_mosaic_has_the_requested_colours() -> None:
    seen = page(FETE, TALL)
    assert sum(seen.html.count(colour) for colour in seen.job.palette.accents) > 20


def test_variations_move_the_icons() -> None:
    first, second = page(FETE, TALL, 0).runs[0], page(FETE, TALL, 1).runs[0]
    assert first.top < 0.3 * TALL.height < second.top


def test_no_text_at_all_and_very_many() -> None:
    assert page("Wordless flyer, no text, green", SQUARE).runs == ()
    many = "Flyer “Fair” " + " ".join(f"“Stall {n}: jams, cheese and knitted things”" for n in range(30))
    assert page(many, TALL).faults == []
