"""easel keys: create, list, enable, disable and revoke API keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from easel.cli.options import DataFolder, with_database
from easel.cli.output import say, table

if TYPE_CHECKING:
    from easel.accounts.keys import NewKey
    from easel.db.engine import Database

app = typer.Typer(help="API keys.", no_args_is_help=True)

KeyId = Annotated[str, typer.Argument(help="Key ID, from `easel keys list`.")]


@app.command()
def create(
    name: Annotated[str, typer.Option(help="Name of the key, for example its purpose.")] = "key",
    team: Annotated[str, typer.Option(help="Team, by name or ID; the key belongs to its first owner.")] = "Main",
    user: Annotated[str | None, typer.Option(help="Owner of the key, by email address.")] = None,
    test: Annotated[bool, typer.Option("--test", help="Create a test key: free, never uses a paid provider.")] = False,
    data: DataFolder = None,
) -> None:
    """Create a key. It is printed once; only its digest is stored."""
    from easel.accounts.keys import create_key
    from easel.accounts.teams import find_team, find_user, first_owner
    from easel.kit.clock import Clock

    async def action(db: Database) -> NewKey:
        if user:
            owner = await db.read(find_user, user)
        else:
            owner = await db.read(first_owner, (await db.read(find_team, team)).id)
        return await db.write(create_key, user_id=owner.id, name=name, test=test, now=Clock().now())

    say(with_database(data, action).secret)


@app.command("list")
def list_(data: DataFolder = None) -> None:
    """List all keys."""
    from easel.accounts.keys import list_keys

    async def action(db: Database) -> None:
        keys = await db.read(list_keys)
        rows = [
            (key.id, key.prefix + "…", key.name, key.email, key.team, "test" if key.test else "live", key.state)
            for key in keys
        ]
        table(("ID", "KEY", "NAME", "USER", "TEAM", "KIND", "STATE"), rows)

    with_database(data, action)


@app.command()
def deactivate(key: KeyId, data: DataFolder = None) -> None:
    """Disable a key; `activate` enables it again."""
    _set(key, "inactive", data)


@app.command()
def activate(key: KeyId, data: DataFolder = None) -> None:
    """Enable a key again."""
    _set(key, "active", data)


@app.command()
def revoke(key: KeyId, data: DataFolder = None) -> None:
    """Revoke a key permanently."""
    _set(key, "revoked", data)


def _set(key: str, state: str, data: DataFolder) -> None:
    from easel.accounts.keys import set_key_state

    async def action(db: Database) -> None:
        await db.write(set_key_state, key, state)

    with_database(data, action)
    say(f"{key} is {state}.")
