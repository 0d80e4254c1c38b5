"""easel keys: make, list, switch off and revoke API keys."""

from typing import Annotated

import typer

from easel.accounts.keys import NewKey, create_key, list_keys, set_key_state
from easel.accounts.teams import find_team, find_user, first_owner
from easel.cli.options import DataFolder, with_database
from easel.cli.output import say, table
from easel.db.engine import Database
from easel.kit.clock import Clock

app = typer.Typer(help="API keys.", no_args_is_help=True)

KeyId = Annotated[str, typer.Argument(help="The key's id, from `easel keys list`.")]


@app.command()
def create(
    name: Annotated[str, typer.Option(help="What the key is for.")] = "key",
    team: Annotated[str, typer.Option(help="The team, by name or id; its first owner gets the key.")] = "Main",
    user: Annotated[str | None, typer.Option(help="Whose key it is, by address.")] = None,
    test: Annotated[
        bool, typer.Option("--test", help="A test key: never spends, never reaches a paid provider.")
    ] = False,
    data: DataFolder = None,
) -> None:
    """Make a key. It is printed once; only its digest is kept."""

    async def action(db: Database) -> NewKey:
        async with db.write() as tx:
            if user:
                owner = await find_user(tx.connection, user)
            else:
                owner = await first_owner(tx.connection, (await find_team(tx.connection, team)).id)
            return await create_key(tx, user_id=owner.id, name=name, test=test, now=Clock().now())

    say(with_database(data, action).secret)


@app.command("list")
def list_(data: DataFolder = None) -> None:
    """List all keys."""

    async def action(db: Database) -> None:
        async with db.read() as connection:
            keys = await list_keys(connection)
        rows = [
            (key.id, key.prefix + "…", key.name, key.email, key.team, "test" if key.test else "live", key.state)
            for key in keys
        ]
        table(("ID", "KEY", "NAME", "USER", "TEAM", "KIND", "STATE"), rows)

    with_database(data, action)


@app.command()
def deactivate(key: KeyId, data: DataFolder = None) -> None:
    """Switch a key off; `activate` brings it back."""
    _set(key, "inactive", data)


@app.command()
def activate(key: KeyId, data: DataFolder = None) -> None:
    """Switch a key on again."""
    _set(key, "active", data)


@app.command()
def revoke(key: KeyId, data: DataFolder = None) -> None:
    """End a key for good."""
    _set(key, "revoked", data)


def _set(key: str, state: str, data: DataFolder) -> None:
    async def action(db: Database) -> None:
        async with db.write() as tx:
            await set_key_state(tx, key, state)

    with_database(data, action)
    say(f"{key} is {state}.")
