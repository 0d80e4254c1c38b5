"""Several files as one ZIP, streamed in small pieces; never whole in memory."""

import io
import zipfile
from collections.abc import AsyncGenerator, Sequence
from itertools import count

from easel.domain import Caller
from easel.errors import TooLarge
from easel.files.find import gone, title_of
from easel.files.rows import FileRow
from easel.kit.memory import MEGABYTE
from easel.runtime.limits import held, share
from easel.services import Services


async def archive(services: Services, caller: Caller, files: Sequence[FileRow]) -> AsyncGenerator[bytes, None]:
    """The ZIP in pieces. Images are stored uncompressed: they are compressed already.

    Before the first piece it raises TooLarge, or Unavailable when the team already receives its maximum of archives.
    """
    most = services.settings.max_archive_megabytes
    if sum(file.byte_size for file in files) > most * MEGABYTE:
        raise TooLarge(f"These images have more than {most} MB together. Request fewer at once.")
    with held(
        services.limits.archives,
        share(caller.team_id, test=caller.test),
        "Too many archives of this team are being sent.",
    ):
        async for piece in _packed(services, files):
            yield piece


async def _packed(services: Services, files: Sequence[FileRow]) -> AsyncGenerator[bytes, None]:
    sink = _Sink()
    taken: set[str] = set()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as packed:
        for file in files:
            title = await services.db.read(title_of, file)
            entry = zipfile.ZipInfo(_free_name(title, file, taken))
            entry.file_size = file.byte_size
            chunks = await services.storage.stream(file.key, 0, file.byte_size)
            if chunks is None:
                raise gone()
            with packed.open(entry, "w") as part:
                async for chunk in chunks:
                    part.write(chunk)
                    yield sink.taken()
    yield sink.taken()


def _free_name(title: str, file: FileRow, taken: set[str]) -> str:
    suffix = file.name.rpartition(".")[2]
    for number in count(1):
        name = f"{title}.{suffix}" if number == 1 else f"{title}-({number}).{suffix}"
        if name not in taken:
            taken.add(name)
            return name
    raise AssertionError


class _Sink(io.RawIOBase):
    """The output of the ZIP writer: buffers bytes until they are read; not seekable."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: "bytes | bytearray | memoryview") -> int:  # type: ignore[override]
        self._bytes += data
        return len(data)

    def taken(self) -> bytes:
        data = bytes(self._bytes)
        self._bytes.clear()
        return data
