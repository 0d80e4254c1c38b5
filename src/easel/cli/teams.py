"""easel teams: create teams, add and remove members, set limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from easel.accounts import MAX_JOB_LIMIT
from easel.cli.options import DataFolder, load_settings, with_database
from easel.cli.output import say, table
from easel.domain import Role
from easel.ledger import MAX_GRANT

if TYPE_CHECKING:
    from easel.db.engine import Database, Transaction

app = typer.Typer(help="Teams and their members.", no_args_is_help=True)

TeamName = Annotated[str, typer.Argument(help="Team, by name or ID.")]
Email = Annotated[str, typer.Argument(help="Email address of the member.")]


@app.command()
def create(
    name: Annotated[str, typer.Argument(help="Name of the team.")],
    owner: Annotated[str, typer.Option(help="Email address of the owner.")],
    credits: Annotated[int, typer.Option(min=0, max=MAX_GRANT, help="Initial credits.")] = 0,
    data: DataFolder = None,
) -> None:
    """Create a team with its owner. `easel keys create --team` creates a key for it."""
    from easel.accounts.teams import create_team, create_user
    from easel.kit.clock import Clock
    from easel.ledger.entries import grant

    limit = load_settings(data=data).max_concurrent_jobs

    def new_team(tx: Transaction) -> str:
        now = Clock().now()
        team_id = create_team(tx, name=name, job_limit=limit, now=now)
        create_user(tx, team_id=team_id, email=owner, role=Role.OWNER, now=now)
        if credits:
            grant(tx, team_id=team_id, credits=credits, note="new team", now=now)
        return team_id

    say(with_database(data, lambda db: db.write(new_team)))


@app.command("list")
def list_(data: DataFolder = None) -> None:
    """List all teams."""
    from easel.accounts.teams import list_teams

    async def action(db: Database) -> None:
        teams = await db.read(list_teams)
        rows = [(team.id, team.name, team.available, team.held, f"{team.admitted}/{team.job_limit}") for team in teams]
        table(("ID", "NAME", "CREDITS", "HELD", "RUNNING"), rows)

    with_database(data, action)


@app.command()
def people(team: TeamName, data: DataFolder = None) -> None:
    """List the members of a team."""
    from easel.accounts.teams import find_team, list_users

    async def action(db: Database) -> None:
        users = await db.read(list_users, (await db.read(find_team, team)).id)
        table(("ID", "EMAIL", "ROLE"), [(user.id, user.email, user.role) for user in users])

    with_database(data, action)


@app.command()
def add(
    team: TeamName,
    email: Email,
    role: Annotated[Role, typer.Option(help="Role of the member.")] = Role.MEMBER,
    data: DataFolder = None,
) -> None:
    """Add a member to a team."""
    from easel.accounts.teams import create_user, find_team
    from easel.kit.clock import Clock

    async def action(db: Database) -> str:
        team_id = (await db.read(find_team, team)).id
        return await db.write(create_user, team_id=team_id, email=email, role=role, now=Clock().now())

    say(with_database(data, action))


@app.command()
def remove(team: TeamName, email: Email, data: DataFolder = None) -> None:
    """Remove a member. Keys are revoked, running jobs finish, jobs and images stay with the team."""
    from easel.accounts.access import alone_with_team
    from easel.accounts.teams import find_team, list_users, remove_user
    from easel.errors import NotFound
    from easel.kit.clock import Clock

    def leave(tx: Transaction, team_id: str) -> None:
        alone_with_team(tx, team_id)
        ids = [user.id for user in list_users(tx.connection, team_id) if user.email == email]
        if not ids:
            raise NotFound(f"{team} has no member with the address {email!r}.")
        remove_user(tx, ids[0], Clock().now())

    async def action(db: Database) -> None:
        await db.write(leave, (await db.read(find_team, team)).id)

    with_database(data, action)
    say(f"{email} is removed from {team}. Jobs and images stay with the team.")


@app.command()
def limit(
    team: TeamName,
    jobs: Annotated[int, typer.Option(min=1, max=MAX_JOB_LIMIT, help="Concurrent jobs; extra jobs are queued.")],
    data: DataFolder = None,
) -> None:
    """Set how many jobs of a team run at once. A running server applies it within a minute."""
    from easel.accounts.teams import find_team, set_job_limit

    async def action(db: Database) -> None:
        await db.write(set_job_limit, (await db.read(find_team, team)).id, jobs)

    with_database(data, action)
    say(f"{team} can run {jobs} jobs at once.")
