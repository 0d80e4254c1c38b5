"""How the command line speaks: plain lines on standard output, troubles on standard error."""

import contextlib
import sys
from collections.abc import Iterable, Iterator, Sequence

import httpx
import typer
from pydantic import ValidationError
from rich.console import Console
from rich.table import Table
from sqlalchemy.exc import SQLAlchemyError

from easel.app import DataInUse
from easel.db.engine import SchemaTooNew
from easel.errors import EaselError

console = Console(highlight=False, soft_wrap=True)
trouble = Console(stderr=True, highlight=False, soft_wrap=True)


class CommandError(Exception):
    """A command cannot do what was asked; the message says why and what to do."""


def say(text: str) -> None:
    typer.echo(text)


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Rows for people on a terminal, tab-separated values for programs behind a pipe."""
    if not console.is_terminal:
        for row in (columns, *rows):
            say("\t".join(str(cell) for cell in row))
        return
    drawn = Table(*columns, box=None, header_style="bold", pad_edge=False)
    for row in rows:
        drawn.add_row(*(str(cell) for cell in row))
    console.print(drawn)


@contextlib.contextmanager
def errors() -> Iterator[None]:
    try:
        yield
    except (CommandError, DataInUse, SchemaTooNew, EaselError) as error:
        hint = getattr(error, "hint", None)
        _give_up(f"{error} {hint or ''}")
    except ValidationError as error:
        for found in error.errors():
            name = "_".join(str(part) for part in found["loc"]).upper()
            sentence = found["msg"].removeprefix("Value error, ").removesuffix(".") + "."
            trouble.print(f"Setting EASEL_{name}: {sentence}" if name else sentence, markup=False)
        sys.exit(1)
    except SQLAlchemyError as error:
        _give_up(f"The database: {error.__cause__ or error}")
    except httpx.HTTPError as error:
        _give_up(f"The server cannot be reached: {error}")


def _give_up(text: str) -> None:
    trouble.print(text.strip(), markup=False, style="red")
    sys.exit(1)
