"""Installs a client below build/clients, once: Python packages into a virtual environment, Node's into a project."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from tools.clients.roster import Client

CACHE = Path("build/clients").absolute()
DONE = "installed"  # a file: what was begun and not finished is begun anew


def installed(client: Client) -> Path:
    """The folder of the client's installation. Raises subprocess.CalledProcessError with the installer's words."""
    folder = CACHE / (client.folder or "lock-file")
    if client.packages and not (folder / DONE).exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for command in _of_npm(client, folder) if is_node(client) else _of_pypi(client, folder):
            subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
        (folder / DONE).touch()
    return folder


def is_node(client: Client) -> bool:
    return client.program.endswith(".mjs")


def versions(client: Client) -> str:
    """What is run, by name and version."""
    packages = client.packages or (f"openai=={version('openai')}",)
    return ", ".join(re.sub(r"==|(?<=.)@", " ", package) for package in packages)


def _of_pypi(client: Client, folder: Path) -> Sequence[Sequence[str]]:
    uv = str(Path(sys.executable).with_name("uv"))
    venv = folder / "venv"
    return (
        (uv, "venv", "--quiet", "--python", sys.executable, str(venv)),
        (uv, "pip", "install", "--quiet", "--python", str(venv / "bin/python"), *client.packages),
    )


def _of_npm(client: Client, folder: Path) -> Sequence[Sequence[str]]:
    (folder / "package.json").write_text(json.dumps({"private": True, "type": "module"}))
    return (("npm", "install", "--silent", "--no-audit", "--no-fund", "--save-exact", *client.packages),)
