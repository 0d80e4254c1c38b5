"""easel jobs: list jobs, show one with its receipt, and save its images."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from easel.cli.generate import download
from easel.cli.options import MOST_ROWS, DataFolder, with_database
from easel.cli.output import CommandError, one_line, say, table
from easel.domain import JobState

if TYPE_CHECKING:
    from easel.db.engine import Database
    from easel.jobs.attempts import Attempt

app = typer.Typer(help="Jobs.", no_args_is_help=True)
app.command()(download)


@app.command("list")
def list_(
    team: Annotated[str, typer.Option(help="Team, by name or ID.")] = "Main",
    status: Annotated[JobState | None, typer.Option(help="Only jobs with this status.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=MOST_ROWS, help="Maximum number of jobs.")] = 20,
    data: DataFolder = None,
) -> None:
    """List a team's jobs, newest first."""
    from easel.accounts.teams import find_team
    from easel.domain import Scope
    from easel.jobs.read import JobFilter, page_of_jobs
    from easel.kit.clock import iso

    async def action(db: Database) -> None:
        scope = Scope((await db.read(find_team, team)).id)
        jobs, _ = await db.read(page_of_jobs, scope, JobFilter(status=status), limit=limit, before=None)
        rows = [(job.id, iso(job.created_at), job.status, job.model, job.credit_cost, job.prompt[:60]) for job in jobs]
        table(("ID", "CREATED", "STATUS", "MODEL", "CREDITS", "PROMPT"), rows)

    with_database(data, action)


@app.command()
def show(job: Annotated[str, typer.Argument(help="Job ID.")], data: DataFolder = None) -> None:
    """Show one job: its request, images, provider calls and cost."""
    from easel.files.rows import files_of_jobs
    from easel.jobs.attempts import attempts_of_job
    from easel.jobs.load import get_job
    from easel.kit.clock import iso
    from easel.ledger.read import receipt

    async def action(db: Database) -> None:
        row = await db.read(get_job, job)
        if row is None:
            raise CommandError(f"Job {job} not found.")
        entries = await db.read(receipt, job)
        images = (await db.read(files_of_jobs, [job])).get(job, [])
        attempts = await db.read(attempts_of_job, job)
        facts = {
            "job": row.id,
            "status": row.status,
            "model": row.model,
            "provider": row.provider,
            "prompt": row.prompt,
            "images": f"{len(images)} of {row.count}, {row.size}",
            "created": iso(row.created_at),
            "started": iso(row.started_at),
            "completed": iso(row.completed_at),
            "runs": row.epoch,
            "quoted": row.quoted,
            "cost": row.credit_cost,
            "error": f"{row.error} ({row.error_code})" if row.error else None,
            "warnings": " ".join(row.warnings) or None,
            "brief": json.dumps(row.brief, ensure_ascii=False) if row.brief else None,
        }
        for name, value in facts.items():
            if value is not None:
                say(one_line(f"{name + ':':<11} {value}"))
        for image in images:
            say(f"image:      {image.key} ({image.byte_size:,} bytes)")
        for attempt in attempts:
            say(one_line(f"attempt:    {_call_line(attempt)}"))
        say(
            "receipt:    "
            + (", ".join(f"{e.kind} {e.held or e.amount:+d}" for e in entries) or "test job: no credits reserved")
        )

    with_database(data, action)


def _call_line(attempt: Attempt) -> str:
    """One provider call as a line: time, provider, outcome, billing, and the provider's response."""
    from easel.kit.clock import iso

    details = {
        "calls": attempt.calls if attempt.calls > 1 else None,
        "as": attempt.upstream_id,
        "status": attempt.status,
        "code": attempt.code,
        "request": attempt.request_id,
        "usage": json.dumps(attempt.usage) if attempt.usage else None,
        "message": attempt.detail,
    }
    facts = [f"{name} {value}" for name, value in details.items() if value is not None]
    return "; ".join([f"{iso(attempt.started_at)} {attempt.provider}: {attempt.outcome}, paid: {attempt.paid}", *facts])
