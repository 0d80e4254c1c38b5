"""Database and store know each other, and nothing is deleted from a store that is another's."""

import json

import pytest
from sqlalchemy import delete, update
from tests.rig import MakeRig, Rig

from easel.build import see_store
from easel.db.fleet_tables import installation
from easel.db.tables import files
from easel.domain import Image, Size
from easel.kit.clock import DAY, Clock
from easel.ops.installation import adopt, bind, read_mark
from easel.ops.sweep import purge_orphans
from easel.storage import MARK
from easel.testing.clock import ManualClock

pytestmark = [pytest.mark.anyio, pytest.mark.backends(postgres="proof")]
LATER = Clock().now() + 10 * DAY


async def with_images(rig: Rig, count: int) -> None:
    """Objects that no row names."""
    for number in range(count):
        name = f"{number:04}.png"
        await rig.services.storage.put(f"pictures/{name}", name, Image(b"a picture", "image/png", Size(1, 1)))


async def count_objects(rig: Rig) -> int:
    return len([key async for key, _ in rig.services.storage.listing()])


async def problem_of(rig: Rig) -> str:
    return await bind(rig.db, rig.services.storage) or ""


async def test_a_new_installation_marks_its_store_and_knows_it_again(rig: Rig) -> None:
    await see_store(rig.services)
    first = await read_mark(rig.services.storage)
    await see_store(rig.services)
    second = await read_mark(rig.services.storage)
    assert first
    assert second
    assert first.id == second.id
    assert first.generation < second.generation
    assert await count_objects(rig) == 0, "no listing has the mark"


async def test_an_older_versions_store_is_adopted(rig: Rig) -> None:
    await rig.finished(await rig.generate())
    assert await problem_of(rig) == ""


@pytest.mark.parametrize("marked", [True, False])
async def test_a_new_database_deletes_nothing_of_a_store_with_images(rig: Rig, marked: bool) -> None:
    if marked:
        assert await problem_of(rig) == ""
    await with_images(rig, 3)
    with rig.db.transaction() as tx:
        tx.execute(delete(installation))
    words = "belongs to another database" if marked else "this database knows none of them"
    assert words in await problem_of(rig)
    await purge_orphans(rig.services, LATER)
    assert await count_objects(rig) == 3
    await adopt(rig.db, rig.services.storage)
    assert await problem_of(rig) == ""
    await purge_orphans(rig.services, LATER)
    assert await count_objects(rig) == 0


async def test_a_database_restored_from_an_older_backup_is_noticed(rig: Rig) -> None:
    for _ in range(3):
        assert await problem_of(rig) == ""
    with rig.db.transaction() as tx:
        tx.execute(update(installation).values(generation=1))
    assert "an older backup" in await problem_of(rig)
    await adopt(rig.db, rig.services.storage)
    assert await problem_of(rig) == ""


@pytest.mark.parametrize("written", [b"", b"[]", b'{"id": 1}', json.dumps({"id": "x", "generation": 1}).encode()])
async def test_a_mark_that_is_damaged_or_anothers_is_not_taken_over(rig: Rig, written: bytes) -> None:
    assert await problem_of(rig) == ""
    await rig.services.storage.write(MARK, written)
    assert "belongs to another database" in await problem_of(rig)


async def test_a_store_without_the_mark_it_had_is_noticed(rig: Rig) -> None:
    assert await problem_of(rig) == ""
    await rig.services.storage.delete(MARK)
    assert "is it the right store?" in await problem_of(rig)


async def test_many_objects_without_rows_are_left_alone(rig: Rig) -> None:
    await rig.finished(await rig.generate())
    await with_images(rig, 21)
    await purge_orphans(rig.services, LATER)
    assert await count_objects(rig) == 22, "more than twenty, and more than five percent"
    await rig.services.storage.delete("pictures/0000.png")
    await purge_orphans(rig.services, LATER)
    assert await count_objects(rig) == 1


async def test_a_share_of_the_store_may_be_more_than_twenty(make_rig: MakeRig) -> None:
    async with make_rig(clock=ManualClock(), max_orphan_percent=95) as rig:
        await rig.finished(await rig.generate())
        assert await problem_of(rig) == ""
        await with_images(rig, 30)
        await purge_orphans(rig.services, LATER)
        assert await count_objects(rig) == 31, "30 of 31 are more than 95 percent"
        with rig.db.transaction() as tx:
            tx.execute(update(files).values(expires_at=1))
        await rig.services.storage.delete("pictures/0000.png")
        await rig.finished(await rig.generate())
        await purge_orphans(rig.services, LATER)
        assert await count_objects(rig) == 2
