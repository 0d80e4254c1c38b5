"""A server that the tests of several files share: starting one takes longer than most of them."""

from collections.abc import Iterator

import pytest

from easel.testing import RunningServer, running_server

ENV = {"EASEL_RATE_LIMIT_PER_MINUTE": "0", "EASEL_BOOTSTRAP_CREDITS": "1000000"}


@pytest.fixture(scope="session", autouse=True)
def migrated(first_database: None) -> None:
    """Servers start sooner when they have nothing to migrate."""


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A server with its defaults, that never says no."""
    with running_server(tmp_path_factory.mktemp("server"), env=ENV) as running:
        yield running
