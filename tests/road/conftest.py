"""What several files of this shelf want."""

from collections.abc import Iterator

import pytest
from tests.road.test_webhooks import Receiver

from easel.testing.loopback import serving


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    with serving(made.app()) as url:
        made.url = url + "/hook"
        yield made
