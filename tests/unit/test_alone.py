"""The guard of this shelf bites."""

import asyncio
import socket
import subprocess
import time

import pytest


@pytest.mark.parametrize(
    "deed",
    [
        lambda: time.sleep(0),
        lambda: subprocess.run(["true"], check=False),
        lambda: connect(),
        lambda: asyncio.run(asyncio.sleep(0.001)),
    ],
)
def test_it_is_not_done_here(deed: object) -> None:
    assert callable(deed)
    with pytest.raises(AssertionError):
        deed()


def connect() -> None:
    with socket.socket() as one:
        one.connect(("127.0.0.1", 9))


def test_others_have_their_turn() -> None:
    assert asyncio.run(asyncio.sleep(0, "done")) == "done"
