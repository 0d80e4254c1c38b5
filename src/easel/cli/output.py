"""Output of the command line: plain lines on standard output, problems on standard error.

All output is plain text: markup and control characters in user data are shown, never interpreted. Only `inline.py`
writes terminal escapes of its own.
"""

import contextlib
import sys
from collections.abc import Iterable, Iterator, Sequence

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from easel.kit.terminal import as_text

console = Console(highlight=False, soft_wrap=True)
trouble = Console(stderr=True, highlight=False, soft_wrap=True)


class CommandError(Exception):
    """A command failed; the message says why and how to fix it."""


def say(text: str) -> None:
    """Lines on standard output."""
    typer.echo(as_text(text, lines=True))


def one_line(text: str) -> str:
    """A value within one line: line breaks are escaped, so that it cannot imitate the next line."""
    return as_text(text)


def tell(text: str, *, style: str = "") -> None:
    """Lines on standard error."""
    trouble.print(Text(as_text(text, lines=True), style=style))


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table on a terminal, tab-separated values in a pipe."""
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
    """Errors are sentences on standard error, with exit code 1."""
    try:
        yield
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        sentences = _sentences(error)
        if sentences is None:
            raise
        for sentence in sentences:
            tell(sentence, style="red")
        sys.exit(1)


def _sentences(error: Exception) -> Sequence[str] | None:
    """What to say about an error; None for one that is a bug."""
    import httpx
    from sqlalchemy.exc import SQLAlchemyError

    from easel.build import DataInUse
    from easel.db.engine import SharedSessions
    from easel.db.schema import SchemaTooNew
    from easel.errors import EaselError
    from easel.kit.settings import WrongSettings, explained
    from easel.server.listen import CannotListen

    match error:
        case CommandError() | CannotListen() | DataInUse() | SchemaTooNew() | SharedSessions() | EaselError():
            return [f"{error} {getattr(error, 'hint', None) or ''}".strip()]
        case WrongSettings():
            return [one_line(fault) for fault in error.faults]
        case SQLAlchemyError():
            return [f"Database error: {error.__cause__ or error}"]
        case OSError():
            return [explained(error)]
        case httpx.HTTPError():
            return [f"The server is unreachable: {error}"]
    return None
