"""Objects in the store that no row names: left by a job that was cancelled, or by a request that was refused."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from easel.files.names import copied_name
from easel.files.rows import keys_without_row, names_without_row
from easel.kit.clock import DAY
from easel.kit.paging import batched
from easel.storage import Storage

# Nothing writes a file this long before its row: what has no row by then belongs to nobody.
ORPHAN_AGE = 2 * DAY
# So many are always few: a percentage of a small store is less than one busy day leaves behind.
FEW = 20


@dataclass(frozen=True, slots=True)
class Orphans:
    """Their keys, among how many objects of the store."""

    keys: Sequence[str]
    objects: int

    def are_many(self, percent: float) -> bool:
        """Whether they are more than the sweep deletes by itself: then it is rather rows that are missing."""
        return len(self.keys) > max(FEW, self.objects * percent / 100)


async def orphans(connection: AsyncConnection, storage: Storage, before: int) -> Orphans:
    """Those last written before then."""
    objects, old = 0, []
    async for key, written_at in storage.listing():
        objects += 1
        if written_at < before:
            old.append(key)
    copies = [key for key in old if copied_name(key)]
    images = [key for key in old if not copied_name(key)]
    found = [key for batch in batched(images, 500) for key in await keys_without_row(connection, batch)]
    for batch in batched(copies, 500):
        gone = set(await names_without_row(connection, [copied_name(key) or "" for key in batch]))
        found += [key for key in batch if copied_name(key) in gone]
    return Orphans(found, objects)
