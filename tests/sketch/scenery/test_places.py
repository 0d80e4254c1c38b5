"""Landscapes as pixels: the hour, the season and the things that the prompt mentions, the same every time."""

import hashlib
import subprocess
import sys

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.sketch.pages import engine, image_of, work
from tests.support.samples import one_in

from easel_sketch import Size
from easel_sketch.reading.subjects import Subject
from easel_sketch.scenery.plan import Thing
from easel_sketch.scenery.raster.places import PLACES, landscape
from easel_sketch.scenery.raster.things import crossing

LAKE = "Snowy mountains at dawn with a pine forest and a still lake"


SMALL, TINY = Size(384, 256), Size(192, 128)
MIDDLING = Size(768, 512)
EACH_SHAPE = one_in(3, (Size(512, 512), MIDDLING, Size(512, 768)))


def pixels(prompt: str, size: Size = SMALL, index: int = 0, quality: str = "medium") -> NDArray[np.int16]:
    image = image_of(prompt, size, index, quality)
    rows = np.frombuffer(image.data, np.uint8).reshape(size.height, size.width, 4)
    assert rows[..., 3].min() == 255
    return rows[..., :3].astype(np.int16)


@pytest.mark.parametrize("time", one_in(2, ("noon", "night")))
@pytest.mark.parametrize("place", PLACES)
def test_every_place_is_drawn_at_noon_and_at_night(place: str, time: str) -> None:
    job = engine().commission(work(f"landscape at {time}", TINY, "low"), 0)
    rows = np.frombuffer(landscape(job, place), np.uint8)
    assert len(rows) == TINY.width * TINY.height * 3
    assert rows.std() > (8 if time == "night" else 12)


@pytest.mark.parametrize("size", EACH_SHAPE, ids=str)
@pytest.mark.parametrize("place", ["mountains", "sea", "desert", "forest", "hills", "city skyline"])
def test_every_place_fills_the_image(place: str, size: Size) -> None:
    rows = pixels(f"{place} at sunset", size, quality="low")
    assert rows.shape == (size.height, size.width, 3)
    assert all(rows[y : y + 8, x : x + 8].std() < 90 for y in (0, size.height - 8) for x in (0, size.width - 8))
    assert rows.std() > 20


@pytest.mark.parametrize("place", ["mountains", "sea", "desert", "forest", "hills", "city skyline"])
def test_night_is_darker_than_day(place: str) -> None:
    assert pixels(f"{place} at night").mean() < 0.6 * pixels(f"{place} at noon, daylight").mean()


def test_a_city_is_reflected_in_its_water() -> None:
    rows = pixels("City skyline at dusk", MIDDLING)
    shore = 375
    above, below = rows[shore - 65 : shore - 10].mean(axis=0), rows[shore + 10 : shore + 65].mean(axis=0)
    assert np.corrcoef(above.ravel(), below.ravel())[0, 1] > 0.4


@pytest.mark.parametrize(
    ("prompt", "other"),
    [
        ("desert at night", "沙漠，夜晚"),
        ("forest in autumn at dawn", "лес, осень, рассвет"),
        ("mountains in winter", "montañas en invierno"),
        ("sea at sunset", "meer, sonnenuntergang"),
    ],
)
def test_other_languages_name_the_same_places(prompt: str, other: str) -> None:
    one, two = pixels(prompt), pixels(other)
    assert np.abs(one.mean(axis=(0, 1)) - two.mean(axis=(0, 1))).max() < 22


def test_a_lighthouse_stands_where_one_is_named() -> None:
    assert _reds(pixels("sea at noon with a lighthouse", MIDDLING)) > 500
    assert _reds(pixels("sea at noon", MIDDLING)) < 50


def _reds(rows: NDArray[np.int16]) -> int:
    return int(((rows[..., 0] > 150) & (rows[..., 1] < 110) & (rows[..., 2] < 110)).sum())


def test_pictures_of_one_job_are_other_hours_and_other_ground() -> None:
    views = [pixels("mountain landscape", index=index) for index in range(4)]
    for place, one in enumerate(views):
        for other in views[place + 1 :]:
            assert np.abs(one - other).mean() > 12


def test_qualities_differ_in_what_they_draw() -> None:
    low, medium, high = (pixels(LAKE, quality=quality) for quality in ("low", "medium", "high"))
    assert np.abs(low - medium).mean() > 1
    assert np.abs(medium - high).mean() > 0.5


@pytest.mark.proof
def test_the_same_words_give_the_same_pixels_in_another_process() -> None:
    script = (
        "import hashlib\n"
        "from easel_sketch import Size\n"
        "from tests.sketch.pages import image_of\n"
        f"print(hashlib.sha256(image_of({LAKE!r}, Size(384, 256), 0, 'high').data).hexdigest())\n"
    )
    elsewhere = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    here = hashlib.sha256(image_of(LAKE, Size(384, 256), 0, "high").data).hexdigest()
    assert elsewhere.stdout.strip() == here


def test_the_moon_or_the_sun_is_behind_clouds_in_a_storm() -> None:
    assert pixels("the sea in a thunderstorm").mean() < 0.8 * pixels("the sea at noon").mean()


def test_warm_and_cold_colours_look_it() -> None:
    warm, cold = (pixels(f"hills in {tone} colours").mean(axis=(0, 1)) for tone in ("warm", "cold"))
    assert warm[0] - warm[2] > cold[0] - cold[2] + 30


def test_dawn_is_paler_than_dusk_and_autumn_redder_than_summer() -> None:
    assert pixels("hills at dawn").mean() > 1.2 * pixels("hills at dusk").mean()
    autumn, summer = (pixels(f"hills at noon in {season}")[150:].mean(axis=(0, 1)) for season in ("autumn", "summer"))
    assert autumn[0] - autumn[1] > summer[0] - summer[1] + 20


def test_a_train_beside_a_bridge_is_on_it() -> None:
    train, bridge = (Thing(name, Subject(name, name), "ground", 0.2) for name in ("train", "bridge"))
    on, below = crossing([(300.0, train, 40.0, 60.0), (280.0, bridge, 200.0, 100.0)])
    assert on[1] == train
    assert on[0] < below[0] - 90
    assert on[2] == below[2]
