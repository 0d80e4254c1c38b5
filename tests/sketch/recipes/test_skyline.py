"""Skylines: neon on request, and no lettering."""

import numpy as np
import pytest
from tests.sketch.pages import WIDE, image_of, page

NEON = "Cyberpunk city skyline at night, neon lights, no text"


@pytest.mark.parametrize(
    "prompt", [NEON, "City skyline on a summer day", "夜晚的城市天际线", "Panorama der Stadt bei Nacht"]
)
def test_a_town_is_read_in_the_prompt_and_carries_no_words(prompt: str) -> None:
    seen = page(prompt)
    assert seen.job.brief.kind == "skyline"
    assert seen.runs == ()


@pytest.mark.proof
def test_neon_is_more_colourful_than_a_plain_night() -> None:
    assert _vivid(NEON) > 1.3 * _vivid("City skyline at night")


def _vivid(prompt: str) -> float:
    """The saturation of the bright pixels."""
    picture = image_of(prompt, WIDE, quality="medium")
    pixels = np.frombuffer(picture.data, np.uint8).reshape(-1, 4)[:, :3].astype(np.int16)
    spread = pixels.max(axis=1) - pixels.min(axis=1)
    return float((spread > 120).mean())
