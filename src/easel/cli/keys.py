"""easel keys: create, list, change, enable, disable and revoke API keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from easel.cli.options import DataFolder, with_database
from easel.cli.output import say, table
from easel.ledger import MAX_BALANCE

if TYPE_CHECKING:
    from easel.accounts.keys import NewKey
    from easel.db.engine import Database

app = typer.Typer(help="API keys.", no_args_is_help=True)

Expires = Annotated[
    str | None, typer.Option(help="When it stops working: 2026-12-31, or 2026-12-31T18:00:00Z; never without it.")
]
MonthlyCredits = Annotated[
    int | None,
    typer.Option(min=0, max=MAX_BALANCE, help="Credits its jobs can cost per calendar month (UTC); any without it."),
]
Models = Annotated[list[str] | None, typer.Option("--model", help="A model it can use, repeatable; all without it.")]
KeyId = Annotated[str, typer.Argument(help="Key ID, from `easel keys list`.")]


@app.command()
def create(
    name: Annotated[str, typer.Option(help="Name of the key, for example its purpose.")] = "key",
    team: Annotated[str, typer.Option(help="Team, by name or ID; the key belongs to its first owner.")] = "Main",
    user: Annotated[str | None, typer.Option(help="Owner of the key, by email address.")] = None,
    test: Annotated[bool, typer.Option("--test", help="Create a test key: free, never uses a paid provider.")] = False,
    expires: Expires = None,
    monthly_credits: MonthlyCredits = None,
    model: Models = None,
    data: DataFolder = None,
) -> None:
    """Create a key. It is printed once; only its digest is stored."""
    from easel.accounts.keys import create_key
    from easel.accounts.teams import find_team, find_user, first_owner
    from easel.domain import KeyLimits
    from easel.kit.clock import Clock

    given = {"expiresAt": expires, "monthlyCredits": monthly_credits, "models": model or None}
    limits = KeyLimits(**_limits({field: value for field, value in given.items() if value is not None}))

    async def action(db: Database) -> NewKey:
        if user:
            owner = await db.read(find_user, user)
        else:
            owner = await db.read(first_owner, (await db.read(find_team, team)).id)
        return await db.write(create_key, user_id=owner.id, name=name, test=test, now=Clock().now(), limits=limits)

    say(with_database(data, action).secret)


@app.command("list")
def list_(data: DataFolder = None) -> None:
    """List all keys."""
    from easel.accounts.keys import list_keys
    from easel.kit.clock import Clock, iso

    async def action(db: Database) -> None:
        keys = await db.read(list_keys, Clock().now())
        rows = [
            (
                *(key.id, key.prefix + "…", key.name, key.email, key.team, "test" if key.test else "live", key.state),
                (iso(key.limits.expires_at) or "never")[:10],
                key.credits_this_month,
                key.limits.monthly_credits if key.limits.monthly_credits is not None else "-",
                ", ".join(key.limits.models or ()) or "all",
            )
            for key in keys
        ]
        names = ("ID", "KEY", "NAME", "USER", "TEAM", "KIND", "STATE", "EXPIRES", "THIS MONTH", "PER MONTH", "MODELS")
        table(names, rows)

    with_database(data, action)


@app.command("set")
def set_(
    key: KeyId,
    name: Annotated[str | None, typer.Option(help="New name of the key.")] = None,
    expires: Expires = None,
    monthly_credits: MonthlyCredits = None,
    model: Models = None,
    no_limits: Annotated[bool, typer.Option("--no-limits", help="Lift all limits that are not given.")] = False,
    data: DataFolder = None,
) -> None:
    """Rename a key, or change its limits. What is not given stays."""
    from easel.accounts.keys import edit_key

    given = {"expiresAt": expires, "monthlyCredits": monthly_credits, "models": model or None}
    changes = _limits({field: value for field, value in given.items() if no_limits or value is not None})
    if name is not None:
        changes["name"] = name
    if not changes:
        raise typer.BadParameter("Nothing to change: give a name or a limit, or --no-limits.")

    async def action(db: Database) -> None:
        await db.write(edit_key, key, changes)

    with_database(data, action)
    say(f"{key} is changed.")


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


def _limits(given: dict[str, object]) -> dict[str, Any]:
    """Limits by the API's names as columns."""
    from easel.accounts.key_limits import read_limits
    from easel.catalog import Catalog
    from easel.kit.clock import Clock

    return read_limits(given, Catalog.load().ids if given.get("models") else (), Clock().now())


def _set(key: str, state: str, data: DataFolder) -> None:
    from easel.accounts.keys import set_key_state

    async def action(db: Database) -> None:
        await db.write(set_key_state, key, state)

    with_database(data, action)
    say(f"{key} is {state}.")
