"""What images are signed with, in an installation of several processes."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from easel.db.engine import Database
from easel.imaging.provenance import ProvenanceSettings, certificate
from easel.ops.signing_identity import share_identity, shared_identity

pytestmark = [pytest.mark.anyio, pytest.mark.backends(postgres="proof")]
MADE_HERE = ProvenanceSettings()


async def test_processes_that_start_together_sign_as_one(
    db: Database, open_again: Callable[[], Database], tmp_path: Path
) -> None:
    others = [db, open_again(), open_again()]
    folders = [tmp_path / name for name in "abc"]
    await asyncio.gather(
        *(share_identity(one, MADE_HERE, folder, now=1, make=True) for one, folder in zip(others, folders, strict=True))
    )
    kept = [certificate.kept(folder) for folder in folders]
    assert kept[0] is not None
    assert kept == [kept[0]] * 3
    for other in others[1:]:
        await other.close()


async def test_what_a_folder_has_already_becomes_everybodys(db: Database, tmp_path: Path) -> None:
    old = certificate.made()
    certificate.keep(old, tmp_path / "old")
    await share_identity(db, MADE_HERE, tmp_path / "old", now=1, make=False)
    certificate.keep(certificate.made(), tmp_path / "new")
    await share_identity(db, MADE_HERE, tmp_path / "new", now=1, make=True)
    assert certificate.kept(tmp_path / "new") == old


async def test_nothing_is_made_before_it_is_wanted_or_when_the_operator_has_one(db: Database, tmp_path: Path) -> None:
    theirs = ProvenanceSettings(provenance_certificate=tmp_path / "theirs.pem", provenance_key=tmp_path / "key.pem")
    await share_identity(db, MADE_HERE, tmp_path / "own", now=1, make=False)
    await share_identity(db, theirs, tmp_path / "own", now=1, make=True)
    await share_identity(db, ProvenanceSettings(provenance=False), tmp_path / "own", now=1, make=True)
    with db.reading() as connection:
        assert shared_identity(connection) is None
    assert not (tmp_path / "own").exists()
