"""The command line. Each command is a few lines on top of functions the server uses too.

A command's module is imported when the command is called, and what it works with when it runs: help is instant.
"""

import sys
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

from easel import __version__
from easel.cli.output import errors, say

# Each is in the module of its name: a function of that name, or a group of commands called `app`.
COMMANDS = {
    "serve": "Serve the API and run its jobs.",
    "worker": "Run jobs only (no HTTP) beside other processes on PostgreSQL or in place of a stopped server on SQLite.",
    "generate": "Generate images, save them, and print their paths.",
    "inspect": "Read an image's provenance: how it was created, who signed it, and whether it was changed since.",
    "listen": "Show a team's events live until interrupted; with --forward, send them on as webhooks.",
    "demo": "Start a server, generate one image through its public API, and keep serving.",
    "studio": "Print a one-time sign-in link to the Studio, valid for 15 minutes.",
    "providers": "List the providers in the configured order, check each, and show the providers of each model.",
    "doctor": "Check ledger, jobs, files, webhooks, clock, versions, providers and settings.",
    "migrate-data": "Move this installation to another database and store: SQLite or PostgreSQL, a folder or a bucket.",
    "settings": "List every setting with its default and description.",
    "keys": "API keys.",
    "teams": "Teams and their members.",
    "credits": "Grant credits, and read the ledger.",
    "jobs": "Jobs.",
    "store": "Check and clean the image store.",
    "docs": "The documentation.",
    "sketch": "Inspect the built-in provider without a server.",
}


def command_of(name: str) -> Any:
    """A command or a group of the table, with its options."""
    module = import_module(f"easel.cli.{name.replace('-', '_')}")
    alone = typer.Typer(add_completion=False)
    if hasattr(module, "app"):
        alone.add_typer(module.app, name=name)
    else:
        alone.command(name)(getattr(module, name.replace("-", "_")))
    return typer.main.get_group(alone).commands[name]


class Commands(TyperGroup):
    """The table, and `version`."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        name, command, rest = super().resolve_command(ctx, args)
        return name, command_of(name) if name in COMMANDS else command, rest


app = typer.Typer(
    cls=Commands,
    help="Easel: an image-generation API server that your team runs itself.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for name, sentence in COMMANDS.items():
    app.command(name, help=sentence)(lambda: None)


@app.command()
def version() -> None:
    """Print the version."""
    say(__version__)


def main() -> None:
    """The `easel` command: errors are printed as one sentence, with exit code 1."""
    with errors():
        app()
    sys.exit(0)
