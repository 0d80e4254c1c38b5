"""What could not keep an answer is named; one that hangs counts as out."""

import asyncio
import errno
from pathlib import Path
from typing import Any

import pytest
import structlog

from easel.build import DataInUse, sole_owner
from easel.config import Settings
from easel.db.engine import Database
from easel.errors import StorageUnavailable
from easel.runtime.readiness import Readiness, folder_fault
from easel.storage.folder import FolderStorage
from easel.testing import ManualClock

pytestmark = pytest.mark.anyio
EVERYTHING = 10**18


def readiness_of(db: Database, tmp_path: Path, reserve: int = 0) -> Readiness:
    return Readiness(db, FolderStorage(tmp_path / "files"), tmp_path / "spool", ManualClock(), reserve=reserve)


async def test_all_is_well(db: Database, tmp_path: Path) -> None:
    readiness = readiness_of(db, tmp_path)
    assert await readiness.look() == {"storage": None, "database": None, "spool": None}
    assert await readiness.fault() is None
    assert folder_fault(tmp_path / "made" / "when" / "needed", 0) is None


async def test_too_little_space_is_named_without_a_path(db: Database, tmp_path: Path) -> None:
    failures = (await readiness_of(db, tmp_path, EVERYTHING).look()).values()
    assert all(fault and "EASEL_KEEP_FREE_MEGABYTES" in fault and str(tmp_path) not in fault for fault in failures)
    (tmp_path / "file").write_text("no folder")
    fault = folder_fault(tmp_path / "file", 0)
    assert fault is not None
    assert str(tmp_path) not in fault


async def test_what_hangs_is_out(db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("easel.runtime.readiness.PATIENCE", 0.05)
    readiness = readiness_of(db, tmp_path)

    async def hangs(*_: Any) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(FolderStorage, "ping", hangs)
    assert await readiness.fault() == "storage: It did not answer within 0.05 s."


def test_a_data_folder_that_cannot_be_written_to_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    settings = Settings(data=tmp_path / "file" / "data")
    with pytest.raises(DataInUse, match=r"^EASEL_DATA is .* not writable. .*: Not a directory.$"), sole_owner(settings):
        pass


class SmallStore(FolderStorage):
    """A folder on a disk with little room."""

    room, writes = 1_000, 0

    def _write(self, key: str, data: bytes) -> None:
        self._ping(key, data)

    def _ping(self, name: str, data: bytes) -> None:
        self.writes += 1
        if len(data) > self.room:
            raise OSError(errno.ENOSPC, "No space left on device")


async def test_after_a_failed_write_as_many_bytes_must_be_writable_and_it_is_probed_less_and_less_often(
    db: Database, tmp_path: Path
) -> None:
    store, clock = SmallStore(tmp_path / "files"), ManualClock()
    readiness = Readiness(db, store, None, clock, reserve=0)
    assert (await readiness.fault(), await readiness.write_fault()) == (None, None)  # five bytes fit
    with pytest.raises(StorageUnavailable):
        await store.write("key", bytes(5_000))
    readiness.write_failed(5_000)
    with structlog.testing.capture_logs() as logs:
        looks = []
        for second in range(60):
            before = store.writes
            assert await readiness.write_fault() == "storage: The file store is not writable. No space left on device."
            looks += [second] * (store.writes - before)
            clock.advance(1_000)
        store.room = 10_000
        clock.advance(10_000)
        assert (await readiness.write_fault(), await readiness.fault()) == (None, None)
    assert looks == [0, 1, 2, 4, 9, 19, 29, 39, 49, 59]
    assert [entry["event"] for entry in logs] == ["images cannot be stored; jobs wait", "images can be stored again"]


@pytest.mark.parametrize("part", ["spool", "provenance", "files", "easel.db"])
def test_what_cannot_be_written_later_is_refused_at_the_start(tmp_path: Path, part: str) -> None:
    if part == "easel.db":
        (tmp_path / part).mkdir()
    else:
        (tmp_path / part).write_text("in the way")
    with pytest.raises(DataInUse, match=part), sole_owner(Settings(data=tmp_path)):
        pass


async def test_what_costs_nothing_does_not_wait_for_the_reserve(db: Database, tmp_path: Path) -> None:
    readiness = readiness_of(db, tmp_path, EVERYTHING)
    assert await readiness.fault()
    assert await readiness.write_fault() is None
    readiness.write_failed(10)
    assert await readiness.write_fault() is None
