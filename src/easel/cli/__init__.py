"""The command line. Each command is a few lines on top of functions the server uses too."""

import sys

import typer

from easel import __version__
from easel.cli import (
    credits,
    demo,
    docs,
    doctor,
    generate,
    inspect,
    jobs,
    keys,
    listen,
    migrate_data,
    providers,
    serve,
    settings,
    sketch,
    store,
    studio,
    teams,
    worker,
)
from easel.cli.output import errors, say

app = typer.Typer(
    help="Easel: an image-generation API server that your team runs itself.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for command in (
    serve.serve,
    worker.worker,
    generate.generate,
    inspect.inspect,
    listen.listen,
    demo.demo,
    studio.studio,
    providers.providers,
    doctor.doctor,
    migrate_data.migrate_data,
    settings.settings,
):
    app.command()(command)
for group in (keys, teams, credits, jobs, store, docs, sketch):
    app.add_typer(group.app, name=group.__name__.rpartition(".")[2])


@app.command()
def version() -> None:
    """Print the version."""
    say(__version__)


def main() -> None:
    """The `easel` command: errors are printed as one sentence, with exit code 1."""
    with errors():
        app()
    sys.exit(0)
