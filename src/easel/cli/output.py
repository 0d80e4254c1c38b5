"""How the command line speaks: plain lines on standard output, troubles on standard error.

Everything it prints goes through here, and is text: markup and control characters that strangers wrote are shown, not
obeyed. Only `inline.py` writes escapes, of its own.
"""

import contextlib
import sys
from collections.abc import Iterable, Iterator, Sequence

import httpx
import typer
from pydantic import ValidationError
from rich.console import Console
from rich.table import Table
from rich.text import Text
from sqlalchemy.exc import SQLAlchemyError

from easel.build import DataInUse
from easel.db.engine import SchemaTooNew
from easel.errors import EaselError
from easel.kit.terminal import as_text

console = Console(highlight=False, soft_wrap=True)
trouble = Console(stderr=True, highlight=False, soft_wrap=True)


class CommandError(Exception):
    """A command cannot do what was asked; the message says why and what to do."""


def say(text: str) -> None:
    """Lines on standard output."""
    typer.echo(as_text(text, lines=True))


def one_line(text: str) -> str:
    """A fact in a line of others: its line breaks are shown too, so that it cannot look like the next line."""
    return as_text(text)


def tell(text: str, *, style: str = "") -> None:
    """Lines on standard error, for people."""
    trouble.print(Text(as_text(text, lines=True), style=style))


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Rows for people on a terminal, tab-separated values for programs behind a pipe."""
    if not console.is_terminal:
        for row in (columns, *rows):
            say("\t".join(as_text(str(cell)) for cell in row))
        return
    drawn = Table(*columns, box=None, header_style="bold", pad_edge=False)
    for row in rows:
        drawn.add_row(*(Text(as_text(str(cell))) for cell in row))
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
            tell(f"Setting EASEL_{name}: {sentence}" if name else sentence)
        sys.exit(1)
    except SQLAlchemyError as error:
        _give_up(f"The database: {error.__cause__ or error}")
    except httpx.HTTPError as error:
        _give_up(f"The server cannot be reached: {error}")


def _give_up(text: str) -> None:
    tell(text.strip(), style="red")
    sys.exit(1)
