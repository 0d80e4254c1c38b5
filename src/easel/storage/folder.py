"""Images in a local folder: stored files survive a power failure."""

import os
from pathlib import Path

from obstore.exceptions import BaseError
from obstore.store import LocalStore

from easel.errors import StorageUnavailable
from easel.kit.settings import explained
from easel.storage import Storage


class FolderStorage(Storage):
    """One folder, created when missing."""

    def __init__(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            super().__init__(LocalStore(prefix=folder))
            self.folder: Path = folder
        except (BaseError, OSError) as error:
            reason = explained(error, folder) if isinstance(error, OSError) else str(error)
            raise StorageUnavailable(f"The file store is not accessible. {reason}") from error

    def _write(self, key: str, data: bytes) -> None:
        super()._write(key, data)
        flush(self.folder / key)


def flush(path: Path) -> None:
    """Flush a file to the disk: it must survive a power failure, and so must its folder and the folder's entry."""
    for target in (path, *list(path.parents)[:2]):
        descriptor = os.open(target, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
