"""The pattern recipe: motifs, background colour, and seamless edges."""

import numpy as np
import pytest
from tests.sketch.pages import EACH_SIZE, image_of, page

from easel_sketch import Size

LEMONS = "Seamless pattern of lemons and leaves on a navy ground"


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
@pytest.mark.parametrize("index", range(2))
def test_it_has_no_words(size: Size, index: int) -> None:
    drawn = page(LEMONS, size, index)
    assert drawn.words == ""
    assert drawn.html != page(LEMONS, size, index + 2).html


def test_opposite_edges_match() -> None:
    picture = image_of(LEMONS, Size(512, 512), quality="low")
    rows = np.frombuffer(picture.data, np.uint8).reshape(512, 512, 4)[..., :3].astype(int)
    inside = np.abs(rows[:, 255] - rows[:, 256]).mean() + np.abs(rows[255] - rows[256]).mean()
    across = np.abs(rows[:, 0] - rows[:, -1]).mean() + np.abs(rows[0] - rows[-1]).mean()
    assert across < 3 * inside + 6


def test_the_ground_is_the_colour_that_was_asked_for() -> None:
    picture = image_of(LEMONS, Size(512, 512), quality="low")
    rows = np.frombuffer(picture.data, np.uint8).reshape(-1, 4)[:, :3]
    colours, counts = np.unique(rows, axis=0, return_counts=True)
    red, green, blue = (int(channel) for channel in colours[counts.argmax()])
    assert blue > 1.5 * red
    assert blue < 140
    assert green < blue


def test_plain_patterns_need_no_motif() -> None:
    for prompt in ("Polka dots pattern, pink", "Striped pattern in teal", "Gingham pattern, red", "Geometric pattern"):
        drawn = page(prompt)
        assert drawn.words == ""
        assert "scale(" not in drawn.html


def test_quoted_texts_are_set_whole() -> None:
    assert page("Pattern with the word “Lemonade” on it").faults == []


def test_leaves_between_the_motifs_are_said_to_be_drawn() -> None:
    assert 'data-drawn="leaf-fluttering-in-wind"' in page("seamless pattern of lemons and leaves").html
