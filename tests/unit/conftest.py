"""What a unit test may not do: wait, talk, start something, or leave something behind."""

import asyncio
import socket
import sqlite3
import subprocess
import time
from typing import Any, NoReturn

import pytest

FORBIDDEN = ((socket.socket, "connect"), (subprocess, "Popen"), (sqlite3, "connect"), (time, "sleep"))
FIXTURES = {"tmp_path", "tmp_path_factory", "db", "rig", "make_rig", "backend"}


@pytest.fixture(autouse=True)
def _alone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not FIXTURES & set(request.fixturenames), "this is a test for tests/component"
    for owner, name in FORBIDDEN:
        monkeypatch.setattr(owner, name, refuse)
    monkeypatch.setattr(asyncio, "sleep", only_turns)


def refuse(*_: object, **__: object) -> NoReturn:
    raise AssertionError("a unit test does without this: see tests/unit/conftest.py")


async def only_turns(seconds: float, result: Any = None, _turn: Any = asyncio.sleep) -> Any:
    """Other tasks may have their turn; nobody waits."""
    assert seconds <= 0, "a unit test waits for nothing: give what waits a manual clock"
    return await _turn(0, result)
