"""Each image goes through the model once, and its subject is found once: that takes most of an edit's time."""

from collections.abc import Iterator

import pytest
import pyvips

from easel_sketch.edits import subject, vision
from easel_sketch.edits.pixels import Floats

FOUND: dict[tuple[int, int, bytes], subject.Subject] = {}
LIKELY: dict[bytes, Floats] = {}


@pytest.fixture(autouse=True, scope="session")
def _found_once() -> Iterator[None]:
    find, run = subject.found, vision._probability  # noqa: SLF001

    def found(image: pyvips.Image) -> subject.Subject:
        key = (image.width, image.height, bytes(image.write_to_memory()))
        if key not in FOUND:
            FOUND[key] = find(image)
        return FOUND[key]

    def probability(image: Floats) -> Floats:
        key = image.tobytes()
        if key not in LIKELY:
            LIKELY[key] = run(image)
        return LIKELY[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(subject, "found", found)
        patch.setattr(vision, "_probability", probability)
        yield
