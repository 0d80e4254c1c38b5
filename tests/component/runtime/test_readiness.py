"""What could not keep an answer is named; one that hangs counts as out."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from easel.build import DataInUse, sole_owner
from easel.config import Settings
from easel.db.engine import Database
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
    with pytest.raises(DataInUse, match="is not writable: Not a directory"), sole_owner(settings):
        pass
