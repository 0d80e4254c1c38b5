"""Objects in the store without a row: left over from a cancelled job or a refused request, or partial images."""

from collections.abc import Sequence
from dataclasses import dataclass

from easel.db.engine import Database
from easel.files.names import copied_name, is_partial
from easel.files.rows import keys_without_row, names_without_row
from easel.kit.clock import DAY
from easel.kit.paging import batched
from easel.storage import Storage

# Rows follow their files within this time: an older object without a row is an orphan.
ORPHAN_AGE = 2 * DAY
# Up to this number they always count as few: in a small store one busy day exceeds any percentage.
FEW = 20


@dataclass(frozen=True, slots=True)
class Orphans:
    """The keys of orphans, and the number of all objects in the store."""

    keys: Sequence[str]
    objects: int

    def are_many(self, percent: float) -> bool:
        """Whether they are more than the sweep deletes automatically: rows are probably missing.

        Partial images never have rows.
        """
        return sum(not is_partial(key) for key in self.keys) > max(FEW, self.objects * percent / 100)


async def orphans(db: Database, storage: Storage, before: int) -> Orphans:
    """The keys last written before then."""
    objects, old = 0, []
    async for key, written_at in storage.listing():
        objects += 1
        if written_at < before:
            old.append(key)
    copies = [key for key in old if copied_name(key)]
    images = [key for key in old if not copied_name(key)]
    keys = [key for batch in batched(images, 500) for key in await db.read(keys_without_row, batch)]
    for batch in batched(copies, 500):
        gone = set(await db.read(names_without_row, [copied_name(key) or "" for key in batch]))
        keys += [key for key in batch if copied_name(key) in gone]
    return Orphans(keys, objects)
