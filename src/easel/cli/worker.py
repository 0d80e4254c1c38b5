"""easel worker: run jobs without answering requests."""

from pathlib import Path
from typing import Annotated

import typer

from easel.cli.options import load_settings
from easel.cli.serve import run
from easel.kit.logging import set_up_logging
from easel.worker import work


def worker(
    data: Annotated[Path | None, typer.Option(help="The folder of the database and the pictures.")] = None,
    until_empty: Annotated[bool, typer.Option(help="Stop once no job is left.")] = False,
) -> None:
    """Run the jobs of a data folder whose server is stopped. (A running server is its own worker.)"""
    settings = load_settings(data=data)
    set_up_logging(settings.log_level)
    run(work(settings, until_empty=until_empty))
