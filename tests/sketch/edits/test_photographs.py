"""Edits of real photographs from installed packages."""

import importlib.util
from pathlib import Path

import pytest
import pyvips
from tests.sketch.edits.images import changed, edit, pixels, warnings_of

from easel_sketch import Size

PACKAGES = {"skimage": "data", "sklearn": "datasets/images"}
# What is asked, the box that must keep its bytes, and the box that must not: left, top, width, height.
EDITS = {
    "astronaut.png": ("Change the orange suit to green", (170, 40, 110, 140), (60, 300, 60, 60)),
    "chelsea.png": ("Change the green eyes to blue", (190, 180, 100, 100), (145, 90, 50, 35)),
    "coffee.png": ("Change the red cup to teal", (205, 100, 150, 70), (420, 200, 40, 60)),
    "brick.png": ("Crop to 1:1 and add a watermark “Brick”", (0, 0, 300, 300), (340, 440, 150, 60)),
    "rocket.jpg": ('Add the text "LIFT OFF" at the top', (0, 230, 640, 190), (220, 20, 200, 80)),
    "hubble_deep_field.jpg": ('Add the caption "Far away" at the bottom', (0, 0, 1000, 400), (300, 780, 400, 80)),
    "retina.jpg": ('Add a watermark "© A"', (0, 0, 1100, 1200), (1100, 1250, 300, 150)),
    "camera.png": ("Blur the background", (100, 260, 40, 120), (300, 420, 200, 80)),
    "coins.png": ('Add the text "Coins" in the top left corner', (200, 150, 180, 150), (15, 10, 120, 60)),
    "clock_motion.png": ('Add the small text "Noon" in the center', (0, 0, 400, 80), (140, 125, 120, 50)),
    "grass.png": ('Add the text "GRASS" on a white banner at the right', (0, 0, 250, 512), (300, 200, 190, 110)),
    "flower.jpg": ("Make the background black and white", (270, 180, 80, 80), (20, 100, 80, 120)),
}


def photograph(name: str) -> pyvips.Image:
    """A photograph at its own size, found without importing the package that ships it."""
    for package, folder in PACKAGES.items():
        spec = importlib.util.find_spec(package)
        for place in (spec.submodule_search_locations or ()) if spec else ():
            if (path := Path(place) / folder / name).exists():
                return pyvips.Image.new_from_file(str(path)).colourspace("srgb").copy_memory()
    pytest.skip(f"no package here ships {name}")


@pytest.mark.proof
@pytest.mark.parametrize("name", sorted(EDITS))
def test_pixels_outside_the_mask_keep_their_bytes(name: str) -> None:
    prompt, kept, meant = EDITS[name]
    before = photograph(name)
    done = edit(prompt, before, size=Size(before.width, before.height))
    different = changed(before, pixels(done))
    assert different.crop(*kept).max() == 0
    assert different.crop(*meant).avg() > 10, warnings_of(done)
    assert done.warnings[0].startswith("Done: ")


@pytest.mark.proof
@pytest.mark.parametrize("name", ["gravel.png", "hubble_deep_field.jpg", "ihc.png", "moon.png"])
def test_no_subject_is_cut_out_where_none_is_clear(name: str) -> None:
    before = photograph(name)
    done = edit("Remove the background", before, size=Size(before.width, before.height))
    assert done.warnings[0].startswith("Not done: remove the background.")
    assert changed(before, pixels(done)).max() == 0
