"""easel worker: run jobs only."""

from pathlib import Path
from typing import Annotated

import typer

from easel.cli.options import database_of, load_settings
from easel.cli.output import say

AT_WORK = "Easel worker is running."


def worker(
    data: Annotated[Path | None, typer.Option(help="Folder of the database and the images.")] = None,
    until_empty: Annotated[bool, typer.Option(help="Stop when no job is left.")] = False,
    metrics_port: Annotated[int | None, typer.Option(help="Serve /metrics, /healthz and /readyz on this port.")] = None,
) -> None:
    """Run jobs only (no HTTP) beside other processes on PostgreSQL or in place of a stopped server on SQLite.

    A server runs jobs itself, unless it was started with --no-worker.
    """
    from easel.cli.serve import run, show_key
    from easel.kit.logging import set_up_logging
    from easel.worker import work

    settings = load_settings(data=data, metrics_port=metrics_port)
    set_up_logging(settings.log_level)
    with database_of(settings):
        run(work(settings, until_empty=until_empty, on_first_start=show_key, on_ready=lambda: say(AT_WORK)))
