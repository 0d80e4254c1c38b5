"""make clients: installs each client, runs it at both servers, and prints a table. Exit code 1 if one failed."""

import argparse
import contextlib
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text
from tests.support.doubles.environment import at_openai
from tests.support.doubles.openai import OpenAIDouble
from tools.clients.install import installed, versions
from tools.clients.roster import CLIENTS, Client
from tools.clients.run import Result, run

from easel.testing import RunningServer, running_server

WIDTH = 200  # a row is long, and a file has no width
COLUMNS = ("client", "version", "what it did", "with sketch", "with the double of OpenAI", "note")


def main() -> None:
    parser = argparse.ArgumentParser(prog="make clients", description=__doc__)
    parser.add_argument("--only", default="", help="clients with this in their name or program")
    only = parser.parse_args().only.lower()
    chosen = [client for client in CLIENTS if only in client.name.lower() or only in client.program]
    console, table = Console(highlight=False), Table(*COLUMNS, box=None, header_style="bold", pad_edge=False)
    console.width = max(console.width, WIDTH)
    failed = False
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        double = stack.enter_context(OpenAIDouble().serving())
        servers = {
            "sketch": stack.enter_context(running_server(folder / "sketch")),
            "openai": stack.enter_context(running_server(folder / "openai", env=at_openai(double))),
        }
        for client in chosen:
            row, faults = tried(client, servers, folder / client.folder / client.program)
            console.print(Text(f"{client.name}: {'; '.join(row[3:5])}"))
            table.add_row(*map(Text, row))
            failed = failed or faults
    console.print(table)
    sys.exit(1 if failed else 0)


def tried(client: Client, servers: Mapping[str, RunningServer], folder: Path) -> tuple[list[str], bool]:
    """The client's row, and whether anything in it failed."""
    try:
        installation = installed(client)
    except (OSError, subprocess.CalledProcessError) as error:
        words = (getattr(error, "stderr", "") or str(error)).strip().splitlines()
        return [client.name, ", ".join(client.packages), "", f"not installed: {words[-1][:200]}", "", ""], True
    results = [attempt(client, installation, server, folder / name) for name, server in servers.items()]
    did = [what for what in results[0].did if all(what in result.did for result in results)]
    row = [client.name, versions(client), ", ".join(did)]
    return [*row, *map(said, results), client.note], any(one.fault for one in results)


def attempt(client: Client, installation: Path, server: RunningServer, folder: Path) -> Result:
    try:
        return run(client, installation, server, folder)
    except (RuntimeError, subprocess.TimeoutExpired) as error:  # the proxy did not start, or the program did not end
        return Result([], str(error)[-600:])


def said(result: Result) -> str:
    return f"FAILED {result.fault}" if result.fault else f"{len(result.did)} images, {len(result.did)} jobs"


if __name__ == "__main__":
    main()
