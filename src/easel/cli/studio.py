"""easel studio: print a one-time sign-in link to the Studio."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from easel.cli.options import DataFolder, load_settings, with_database
from easel.cli.output import CommandError, say

if TYPE_CHECKING:
    from easel.db.engine import Database


def studio(
    data: DataFolder = None,
    key: Annotated[str | None, typer.Option(help="Sign in with this key: its ID, from `easel keys list`.")] = None,
) -> None:
    """Print a one-time sign-in link to the Studio, valid for 15 minutes."""
    settings = load_settings(data=data)
    base = settings.public_url or f"http://{settings.host}:{settings.port}"
    code = with_database(data, lambda db: link_code(db, key))
    if code is None:
        raise CommandError("There is no active key to sign in with. Create one with `easel keys create`.")
    say(f"{base}/studio/enter?code={code}")


async def link_code(db: Database, key_id: str | None = None) -> str | None:
    """The code of a new link; None without an active key."""
    from easel.accounts.sessions import key_to_enter_with, new_link
    from easel.kit.clock import Clock

    key_id = key_id or await db.read(key_to_enter_with)
    return await db.write(new_link, key_id=key_id, now=Clock().now()) if key_id else None
