"""easel credits: grant credits, and read the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from easel.cli.options import MOST_ROWS, DataFolder, with_database
from easel.cli.output import say, table
from easel.ledger import MAX_GRANT

if TYPE_CHECKING:
    from easel.db.engine import Database

app = typer.Typer(help="Grant credits, and read the ledger.", no_args_is_help=True)

TeamName = Annotated[str, typer.Option(help="Team, by name or ID.")]


@app.command()
def show(team: TeamName = "Main", data: DataFolder = None) -> None:
    """Print a team's available credits."""
    from easel.accounts.teams import find_team

    async def action(db: Database) -> int:
        return (await db.read(find_team, team)).available

    say(str(with_database(data, action)))


@app.command()
def grant(
    credits: Annotated[
        int,
        typer.Argument(
            min=-MAX_GRANT, max=MAX_GRANT, help="Number of credits. To take some back: easel credits grant -- -5"
        ),
    ],
    team: TeamName = "Main",
    note: Annotated[str, typer.Option(help="Reason, kept in the ledger.")] = "",
    data: DataFolder = None,
) -> None:
    """Grant credits to a team."""
    from easel.accounts.teams import find_team
    from easel.kit.clock import Clock
    from easel.ledger import entries

    if not credits:
        raise typer.BadParameter("0 credits change nothing: grant at least 1, or take some back.")

    async def action(db: Database) -> int:
        team_id = (await db.read(find_team, team)).id
        await db.write(entries.grant, team_id=team_id, credits=credits, note=note, now=Clock().now())
        return (await db.read(find_team, team_id)).available

    say(f"{team} has {with_database(data, action)} credits.")


@app.command()
def ledger(
    team: TeamName = "Main",
    limit: Annotated[int, typer.Option(min=1, max=MOST_ROWS, help="Maximum number of entries.")] = 50,
    data: DataFolder = None,
) -> None:
    """Print a team's ledger, newest first."""
    from easel.accounts.teams import find_team
    from easel.domain import Scope
    from easel.kit.clock import iso
    from easel.ledger.read import entries_within

    async def action(db: Database) -> None:
        scope = Scope((await db.read(find_team, team)).id)
        entries = await db.read(entries_within, scope, limit)
        rows = [(iso(e.created_at), e.kind, f"{e.amount:+d}", f"{e.held:+d}", e.job_id or "", e.note) for e in entries]
        table(("TIME", "KIND", "CREDITS", "HELD", "JOB", "NOTE"), rows)

    with_database(data, action)
