"""The subject of each image is found once: that takes most of an edit's time, and many edits are of the same image."""

from collections.abc import Iterator

import pytest
import pyvips

from easel_sketch.edits import subject

FOUND: dict[tuple[int, int, bytes], subject.Subject] = {}


@pytest.fixture(autouse=True, scope="session")
def _found_once() -> Iterator[None]:
    find = subject.found

    def found(image: pyvips.Image) -> subject.Subject:
        key = (image.width, image.height, bytes(image.write_to_memory()))
        if key not in FOUND:
            FOUND[key] = find(image)
        return FOUND[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(subject, "found", found)
        yield
