"""Combinations of model, quality, ratio, format, background and count: the bytes are what was asked.

Every pair of values meets in a short list of jobs; in that of `make proof`, every three.
"""

import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pytest
import pyvips
from tests.rig import request
from tests.support.customer import Customer

from easel.testing import RunningServer

SIZES = {"1:1": (1024, 1024), "3:2": (1536, 1024), "2:3": (1024, 1536)}
LOADERS = {"webp": "webpload_buffer", "png": "pngload_buffer", "jpeg": "jpegload_buffer"}
PRICES = {
    "gpt-image-2": {"low": 4, "medium": 9, "high": 23, "auto": 23},
    "gpt-image-1.5": {"low": 4, "medium": 9, "high": 24, "auto": 24},
}
TWO, OLD = PRICES


class Asked(NamedTuple):
    model: str
    quality: str
    ratio: str
    format: str
    background: str
    images: int

    @property
    def refused(self) -> bool:
        return self.background == "transparent" and (self.model == TWO or self.format == "jpeg")


EVERY = [
    Asked(*values)
    for values in itertools.product(PRICES, PRICES[TWO], SIZES, LOADERS, ("auto", "opaque", "transparent"), (1, 2))
]
LEGAL = [asked for asked in EVERY if not asked.refused]


def combinations(asked: Asked, strength: int) -> set[tuple[tuple[int, str | int], ...]]:
    """Those of so many of its values, each with its place."""
    return set(itertools.combinations(enumerate(asked), strength))


def covering_array(every: Sequence[Asked], strength: int) -> list[Asked]:
    """Few requests that have all combinations of so many values: the one with most new ones first."""
    has = {asked: combinations(asked, strength) for asked in every}
    left = set().union(*has.values())
    chosen = []
    while left:
        chosen.append(max(every, key=lambda asked: (len(has[asked] & left), -asked.images)))
        left -= has[chosen[-1]]
    return chosen


PAIRS = covering_array(LEGAL, 2)


@pytest.fixture(scope="module")
def customer(server: RunningServer) -> Iterator[Customer]:
    with Customer(server) as made:
        yield made


def test_every_pair_of_values_is_tried() -> None:
    tried, legal = (set().union(*(combinations(asked, 2) for asked in some)) for some in (PAIRS, LEGAL))
    assert tried == legal
    assert len(PAIRS) < len(LEGAL) / 10


def test_every_pair_is_what_was_asked(customer: Customer) -> None:
    try_all(customer, PAIRS)


@pytest.mark.proof
def test_every_three_are_what_was_asked(customer: Customer) -> None:
    try_all(customer, covering_array(LEGAL, 3))


@pytest.mark.parametrize(
    "asked", [Asked(TWO, "low", "1:1", "png", "transparent", 1), Asked(OLD, "low", "1:1", "jpeg", "transparent", 1)]
)
def test_what_no_format_or_model_can_show_is_refused(customer: Customer, asked: Asked) -> None:
    assert asked.refused
    assert customer.http.post("/v2/images/generate", json=body_of(asked)).status_code == 400


def try_all(customer: Customer, wanted: Sequence[Asked]) -> None:
    waiting = {customer.submit(body_of(asked)): asked for asked in wanted}
    for job_id, asked in waiting.items():
        job = customer.finished(job_id)
        assert job["status"] == "COMPLETED", job
        assert job["creditCost"] == PRICES[asked.model][asked.quality] * asked.images
        images = [customer.http.get(address).content for address in job["result"]["images"]]
        assert len(set(images)) == asked.images, "no two pictures are the same"
        for data in images:
            check(data, asked)


def body_of(asked: Asked) -> dict[str, object]:
    return request(
        "a red fox, “Hello”",
        asked.model,
        quality=asked.quality,
        aspect_ratio=asked.ratio,
        output_format=asked.format,
        background=asked.background,
        number_of_images=asked.images,
    )


def check(data: bytes, asked: Asked) -> None:
    image = pyvips.Image.new_from_buffer(data, "", fail_on="warning")
    assert (image.width, image.height) == SIZES[asked.ratio]
    assert image.get("vips-loader") == LOADERS[asked.format]
    assert image.hasalpha() == (asked.background == "transparent")
    image.avg()
    if image.hasalpha():
        assert image[3].min() == 0
