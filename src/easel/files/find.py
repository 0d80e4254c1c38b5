"""Files for reading and download: looked up by their unguessable address, and named for saving."""

import hmac
import re
from collections.abc import Sequence

from sqlalchemy import Connection

from easel.domain import Caller
from easel.errors import NotFound
from easel.files.rows import FileRow, find_file, find_files
from easel.jobs.load import prompt_of
from easel.services import Services


def gone() -> NotFound:
    return NotFound("File not found", code="file_not_found")


async def find_by_address(services: Services, token: str, name: str) -> tuple[FileRow, str]:
    """The file at an address, and its title; raises NotFound, also for a wrong token."""
    async with services.limits.public_looks.wait():
        return await services.db.read(_find_by_address, token, name)


def _find_by_address(connection: Connection, token: str, name: str) -> tuple[FileRow, str]:
    file = find_file(connection, name)
    if file is None or not hmac.compare_digest(file.token.encode(), token.encode()):
        raise gone()
    return file, title_of(connection, file)


async def find_own_files(services: Services, caller: Caller, names: Sequence[str]) -> Sequence[FileRow]:
    """These files, in this order; raises NotFound when the caller may not see one of them."""
    rows = await services.db.read(find_files, caller.scope, names)
    if len(rows) != len(set(names)):
        raise gone()
    return rows


def title_of(connection: Connection, file: FileRow) -> str:
    """The file name for saving: the beginning of its prompt, without extension."""
    prompt = (prompt_of(connection, file.job_id) if file.job_id else None) or "upload"
    words = "-".join(re.findall(r"[a-z0-9]+", prompt.lower())[:8]) or "image"
    return words[:80] + (f"-{file.position}" if file.kind == "output" else "")
